//! `landfall policy` as an author, an officer and an auditor use it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

const DEFAULT: &str = include_str!("../policies/default.toml");

fn landfall(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_landfall")).arg("policy").args(arguments).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// A policy file of its own for one test.
struct File(PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("landfall-policy-{name}-{}.toml", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}

#[test]
fn a_policy_in_which_failing_could_help_is_found_false_at_its_line() {
    let wrong = DEFAULT.replacen("fail = -70", "fail = 70", 1);
    let line = DEFAULT.lines().position(|line| line == "fail = -70").unwrap() + 1;
    let file = File::new("wrong", &wrong);
    let (code, text) = landfall(&["check", file.path()]);
    assert_eq!(code, 1);
    assert!(text.contains(&format!(":{line}:")) && text.contains("policy_failure_helps"), "{text}");
    let (code, text) = landfall(&["check", "--json", file.path(), "default", "training"]);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((code, lines.len()), (1, 3));
    assert_eq!(lines[0]["valid"], false);
    assert_eq!((&lines[0]["error"]["kind"], &lines[0]["line"]), (&"policy_failure_helps".into(), &line.into()));
    assert_eq!((&lines[1]["valid"], &lines[1]["policy"]["name"]), (&true.into(), &"default".into()));
    let copy = File::new("copy", DEFAULT);
    assert_eq!(landfall(&["check", copy.path()]).0, 0);
    assert_eq!(landfall(&["check", "/no/such/file"]).0, 3);
    let latin = File::new("latin", "");
    std::fs::write(&latin.0, b"name = \"\xE9\"").unwrap();
    let (code, text) = landfall(&["check", latin.path()]);
    assert!(code == 1 && text.contains(":1:9: not_utf8"), "{text}");
}

#[test]
fn a_policy_is_laid_open_with_every_weight_labelled_and_every_risk_named() {
    let (code, text) = landfall(&["explain", "default"]);
    assert_eq!(code, 0);
    let policy = landfall::assess::Policy::default_policy().unwrap();
    let explanation = policy.explain();
    for row in explanation.weights {
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{} ", row.check))).unwrap();
        assert!(line.contains(row.basis.name()) && line.ends_with(&row.rationale), "{line}");
        assert!(!row.rationale.is_empty());
    }
    for profile in explanation.profiles {
        assert!(text.contains(&format!("Profile {}", profile.name)));
        assert!(profile.accepts.iter().all(|risk| text.contains(&risk.rationale) && text.contains(&risk.risk)));
    }
    let (code, json) = landfall(&["explain", "--json", "default"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, json), (0, serde_json::to_value(&explanation).unwrap()));
}

#[test]
fn two_policies_are_compared_row_by_row() {
    let changed = DEFAULT.replacen("clear_threshold = 60", "clear_threshold = 70", 1);
    let changed = changed.replacen("pass = 180", "pass = 170", 1).replacen("name = \"default\"", "name = \"own\"", 1);
    let file = File::new("changed", &changed);
    let (code, text) = landfall(&["diff", "default", file.path()]);
    assert_eq!(code, 0);
    for line in ["~ policy clear_threshold: 60 -> 70", "~ weights sod.path", "    pass: 180 -> 170"] {
        assert!(text.lines().any(|printed| printed == line), "{line}\n{text}");
    }
    let (_, json) = landfall(&["diff", "--json", "default", file.path()]);
    let changes: Vec<Value> = serde_json::from_str(&json).unwrap();
    let rows: Vec<_> = changes.iter().map(|change| change["row"].as_str().unwrap()).collect();
    assert_eq!(rows, ["clear_threshold", "name", "sha256", "sod.path"]);
    assert_eq!(landfall(&["diff", "default", "default"]), (0, "no difference\n".to_owned()));
    let (_, text) = landfall(&["diff", "default", "training"]);
    assert!(text.contains("+ profiles training_chip") && text.contains("~ policy lifts"), "{text}");
}
