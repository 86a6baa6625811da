//! `docs/checks.md` is the catalogue, written out. `LANDFALL_BLESS=1 cargo test --test checks_doc` writes it.
#![allow(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use landfall::check::{Axis, CheckId, Outcome, Reason};
use std::fmt::Write;
use std::path::Path;

const HEAD: &str = "\
# Checks

What an inspection can ask, how each question can come out, and why. Names and numbers are stable: they are never
changed and never reused. Names stand in JSON, numbers in C. This file is generated from the catalogue in
`src/check/`; a test compares, and `LANDFALL_BLESS=1 cargo test --test checks_doc` writes it again.
";

fn document() -> String {
    let mut text = String::from(HEAD);
    for axis in Axis::ALL {
        write!(text, "\n## Checks of the {axis}\n\n{}\n\n", axis.meaning()).unwrap();
        text += "| name | number | clause | who reports | asks | if it was not made |\n|---|---|---|---|---|---|\n";
        for id in CheckId::ALL.iter().filter(|id| id.entry().axis == *axis) {
            let entry = id.entry();
            let who = if entry.reportable { "engine or host" } else { "engine" };
            let (number, clause) = (id.number(), entry.clause);
            writeln!(text, "| `{id}` | {number} | {clause} | {who} | {} | {} |", entry.title, entry.remedy).unwrap();
        }
    }
    text += "\n## Outcomes\n\nOnly `passed` reads as success in any of the three vocabularies.\n\n";
    text += "| outcome | number | BSI TR-03135 | three-valued | meaning |\n|---|---|---|---|---|\n";
    for outcome in Outcome::ALL {
        let (number, result, three) = (outcome.number(), outcome.tr03135(), outcome.three_valued());
        writeln!(text, "| `{outcome}` | {number} | {result} | {three} | {} |", outcome.meaning()).unwrap();
    }
    text += "\n## Reasons\n\n| reason | number | meaning |\n|---|---|---|\n";
    for reason in Reason::ALL {
        writeln!(text, "| `{reason}` | {} | {} |", reason.number(), reason.meaning()).unwrap();
    }
    text
}

#[test]
fn the_document_of_checks_is_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let expected = document();
    if std::env::var_os("LANDFALL_BLESS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = written.lines().zip(expected.lines()).position(|(a, b)| a != b);
    assert!(
        written == expected,
        "docs/checks.md differs from the catalogue (line {:?}); LANDFALL_BLESS=1 writes it",
        differs.map(|line| line + 1)
    );
}

#[test]
fn every_word_of_the_document_says_what_it_means() {
    for meaning in Outcome::ALL.iter().map(|word| word.meaning()).chain(Reason::ALL.iter().map(|word| word.meaning())) {
        assert!(meaning.len() > 10 && !meaning.contains('|') && !meaning.starts_with(' '), "{meaning:?}");
    }
}
