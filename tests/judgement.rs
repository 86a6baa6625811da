//! Properties of judgement: what no evidence and no policy may ever bring about.
//!
//! Cases come from a small seeded generator: evidence near a complete set, so that some of it clears, under the
//! compiled-in policies and under random ones. In release mode a million of them, in debug mode a few thousand.
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::assess::{Expected, Ground, Policy, Recommendation, Verdict, judge};
use landfall::check::{Axis, Check, CheckId, Outcome, Reason, Seen, Subject};
use landfall::fact::Reporter;

#[path = "judgement/cases.rs"]
mod cases;
use cases::{CASES, Case, Random, complete, random_policy};

const ONE: Subject = Subject::Document(1);

fn default_policy() -> Policy {
    Policy::default_policy().unwrap()
}

fn expected(checks: &[Check]) -> Vec<Expected> {
    checks.iter().map(|check| Expected { id: check.id, subject: check.subject }).collect()
}

fn outcome(checks: &mut [Check], id: CheckId) -> &mut Check {
    checks.iter_mut().find(|check| check.id == id).unwrap()
}

fn clears(policy: &Policy, checks: &[Check]) -> bool {
    judge(policy, checks, &[]).recommendation == Recommendation::Clear
}

/// Confidence and recommendation of `after` are nowhere lower than those of `before`.
fn not_lower(before: &Verdict, after: &Verdict) -> bool {
    let (b, a) = (&before.confidence, &after.confidence);
    a.document >= b.document
        && a.holder >= b.holder
        && a.overall >= b.overall
        && a.level >= b.level
        && after.recommendation >= before.recommendation
}

/// Runs `property` on random cases under the compiled-in policies and under random ones.
fn hold(seed: u64, property: impl Fn(&Policy, &Case, &mut Random)) {
    let mut random = Random::new(seed);
    let mut policies = vec![default_policy(), Policy::training().unwrap()];
    while policies.len() < 20 {
        policies.push(Policy::from_toml(&random_policy(&mut random, false)).unwrap());
    }
    for number in 0..CASES {
        // Every second case is judged by a compiled-in policy, where complete sets are near.
        let policy = match number % 2 {
            0 => random.below(2),
            _ => random.below(policies.len()),
        };
        let case = Case::random(&policies[policy], &mut random);
        property(&policies[policy], &case, &mut random);
    }
}

#[test]
fn nothing_at_all_is_referred_under_every_policy() {
    let mut random = Random::new(9);
    let of_others = (0..20).map(|_| Policy::from_toml(&random_policy(&mut random, false)).unwrap());
    for policy in [default_policy(), Policy::training().unwrap()].into_iter().chain(of_others) {
        let verdict = judge(&policy, &[], &[]);
        assert_eq!(verdict.recommendation, Recommendation::Refer);
        assert_eq!((verdict.confidence.overall, verdict.confidence.profile), (0, None));
        assert!(!verdict.actions.is_empty());
    }
}

#[test]
fn a_complete_set_of_passes_clears_under_its_profile() {
    let policy = default_policy();
    for (profile, risks) in [("chip", 0), ("paper", 0)] {
        let checks = complete(&policy, profile);
        let verdict = judge(&policy, &checks, &expected(&checks));
        assert_eq!(verdict.recommendation, Recommendation::Clear, "{profile}: {verdict:?}");
        assert_eq!(verdict.confidence.profile.as_deref(), Some(profile));
        assert_eq!((verdict.residual_risks.len(), verdict.gaps.len()), (risks, 0));
        assert!(verdict.actions.is_empty() && verdict.hints.is_empty());
    }
}

#[test]
fn each_single_check_that_did_not_pass_prevents_clearing() {
    let policy = default_policy();
    for profile in ["chip", "paper"] {
        let complete = complete(&policy, profile);
        for index in 0..complete.len() {
            let mut fewer = complete.clone();
            let id = fewer.remove(index).id;
            // A layout without the digit says so by `NotPresent`; a check that was not made says nothing.
            assert!(!clears(&policy, &fewer), "{profile} without {id}");
            for worse in Outcome::ALL.iter().filter(|outcome| **outcome != Outcome::Passed) {
                let mut checks = complete.clone();
                checks[index].outcome = *worse;
                checks[index].reason = Reason::ReportersDisagree;
                let may_lack = matches!(
                    id,
                    CheckId::MrzCheckDigitOptionalData
                        | CheckId::MrzCheckDigitComposite
                        | CheckId::ChipAuthentic
                        | CheckId::SodDocumentType
                ) || (profile, id) == ("paper", CheckId::ChipExpected);
                let allowed = *worse == Outcome::NotPresent && may_lack;
                assert_eq!(clears(&policy, &checks), allowed, "{profile}: {id} {worse}");
            }
        }
    }
}

