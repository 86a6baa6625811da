//! A zone written out: what [`landfall mrz parse`] prints and C hosts receive as JSON.
//!
//! This is a result, so it shows document data; nothing else in the room does.

use super::{FieldId, Layout, Mrz, ShortDate};
use crate::check::{Check, Subject};
use crate::country::Reading;
use crate::date::{Date, PartialDate};
use crate::numbered::numbered;
use crate::person::Person;
use crate::secret::Secret;
use serde::Serialize;

numbered! {
    /// What kind of document a zone belongs to.
    pub enum DocumentKind {
        /// Passport book or card in TD3.
        Passport = 1, "passport";
        /// Identity card or other card for crossing borders.
        IdentityCard = 2, "identity_card";
        /// Crew member certificate.
        CrewCertificate = 3, "crew_certificate";
        /// Visa.
        Visa = 4, "visa";
        /// Single-sheet emergency travel document.
        EmergencyTravelDocument = 5, "emergency_travel_document";
        /// Driving licence: not a travel document.
        DrivingLicence = 6, "driving_licence";
        /// A document whose code says no more.
        Other = 7, "other";
    }
}

impl Mrz {
    /// What kind of document this is, by layout and document code.
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        match (self.layout(), self.bytes(FieldId::DocumentCode)) {
            (Layout::Td3, [b'P', _]) => DocumentKind::Passport,
            (Layout::MrvA | Layout::MrvB, _) => DocumentKind::Visa,
            (Layout::Td2, b"PU") => DocumentKind::EmergencyTravelDocument,
            (Layout::Td1, b"AC") => DocumentKind::CrewCertificate,
            // Crew member certificates are cards of three lines (Doc 9303-5 §4.2.2 note k); here the code is reserved.
            (Layout::Td2, b"AC") => DocumentKind::Other,
            (Layout::Td1 | Layout::Td2, [b'A' | b'C' | b'I', _]) => DocumentKind::IdentityCard,
            (Layout::FrenchIdentityCard, _) => DocumentKind::IdentityCard,
            (Layout::Td1 | Layout::Td2 | Layout::Td3, _) => DocumentKind::Other,
            _ => DocumentKind::DrivingLicence,
        }
    }

    /// What the harmonised second letter of a passport code stands for (Doc 9303-4 §4.4), if it is one.
    #[must_use]
    pub fn passport_type(&self) -> Option<&'static str> {
        match (self.layout(), self.bytes(FieldId::DocumentCode)) {
            (Layout::Td3, [b'P', second]) => Some(match second {
                b'P' => "ordinary",
                b'E' => "emergency",
                b'D' => "diplomatic",
                b'O' => "official",
                b'R' => "refugee",
                b'T' => "alien",
                b'S' => "stateless",
                b'L' => "laissez_passer",
                b'M' => "military",
                _ => return None,
            }),
            _ => None,
        }
    }

    /// The document as read, with centuries reckoned from `on`.
    #[must_use]
    pub fn document(&self, on: Date) -> Document {
        Document {
            kind: self.kind(),
            layout: self.layout(),
            code: self.document_code().to_owned(),
            passport_type: self.passport_type(),
            issuer: CodeRead::new(self.issuer(), self.raw(FieldId::Issuer)),
            document_number: self.document_number(),
            number_is_long: self.has_long_number(),
            expiry_date: self.expiry_date().and_then(|date| date.as_expiry(on)),
            optional_data: Secret::new(self.optional_data().to_owned()),
            optional_data_2: self
                .field(FieldId::OptionalData2)
                .map(|f| Secret::new(f.raw.trim_matches('<').to_owned())),
        }
    }

    /// The nationality as read; `None` if the layout has no such field.
    #[must_use]
    pub fn nationality_read(&self) -> Option<CodeRead> {
        self.nationality().map(|code| CodeRead::new(code, self.raw(FieldId::Nationality)))
    }

    fn raw(&self, id: FieldId) -> &str {
        self.field(id).map_or("", |field| field.raw)
    }

    /// Everything that the text says, for writing as JSON; `on` is the day of reckoning.
    #[must_use]
    pub fn summary(&self, on: Date) -> Summary {
        let unread = |c: char| c == char::from(super::UNREAD);
        let field = |field: super::Field<'_>| FieldRead {
            field: field.id,
            line: field.place.line,
            columns: [field.place.first, field.place.last],
            raw: Secret::new(field.raw.to_owned()),
            unread: field.raw.chars().filter(|c| unread(*c)).count(),
        };
        Summary {
            layout: self.layout(),
            at: on,
            lines: self.lines().map(|line| Secret::new(line.to_owned())).collect(),
            document: self.document(on),
            person: self.person(on),
            nationality: self.nationality_read(),
            birth_date_as_printed: self.birth_date().map(state),
            fields: self.fields().map(field).collect(),
            checks: self.checks(Subject::Document(1), on).collect(),
        }
    }
}

