//! The result of an inspection, as JSON and piece by piece.
//!
//! An assessment does not change. Texts are made when they are first asked for and kept by the handle.

use super::guard::guard;
use super::handle::{self, Handle};
use super::output::{Out, TextOut};
use super::text::Text;
use super::word::{Field, known};
use crate::check::{CheckId, Subject};
use crate::engine::{Assessment, DocumentRead};
use crate::error::{Error, ErrorKind, Part, Result};
use crate::mrz::{CodeRead, DocumentKind};
use core::ffi::c_char;
use std::collections::BTreeMap;

/// The result of an inspection. Independent of the inspection it came from; for one thread at a time.
#[allow(non_camel_case_types, reason = "the name is C's")]
pub struct landfall_assessment {
    _opaque: [u8; 0],
}

impl Handle for landfall_assessment {
    type Value = Assessed;
}

/// An assessment and the texts of it that were asked for.
pub(super) struct Assessed {
    assessment: Assessment,
    json: Option<Text>,
    policy_sha256: Option<Text>,
    hints: BTreeMap<usize, Text>,
    fields: BTreeMap<(u32, Field), Text>,
}

const NOT_FOUND: Error = Error::new(ErrorKind::NotFound, Part::Call, 0);

/// The number of the document that a subject is, or 0.
const fn document(subject: Subject) -> u32 {
    match subject {
        Subject::Document(number) => number as u32,
        _ => 0,
    }
}

impl Assessed {
    pub(super) const fn new(assessment: Assessment) -> Self {
        Self { assessment, json: None, policy_sha256: None, hints: BTreeMap::new(), fields: BTreeMap::new() }
    }

    /// The document with this number; for 0 the one that names the traveller.
    fn document(&self, number: u32) -> Result<&DocumentRead> {
        let documents = &self.assessment.documents;
        let is_passport = |read: &&DocumentRead| read.document.kind == DocumentKind::Passport;
        let found = match number {
            0 => documents.iter().find(is_passport).or(documents.first()),
            _ => documents.iter().find(|read| u32::from(read.number) == number),
        };
        found.ok_or(NOT_FOUND)
    }

    /// The text of a field, kept from the first time it is asked for.
    fn field(&mut self, number: u32, field: Field) -> Result<&Text> {
        if !self.fields.contains_key(&(number, field)) {
            let text = field_of(self.document(number)?, field).ok_or(NOT_FOUND)?;
            self.fields.insert((number, field), Text::new(text));
        }
        self.fields.get(&(number, field)).ok_or(NOT_FOUND)
    }
}

/// What a document says of itself and of its holder.
fn field_of(read: &DocumentRead, field: Field) -> Option<String> {
    let DocumentRead { document, nationality, person, .. } = read;
    let name = |code: &CodeRead| code.name.map(str::to_owned);
    match field {
        Field::PrimaryIdentifier => Some(person.primary.reveal().clone()),
        Field::SecondaryIdentifier => Some(person.secondary.reveal().clone()),
        Field::BirthDate => person.birth_date.map(|date| date.to_string()),
        Field::Sex => person.sex.map(|sex| sex.name().to_owned()),
        Field::Nationality => nationality.as_ref().map(|code| code.code.reveal().clone()),
        Field::NationalityName => nationality.as_ref().and_then(name),
        Field::DocumentKind => Some(document.kind.name().to_owned()),
        Field::Layout => Some(document.layout.name().to_owned()),
        Field::DocumentCode => Some(document.code.clone()),
        Field::PassportType => document.passport_type.map(str::to_owned),
        Field::DocumentNumber => Some(document.document_number.reveal().clone()),
        Field::Issuer => Some(document.issuer.code.reveal().clone()),
        Field::IssuerName => name(&document.issuer),
        Field::ExpiryDate => document.expiry_date.map(|date| date.to_string()),
        Field::OptionalData => Some(document.optional_data.reveal().clone()),
        Field::OptionalData2 => document.optional_data_2.as_ref().map(|data| data.reveal().clone()),
    }
}

