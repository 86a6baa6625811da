//! `landfall payload`: what a barcode says, from its bytes.
//!
//! A file that cannot be read has an `"error"` and costs the others nothing; alone and without `--json` it ends the command with 3.

use super::args::PayloadArgs;
use super::paint::Paint;
use super::report::words;
use super::{Done, Trouble, source, time};
use landfall::error::Error;
use landfall::payload::{self, Kind, Payload};
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::process::ExitCode;

/// What became of a file.
#[derive(Serialize)]
#[serde(untagged)]
enum Read {
    Payload(Payload),
    Named { kind: Kind, read: bool, problems: [(); 0] },
}

/// A file's result, as one line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    result: Option<&'a Read>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}

pub(super) fn run(args: &PayloadArgs) -> Done {
    let on = time(args.at)?.date();
    let mut out = std::io::stdout().lock();
    for path in &args.files {
        let file = source::display(path);
        let result = read(&source::bytes(path)?).map(|mut read| {
            if let Read::Payload(payload) = &mut read {
                payload.resolve(on);
            }
            read
        });
        match (&result, args.files.len()) {
            (Err(error), 1) if !args.json => return Err(Trouble::Engine(file, *error)),
            _ if args.json => {
                let line = Line { file: &file, result: result.as_ref().ok(), error: result.as_ref().err().copied() };
                serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            (Ok(read), _) => show(&mut out, read)?,
            (Err(error), _) => writeln!(out, "{file}: {error}")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a payload, or names it if it is of a kind that is not read. A line end behind it is the file's own.
fn read(bytes: &[u8]) -> Result<Read, Error> {
    match payload::recognise(bytes) {
        Some(kind) if !kind.is_read() => Ok(Read::Named { kind, read: false, problems: [] }),
        _ => payload::read(bytes).map(Read::Payload),
    }
}

fn show(out: &mut dyn Write, read: &Read) -> std::io::Result<()> {
    let paint = Paint::for_output();
    let Ok(Value::Object(members)) = serde_json::to_value(read) else {
        return Ok(());
    };
    let kind = members.get("kind").and_then(Value::as_str).unwrap_or_default();
    writeln!(out, "{}", paint.strong(&words(kind)))?;
    for (name, value) in members.iter().filter(|(name, _)| !matches!(name.as_str(), "kind" | "problems")) {
        field(out, name, value, 1)?;
    }
    for problem in members.get("problems").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| problem.get(name).and_then(Value::as_str).map(words).unwrap_or_default();
        writeln!(out, "  problem: {}: {}", text("field"), text("problem"))?;
    }
    Ok(())
}

/// One field, and those inside of it a step further in. Empty ones are left out.
fn field(out: &mut dyn Write, name: &str, value: &Value, depth: usize) -> std::io::Result<()> {
    let indent = depth * 2;
    match value {
        Value::Null | Value::Bool(false) => Ok(()),
        Value::Array(items) if items.is_empty() => Ok(()),
        Value::Object(members) => {
            writeln!(out, "{:indent$}{}", "", words(name))?;
            members.iter().try_for_each(|(name, value)| field(out, name, value, depth + 1))
        }
        Value::Array(items) => items.iter().try_for_each(|item| field(out, name, item, depth)),
        Value::String(text) => writeln!(out, "{:indent$}{:<24} {text}", "", words(name)),
        other => writeln!(out, "{:indent$}{:<24} {other}", "", words(name)),
    }
}