/// A document as read from its zone.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// The layout of its zone.
    pub layout: Layout,
    /// The document code without fillers.
    pub code: String,
    /// What the second letter of a passport code stands for, if it is a harmonised one.
    pub passport_type: Option<&'static str>,
    /// Who issued it.
    pub issuer: CodeRead,
    /// The complete document number.
    pub document_number: Secret<String>,
    /// Whether the number runs on into the optional data.
    pub number_is_long: bool,
    /// The last day of validity, if it can be read.
    pub expiry_date: Option<PartialDate>,
    /// The optional data, without a long number's tail and without fillers at the ends.
    pub optional_data: Secret<String>,
    /// The second field of optional data, of cards only.
    pub optional_data_2: Option<Secret<String>>,
}

impl core::fmt::Debug for Document {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Document([redacted])")
    }
}

/// A code of the country table as read.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CodeRead {
    /// The code as printed, without fillers.
    pub code: Secret<String>,
    /// Its two-letter partner, if it has one.
    pub alpha2: Option<&'static str>,
    /// What it stands for, if it is known.
    pub name: Option<&'static str>,
}

impl core::fmt::Debug for CodeRead {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("CodeRead([redacted])")
    }
}

impl CodeRead {
    fn new(reading: Reading, raw: &str) -> Self {
        let entry = reading.entry();
        Self {
            code: Secret::new(raw.trim_end_matches('<').to_owned()),
            alpha2: entry.and_then(|entry| entry.alpha2),
            name: entry.map(|entry| entry.name),
        }
    }
}

/// A field as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldRead {
    /// Which field.
    pub field: FieldId,
    /// The line, from 1.
    pub line: u8,
    /// The first and the last column, from 1.
    pub columns: [u8; 2],
    /// The characters as printed, `?` where one could not be read.
    pub raw: Secret<String>,
    /// How many characters could not be read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unread: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// How a birth date is printed: known, partly known, unknown, or no date.
const fn state(date: ShortDate) -> &'static str {
    match date {
        ShortDate::Known { year: Some(_), month: Some(_), day: Some(_) } => "known",
        ShortDate::Known { .. } => "partly_known",
        ShortDate::Unknown => "unknown",
        ShortDate::Impossible => "impossible",
        ShortDate::Malformed => "malformed",
        ShortDate::Unreadable => "unreadable",
    }
}

/// Everything that a zone's text says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The layout.
    pub layout: Layout,
    /// The day from which centuries and validity are reckoned.
    pub at: Date,
    /// The lines as printed, with `?` where a character could not be read.
    pub lines: Vec<Secret<String>>,
    /// The document.
    pub document: Document,
    /// The person.
    pub person: Person,
    /// The nationality, of layouts that have one.
    pub nationality: Option<CodeRead>,
    /// Whether the birth date is `known`, `partly_known`, `unknown`, `impossible`, `malformed` or `unreadable`.
    pub birth_date_as_printed: Option<&'static str>,
    /// Every field with line, columns and raw text.
    pub fields: Vec<FieldRead>,
    /// Every check that the text allows.
    pub checks: Vec<Check>,
}
