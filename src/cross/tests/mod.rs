//! Sources that agree, differ, and cannot be told.

use super::*;
use crate::deviation::Deviations;
use crate::lds::{Content, ElementaryFile};
use crate::mrz::parse;
use crate::secret::Secret;
use Outcome::{Failed, NotPresent, Passed, Undetermined};

const SUBJECT: Subject = Subject::Document(1);
const FIRST: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
const SECOND: &str = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

fn zone(first: &str, second: &str) -> Mrz {
    parse(format!("{first}\n{second}")).unwrap()
}

fn eriksson() -> Mrz {
    zone(FIRST, SECOND)
}

fn verdict(check: Check) -> (Outcome, Reason) {
    (check.outcome, check.reason)
}

#[test]
fn every_single_character_that_differs_between_page_and_chip_fails_in_its_field() {
    let chip = eriksson();
    assert_eq!(verdict(dg1_mrz(&eriksson(), &chip, SUBJECT)), (Passed, Reason::Confirmed));
    for (line, text) in [FIRST, SECOND].into_iter().enumerate() {
        for column in 2..text.len() {
            let mut other = text.as_bytes().to_vec();
            other[column] = if other[column] == b'7' { b'8' } else { b'7' };
            let other = String::from_utf8(other).unwrap();
            let page = match line {
                0 => zone(&other, SECOND),
                _ => zone(FIRST, &other),
            };
            let check = dg1_mrz(&page, &chip, SUBJECT);
            assert_eq!(verdict(check), (Failed, Reason::SourcesDiffer), "{column}");
            let place = check.evidence.place.unwrap();
            assert_eq!(usize::from(place.line), line + 1);
            let columns = usize::from(place.first)..=usize::from(place.last);
            assert!(columns.contains(&(column + 1)), "{column}: {columns:?}");
        }
    }
}

#[test]
fn an_unread_character_leaves_it_open_unless_something_else_differs() {
    let unread = SECOND.replace("L8989", "L8?89");
    let check = dg1_mrz(&zone(FIRST, &unread), &eriksson(), SUBJECT);
    assert_eq!(verdict(check), (Undetermined, Reason::Unreadable));
    let worse = unread.replace("740812", "740813");
    let check = dg1_mrz(&zone(FIRST, &worse), &eriksson(), SUBJECT);
    assert_eq!(verdict(check), (Failed, Reason::SourcesDiffer));
}

#[test]
fn zones_of_two_layouts_differ() {
    let card = parse("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6").unwrap();
    let check = dg1_mrz(&card, &eriksson(), SUBJECT);
    assert_eq!(verdict(check), (Failed, Reason::SourcesDiffer));
}

const COM: &[u8] = include_bytes!("../../../fixtures/specimens/utopia-passport/EF.COM");
const SOD: &[u8] = include_bytes!("../../../fixtures/specimens/utopia-passport/EF.SOD");

