//! The whole way from text to assessment: shape, order, expectations, and what never clears.

use landfall::assess::{Kind, Policy, Recommendation};
use landfall::check::{CheckId, Outcome, Reason};
use landfall::date::Time;
use landfall::engine::{Assessment, Engine, Inspection, MAX_DOCUMENTS, MAX_FACTS, SCHEMA};
use landfall::fact::Fact;
use landfall::{ErrorKind, mrz};
use serde_json::{Value, json};

const PASSPORT: &str = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const VISA: &str = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C<3UTO6908061F9406236ZE184226B<<<<<<<";

fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn inspect(policy: Policy, zones: &[&str], facts: &[&str]) -> Assessment {
    let mut inspection = Engine::with_policy(policy).inspect(at("2011-06-01T08:00:00Z"));
    feed(&mut inspection, zones, facts);
    inspection.assess()
}

fn feed(inspection: &mut Inspection, zones: &[&str], facts: &[&str]) {
    for zone in zones {
        inspection.read_mrz(zone).unwrap();
    }
    for fact in facts {
        inspection.add_fact(Fact::from_json(fact).unwrap()).unwrap();
    }
}

fn outcome(assessment: &Assessment, id: CheckId) -> (Outcome, Reason) {
    let check = assessment.checks.iter().find(|check| check.id == id).unwrap();
    (check.outcome, check.reason)
}

/// Everything that a host can say in favour of a traveller with one passport that shows no chip symbol.
const FAVOURABLE: [&str; 8] = [
    r#"{"reporter":"officer","claim":"holder_comparison","result":"same"}"#,
    r#"{"reporter":"face_matcher","claim":"face_decision","accepted":true,"false_match_per_million":10,"false_non_match_per_million":10000}"#,
    r#"{"reporter":"officer","claim":"chip_symbol","document":1,"seen":false}"#,
    r#"{"reporter":"reader","claim":"check_result","check":"optical.mrz_infrared","outcome":"passed","document":1}"#,
    r#"{"reporter":"reader","claim":"check_result","check":"optical.ultraviolet","outcome":"passed","document":1}"#,
    r#"{"reporter":"reader","claim":"check_result","check":"optical.authenticity","outcome":"passed","document":1}"#,
    r#"{"reporter":"system","claim":"check_result","check":"alert.document","outcome":"passed","document":1}"#,
    r#"{"reporter":"system","claim":"check_result","check":"alert.person","outcome":"passed"}"#,
];
const RULES: &str = r#"{"reporter":"system","claim":"check_result","check":"rule.entry","outcome":"passed"}"#;

