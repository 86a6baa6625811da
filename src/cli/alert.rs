//! `landfall alerts`: alert lists and searches in them.

use super::{Done, Trouble, source};
use clap::{Args as ClapArgs, Subcommand};
use landfall::alert::{self, AlertList, Hit};
use landfall::list::{self, Fault};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(ClapArgs)]
pub(crate) struct AlertsArgs {
    #[command(subcommand)]
    verb: AlertsVerb,
}

#[derive(Subcommand)]
enum AlertsVerb {
    /// Whose entry could each of these travellers be: the best 20, with the evidence
    Search(AlertsSearchArgs),
}

#[derive(ClapArgs)]
struct AlertsSearchArgs {
    /// The list, as comma-separated values: id,names,dobs,docs,sex,nationality
    #[arg(value_name = "LIST")]
    list: PathBuf,
    /// The travellers: id,surname,given,mrz_name,birth_date,sex,nationality,document_number
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Show matches below the threshold too
    #[arg(long)]
    all: bool,
    /// Print JSON, one line for each traveller: always the best 20
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &AlertsArgs) -> Done {
    match &args.verb {
        AlertsVerb::Search(args) => search(args),
    }
}

/// One query's answer.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    matches: Vec<Hit>,
}

/// Says on standard error what was left out of a file.
fn tell(file: &Path, faults: &[Fault]) {
    for fault in faults {
        eprintln!("landfall: {}: line {} column {}: {}", source::display(file), fault.line, fault.column, fault.what);
    }
}

/// A list from a file of comma-separated values.
fn open(file: &Path) -> Result<AlertList, Trouble> {
    let imported = list::read_csv(&source::bytes(file)?);
    tell(file, &imported.faults);
    Ok(alert::build(&imported.entries))
}

fn search(args: &AlertsSearchArgs) -> Done {
    let list = open(&args.list)?;
    let (queries, faults) = list::read_queries(&source::bytes(&args.queries)?);
    tell(&args.queries, &faults);
    let mut out = std::io::stdout().lock();
    for query in &queries {
        let hits = list.search(query).map_err(|error| Trouble::Engine(source::display(&args.list), error))?;
        if args.json {
            serde_json::to_writer(&mut out, &Line { id: &query.id, matches: hits }).map_err(std::io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        writeln!(out, "{}", query.id)?;
        for hit in hits.iter().filter(|hit| hit.alarm || args.all) {
            writeln!(out, "  {} {} {}", if hit.alarm { "alarm" } else { "     " }, hit.score, hit.entry)?;
            for part in &hit.parts {
                writeln!(out, "      {:>5}  {}", part.score, part.words.reveal())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
