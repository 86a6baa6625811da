//! Tests of the loader and of the arithmetic; the properties of judgement are in `tests/judgement.rs`.

use super::*;
use crate::check::{Check, CheckId, Outcome, Reason, Seen, Subject};
use crate::error::{ErrorKind, Part, Result};
use crate::fact::Reporter;
use sha2::{Digest, Sha256};

const DEFAULT: &str = include_str!("../../../policies/default.toml");
const TRAINING: &str = include_str!("../../../policies/training.toml");
const ONE: Subject = Subject::Document(1);
const TWO: Subject = Subject::Document(2);

fn passed(id: CheckId, subject: Subject) -> Check {
    Check::new(id, subject, Outcome::Passed, Reason::Confirmed)
}

fn failed(id: CheckId, subject: Subject) -> Check {
    Check::new(id, subject, Outcome::Failed, Reason::HostAsserted)
}

fn missing(id: CheckId, subject: Subject) -> Check {
    Check::new(id, subject, Outcome::NotPerformed, Reason::NothingGiven)
}

/// Document and holder confidence of `checks`.
fn confidence(policy: &Policy, checks: &[Check]) -> (i32, i32) {
    let confidence = judge(policy, checks, &[]).confidence;
    (confidence.document, confidence.holder)
}

#[test]
fn both_compiled_in_policies_load_and_say_which_they_are() {
    for (policy, text, name, kind) in [
        (Policy::default_policy(), DEFAULT, "default", Kind::Operational),
        (Policy::training(), TRAINING, "training", Kind::Training),
    ] {
        let identity = policy.unwrap().identity().clone();
        assert_eq!((identity.name.as_str(), identity.kind), (name, kind));
        let digest = Sha256::digest(text.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((identity.sha256, identity.signed), (hex, false));
    }
}

#[test]
fn the_hash_of_a_policy_follows_every_byte_of_its_file() {
    let commented = Policy::from_toml(&format!("{DEFAULT}#")).unwrap();
    let default = Policy::default_policy().unwrap();
    assert_ne!(commented.identity().sha256, default.identity().sha256);
    let changes = default.diff(&commented);
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].row, "sha256");
}