fn published() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// The schema that allows no member beyond those it describes. The published one allows more, because members may be
/// added; what this version writes must be described.
fn strict(mut schema: Value) -> Value {
    fn close(node: &mut Value) {
        match node {
            Value::Object(members) => {
                members.values_mut().for_each(close);
                if members.get("properties").is_some_and(Value::is_object) {
                    members.insert("additionalProperties".to_owned(), false.into());
                }
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut schema);
    schema
}

/// The schema of one definition.
fn definition(mut schema: Value, name: &str) -> Value {
    json!({ "$defs": schema["$defs"].take(), "$ref": format!("#/$defs/{name}") })
}

fn complaints(schema: &Value, json: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors = validator.iter_errors(json);
    errors.map(|error| error.to_string()).collect()
}

#[test]
fn every_assessment_fits_the_published_schema() {
    let (published, strict) = (published(), strict(published()));
    let damaged = PASSPORT.replace("7408122", "7413<?2").replace("UTOERIKSSON", "Z1ZERIK5SON");
    for zones in [&[][..], &[PASSPORT], &[PASSPORT, VISA], &[damaged.as_str()], &["D1NLD15094962111659VW87Z78NB84"]] {
        for facts in [&[][..], &FAVOURABLE[..]] {
            for policy in [Policy::default_policy().unwrap(), Policy::training().unwrap()] {
                let json = serde_json::from_str(&inspect(policy, zones, facts).to_json()).unwrap();
                assert_eq!(complaints(&published, &json), [""; 0]);
                assert_eq!(complaints(&strict, &json), [""; 0], "undocumented");
            }
        }
    }
}

#[test]
fn a_host_that_validates_accepts_members_that_later_versions_add() {
    let text = inspect(Policy::default_policy().unwrap(), &[PASSPORT], &[]).to_json();
    for place in ["", "/confidence", "/checks/0", "/documents/0/issuer", "/person"] {
        let mut json: Value = serde_json::from_str(&text).unwrap();
        json.pointer_mut(place).unwrap()["of_a_later_version"] = true.into();
        assert_eq!(complaints(&published(), &json), [""; 0], "{place}");
        assert_eq!(complaints(&strict(published()), &json).len(), 1, "{place}");
    }
}

#[test]
#[cfg(feature = "cli")]
fn the_line_of_a_traveller_of_whom_nothing_was_read_fits_its_definition() {
    let root = std::env::temp_dir().join(format!("landfall-not-read-{}", std::process::id()));
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_landfall"));
    command.args(["inspect", "--json"]);
    for name in ["first", "second"] {
        let folder = root.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("unknown.bin"), [0, 1, 2]).unwrap();
        command.arg(&folder);
    }
    let output = command.output().unwrap();
    std::fs::remove_dir_all(&root).unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 2, "a line for each traveller");
    let line: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    let schema = definition(strict(published()), "not_read");
    assert_eq!(complaints(&schema, &line), [""; 0]);
    assert!(!complaints(&published(), &line).is_empty(), "it is no assessment");
    let text = inspect(Policy::default_policy().unwrap(), &[PASSPORT], &[]).to_json();
    let assessment = serde_json::from_str(&text).unwrap();
    assert!(!complaints(&schema, &assessment).is_empty());
}

#[test]
fn the_schema_refuses_what_is_not_an_assessment() {
    let validator = jsonschema::validator_for(&published()).unwrap();
    let text = inspect(Policy::default_policy().unwrap(), &[PASSPORT], &[]).to_json();
    let good: Value = serde_json::from_str(&text).unwrap();
    assert!(validator.is_valid(&good));
    for (member, wrong) in [("recommendation", "maybe"), ("at", "yesterday"), ("checks", "none"), ("policy", "mine")] {
        let mut bad = good.clone();
        bad[member] = wrong.into();
        assert!(!validator.is_valid(&bad), "{member}");
    }
    let mut lacking = good.clone();
    lacking.as_object_mut().unwrap().remove("gaps");
    assert!(!validator.is_valid(&lacking));
}

#[test]
fn a_specimen_is_referred_and_only_training_lifts_that() {
    let facts = without(&[]);
    let operational = inspect(Policy::default_policy().unwrap(), &[PASSPORT], &facts);
    assert_eq!(operational.verdict.recommendation, Recommendation::Refer);
    let grounds: Vec<_> = operational.verdict.grounds.iter().map(|found| found.ground.name()).collect();
    assert_eq!(grounds, ["specimen"]);
    let training = inspect(Policy::training().unwrap(), &[PASSPORT], &facts);
    assert_eq!(training.verdict.grounds, []);
    assert_eq!(training.verdict.lifted.len(), 1, "what training lifts stays visible");
    assert_eq!(training.policy.kind, Kind::Training);
}

#[test]
fn a_specimen_without_chip_clears_in_training_when_everything_was_done() {
    let facts = without(&[]);
    let training = inspect(Policy::training().unwrap(), &[PASSPORT], &facts);
    assert_eq!(training.verdict.recommendation, Recommendation::Clear);
    let risks: Vec<_> = training.verdict.residual_risks.iter().map(|risk| risk.risk.as_str()).collect();
    assert_eq!(risks, ["time_not_confirmed"], "what was not confirmed is listed");
    assert_eq!(training.verdict.confidence.profile.as_deref(), Some("paper"));
}

/// The favourable facts but those that contain one of `left_out`.
fn without(left_out: &[&str]) -> Vec<&'static str> {
    let all = FAVOURABLE.iter().copied().chain([RULES]);
    all.filter(|fact| !left_out.iter().any(|part| fact.contains(part))).collect()
}

