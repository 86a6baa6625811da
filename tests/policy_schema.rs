//! `docs/policy.schema.json` describes the policy files that the loader reads.
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::assess::{Action, Basis, Ground, Kind, Policy, Recommendation};
use landfall::check::Outcome;
use serde_json::Value;

const DEFAULT: &str = include_str!("../policies/default.toml");
const TRAINING: &str = include_str!("../policies/training.toml");

fn schema() -> Value {
    serde_json::from_str(include_str!("../docs/policy.schema.json")).unwrap()
}

fn json(policy: &str) -> Value {
    serde_json::to_value(policy.parse::<toml::Table>().unwrap()).unwrap()
}

#[test]
fn both_compiled_in_policies_are_valid_under_the_published_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for policy in [DEFAULT, TRAINING] {
        let errors: Vec<_> = validator.iter_errors(&json(policy)).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn what_the_schema_refuses_the_loader_refuses_too() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (from, to) in [
        ("version = 1", "version = 1\ncolour = \"red\""),
        ("version = 1\n", ""),
        ("issued = \"2026-11-22\"", "issued = \"22.11.2026\""),
        ("kind = \"operational\"", "kind = \"experimental\""),
        ("pass = 4", "pass = -4"),
        ("absent = 0", "absent = 4"),
        ("cap = 12", "cap = -12"),
        ("low = 30", "low = 0"),
        ("system = 40\n", ""),
        ("rationale = \"One question", "rationale = \"\" # \""),
        ("basis = \"measured\"", "basis = \"felt\""),
        ("ground = \"clock\"", "ground = \"clocks\""),
        ("ground = \"clock\"", "ground = \"clock\"\noutcome = \"passed\""),
        ("ground = \"clock\"", "ground = \"clock\"\nrecommend = \"refuse\""),
        ("ground = \"clock\"", "ground = \"clock\"\nrecommend = \"refuse\"\nlaw = \"Act\"\noutcome = \"aborted\""),
        ("actions = [\"supervisor\"]", "actions = []"),
        ("outcomes = [\"not_present\"]", "outcomes = [\"failed\"]"),
    ] {
        let policy = DEFAULT.replacen(from, to, 1);
        assert_ne!(policy, DEFAULT, "{from}");
        assert!(!validator.is_valid(&json(&policy)), "the schema takes {to:?}");
        assert!(Policy::from_toml(&policy).is_err(), "the loader takes {to:?}");
    }
}

#[test]
fn the_vocabularies_of_the_schema_are_those_of_the_engine() {
    let schema = schema();
    let words = |path: &str| -> Vec<String> {
        let words = schema.pointer(path).and_then(Value::as_array).unwrap();
        words.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let actions: Vec<_> = Action::ALL.iter().map(|word| word.name()).collect();
    let grounds: Vec<_> = Ground::ALL.iter().map(|word| word.name()).collect();
    let bases: Vec<_> = Basis::ALL.iter().map(|word| word.name()).collect();
    let kinds: Vec<_> = Kind::ALL.iter().map(|word| word.name()).collect();
    let outcomes: Vec<_> = Outcome::ALL.iter().filter(|o| **o != Outcome::Passed).map(|word| word.name()).collect();
    assert_eq!(words("/$defs/action/enum"), names(&actions));
    assert_eq!(words("/$defs/ground/enum"), names(&grounds));
    assert_eq!(words("/$defs/basis/enum"), names(&bases));
    assert_eq!(words("/properties/kind/enum"), names(&kinds));
    assert_eq!(words("/$defs/outcome/enum"), names(&outcomes));
    assert_eq!(words("/$defs/gap/enum"), names(&outcomes[1..]));
    for word in words("/$defs/ground_rule/properties/recommend/enum") {
        assert!(Recommendation::from_name(&word).is_some_and(|r| r != Recommendation::Clear));
    }
}
