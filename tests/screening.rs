//! Alert lists in an inspection: who is stopped, why, by whose list, and what never shows.
#![cfg(feature = "alert")]

use landfall::alert::{self, AlertList, Authority, Labels};
use landfall::assess::{Policy, Recommendation};
use landfall::check::{Check, CheckId, Outcome, Reason};
use landfall::date::Time;
use landfall::engine::{Assessment, Engine, SCHEMA};
use landfall::fact::Fact;
use landfall::list::{self, Entry};
use std::sync::Arc;

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const COLUMNS: &str =
    "id,names,dobs,docs,sex,nationality,authority,reason,action,handling,valid_from,valid_until,review_by";
const SEED: [u8; 32] = [7; 32];

fn entries(rows: &[&str]) -> Vec<Entry> {
    let imported = list::read_csv(format!("{COLUMNS}\n{}\n", rows.join("\n")).as_bytes());
    assert!(imported.faults.is_empty(), "{:?}", imported.faults);
    imported.entries
}

fn labels() -> Labels {
    Labels {
        version: 3,
        agency: "Utopia Border".to_owned(),
        issued: "2011-05-20".parse().ok(),
        valid_until: "2011-06-30".parse().ok(),
        covert: false,
    }
}

fn open(entries: &[Entry], labels: &Labels, seed: Option<&[u8; 32]>) -> Arc<AlertList> {
    Arc::new(AlertList::open(Box::new(alert::package(entries, labels, seed)), 0).unwrap())
}

fn list(rows: &[&str]) -> Arc<AlertList> {
    open(&entries(rows), &labels(), Some(&SEED))
}

fn engine() -> Engine {
    Engine::with_policy(Policy::default_policy().unwrap())
}

fn inspect(engine: &Engine, at: &str) -> Assessment {
    let mut inspection = engine.inspect(Time::parse(at).unwrap());
    inspection.read_mrz(PASSPORT).unwrap();
    inspection.assess()
}

fn screened(rows: &[&str]) -> Assessment {
    inspect(&engine().with_alert_lists([list(rows)]), "2011-06-01T08:00:00Z")
}

fn found(assessment: &Assessment, id: CheckId) -> (Outcome, Reason) {
    let all: Vec<&Check> = assessment.checks.iter().filter(|check| check.id == id).collect();
    assert_eq!(all.len(), 1, "{id}");
    (all[0].outcome, all[0].reason)
}

const STRANGER: &str = "9,\"DOE, John\",1950-01-01,X1,M,UTO,,,,,,,";
const ANNA: &str = "1,\"ERIKSSON, Anna Maria\",1974-08-12,,F,UTO,Police,fraud,detain,,,,";

#[test]
fn without_a_list_nothing_was_screened_and_without_a_name_neither() {
    let bare = inspect(&engine(), "2011-06-01T08:00:00Z");
    assert_eq!(found(&bare, CheckId::AlertPerson), (Outcome::NotPerformed, Reason::NoListLoaded));
    assert!(bare.alerts.is_empty());
    let unread = engine().with_alert_lists([list(&[STRANGER])]).inspect(Time::parse("2011-06-01T08:00:00Z").unwrap());
    assert_eq!(found(&unread.assess(), CheckId::AlertPerson), (Outcome::NotPerformed, Reason::NothingToScreen));
}

#[test]
fn a_stranger_passes_a_signed_list_and_an_unsigned_one_says_that_it_is() {
    let signed = screened(&[STRANGER]);
    assert_eq!(found(&signed, CheckId::AlertPerson), (Outcome::Passed, Reason::Confirmed));
    assert_eq!(found(&signed, CheckId::AlertDocument), (Outcome::Passed, Reason::Confirmed));
    let age = signed.checks.iter().find(|check| check.id == CheckId::AlertPerson).unwrap().evidence.age_days;
    assert_eq!(age, Some(12));
    let unsigned = engine().with_alert_lists([open(&entries(&[STRANGER]), &labels(), None)]);
    let unsigned = inspect(&unsigned, "2011-06-01T08:00:00Z");
    assert_eq!(found(&unsigned, CheckId::AlertPerson), (Outcome::Passed, Reason::AlertListUnsigned));
}