#[test]
fn a_chip_that_cannot_prove_itself_clears_only_with_the_risk_named() {
    let policy = default_policy();
    let mut checks = complete(&policy, "chip");
    outcome(&mut checks, CheckId::ChipAuthentic).outcome = Outcome::NotPresent;
    let verdict = judge(&policy, &checks, &expected(&checks));
    assert_eq!(verdict.confidence.profile.as_deref(), Some("chip_no_clone_detection"));
    assert_eq!(verdict.residual_risks[0].risk, "no_clone_detection");
    outcome(&mut checks, CheckId::ChipAuthentic).outcome = Outcome::NotPerformed;
    assert!(!clears(&policy, &checks), "it could have been asked");
}

#[test]
fn one_of_two_ways_is_enough_unless_the_other_failed_or_was_left_out() {
    let policy = default_policy();
    let mut checks = complete(&policy, "chip");
    let face = |outcome, reason| Check::new(CheckId::HolderFace, Subject::Traveller, outcome, reason);
    checks.push(face(Outcome::Undetermined, Reason::FaceRatesUseless));
    let verdict = judge(&policy, &checks, &[]);
    assert_eq!((verdict.recommendation, verdict.gaps.len()), (Recommendation::Clear, 1));
    *checks.last_mut().unwrap() = face(Outcome::Failed, Reason::FaceRejected);
    assert!(!clears(&policy, &checks));
    let announced = expected(&checks);
    checks.pop();
    let verdict = judge(&policy, &checks, &announced);
    assert_eq!(verdict.recommendation, Recommendation::Refer, "the failed comparison cannot be left out");
}

#[test]
fn an_open_gap_prevents_clearing_even_if_no_profile_asks_for_the_check() {
    let policy = default_policy();
    for outcome in Outcome::ALL {
        let mut checks = complete(&policy, "chip");
        checks.push(Check::new(CheckId::OpticalUltraviolet, ONE, *outcome, Reason::Unreadable));
        let verdict = judge(&policy, &checks, &[]);
        let concluded = [Outcome::Passed, Outcome::Failed, Outcome::NotPresent].contains(outcome);
        assert_eq!(verdict.gaps.is_empty(), concluded, "{outcome}");
        let clears = concluded && *outcome != Outcome::Failed;
        assert_eq!(verdict.recommendation == Recommendation::Clear, clears, "{outcome}");
    }
    let mut checks = complete(&policy, "chip");
    let two = Subject::Document(2);
    checks.push(Check::new(CheckId::HolderFace, two, Outcome::Undetermined, Reason::FaceRatesUseless));
    assert!(!clears(&policy, &checks), "the comparison with one portrait says nothing about another");
}

#[test]
fn two_half_documents_do_not_make_a_whole_one() {
    let policy = default_policy();
    let mut checks = complete(&policy, "chip");
    for check in checks.iter_mut().filter(|check| check.id.name().starts_with("sod.")) {
        check.subject = Subject::Document(2);
    }
    let verdict = judge(&policy, &checks, &expected(&checks));
    assert_eq!((verdict.recommendation, verdict.confidence.profile), (Recommendation::Refer, None));
}

#[test]
fn a_specimen_never_clears_but_in_training_where_it_is_listed_as_lifted() {
    let training = Policy::training().unwrap();
    let mut checks = complete(&default_policy(), "chip");
    checks.push(Check::new(CheckId::DocumentSpecimen, ONE, Outcome::Failed, Reason::SpecimenIssuer));
    let verdict = judge(&default_policy(), &checks, &expected(&checks));
    assert_eq!(verdict.recommendation, Recommendation::Refer);
    assert_eq!(verdict.grounds[0].ground, Ground::Specimen);
    let verdict = judge(&training, &checks, &expected(&checks));
    assert_eq!(verdict.recommendation, Recommendation::Clear);
    assert!(verdict.grounds.is_empty());
    assert_eq!(verdict.lifted[0].ground, Ground::Specimen);
    let all = expected(&checks);
    checks.pop();
    let verdict = judge(&training, &checks, &all);
    assert_eq!(verdict.recommendation, Recommendation::Refer, "lifted is not the same as left out");
}

#[test]
fn nothing_clears_under_a_failed_clock() {
    for policy in [default_policy(), Policy::training().unwrap()] {
        for profile in ["chip", "paper"] {
            let mut checks = complete(&policy, profile);
            outcome(&mut checks, CheckId::EngineClock).outcome = Outcome::Failed;
            let verdict = judge(&policy, &checks, &[]);
            assert_eq!(verdict.recommendation, Recommendation::Refer);
            assert_eq!(verdict.grounds[0].ground, Ground::Clock);
        }
    }
}

