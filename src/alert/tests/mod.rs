//! Packages: written, opened, spoilt, cut, rolled back.

use super::*;
use crate::error::ErrorKind;
use crate::list::{Query, read_csv};
use crate::secret::Secret;

fn bytes(seed: Option<&[u8; 32]>) -> Vec<u8> {
    let rows: String = (0..400)
        .map(|n| format!("{n},\"NAME{}, Given{}\",19{:02}-05-17,X{n},F,UTO\n", letters(n), letters(n * 7), n % 90 + 10))
        .collect();
    let imported = read_csv(format!("id,names,dobs,docs,sex,nationality\n{rows}").as_bytes());
    assert!(imported.faults.is_empty() && imported.entries.len() == 400);
    let labels = Labels {
        version: 7,
        agency: "Utopia".to_owned(),
        issued: "2026-11-01".parse().ok(),
        valid_until: "2026-11-30".parse().ok(),
        covert: false,
    };
    package(&imported.entries, &labels, seed)
}

fn letters(number: usize) -> String {
    [number / 26 % 26, number % 26].iter().map(|at| char::from(b'A' + *at as u8)).collect()
}

fn open(bytes: Vec<u8>) -> crate::error::Result<AlertList> {
    AlertList::open(Box::new(bytes), 0)
}

fn day() -> crate::date::Date {
    "2026-11-20".parse().unwrap()
}

fn query() -> Query {
    Query {
        surname: Secret::from("NAMEAB"),
        birth: Some("1911-05-17".parse::<crate::date::Date>().unwrap().into()),
        ..Query::default()
    }
}

#[test]
fn a_package_is_read_as_it_was_written_and_the_same_entries_give_the_same_bytes() {
    let signed = bytes(Some(&[3; 32]));
    assert_eq!(signed, bytes(Some(&[3; 32])));
    let list = open(signed).unwrap();
    list.verify().unwrap();
    assert_eq!((list.len(), list.labels().version, list.labels().agency.as_str()), (400, 7, "Utopia"));
    assert!(list.signer().is_some() && open(bytes(None)).unwrap().signer().is_none());
    assert!(!list.is_stale("2026-11-30".parse().unwrap()) && list.is_stale("2026-12-01".parse().unwrap()));
    assert_eq!(list.search(&query(), day()).unwrap()[0].entry, "1");
}

#[test]
fn an_older_version_than_the_last_one_seen_is_refused() {
    let older = AlertList::open(Box::new(bytes(None)), 8).map(|_| ()).unwrap_err();
    assert_eq!(older.kind, ErrorKind::AlertRollback);
    assert!(AlertList::open(Box::new(bytes(None)), 7).is_ok());
}

#[test]
fn every_spoilt_byte_is_noticed_before_it_is_used() {
    let whole = bytes(Some(&[3; 32]));
    let expected = serde_json::to_string(&open(whole.clone()).unwrap().search(&query(), day()).unwrap()).unwrap();
    for at in (0..whole.len()).step_by(if cfg!(debug_assertions) { 211 } else { 37 }) {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0x41;
        // Bytes between root and pages, and behind the header, belong to nothing.
        match open(spoilt).and_then(|list| list.verify().and_then(|()| list.search(&query(), day()))) {
            Ok(hits) => assert_eq!(serde_json::to_string(&hits).unwrap(), expected, "byte {at}"),
            Err(error) => assert!(
                (700..750).contains(&error.kind.number())
                    || error.kind == ErrorKind::TooLarge
                    || error.kind == ErrorKind::Truncated
            ),
        }
    }
}

#[test]
fn a_package_cut_anywhere_is_an_error() {
    let whole = bytes(None);
    for length in (0..whole.len()).step_by(997) {
        assert!(open(whole[..length].to_vec()).is_err(), "{length} of {}", whole.len());
    }
}

#[test]
fn the_document_alone_leads_to_its_entry() {
    let list = open(bytes(None)).unwrap();
    let query = Query { document_number: Secret::from("X123"), ..Query::default() };
    assert_eq!(list.search(&query, day()).unwrap()[0].entry, "123");
}

#[test]
fn names_that_thousands_bear_open_entries_together_or_where_nothing_else_does() {
    let rows = |at: usize| {
        let surname = if at.is_multiple_of(2) { "HASSAN" } else { "TULIVU" };
        let given = if at.is_multiple_of(3) { "YUSUF" } else { "OKERO" };
        format!("{at},\"{surname}, {given}\",19{:02}-05-{:02},,\n", at % 100, at % 28 + 1)
    };
    let rows = format!("id,names,dobs,sex,nationality\n{}", (0..6000).map(rows).collect::<String>());
    let list = build(&read_csv(rows.as_bytes()).entries).unwrap();
    let day = day();
    let names = |surname: &str, given: &str| {
        let query = Query { surname: surname.into(), given: given.into(), ..Query::default() };
        let hits = list.search(&query, day).unwrap();
        hits.iter().map(|hit| hit.entry.parse::<usize>().unwrap()).collect::<Vec<_>>()
    };
    let both = names("HASSAN", "YUSUF");
    assert!(both.len() == 20 && both.iter().all(|at| at.is_multiple_of(6)), "{both:?}");
    let one = names("HASSAN", "");
    assert!(one.len() == 20 && one.iter().all(|at| at.is_multiple_of(2)), "{one:?}");
    // A date speaks for an entry, and a frequent name adds to it.
    let query = Query {
        surname: "HASSAN".into(),
        given: "NOBODY".into(),
        birth: crate::list::Birth::parse("1942-05-15").map(|birth| birth.from),
        ..Query::default()
    };
    let first = list.search(&query, day).unwrap()[0].entry.parse::<usize>().unwrap();
    assert_eq!((first % 2, first % 100, first % 28), (0, 42, 14));
}
