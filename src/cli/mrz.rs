//! `landfall mrz`: the text of machine-readable zones.

use super::args::{MrzArgs, MrzInput, MrzMakeArgs, MrzParseArgs, MrzRepairArgs, MrzVerb, ReaderModel};
use super::inspect::marks;
use super::paint::Paint;
use super::report::words;
use super::{Done, Trouble, source, time};
use landfall::check::Outcome;
use landfall::error::Error;
use landfall::mrz::{self, Change, Content, Layout, Likelihoods, Mrz, Reader, Repair, Summary};
use landfall::secret::Secret;
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(args: &MrzArgs) -> Done {
    match &args.verb {
        MrzVerb::Parse(args) => parse(args),
        MrzVerb::Make(args) => make(args),
        MrzVerb::Repair(args) => repair(args),
    }
}

/// A file's result, as one line of JSON.
#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    file: &'a str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    result: Option<&'a T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Error>,
}

/// The texts that were asked for, each with its name.
fn texts(input: &MrzInput) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    if !input.lines.is_empty() {
        return Ok(vec![("line".to_owned(), input.lines.join("\n").into_bytes())]);
    }
    input.files.iter().map(|path| Ok((source::display(path), source::bytes(path)?))).collect()
}

/// Prints one result for each input. A single input that cannot be read ends the command; of many, each has a line.
fn each<T: Serialize>(
    inputs: &[(String, Vec<u8>)],
    json: bool,
    work: impl Fn(&[u8]) -> Result<T, Error>,
    show: impl Fn(&mut dyn Write, &T) -> std::io::Result<()>,
) -> Done {
    let mut out = std::io::stdout().lock();
    for (file, bytes) in inputs {
        let result = work(bytes);
        match (&result, inputs.len()) {
            (Err(error), 1) => return Err(Trouble::Engine(file.clone(), *error)),
            (_, _) if json => {
                let line = Line { file, result: result.as_ref().ok(), error: result.as_ref().err().copied() };
                serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            (Ok(result), _) => show(&mut out, result)?,
            (Err(error), _) => writeln!(out, "{file}: {error}")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn parse(args: &MrzParseArgs) -> Done {
    let on = time(args.at)?.date();
    let marks = marks(args.input.unread)?;
    let work = |bytes: &[u8]| mrz::parse_marked(bytes, &marks).map(|zone: Mrz| zone.summary(on));
    each(&texts(&args.input)?, args.input.json, work, show_summary)
}

fn show_summary(out: &mut dyn Write, summary: &Summary) -> std::io::Result<()> {
    let paint = Paint::for_output();
    writeln!(out, "{}", paint.strong(&words(summary.layout.name())))?;
    for line in &summary.lines {
        writeln!(out, "  {}", line.reveal())?;
    }
    for field in &summary.fields {
        let [first, last] = field.columns;
        let place = format!("{}:{first}-{last}", field.line);
        writeln!(out, "  {place:<8} {:<24} {}", words(field.field.name()), field.raw.reveal())?;
    }
    for check in &summary.checks {
        if check.outcome != Outcome::NotPresent {
            let outcome = format!("{:<13}", words(check.outcome.name()));
            let reason = words(check.reason.name());
            writeln!(out, "  {} {:<38} {reason}", paint.outcome(check.outcome, &outcome), check.id.name())?;
        }
    }
    Ok(())
}

fn make(args: &MrzMakeArgs) -> Done {
    let inputs = args.files.iter().map(|path| Ok((source::display(path), source::bytes(path)?)));
    let work = |bytes: &[u8]| {
        let zone = mrz::write(&Content::from_json(bytes)?)?;
        let lines = zone.lines().map(|line| Secret::new(line.to_owned())).collect();
        Ok(Made { layout: zone.layout(), lines })
    };
    each(&inputs.collect::<Result<Vec<_>, Trouble>>()?, args.json, work, |out, made| {
        made.lines.iter().try_for_each(|line| writeln!(out, "{}", line.reveal()))
    })
}

/// A zone that was written.
#[derive(Serialize)]
struct Made {
    layout: Layout,
    lines: Vec<Secret<String>>,
}

fn repair(args: &MrzRepairArgs) -> Done {
    let marks = marks(args.input.unread)?;
    let reader = match args.reader {
        ReaderModel::Uniform => Reader::UNIFORM,
        ReaderModel::OcrB => Reader::OcrB,
    };
    let work = |bytes: &[u8]| {
        let zone = mrz::parse_marked(bytes, &marks)?;
        let candidates = mrz::candidates(bytes, &marks);
        if candidates.is_empty() {
            return Ok(mrz::repair(&zone, reader));
        }
        let mut likelihoods = Likelihoods::of(&zone, reader);
        likelihoods.set_candidates(&candidates);
        Ok(likelihoods.repair(zone.layout()))
    };
    each(&texts(&args.input)?, args.input.json, work, show_repair)
}

fn show_repair(out: &mut dyn Write, repair: &Repair) -> std::io::Result<()> {
    for line in repair.repaired() {
        writeln!(out, "{line}")?;
    }
    for Change { line, column, from, to } in repair.changes() {
        writeln!(out, "  line {line} column {column}: {from} read as {to}")?;
    }
    let said = if repair.unique() { "no other reading is as likely" } else { "other readings are as likely" };
    writeln!(out, "  gap {} (1/100 of log10); {said}", repair.gap())
}
