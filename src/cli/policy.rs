//! `landfall policy`: a policy held to the rules, laid open, and compared with another.

use super::args::{PolicyArgs, PolicyDiffArgs, PolicyFiles, PolicyVerb};
use super::paint::Paint;
use super::{Done, Trouble, source};
use landfall::assess::{Change, Explanation, Identity, Policy, Profile};
use landfall::error::{Error, ErrorKind, Part};
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

pub(super) fn run(args: &PolicyArgs) -> Done {
    match &args.verb {
        PolicyVerb::Check(files) => check(files),
        PolicyVerb::Explain(files) => explain(files),
        PolicyVerb::Diff(files) => diff(files),
    }
}

/// The policy of this name: a compiled-in one, or a file.
pub(super) fn load(name: &str) -> Result<Policy, Trouble> {
    read(name)?.map_err(|(_, error)| Trouble::Engine(name.to_owned(), error))
}

/// A policy, or the text of its file and why it cannot be used.
type Read = Result<Policy, (String, Error)>;

fn read(name: &str) -> Result<Read, Trouble> {
    let compiled_in = |error| (String::new(), error);
    let bytes = match name {
        "default" => return Ok(Policy::default_policy().map_err(compiled_in)),
        "training" => return Ok(Policy::training().map_err(compiled_in)),
        file => source::bytes(Path::new(file))?,
    };
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            return Ok(Err((text, Error::new(ErrorKind::NotUtf8, Part::Policy, offset))));
        }
    };
    Ok(Policy::from_toml(&text).map_err(|error| (text, error)))
}

/// What `policy check` says of one file.
#[derive(Serialize)]
struct Verdict<'a> {
    file: &'a str,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<&'a Identity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<&'static str>,
}

fn check(args: &PolicyFiles) -> Done {
    let mut out = std::io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    for file in &args.files {
        let read = read(file)?;
        let verdict = match &read {
            Ok(policy) => Verdict {
                file,
                valid: true,
                policy: Some(policy.identity()),
                error: None,
                line: None,
                column: None,
                meaning: None,
            },
            Err((text, error)) => {
                code = ExitCode::from(1);
                let (line, column) = place(text, error.offset);
                let meaning = Some(error.kind.meaning());
                Verdict {
                    file,
                    valid: false,
                    policy: None,
                    error: Some(*error),
                    line: Some(line),
                    column: Some(column),
                    meaning,
                }
            }
        };
        if args.json {
            serde_json::to_writer(&mut out, &verdict).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", sentence(&verdict))?;
        }
    }
    Ok(code)
}

/// Line and column of a byte, both from 1; a column is a character.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    let before = String::from_utf8_lossy(before);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (line, column)
}

fn sentence(verdict: &Verdict<'_>) -> String {
    let file = verdict.file;
    match (verdict.policy, verdict.error) {
        (Some(policy), _) => format!("{file}: may be used: {}", named(policy)),
        (None, Some(error)) => {
            let (line, column) = (verdict.line.unwrap_or(1), verdict.column.unwrap_or(1));
            format!("{file}:{line}:{column}: {}: {}", error.kind, error.kind.meaning())
        }
        (None, None) => format!("{file}: nothing is known"),
    }
}

fn named(policy: &Identity) -> String {
    let Identity { name, version, issued, kind, sha256, signed, .. } = policy;
    let signed = if *signed { "signed" } else { "unsigned" };
    format!("{name} {version} of {issued} ({kind}, {signed}, sha256 {sha256})")
}