#[test]
fn leaving_out_any_single_fact_never_clears() {
    let either_suffices = ["holder_comparison", "face_decision"];
    let alone = [
        "chip_symbol",
        "optical.mrz_infrared",
        "optical.ultraviolet",
        "optical.authenticity",
        "alert.document",
        "alert.person",
        "rule.entry",
    ];
    let mut left_out: Vec<Vec<_>> = alone.iter().map(|part| vec![*part]).collect();
    left_out.push(either_suffices.to_vec());
    for parts in left_out {
        let assessment = inspect(Policy::training().unwrap(), &[PASSPORT], &without(&parts));
        assert_eq!(assessment.verdict.recommendation, Recommendation::Refer, "without {parts:?}");
    }
    for part in either_suffices {
        let assessment = inspect(Policy::training().unwrap(), &[PASSPORT], &without(&[part]));
        assert_eq!(assessment.verdict.recommendation, Recommendation::Clear, "without {part}");
    }
}

#[test]
fn any_wrong_check_digit_refers_whatever_else_was_done() {
    let facts = without(&[]);
    for column in [10, 20, 28, 43, 44] {
        let mut zone = PASSPORT.as_bytes().to_vec();
        let digit = &mut zone[45 + column - 1];
        *digit = b'0' + (*digit - b'0' + 1) % 10;
        let zone = String::from_utf8(zone).unwrap();
        let assessment = inspect(Policy::training().unwrap(), &[&zone], &facts);
        assert_eq!(assessment.verdict.recommendation, Recommendation::Refer, "column {column}");
        assert!(!assessment.verdict.grounds.is_empty());
    }
}

#[test]
fn nothing_read_is_referred_and_says_what_is_missing() {
    let assessment = inspect(Policy::training().unwrap(), &[], &[]);
    assert_eq!(assessment.verdict.recommendation, Recommendation::Refer);
    assert!(!assessment.verdict.gaps.is_empty() && assessment.person.is_none());
}

#[test]
fn a_clock_that_was_turned_back_fails_and_nothing_clears_under_it() {
    let facts = without(&[]);
    let engine = Engine::with_policy(Policy::training().unwrap()).not_before(at("2011-06-01T08:00:01Z"));
    for (time, expected, recommendation) in [
        ("2011-06-01T08:00:00Z", Outcome::Failed, Recommendation::Refer),
        ("2011-06-01T08:00:01Z", Outcome::Passed, Recommendation::Clear),
    ] {
        let mut inspection = engine.inspect(at(time));
        feed(&mut inspection, &[PASSPORT], &facts);
        let assessment = inspection.assess();
        assert_eq!(outcome(&assessment, CheckId::EngineClock).0, expected);
        assert_eq!(assessment.verdict.recommendation, recommendation);
    }
}