#[test]
fn improving_an_outcome_never_lowers_confidence_or_recommendation() {
    let cleared = std::cell::Cell::new(0);
    hold(1, |policy, case, random| {
        let Some(index) = random.index(&case.checks) else {
            return;
        };
        let before = case.judge(policy);
        let mut better = case.clone();
        let check = &mut better.checks[index];
        let rank = check.outcome.rank();
        let above: Vec<_> = Outcome::ALL.iter().filter(|outcome| outcome.rank() > rank).collect();
        let Some(above) = random.index(&above).map(|index| *above[index]) else {
            return;
        };
        check.outcome = above;
        if random.below(2) == 0 {
            check.reason = Reason::Confirmed;
        }
        let after = better.judge(policy);
        assert!(not_lower(&before, &after), "{:?}\n{before:?}\n{after:?}", better.checks[index]);
        let turned = before.recommendation != Recommendation::Clear && after.recommendation == Recommendation::Clear;
        cleared.set(cleared.get() + u64::from(turned));
    });
    assert!(cleared.get() > CASES / 200, "too few cases came to clear: {}", cleared.get());
}

#[test]
fn removing_a_pass_never_raises_confidence_or_recommendation() {
    let lost = std::cell::Cell::new(0);
    hold(2, |policy, case, random| {
        let Some(index) = random.index(&case.checks) else {
            return;
        };
        if case.checks[index].outcome != Outcome::Passed {
            return;
        }
        let before = case.judge(policy);
        let mut fewer = case.clone();
        fewer.checks.remove(index);
        let after = fewer.judge(policy);
        assert!(not_lower(&after, &before), "{:?}\n{before:?}\n{after:?}", case.checks[index]);
        lost.set(lost.get() + u64::from(after.recommendation < before.recommendation));
    });
    assert!(lost.get() > CASES / 200, "too few cases ceased to clear: {}", lost.get());
}

#[test]
fn a_ground_always_wins() {
    hold(3, |policy, case, random| {
        let mut case = case.clone();
        let id = random.pick(CheckId::ALL);
        let lifted = policy.identity().name == "training" && id == CheckId::DocumentSpecimen;
        case.checks.push(Check::new(id, random.subject(), Outcome::Failed, random.pick(Reason::ALL)));
        let verdict = case.judge(policy);
        if lifted {
            assert!(verdict.lifted.iter().any(|found| found.check == id));
        } else {
            assert_ne!(verdict.recommendation, Recommendation::Clear);
            assert!(verdict.grounds.iter().any(|found| found.check == id));
        }
    });
}

#[test]
fn dropping_an_expected_item_never_clears() {
    hold(4, |policy, case, random| {
        let mut case = case.clone();
        let Some(index) = random.index(&case.checks) else {
            return;
        };
        let Check { id, subject, .. } = case.checks[index];
        case.expected.push(Expected { id, subject });
        case.checks.retain(|check| (check.id, check.subject) != (id, subject));
        let verdict = case.judge(policy);
        assert_ne!(verdict.recommendation, Recommendation::Clear, "{id} on {subject:?}");
        let gap = |gap: &landfall::assess::Gap| (gap.check, gap.subject) == (id, subject);
        assert!(verdict.gaps.iter().any(gap));
    });
}

#[test]
fn neither_order_nor_repetition_matters() {
    hold(5, |policy, case, random| {
        let before = case.judge(policy);
        let mut mixed = case.clone();
        if let Some(index) = random.index(&mixed.checks) {
            mixed.checks.push(mixed.checks[index]);
        }
        random.shuffle(&mut mixed.checks);
        random.shuffle(&mut mixed.expected);
        assert_eq!(before, mixed.judge(policy));
    });
}

#[test]
fn clearing_takes_a_profile_and_the_threshold_and_every_open_gap_accepted() {
    hold(6, |policy, case, _| {
        let verdict = case.judge(policy);
        if verdict.recommendation != Recommendation::Clear {
            return;
        }
        assert!(verdict.grounds.is_empty() && verdict.actions.is_empty());
        assert!(verdict.confidence.profile.is_some());
        assert!(verdict.confidence.overall >= policy.explain().clear_threshold);
        let profile = policy.explain().profiles.iter().find(|p| Some(&p.name) == verdict.confidence.profile.as_ref());
        for gap in &verdict.gaps {
            let accepted =
                verdict.residual_risks.iter().any(|risk| (risk.check, risk.subject) == (gap.check, gap.subject));
            let other = |r: &landfall::assess::Requirement| r.passed.len() > 1 && r.passed.contains(&gap.check);
            let another_way = profile.is_some_and(|profile| profile.requirements.iter().any(other));
            let lifted = policy.identity().name == "training" && gap.check == CheckId::DocumentSpecimen;
            assert!(accepted || another_way || lifted, "{gap:?}");
        }
    });
}