/// One edit of the default policy, what it must be refused for, and the text at which the error points.
type Edit = (&'static str, &'static str, ErrorKind, &'static str);

fn refuse(base: &str, edits: &[Edit]) {
    for (from, to, kind, at) in edits {
        assert!(base.contains(from), "no {from:?} to edit");
        let text = base.replacen(from, to, 1);
        let error = Policy::from_toml(&text).map(|_| ()).unwrap_err();
        assert_eq!((error.kind, error.part), (*kind, Part::Policy), "{to}");
        let found = &text[error.offset..];
        assert!(found.starts_with(at), "{to}: points at {:.40}", found);
    }
}

#[test]
fn a_policy_in_which_failing_could_help_is_refused() {
    use ErrorKind::PolicyFailureHelps as Helps;
    refuse(
        DEFAULT,
        &[
            ("fail = -70", "fail = 1", Helps, "1\n"),
            ("pass = 4", "pass = -4", Helps, "-4"),
            ("absent = 0", "absent = 3", Helps, "3\n"),
            ("absent = -50\nfail = -100", "absent = -50\nfail = -49", Helps, "-49"),
            ("cap = 12", "cap = -12", Helps, "-12"),
            ("reader = 60", "reader = -1", Helps, "-1"),
            ("medium = 60", "medium = 30", Helps, "30"),
            ("very_high = 150", "very_high = 99", Helps, "99"),
            ("checks = [\"engine.clock\"]", "outcome = \"passed\"\nchecks = [\"engine.clock\"]", Helps, "\"passed\""),
            ("outcomes = [\"not_present\"]", "outcomes = [\"failed\"]", Helps, "[\"failed\"]"),
            (
                "checks = [\"engine.clock\"]",
                "outcome = \"aborted\"\nrecommend = \"refuse\"\nlaw = \"Act 1\"\nchecks = [\"engine.clock\"]",
                Helps,
                "\"refuse\"",
            ),
            ("checks = [\"engine.clock\"]", "recommend = \"clear\"\nchecks = [\"engine.clock\"]", Helps, "\"clear\""),
        ],
    );
}

#[test]
fn a_policy_that_names_what_does_not_exist_is_refused() {
    use ErrorKind::PolicyUnknownName as Unknown;
    refuse(
        DEFAULT,
        &[
            ("check = \"sod.path\"", "check = \"sod.paths\"", Unknown, "\"sod.paths\""),
            ("group = \"page\"", "group = \"pages\"", Unknown, "\"pages\""),
            ("ground = \"clock\"", "ground = \"o_clock\"", Unknown, "\"o_clock\""),
            ("actions = [\"supervisor\"]", "actions = [\"coffee\"]", Unknown, "\"coffee\""),
            ("outcomes = [\"not_present\"]", "outcomes = [\"absent\"]", Unknown, "\"absent\""),
            ("reasons = [\"nothing_given\"", "reasons = [\"nothing\"", Unknown, "\"nothing\""),
            ("basis = \"assumed\"", "basis = \"guessed\"", Unknown, "\"guessed\""),
            ("officer = 90", "officer = 90\nking = 90", Unknown, "king"),
            ("kind = \"operational\"", "kind = \"secret\"", Unknown, "\"secret\""),
        ],
    );
}

#[test]
fn a_policy_that_says_too_little_is_refused() {
    use ErrorKind::PolicyIncomplete as Incomplete;
    let ways = "require_one_of = [[\"holder.comparison\", \"holder.face\"]]";
    let nothing = "name = \"nothing_is_in_it\"";
    let edits: [Edit; 6] = [
        ("rationale = \"One question", "rationale = \" \" #", Incomplete, "\" \""),
        ("officer = 90\n", "", Incomplete, "[reporter_caps]"),
        ("name = \"page\"", nothing, Incomplete, "\"nothing"),
        (ways, "", Incomplete, "\"chip\""),
        ("require_one_of = [[", "require_one_of = [[], [", Incomplete, "[]"),
        ("actions = [\"supervisor\"]", "actions = []", Incomplete, "[]"),
    ];
    refuse(DEFAULT, &edits);
}

#[test]
fn a_policy_that_says_something_twice_is_refused() {
    use ErrorKind::PolicyIncomplete as Incomplete;
    let ground = "[[ground]]\nground = \"clock\"\n";
    let twice = "[[ground]]\nground = \"clock\"\nchecks = [\"engine.clock\"]\nactions = [\"supervisor\"]\n\n\
        [[ground]]\nground = \"clock\"\n";
    let (birth, number) = ("check = \"mrz.check_digit.birth_date\"", "check = \"mrz.check_digit.document_number\"");
    let (pair, same) = ("\"mrz.codes\", \"mrz.document_code\"", "\"mrz.codes\", \"mrz.codes\"");
    let edits: [Edit; 5] = [
        (birth, number, Incomplete, "\"mrz"),
        ("name = \"page\"", "name = \"chip_copy\"", Incomplete, "\"chip_copy\""),
        ("name = \"paper\"", "name = \"chip\"", Incomplete, "\"chip\""),
        (ground, twice, Incomplete, "[\"engine.clock\"]"),
        (pair, same, Incomplete, "\"mrz.codes\", \"mrz.char"),
    ];
    refuse(DEFAULT, &edits);
}

#[test]
fn a_policy_that_is_not_written_as_the_schema_says_is_refused() {
    use ErrorKind::{PolicyOutOfRange as Range, PolicySyntax as Syntax};
    refuse(
        DEFAULT,
        &[
            ("name = \"default\"", "nam = \"default\"", Syntax, "nam"),
            ("version = 1", "version = \"1\"", Syntax, "\"1\""),
            ("issued = \"2026-11-22\"", "issued = \"2026-11-31\"", Syntax, "\"2026-11-31\""),
            ("pass = 4", "pass = 4.5", Syntax, "4.5"),
            ("pass = 4", "pass = 4\npass = 4", Syntax, "pass"),
            ("version = 1", "version = -1", Range, "-1"),
            ("clear_threshold = 60", "clear_threshold = 0", Range, "0"),
            ("low = 30", "low = 0", Range, "0"),
            ("pass = 180", "pass = 10001", Range, "10001"),
            ("fail = -300", "fail = -99999999999", Range, "-99999999999"),
            ("name = \"default\"", "name = \"Default\"", Range, "\"Default\""),
            ("check = \"sod.path\"", "check = \"alert.person\"", Range, "\"alert.person\""),
            ("outcomes = [\"not_present\"]", "outcomes = [\"passed\"]", Range, "[\"passed\"]"),
            (
                "check = \"holder.face\"\ngroup = \"comparison\"",
                "check = \"holder.face\"\ngroup = \"page\"",
                Range,
                "\"page\"",
            ),
        ],
    );
    let long = format!("{DEFAULT}#{}", "x".repeat(256 * 1024));
    assert_eq!(Policy::from_toml(&long).map(|_| ()).unwrap_err().kind, ErrorKind::TooLarge);
}

#[test]
fn a_refusal_needs_a_law() {
    use ErrorKind::PolicyRefusalWithoutLaw as NoLaw;
    let checks = "checks = [\"alert.document\"]";
    let edits: [Edit; 2] = [
        (checks, "recommend = \"refuse\"\nchecks = [\"alert.document\"]", NoLaw, "\"refuse\""),
        (checks, "recommend = \"refuse\"\nlaw = \" \"\nchecks = [\"alert.document\"]", NoLaw, "\" \""),
    ];
    refuse(DEFAULT, &edits);
    let law = "recommend = \"refuse\"\nlaw = \"Border Act 1, s. 2\"\nchecks = [\"alert.document\"]";
    let policy = Policy::from_toml(&DEFAULT.replacen(checks, law, 1)).unwrap();
    let verdict = judge(&policy, &[failed(CheckId::AlertDocument, ONE)], &[]);
    assert_eq!(verdict.recommendation, Recommendation::Refuse);
    assert_eq!(verdict.grounds[0].law.as_deref(), Some("Border Act 1, s. 2"));
}

#[test]
fn only_a_policy_named_training_lifts_and_only_the_specimen_ground() {
    use ErrorKind::PolicyLift as Lift;
    refuse(
        DEFAULT,
        &[
            ("kind = \"operational\"", "kind = \"operational\"\nlifts = [\"specimen\"]", Lift, "\"specimen\""),
            ("kind = \"operational\"", "kind = \"training\"", Lift, "\"default\""),
            ("name = \"default\"", "name = \"training-2\"", Lift, "\"training-2\""),
        ],
    );
    let more = "lifts = [\"specimen\", \"chip_cloned\"]";
    refuse(TRAINING, &[("lifts = [\"specimen\"]", more, Lift, "\"chip_cloned\"")]);
}

#[test]
fn a_training_policy_differs_from_the_default_only_in_what_it_says_it_does() -> Result<()> {
    let changes = Policy::default_policy()?.diff(&Policy::training()?);
    let rows: Vec<_> = changes.iter().map(|change| (change.table, change.row.as_str())).collect();
    let expected = [
        ("policy", "kind"),
        ("policy", "lifts"),
        ("policy", "name"),
        ("policy", "sha256"),
        ("profiles", "training_chip"),
    ];
    assert_eq!(rows, expected);
    let profile = changes.last().unwrap();
    assert!(profile.before.is_none() && profile.after.is_some());
    Ok(())
}

#[test]
fn an_explained_policy_shows_every_weight_with_its_rationale_and_what_it_does_not_weigh() -> Result<()> {
    let policy = Policy::default_policy()?;
    let json = serde_json::to_value(policy.explain()).unwrap();
    let weights = json["weights"].as_array().unwrap();
    assert!(weights.iter().all(|row| { row["rationale"].as_str().is_some_and(|text| text.len() > 20) }));
    let measured = |row: &&serde_json::Value| row["basis"] == "measured";
    assert_eq!(weights.iter().filter(measured).count(), 1, "one weight rests on a publication");
    assert_eq!(json["policy"]["signed"], false);
    let unweighed = policy.explain().unweighed;
    assert!(unweighed.contains(&CheckId::DocumentSpecimen) && !unweighed.contains(&CheckId::AlertPerson));
    Ok(())
}

#[test]
fn a_check_counts_once_on_all_documents_with_its_worst_outcome() -> Result<()> {
    let policy = Policy::default_policy()?;
    let id = CheckId::ChipAuthentic;
    assert_eq!(confidence(&policy, &[passed(id, ONE)]), (100, 0));
    assert_eq!(confidence(&policy, &[passed(id, ONE), passed(id, TWO)]), (100, 0));
    assert_eq!(confidence(&policy, &[passed(id, ONE), missing(id, TWO)]), (-10, 0));
    assert_eq!(confidence(&policy, &[passed(id, ONE), failed(id, TWO)]), (-300, 0));
    let without = Check::new(id, TWO, Outcome::NotPresent, Reason::NothingGiven);
    assert_eq!(confidence(&policy, &[passed(id, ONE), without]), (100, 0));
    Ok(())
}

#[test]
fn one_failure_voids_the_credit_of_its_group_and_of_no_other() -> Result<()> {
    let policy = Policy::default_policy()?;
    let mut checks = vec![
        passed(CheckId::SodSignature, ONE),
        passed(CheckId::SodPath, ONE),
        passed(CheckId::ChipAuthentic, ONE),
        passed(CheckId::SodDataGroupHash, ONE),
    ];
    assert_eq!(confidence(&policy, &checks), (400, 0));
    checks[3] = failed(CheckId::SodDataGroupHash, ONE);
    assert_eq!(confidence(&policy, &checks), (100 - 300, 0));
    Ok(())
}

#[test]
fn the_credit_of_a_group_ends_at_its_cap() -> Result<()> {
    let policy = Policy::default_policy()?;
    let digits = CheckId::ALL.iter().filter(|id| id.name().starts_with("mrz."));
    let checks: Vec<_> = digits.map(|id| passed(*id, ONE)).collect();
    assert_eq!(confidence(&policy, &checks), (12, 0));
    Ok(())
}

#[test]
fn what_reporters_say_is_capped_per_reporter() -> Result<()> {
    let policy = Policy::default_policy()?;
    let page = [CheckId::OpticalMrzInfrared, CheckId::OpticalUltraviolet, CheckId::OpticalAuthenticity];
    let by = |reporter| page.map(|id| passed(id, ONE).reported_by(reporter));
    assert_eq!(confidence(&policy, &page.map(|id| passed(id, ONE))), (80, 0), "the group's cap");
    assert_eq!(confidence(&policy, &by(Reporter::Reader)), (60, 0));
    assert_eq!(confidence(&policy, &by(Reporter::System)), (40, 0));
    let both = [by(Reporter::Reader), by(Reporter::System)].concat();
    assert_eq!(confidence(&policy, &both), (80, 0), "two reporters, and still one group");
    Ok(())
}

#[test]
fn a_seen_weight_bounds_the_credit_and_never_turns_it_into_a_debit() -> Result<()> {
    let policy = Policy::default_policy()?;
    let face = |seen| passed(CheckId::HolderFace, Subject::Traveller).seeing(Seen::Weight(seen));
    for (seen, credit) in [(400, 120), (70, 70), (-5, 0), (i32::MIN, 0), (i32::MAX, 120)] {
        assert_eq!(confidence(&policy, &[face(seen)]), (0, credit));
    }
    Ok(())
}

#[test]
fn confidence_is_measured_only_if_every_weight_that_spoke_was() -> Result<()> {
    let policy = Policy::default_policy()?;
    let officer = passed(CheckId::HolderComparison, Subject::Traveller);
    let basis = |checks: &[Check]| judge(&policy, checks, &[]).confidence.basis;
    assert_eq!(basis(&[]), Basis::Assumed);
    assert_eq!(basis(&[officer]), Basis::Measured);
    assert_eq!(basis(&[officer, passed(CheckId::MrzSex, ONE)]), Basis::Assumed);
    assert_eq!(basis(&[officer, passed(CheckId::DocumentExpiry, ONE)]), Basis::Measured, "not weighed");
    Ok(())
}

#[test]
fn a_ground_for_a_reason_goes_before_the_one_for_any() -> Result<()> {
    let rows = "[[ground]]\nground = \"document_alert\"\nchecks = [\"document.expiry\"]\n\
        reasons = [\"no_expiry_date\"]\nactions = [\"read_again\"]\n\n[[ground]]\nground = \"clock\"\n";
    let policy = Policy::from_toml(&DEFAULT.replacen("[[ground]]\nground = \"clock\"\n", rows, 1))?;
    let ground = |reason| {
        let check = Check::new(CheckId::DocumentExpiry, ONE, Outcome::Failed, reason);
        judge(&policy, &[check], &[]).grounds[0].ground
    };
    assert_eq!(ground(Reason::NoExpiryDate), Ground::DocumentAlert);
    assert_eq!(ground(Reason::Expired), Ground::DocumentExpired);
    Ok(())
}

#[test]
fn a_failed_check_that_no_policy_names_is_a_ground_all_the_same() -> Result<()> {
    let text =
        DEFAULT.replacen("checks = [\"document.expiry\"]", "checks = [\"engine.clock\"]\noutcome = \"aborted\"", 1);
    let policy = Policy::from_toml(&text)?;
    let verdict = judge(&policy, &[failed(CheckId::DocumentExpiry, ONE)], &[]);
    assert_eq!(verdict.grounds[0].ground, Ground::CheckFailed);
    assert!(verdict.actions.iter().eq([Action::SecondaryInspection]));
    Ok(())
}

#[test]
fn hints_name_the_dearest_gap_first_and_each_check_once() -> Result<()> {
    let policy = Policy::default_policy()?;
    let gaps = [
        missing(CheckId::AlertPerson, Subject::Traveller),
        missing(CheckId::MrzCalendar, ONE),
        missing(CheckId::SodPath, TWO),
        missing(CheckId::SodPath, ONE),
    ];
    let verdict = judge(&policy, &gaps, &[]);
    let order: Vec<_> = verdict.hints.iter().map(|hint| hint.check).collect();
    assert_eq!(order, [CheckId::SodPath, CheckId::MrzCalendar, CheckId::AlertPerson]);
    assert_eq!(verdict.gaps.len(), 4);
    assert!(verdict.actions.iter().eq([Action::CompleteChecks]));
    Ok(())
}

#[test]
fn an_accepted_age_is_a_limit_and_an_unknown_age_is_over_it() {
    let risk = Acceptance {
        risk: "old_list".into(),
        checks: vec![CheckId::AlertPerson],
        outcomes: vec![Outcome::NotPerformed],
        reasons: Vec::new(),
        max_age_days: Some(30),
        max_overdue_days: None,
        rationale: "a test".into(),
    };
    let mut check = missing(CheckId::AlertPerson, Subject::Traveller);
    for (age, covered) in [(None, false), (Some(30), true), (Some(31), false)] {
        check.evidence.age_days = age;
        assert_eq!(risk.covers(&check), covered, "{age:?}");
    }
}