#[test]
fn a_running_inspection_keeps_the_engine_it_was_opened_with() {
    let engine = Engine::new().unwrap();
    let inspection = engine.inspect(at("2011-06-01"));
    let later = engine.not_before(at("2030-01-01"));
    assert_eq!(outcome(&inspection.assess(), CheckId::EngineClock).0, Outcome::NotPerformed);
    assert_eq!(outcome(&later.inspect(at("2011-06-01")).assess(), CheckId::EngineClock).0, Outcome::Failed);
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order_of_facts() {
    let mut reversed = FAVOURABLE;
    reversed.reverse();
    let policy = || Policy::default_policy().unwrap();
    let json = inspect(policy(), &[PASSPORT, VISA], &FAVOURABLE).to_json();
    assert_eq!(json, inspect(policy(), &[PASSPORT, VISA], &reversed).to_json());
    assert_eq!(json, inspect(policy(), &[PASSPORT, VISA], &FAVOURABLE).to_json());
}

#[test]
fn a_host_may_mark_a_document_as_specimen_and_cannot_unmark_one() {
    let zone = PASSPORT.replace("UTO", "NZL");
    let marked = r#"{"reporter":"officer","claim":"specimen","document":1}"#;
    let of = |facts: &[&str]| {
        outcome(&inspect(Policy::default_policy().unwrap(), &[&zone], facts), CheckId::DocumentSpecimen)
    };
    assert_eq!(of(&[]), (Outcome::Passed, Reason::Confirmed));
    assert_eq!(of(&[marked]), (Outcome::Failed, Reason::SpecimenMarked));
}

#[test]
fn documents_and_facts_beyond_the_budget_are_refused() {
    let mut inspection = Engine::new().unwrap().inspect(at("2011-06-01"));
    let zone = mrz::parse(PASSPORT).unwrap();
    let added = (0..=MAX_DOCUMENTS).map(|_| inspection.add_mrz(zone.clone())).filter(Result::is_ok).count();
    assert_eq!(added, MAX_DOCUMENTS);
    let fact = Fact::from_json(FAVOURABLE[0]).unwrap();
    let refused = (0..=MAX_FACTS).find_map(|_| inspection.add_fact(fact).err());
    assert_eq!(refused.map(|error| error.kind), Some(ErrorKind::BudgetExceeded));
}

#[test]
fn a_fact_about_a_document_that_can_never_be_is_refused() {
    let mut inspection = Engine::new().unwrap().inspect(at("2011-06-01"));
    for number in [0, 17, 255] {
        let fact = format!(r#"{{"reporter":"officer","claim":"specimen","document":{number}}}"#);
        let refused = inspection.add_fact(Fact::from_json(&fact).unwrap());
        assert_eq!(refused.map_err(|error| error.kind), Err(ErrorKind::BadArgument), "{number}");
    }
}

#[test]
fn a_reported_hit_is_never_lost_whatever_it_names() {
    let mut inspection = Engine::new().unwrap().inspect(at("2011-06-01"));
    for wrong in [
        r#"{"reporter":"system","claim":"check_result","check":"alert.person","outcome":"failed","document":1}"#,
        r#"{"reporter":"system","claim":"check_result","check":"alert.document","outcome":"failed"}"#,
    ] {
        let refused = inspection.add_fact(Fact::from_json(wrong).unwrap());
        assert_eq!(refused.map_err(|error| error.kind), Err(ErrorKind::BadArgument), "{wrong}");
    }
    let of_another =
        r#"{"reporter":"system","claim":"check_result","check":"alert.document","outcome":"failed","document":2}"#;
    let mut facts = without(&[]);
    facts.push(of_another);
    let assessment = inspect(Policy::training().unwrap(), &[PASSPORT], &facts);
    assert_eq!(assessment.verdict.recommendation, Recommendation::Refer);
    assert_eq!(assessment.verdict.grounds[0].ground.name(), "document_alert");
}

#[test]
fn an_emergency_travel_document_needs_no_chip_to_clear() {
    let sheet = "PUUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F2606277<<<<<<<8";
    let assessment = inspect(Policy::training().unwrap(), &[sheet], &without(&["chip_symbol"]));
    assert_eq!(assessment.verdict.recommendation, Recommendation::Clear);
    assert_eq!(outcome(&assessment, CheckId::ChipExpected), (Outcome::NotPresent, Reason::NoChipInThisKind));
}

#[test]
fn what_a_reader_tells_of_a_chip_whose_files_it_did_not_deliver_is_said_and_clears_nothing() {
    for (result, expected) in [
        ("succeeded", (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor)),
        ("failed", (Outcome::Undetermined, Reason::ChipKeyNotVouchedFor)),
        ("not_answered", (Outcome::Aborted, Reason::ChipDidNotAnswer)),
    ] {
        let proof = format!(
            r#"{{"reporter":"reader","claim":"chip_proof","document":1,"protocol":"chip_authentication","result":"{result}"}}"#
        );
        let mut facts = without(&["chip_symbol"]);
        facts.push(&proof);
        let assessment = inspect(Policy::training().unwrap(), &[PASSPORT], &facts);
        assert_eq!(outcome(&assessment, CheckId::ChipAuthentic), expected, "{result}");
        assert_eq!(assessment.verdict.recommendation, Recommendation::Refer, "{result}");
    }
}