#[test]
fn a_score_refers_whatever_the_list_asks_and_says_whose_entry_it_is() {
    let assessment = screened(&[ANNA, STRANGER]);
    assert_eq!(found(&assessment, CheckId::AlertPerson), (Outcome::Failed, Reason::PersonResemblesEntry));
    assert_eq!(assessment.verdict.recommendation, Recommendation::Refer);
    let grounds: Vec<&str> = assessment.verdict.grounds.iter().map(|found| found.ground.name()).collect();
    assert!(grounds.contains(&"person_alert") && !grounds.contains(&"document_alert"));
    let seen = &assessment.alerts[0];
    assert_eq!((seen.list.agency.as_str(), seen.list.version), ("Utopia Border", 3));
    let hit = &seen.persons[0];
    assert_eq!((hit.entry.as_str(), hit.owner.action.name(), hit.owner.authority.as_str()), ("1", "detain", "Police"));
}

#[test]
fn a_reported_document_is_a_ground_of_its_own_with_what_the_list_asks_for() {
    for (docs, action, reason) in [
        ("UTO/passport/stolen/L898902C3", "refuse", Reason::DocumentReportedRefuse),
        ("lost/L898902C3", "detain", Reason::DocumentReportedDetain),
        ("UTO/passport/revoked/L898902C3", "refer", Reason::DocumentReported),
        ("UTO/passport/blank_stolen/L898902C1..L898902C5", "refuse", Reason::DocumentReportedRefuse),
        ("UTO/passport/blank_stolen/L898*", "refuse", Reason::DocumentReportedRefuse),
        ("lost/L8989O2C3", "refuse", Reason::DocumentResemblesEntry),
        ("L898902C3", "refer", Reason::DocumentOfListedPerson),
    ] {
        let assessment = screened(&[&format!("5,,,{docs},,,Police,,{action},,,,")]);
        assert_eq!(found(&assessment, CheckId::AlertDocument), (Outcome::Failed, reason), "{docs}");
        assert_eq!(found(&assessment, CheckId::AlertPerson).0, Outcome::Passed, "{docs}");
        assert!(assessment.verdict.grounds.iter().any(|found| found.ground.name() == "document_alert"));
        assert_eq!(assessment.alerts[0].documents[0].document, 1);
    }
    let elsewhere = screened(&["5,,,XKX/passport/stolen/L898902C3,,,,,refuse,,,,"]);
    assert_eq!(found(&elsewhere, CheckId::AlertDocument).0, Outcome::Passed, "another issuer's number");
}

#[test]
fn a_stale_list_is_searched_and_what_it_does_not_find_is_open() {
    let stale = engine().with_alert_lists([list(&[STRANGER])]);
    let assessment = inspect(&stale, "2011-07-01T08:00:00Z");
    assert_eq!(found(&assessment, CheckId::AlertPerson), (Outcome::Undetermined, Reason::AlertListStale));
    assert!(assessment.alerts[0].list.stale);
    let hit = inspect(&engine().with_alert_lists([list(&[ANNA])]), "2011-07-01T08:00:00Z");
    assert_eq!(found(&hit, CheckId::AlertPerson), (Outcome::Failed, Reason::PersonResemblesEntry));
}

#[test]
fn entries_hold_between_their_days_and_one_that_was_not_reviewed_asks_for_no_more_than_a_referral() {
    let until = |until: &str| format!("5,\"ERIKSSON, Anna Maria\",1974-08-12,lost/L898902C3,F,UTO,,,refuse,,,{until},");
    assert_eq!(found(&screened(&[&until("2011-05-31")]), CheckId::AlertPerson).0, Outcome::Passed);
    assert_eq!(found(&screened(&[&until("2011-05-31")]), CheckId::AlertDocument).0, Outcome::Passed);
    assert_eq!(found(&screened(&[&until("2011-06-01")]), CheckId::AlertPerson).0, Outcome::Failed);
    let later = "5,,,lost/L898902C3,,,,,refuse,,2011-06-02,,";
    assert_eq!(found(&screened(&[later]), CheckId::AlertDocument).0, Outcome::Passed);
    let overdue = screened(&["5,,,lost/L898902C3,,,,,refuse,,,,2011-05-01"]);
    assert_eq!(found(&overdue, CheckId::AlertDocument).1, Reason::DocumentReported);
    assert!(overdue.alerts[0].documents[0].hit.owner.review_overdue);
}