/// Frees an assessment. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_free(assessment: *mut landfall_assessment) -> u32 {
    guard(|| handle::close(assessment))
}

/// The whole assessment as one line of JSON, see docs/assessment.schema.json. The same input gives the same bytes on
/// every platform. The view is good until the assessment is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_json(
    assessment: *const landfall_assessment,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            let json = it.json.get_or_insert_with(|| Text::new(it.assessment.to_json()));
            out.put(json);
            Ok(())
        })
    })
}

/// The recommendation: LANDFALL_RECOMMENDATION_CLEAR, _REFER or _REFUSE. 0, which the output holds when the call fails, is none of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_recommendation(
    assessment: *const landfall_assessment,
    recommendation: *mut u32,
) -> u32 {
    let out = unsafe { Out::new(recommendation) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            out.put(it.assessment.verdict.recommendation.number());
            Ok(())
        })
    })
}

/// The identity confidence in centibans, 1/100 of the decimal logarithm of a likelihood ratio: that the document is
/// genuine, that it belongs to its holder, and the smaller of the two; its height by the policy's thresholds
/// (LANDFALL_LEVEL_…) and where the weights come from (LANDFALL_BASIS_…). Each output may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_confidence(
    assessment: *const landfall_assessment,
    document: *mut i32,
    holder: *mut i32,
    overall: *mut i32,
    level: *mut u32,
    basis: *mut u32,
) -> u32 {
    let numbers = unsafe { (Out::new(document), Out::new(holder), Out::new(overall)) };
    let words = unsafe { (Out::new(level), Out::new(basis)) };
    guard(|| {
        handle::with(assessment, |it| {
            let confidence = &it.assessment.verdict.confidence;
            numbers.0.put(confidence.document);
            numbers.1.put(confidence.holder);
            numbers.2.put(confidence.overall);
            words.0.put(confidence.level.number());
            words.1.put(confidence.basis.number());
            Ok(())
        })
    })
}

/// How many documents were read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_document_count(
    assessment: *const landfall_assessment,
    count: *mut usize,
) -> u32 {
    let out = unsafe { Out::new(count) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            out.put(it.assessment.documents.len());
            Ok(())
        })
    })
}

/// A field (LANDFALL_FIELD_…) of a document, counted from 1 in the order of reading; 0 is the document that names the
/// traveller: the first passport, or else the first document. The view is good until the assessment is freed.
///
/// Gives LANDFALL_STATUS_NOT_FOUND if there is no such document, or it does not have the field or it cannot be read,
/// and LANDFALL_STATUS_BAD_ARGUMENT for a number that is no field.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_field(
    assessment: *const landfall_assessment,
    document: u32,
    field: u32,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        let field = known(Field::from_number(field))?;
        handle::with(assessment, |it| {
            out.put(it.field(document, field)?);
            Ok(())
        })
    })
}

/// How many checks there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_check_count(
    assessment: *const landfall_assessment,
    count: *mut usize,
) -> u32 {
    let out = unsafe { Out::new(count) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            out.put(it.assessment.checks.len());
            Ok(())
        })
    })
}

/// A check, from 0: which (LANDFALL_CHECK_…), what came of it (LANDFALL_OUTCOME_…), why (LANDFALL_REASON_…), to which
/// question it speaks (LANDFALL_AXIS_…), and which document it is about, or 0. Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_check(
    assessment: *const landfall_assessment,
    index: usize,
    check: *mut u32,
    outcome: *mut u32,
    reason: *mut u32,
    axis: *mut u32,
    document: *mut u32,
) -> u32 {
    let words = unsafe { (Out::new(check), Out::new(outcome), Out::new(reason), Out::new(axis)) };
    let about = unsafe { Out::new(document) };
    guard(|| {
        handle::with(assessment, |it| {
            let check = it.assessment.checks.get(index).ok_or(NOT_FOUND)?;
            words.0.put(check.id.number());
            words.1.put(check.outcome.number());
            words.2.put(check.reason.number());
            words.3.put(check.axis.number());
            about.put(self::document(check.subject));
            Ok(())
        })
    })
}