fn explain(args: &PolicyFiles) -> Done {
    let mut out = std::io::stdout().lock();
    for file in &args.files {
        let policy = load(file)?;
        let explanation = policy.explain();
        if args.json {
            serde_json::to_writer(&mut out, &explanation).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            write!(out, "{}", pages(&explanation, Paint::for_output()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The policy as a person reads it: what decides first, then what orders and explains.
fn pages(policy: &Explanation<'_>, paint: Paint) -> String {
    let mut text = format!("policy {}\n", named(policy.policy));
    let weak = policy.policy.weak_until;
    text += &format!("  SHA-1 and short keys count for what was signed before {weak}\n");
    if !policy.lifts.is_empty() {
        text += &format!("  lifts: {}\n", list(policy.lifts));
    }
    text += &format!("\n{}\n", paint.strong("Grounds: no weight outweighs them"));
    for rule in policy.grounds {
        let reason = rule.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let law = rule.law.as_deref().map(|law| format!(", by {law}")).unwrap_or_default();
        let what = format!("{} {}{reason}", rule.check, rule.outcome);
        text += &format!("  {:<20} {what}: {}{law}; {}\n", rule.ground, rule.recommend, words(&rule.actions));
    }
    text += &format!("  {:<20} any other check that failed; {}\n", "check_failed", words(&policy.actions.check_failed));
    for profile in policy.profiles {
        text += &page(profile, paint);
    }
    text + &numbers(policy, paint)
}

/// One coverage profile: what must have passed, and which gaps it takes as a risk.
fn page(profile: &Profile, paint: Paint) -> String {
    let mut text = format!("\n{}\n  {}\n", paint.strong(&format!("Profile {}", profile.name)), profile.rationale);
    for requirement in &profile.requirements {
        let ways: Vec<_> = requirement.passed.iter().map(|check| check.name()).collect();
        let unless = if requirement.not_present_allowed { ", or not present" } else { "" };
        text += &format!("  requires  {}{unless}\n", ways.join(" or "));
    }
    for risk in &profile.accepts {
        let reasons = if risk.reasons.is_empty() { String::new() } else { format!(" ({})", list(&risk.reasons)) };
        let age = risk.max_age_days.map(|days| format!(", data of at most {days} days")).unwrap_or_default();
        let gap = format!("{} {}{reasons}{age}", list(&risk.checks), list(&risk.outcomes));
        text += &format!("  accepts   {}: {gap}\n            {}\n", risk.risk, risk.rationale);
    }
    text
}

/// The weights by group, each with its label and rationale, and what is not weighed.
fn numbers(policy: &Explanation<'_>, paint: Paint) -> String {
    let measured = policy.weights.iter().filter(|row| row.basis.name() == "measured").count();
    let heading = format!("Weights in centibans: {measured} measured, {} assumed", policy.weights.len() - measured);
    let mut text = format!("\n{}\n", paint.strong(&heading));
    let levels = policy.levels;
    text += &format!("  clearing needs {} for the weaker question; ", policy.clear_threshold);
    text += &format!("low {}, medium {}, high {}, ", levels.low, levels.medium, levels.high);
    text += &format!("very high {}\n", levels.very_high);
    let caps: Vec<_> = policy.reporter_caps.iter().map(|row| format!("{} {}", row.reporter, row.cap)).collect();
    text += &format!("  reporters add at most: {}\n", caps.join(", "));
    for group in policy.groups {
        text += &format!("\n  {} ({}), at most {}: {}\n", group.name, group.axis, group.cap, group.rationale);
        for row in policy.weights.iter().filter(|row| row.group == group.name) {
            let numbers = format!("{:+} / {:+} / {:+}", row.pass, row.absent, row.fail);
            text += &format!("    {:<36} {numbers:<18} {:<9} {}\n", row.check, row.basis, row.rationale);
        }
    }
    text + &format!("\n  not weighed: {}\n", list(&policy.unweighed))
}

fn list<T: ToString>(words: &[T]) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Words that serialise as a list of names.
fn words(row: &impl Serialize) -> String {
    let names = serde_json::to_value(row).ok();
    let names = names.as_ref().and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
}

fn diff(args: &PolicyDiffArgs) -> Done {
    let (before, after) = (load(&args.before)?, load(&args.after)?);
    let changes = before.diff(&after);
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &changes).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    for change in &changes {
        write!(out, "{}", paragraph(change))?;
    }
    if changes.is_empty() {
        writeln!(out, "no difference")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A change: the row, and below it each member that differs.
fn paragraph(change: &Change) -> String {
    let Change { table, row, before, after } = change;
    match (before, after) {
        (None, Some(after)) => format!("+ {table} {row}: {after}\n"),
        (Some(before), None) => format!("- {table} {row}: {before}\n"),
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
            let value = |of: &serde_json::Map<String, Value>, key: &String| of.get(key).cloned().unwrap_or(Value::Null);
            let members = keys.into_iter().filter(|key| before.get(*key) != after.get(*key));
            let lines = members.map(|key| format!("    {key}: {} -> {}\n", value(before, key), value(after, key)));
            format!("~ {table} {row}\n{}", lines.collect::<String>())
        }
        (before, after) => {
            let text = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
            format!("~ {table} {row}: {} -> {}\n", text(before), text(after))
        }
    }
}