#[test]
fn who_only_wants_to_be_told_fails_nothing_and_clears_nothing() {
    let notify = screened(&[&ANNA.replace("detain", "notify")]);
    assert_eq!(found(&notify, CheckId::AlertPerson), (Outcome::Undetermined, Reason::AlertNotifyOnly));
    assert!(notify.verdict.gaps.iter().any(|gap| gap.reason == Reason::AlertNotifyOnly));
}

#[test]
fn of_a_restricted_entry_the_counter_sees_that_it_is_there_and_not_why() {
    let json = screened(&["1,\"ERIKSSON, Anna Maria\",1974-08-12,,F,UTO,Police,fraud,refer,restricted,,,"]).to_json();
    assert!(json.contains(r#""restricted":true"#) && json.contains("Police"), "{json}");
    assert!(!json.contains("fraud") && !json.contains("parts agree") && !json.contains("same day"), "{json}");
}

#[test]
fn every_list_keeps_its_own_provenance_and_the_worst_of_them_counts() {
    let other = Labels { agency: "Harbour".to_owned(), version: 9, ..labels() };
    let lists = [list(&[STRANGER]), open(&entries(&[ANNA]), &other, Some(&SEED))];
    let assessment = inspect(&engine().with_alert_lists(lists), "2011-06-01T08:00:00Z");
    assert_eq!(found(&assessment, CheckId::AlertPerson).0, Outcome::Failed);
    let seen = assessment.alerts.iter();
    let seen: Vec<_> = seen.map(|seen| (seen.list.agency.as_str(), seen.list.version, seen.persons.len())).collect();
    assert_eq!(seen, [("Utopia Border", 3, 0), ("Harbour", 9, 1)]);
}

#[test]
fn a_host_that_screened_by_itself_is_heard_beside_the_lists() {
    let mut inspection = engine().with_alert_lists([list(&[STRANGER])]).inspect(Time::parse("2011-06-01").unwrap());
    inspection.read_mrz(PASSPORT).unwrap();
    let fact = r#"{"reporter":"system","claim":"check_result","check":"alert.person","outcome":"failed"}"#;
    inspection.add_fact(Fact::from_json(fact).unwrap()).unwrap();
    let assessment = inspection.assess();
    let outcomes: Vec<Outcome> =
        assessment.checks.iter().filter(|check| check.id == CheckId::AlertPerson).map(|check| check.outcome).collect();
    assert!(outcomes.contains(&Outcome::Failed) && outcomes.contains(&Outcome::Passed));
    assert!(assessment.verdict.grounds.iter().any(|found| found.ground.name() == "person_alert"));
}

#[test]
fn a_false_match_is_cleared_for_one_traveller_until_a_day_and_stays_visible() {
    let cleared = |row: &str, at: &str| {
        let text = format!("agency,entry,document_number,document_issuer,birth_date,until\n{row}\n");
        let (clearances, faults) = list::read_clearances(text.as_bytes());
        assert!(faults.is_empty(), "{faults:?}");
        inspect(&engine().with_alert_lists([list(&[ANNA])]).with_clearances(clearances), at)
    };
    let at = "2011-06-01T08:00:00Z";
    let assessment = cleared("Utopia Border,1,L898902C3,UTO,1974-08-12,2011-06-01", at);
    assert_eq!(found(&assessment, CheckId::AlertPerson), (Outcome::Passed, Reason::FalseMatchCleared));
    assert!(assessment.alerts[0].persons[0].cleared && assessment.to_json().contains(r#""cleared":true"#));
    for row in [
        "Utopia Border,1,L898902C3,UTO,1974-08-12,2011-05-31",
        "Harbour,1,L898902C3,UTO,1974-08-12,2011-06-30",
        "Utopia Border,2,L898902C3,UTO,1974-08-12,2011-06-30",
        "Utopia Border,1,L898902C4,UTO,1974-08-12,2011-06-30",
        "Utopia Border,1,L898902C3,UTO,1974-08-13,2011-06-30",
    ] {
        assert_eq!(found(&cleared(row, at), CheckId::AlertPerson).0, Outcome::Failed, "{row}");
    }
    let (none, faults) = list::read_clearances(b"agency,entry,document_number,until\nA,1,,2011-06-01\nA,1,X,never\n");
    assert!(none.is_empty());
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 3, 3]);
}

#[test]
fn a_covert_entry_changes_no_byte_of_an_assessment_and_its_message_opens_with_the_authoritys_key_alone() {
    let covert = entries(&[&ANNA.replace("detain,", "refer,covert")]);
    let mut both = entries(&[STRANGER]);
    both.extend(covert.iter().cloned());
    let at = "2011-06-01T08:00:00Z";
    let without = inspect(&engine().with_alert_lists([list(&[STRANGER])]), at).to_json();
    let sealed_labels = Labels { covert: true, ..labels() };
    let hidden = open(&both, &sealed_labels, Some(&SEED));
    let lists = [open(&both, &labels(), Some(&SEED)), Arc::clone(&hidden)];
    let engine = engine().with_alert_lists(lists);
    assert_eq!(inspect(&engine, at).to_json(), without);

    let identity = age::x25519::Identity::generate();
    let authority = Authority::parse(&identity.to_public().to_string()).unwrap();
    let mut inspection = engine.inspect(Time::parse(at).unwrap());
    inspection.read_mrz(PASSPORT).unwrap();
    let messages = inspection.screen_covert(&hidden, &authority).unwrap();
    assert_eq!(inspection.assess().to_json(), without, "also after the channel was used");
    let none = open(&entries(&[STRANGER]), &sealed_labels, Some(&SEED));
    let empty = inspection.screen_covert(&none, &authority).unwrap();
    let read = |message: &[u8]| String::from_utf8(age::decrypt(&identity, message).unwrap()).unwrap();
    assert_eq!((messages.len(), empty.len()), (1, 1));
    assert!(read(&messages[0]).contains(r#""entry":"1""#) && !read(&empty[0]).contains("entry"));
    assert_eq!(read(&messages[0]).len(), read(&empty[0]).len());
    assert!(age::decrypt(&age::x25519::Identity::generate(), &messages[0]).is_err());
}

#[test]
fn an_inspection_keeps_the_list_it_was_opened_with_and_no_query_is_lost_in_an_exchange() {
    let (old, new) = (list(&[STRANGER]), list(&[ANNA]));
    let mut running = engine().with_alert_lists([Arc::clone(&old)]);
    let mut open = running.inspect(Time::parse("2011-06-01").unwrap());
    running = running.with_alert_lists([new]);
    open.read_mrz(PASSPORT).unwrap();
    assert_eq!(found(&open.assess(), CheckId::AlertPerson).0, Outcome::Passed);
    assert_eq!(found(&inspect(&running, "2011-06-01"), CheckId::AlertPerson).0, Outcome::Failed);
}

#[test]
fn a_list_that_was_spoilt_while_it_was_open_passes_nobody() {
    let mut bytes = alert::package(&entries(&[STRANGER]), &labels(), None);
    let root = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let first_page = (128 + root).next_multiple_of(4096);
    bytes[first_page..].iter_mut().for_each(|byte| *byte ^= 1);
    let list = Arc::new(AlertList::open(Box::new(bytes), 0).unwrap());
    let assessment = inspect(&engine().with_alert_lists([list]), "2011-06-01");
    assert_eq!(found(&assessment, CheckId::AlertPerson), (Outcome::Aborted, Reason::AlertListUnreadable));
    assert!(assessment.alerts[0].unreadable);
}

#[test]
fn what_lists_say_fits_the_published_schema() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for rows in [&[ANNA, "5,,,lost/L898902C3,,,P,r,refuse,restricted,,,2011-05-01"][..], &[STRANGER]] {
        let json = serde_json::from_str(&screened(rows).to_json()).unwrap();
        assert!(validator.is_valid(&json), "{json}");
    }
}