#[test]
fn random_policies_are_refused_exactly_if_a_failure_could_help() {
    let mut random = Random::new(7);
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..CASES / 500 {
        let text = random_policy(&mut random, true);
        let helps = cases::failure_helps(&text);
        let loaded = Policy::from_toml(&text);
        match &loaded {
            Ok(_) => accepted += 1,
            Err(_) => refused += 1,
        }
        assert_eq!(loaded.is_err(), helps, "{:?}\n{text}", loaded.err());
    }
    assert!(accepted > 0 && refused > 0, "{accepted} accepted, {refused} refused");
}

#[test]
fn hostile_weights_and_ages_neither_overflow_nor_clear() {
    let policy = default_policy();
    let mut checks = Vec::new();
    for (index, id) in CheckId::ALL.iter().cycle().take(5_000).enumerate() {
        let subject = Subject::Document(u8::try_from(index % 256).unwrap());
        let mut check = Check::new(*id, subject, Outcome::Passed, Reason::Confirmed);
        check.evidence.seen = Some(Seen::Weight([i32::MIN, i32::MAX][index % 2]));
        check.evidence.age_days = Some([i32::MIN, i32::MAX][index % 2]);
        check.evidence.reporter = Some(Reporter::ALL[index % Reporter::ALL.len()]);
        checks.push(check);
    }
    let verdict = judge(&policy, &checks, &[]);
    assert_ne!(verdict.recommendation, Recommendation::Clear);
    assert!(verdict.confidence.holder <= 150 && verdict.confidence.document <= 500);
}

#[test]
fn the_result_is_written_the_same_way_every_time() {
    let policy = default_policy();
    let checks = [
        Check::new(CheckId::AlertDocument, ONE, Outcome::Failed, Reason::HostAsserted),
        Check::new(CheckId::HolderComparison, Subject::Traveller, Outcome::Passed, Reason::OfficerSaysSame)
            .reported_by(Reporter::Officer),
    ];
    let gap = [Expected { id: CheckId::SodPath, subject: ONE }];
    let json = serde_json::to_string(&judge(&policy, &checks, &gap)).unwrap();
    let written = concat!(
        r#"{"recommendation":"refer","grounds":[{"ground":"document_alert","check":"alert.document","#,
        r#""subject":"document/1","reason":"host_asserted","actions":["secondary_inspection","verify_with_owner"],"#,
        r#""recommend":"refer"}],"lifted":[],"actions":["complete_checks","secondary_inspection","verify_with_owner"],"#,
        r#""confidence":{"document":0,"holder":83,"overall":0,"level":"none","profile":null,"basis":"assumed"},"#,
        r#""gaps":[{"check":"sod.path","subject":"document/1","outcome":"not_performed","reason":"nothing_given"}],"#,
        r#""hints":[{"check":"sod.path","text":"Read the chip; import the country's anchor."}],"residual_risks":[]}"#,
    );
    assert_eq!(json, written);
}

#[test]
fn no_profile_of_the_compiled_in_policies_leaves_out_an_axis() {
    for policy in [default_policy(), Policy::training().unwrap()] {
        for profile in policy.explain().profiles {
            let ids: Vec<_> = profile.requirements.iter().flat_map(|r| &r.passed).collect();
            assert!(Axis::ALL.iter().all(|axis| ids.iter().any(|id| id.entry().axis == *axis)), "{}", profile.name);
        }
    }
}

#[test]
fn a_mutated_policy_file_is_read_or_refused_and_never_crashes() {
    let default = include_str!("../policies/default.toml");
    let mut random = Random::new(8);
    let mut refused = 0;
    for _ in 0..CASES / 500 {
        let mut bytes = default.as_bytes().to_vec();
        for _ in 0..=random.below(3) {
            let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
            match random.below(3) {
                0 => bytes[from] = random.pick(b"[]{}\"'=,.#\n-019az_"),
                1 => bytes.swap(from, to),
                _ => drop(bytes.drain(from.min(to)..from.max(to).min(from.min(to) + 99))),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        refused += u64::from(Policy::from_toml(&text).is_err());
    }
    assert!(refused > CASES / 2_000, "only {refused} refused");
    for deep in ["[", "a=[", "a={b=", "a.", "[a."] {
        assert!(Policy::from_toml(&deep.repeat(20_000)).is_err());
    }
}