fn com(text: &[u8]) -> Com {
    let mut seen = Deviations::new();
    let file = ElementaryFile::read(text, &mut seen).unwrap();
    match file.content(&mut seen).unwrap() {
        Content::Com(com) => com,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_on_the_chip_is_held_against_the_signed_one() {
    let mut seen = Deviations::new();
    let file = ElementaryFile::read(SOD, &mut seen).unwrap();
    let Content::Sod(sod) = file.content(&mut seen).unwrap() else { panic!("EF.SOD is read as something else") };
    let genuine = com(COM);
    let judged = |com: &Com| verdict(com_sod(com, &sod.object, SUBJECT));
    assert_eq!(judged(&genuine), (Passed, Reason::Confirmed));
    let differ = (Failed, Reason::SourcesDiffer);
    let mut fewer = genuine.clone();
    fewer.data_groups.pop();
    assert_eq!(judged(&fewer), differ);
    let mut more = genuine.clone();
    more.data_groups.extend(crate::lds::DataGroup::new(13));
    assert_eq!(judged(&more), differ);
    let mut foreign = genuine.clone();
    foreign.other_tags.push(crate::asn1::Tag(0x42));
    assert_eq!(judged(&foreign), differ);
    let mut older = genuine.clone();
    older.lds_version = Some([1, 7]);
    assert_eq!(judged(&older), differ);
    older.lds_version = None;
    assert_eq!(judged(&older), (Passed, Reason::Confirmed));
}

fn details(name: Option<&str>, birth: Option<&str>) -> Dg11<'static> {
    Dg11 {
        full_name: name.map(|name| Secret::new(name.to_owned())),
        birth_date: birth.map(|date| date.parse().unwrap()),
        ..Dg11::default()
    }
}

#[test]
fn a_birth_date_fails_only_in_a_part_that_both_know() {
    let rows = [
        (Some("1974-08-12"), SECOND, Passed, Reason::Confirmed),
        (Some("1874-08-12"), SECOND, Passed, Reason::Confirmed),
        (Some("1974-08-13"), SECOND, Failed, Reason::SourcesDiffer),
        (Some("1974-XX-XX"), SECOND, Passed, Reason::Confirmed),
        (Some("1975-XX-XX"), SECOND, Failed, Reason::SourcesDiffer),
        (Some("XXXX-XX-XX"), SECOND, NotPresent, Reason::NothingGiven),
        (None, SECOND, NotPresent, Reason::NothingGiven),
    ];
    for (birth, second, outcome, reason) in rows {
        let check = dg11_dg1(&details(None, birth), &zone(FIRST, second), SUBJECT);
        assert_eq!(verdict(check), (outcome, reason), "{birth:?}");
    }
    let unread = SECOND.replace("740812", "7?0812");
    let check = dg11_dg1(&details(None, Some("1974-08-12")), &zone(FIRST, &unread), SUBJECT);
    assert_eq!(verdict(check), (Undetermined, Reason::Unreadable));
}

#[test]
fn a_native_name_is_matched_by_the_rules_and_never_accuses() {
    let rows = [
        ("ERIKSSON<<ANNA<MARIA", Passed, Reason::Confirmed),
        ("Eriksson<<Anna<María", Passed, Reason::Confirmed),
        ("Эрикссон<<Анна<Мария", Undetermined, Reason::NameNotMatched),
        ("ERIKSON<<ANNA<MARIA", Undetermined, Reason::NameNotMatched),
        ("ANNA<MARIA<<ERIKSSON", Undetermined, Reason::NameNotMatched),
        ("ERIKSSON<ANNA<MARIA", Passed, Reason::Confirmed),
        ("山田<<太郎", Undetermined, Reason::NoTransliterationRule),
        ("<<", Undetermined, Reason::NameNotMatched),
    ];
    for (native, outcome, reason) in rows {
        let check = dg11_dg1(&details(Some(native), None), &eriksson(), SUBJECT);
        assert_eq!(verdict(check), (outcome, reason), "{native}");
    }
    let both = dg11_dg1(&details(Some("ERIKSON"), Some("1975-01-01")), &eriksson(), SUBJECT);
    assert_eq!(verdict(both), (Failed, Reason::SourcesDiffer));
}

#[test]
fn a_cut_name_counts_only_where_the_field_was_full() {
    let full = "P<UTOERIKSSON<<ANNA<MARIA<MAGDALENA<ELISABET";
    let details = details(Some("Eriksson<<Anna<Maria<Magdalena<Elisabeth"), None);
    let cut = dg11_dg1(&details, &zone(full, SECOND), SUBJECT);
    assert_eq!(verdict(cut), (Passed, Reason::Confirmed));
    let short = dg11_dg1(&details, &eriksson(), SUBJECT);
    assert_eq!(verdict(short), (Undetermined, Reason::NameNotMatched));
}

/// The certificate of Utopia's authority; its key is in use for years.
const UTOPIA: &[u8] = include_bytes!("../../../fixtures/specimens/utopia-trust/csca-uto.der");

#[test]
fn a_document_is_issued_while_its_signer_was_in_use_or_fails() {
    let signer = Certificate::parse(UTOPIA, &mut Deviations::new()).unwrap();
    let period = signer.private_key_usage_period().unwrap();
    let (begin, end) = (period.not_before.unwrap().date(), period.not_after.unwrap().date());
    assert!(begin < end && end < signer.not_after().date(), "the key rests before its certificate ends");
    let judged = |date: Option<PartialDate>| {
        let dg12 = Dg12 { issue_date: date, ..Dg12::default() };
        verdict(dg12_signer(&dg12, &[&signer], SUBJECT))
    };
    let year = |year| PartialDate::new(Some(year), None, None);
    let outside = (Failed, Reason::IssuedOutsideKeyUse);
    assert_eq!(judged(None), (NotPresent, Reason::NoIssueDate));
    assert_eq!(judged(Some(begin.into())), (Passed, Reason::Confirmed));
    assert_eq!(judged(Some(end.into())), (Passed, Reason::Confirmed));
    assert_eq!(
        judged(Some(signer.not_after().date().into())),
        outside,
        "the certificate is valid, the key is not in use"
    );
    assert_eq!(judged(year(begin.year() - 1)), outside);
    assert_eq!(judged(year(end.year() + 1)), outside);
    assert_eq!(judged(year(begin.year() + 1)), (Passed, Reason::Confirmed));
    assert_eq!(judged(year(end.year())), (Undetermined, Reason::DateUnknown));
    assert_eq!(judged(Some(PartialDate::UNKNOWN)), (Undetermined, Reason::DateUnknown));
    let dg12 = Dg12 { issue_date: Some(begin.into()), ..Dg12::default() };
    let nobody = verdict(dg12_signer(&dg12, &[], SUBJECT));
    assert_eq!(nobody, (Undetermined, Reason::SignerCertificateMissing));
}