/// What came of a check, and why. `document` says of which document; with 0 it is the worst outcome over all
/// subjects: failed before everything that was not concluded, and that before passed. Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND if no such check was expected or made, and LANDFALL_STATUS_BAD_ARGUMENT for a
/// number that is no check.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_check_by_id(
    assessment: *const landfall_assessment,
    check: u32,
    document: u32,
    outcome: *mut u32,
    reason: *mut u32,
) -> u32 {
    let (outcome, reason) = unsafe { (Out::new(outcome), Out::new(reason)) };
    guard(|| {
        let id = known(CheckId::from_number(check))?;
        handle::with(assessment, |it| {
            let about = |subject| document == 0 || self::document(subject) == document;
            let checks = it.assessment.checks.iter();
            let matching = checks.filter(|check| check.id == id && about(check.subject));
            let worst = matching.min_by_key(|check| check.outcome.rank()).ok_or(NOT_FOUND)?;
            outcome.put(worst.outcome.number());
            reason.put(worst.reason.number());
            Ok(())
        })
    })
}

/// How many grounds stand against clearing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_ground_count(
    assessment: *const landfall_assessment,
    count: *mut usize,
) -> u32 {
    let out = unsafe { Out::new(count) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            out.put(it.assessment.verdict.grounds.len());
            Ok(())
        })
    })
}

/// A ground, from 0: which (LANDFALL_GROUND_…), the check that gives it, why the check came out so, and which document
/// it is about, or 0. Each output may be NULL.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_ground(
    assessment: *const landfall_assessment,
    index: usize,
    ground: *mut u32,
    check: *mut u32,
    reason: *mut u32,
    document: *mut u32,
) -> u32 {
    let words = unsafe { (Out::new(ground), Out::new(check), Out::new(reason)) };
    let about = unsafe { Out::new(document) };
    guard(|| {
        handle::with(assessment, |it| {
            let found = it.assessment.verdict.grounds.get(index).ok_or(NOT_FOUND)?;
            words.0.put(found.ground.number());
            words.1.put(found.check.number());
            words.2.put(found.reason.number());
            about.put(self::document(found.subject));
            Ok(())
        })
    })
}

/// What to do, from 0 in the order of doing it (LANDFALL_ACTION_…).
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_action(
    assessment: *const landfall_assessment,
    index: usize,
    action: *mut u32,
) -> u32 {
    let out = unsafe { Out::new(action) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            let mut actions = it.assessment.verdict.actions.iter();
            out.put(actions.nth(index).ok_or(NOT_FOUND)?.number());
            Ok(())
        })
    })
}

/// What would help with a check that came to no conclusion, from 0 with the dearest first: the check
/// (LANDFALL_CHECK_…, may be NULL) and an English sentence. The view is good until the assessment is freed.
///
/// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_hint(
    assessment: *const landfall_assessment,
    index: usize,
    check: *mut u32,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let (check, out) = unsafe { (Out::new(check), TextOut::new(text, text_len)) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            let hint = it.assessment.verdict.hints.get(index).ok_or(NOT_FOUND)?;
            check.put(hint.check.number());
            out.put(it.hints.entry(index).or_insert_with(|| Text::new(hint.text.to_owned())));
            Ok(())
        })
    })
}

/// SHA-256 of the policy file by which was judged, lowercase hexadecimal. The view is good until the assessment is
/// freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn landfall_assessment_policy_sha256(
    assessment: *const landfall_assessment,
    text: *mut *const c_char,
    text_len: *mut usize,
) -> u32 {
    let out = unsafe { TextOut::new(text, text_len) };
    guard(|| {
        out.required()?;
        handle::with(assessment, |it| {
            let sha256 = || Text::new(it.assessment.policy.sha256.clone());
            out.put(it.policy_sha256.get_or_insert_with(sha256));
            Ok(())
        })
    })
}
