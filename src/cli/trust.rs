//! `landfall trust`: a look at trust material.

use super::args::{TrustArgs, TrustFiles, TrustVerb};
use super::inspect::trust;
use super::{Done, Trouble, source};
use landfall::pki::{Anchor, audit};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

pub(super) fn run(args: &TrustArgs) -> Done {
    match &args.verb {
        TrustVerb::Audit(files) => print_audit(files),
        TrustVerb::List(files) => list(files),
    }
}

fn print_audit(args: &TrustFiles) -> Done {
    let files = args.files.iter().map(|file| source::bytes(file)).collect::<Result<Vec<_>, Trouble>>()?;
    let result = audit(files.iter().map(Vec::as_slice));
    let mut out = std::io::stdout().lock();
    let written = if args.json {
        serde_json::to_writer(&mut out, &result)
    } else {
        serde_json::to_writer_pretty(&mut out, &result)
    };
    written.map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

/// An anchor as one line of JSON.
#[derive(Serialize)]
struct Line {
    sha256: String,
    countries: Vec<String>,
    purposes: Vec<&'static str>,
    not_before: String,
    not_after: String,
    sources: usize,
    test: bool,
}

impl Line {
    fn of(anchor: &Anchor) -> Self {
        Self {
            sha256: anchor.fingerprint.iter().map(|byte| format!("{byte:02x}")).collect(),
            countries: anchor.countries.iter().map(ToString::to_string).collect(),
            purposes: anchor.purposes.names().collect(),
            not_before: anchor.certificate.not_before().to_string(),
            not_after: anchor.certificate.not_after().to_string(),
            sources: anchor.sources.len(),
            test: anchor.test,
        }
    }
}

fn list(args: &TrustFiles) -> Done {
    let store = trust(&args.files)?;
    let mut lines: Vec<_> = store.anchors().iter().map(Line::of).collect();
    lines.sort_by(|a, b| (&a.countries, &a.not_before, &a.sha256).cmp(&(&b.countries, &b.not_before, &b.sha256)));
    let mut out = std::io::stdout().lock();
    for line in lines {
        if args.json {
            serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            let digest = line.sha256.get(..16).unwrap_or_default();
            writeln!(out, "{:<4} {digest}… {} to {}", line.countries.join(","), line.not_before, line.not_after)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
