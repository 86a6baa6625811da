//! `landfall alerts`: alert lists and searches in them.

use super::{Done, Trouble, source};
use clap::{Args as ClapArgs, Subcommand};
use landfall::alert::{self, AlertList, Hit, Labels};
use landfall::date::{Date, Time};
use landfall::list::{self, Clearance, Fault};
use serde::Serialize;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use zeroize::Zeroizing;

#[derive(ClapArgs)]
pub(crate) struct AlertsArgs {
    #[command(subcommand)]
    verb: AlertsVerb,
}

#[derive(Subcommand)]
enum AlertsVerb {
    /// Build a package from lists
    Build(AlertsBuildArgs),
    /// Verify every page of a package, or say what an import of a list leaves out
    Check(AlertsShowArgs),
    /// Whose entry could each of these travellers be: the best 20, with the evidence
    Search(AlertsSearchArgs),
    /// What a package says of itself
    Show(AlertsShowArgs),
}

#[derive(ClapArgs)]
struct AlertsBuildArgs {
    /// Lists as comma-separated values
    #[arg(value_name = "LIST", required = true)]
    lists: Vec<PathBuf>,
    /// The package to write; what stood there is replaced in one step
    #[arg(long, value_name = "FILE")]
    output: PathBuf,
    /// The seed of the signing key: a file of 64 hexadecimal digits. Without it the package is unsigned
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// The version: counts up with every package of this list
    #[arg(long, default_value_t = 1)]
    version: u64,
    /// Who makes the package
    #[arg(long, default_value = "")]
    agency: String,
    /// The last day before the package should be replaced
    #[arg(long, value_name = "DATE")]
    valid_until: Option<Date>,
    /// The day of making [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    at: Option<Time>,
    /// Write the covert entries, and only those
    #[arg(long)]
    covert: bool,
}

#[derive(ClapArgs)]
struct AlertsShowArgs {
    /// The package or list
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(ClapArgs)]
struct AlertsSearchArgs {
    /// A package, or a list as comma-separated values: id,names,dobs,docs,sex,nationality
    #[arg(value_name = "PACKAGE")]
    list: PathBuf,
    /// The travellers: id,surname,given,mrz_name,birth_date,sex,nationality,document_number
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Refuse a package older than this version
    #[arg(long, value_name = "VERSION", default_value_t = 0)]
    least_version: u64,
    /// The day of the search: entries that do not hold on it are left out [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    at: Option<Time>,
    /// Show matches below the threshold too
    #[arg(long)]
    all: bool,
    /// Print JSON, one line for each traveller: always the best 20
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &AlertsArgs) -> Done {
    match &args.verb {
        AlertsVerb::Build(args) => build(args),
        AlertsVerb::Check(args) => check(args),
        AlertsVerb::Search(args) => search(args),
        AlertsVerb::Show(args) => show(args),
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

/// A package, or a list of comma-separated values as one.
fn open(path: &Path, least_version: u64) -> Result<AlertList, Trouble> {
    let name = source::display(path);
    let trouble = |error| Trouble::File(name.clone(), error);
    let mut file = File::open(path).map_err(trouble)?;
    let mut magic = [0; 8];
    let is_package = file.read_exact(&mut magic).is_ok() && &magic == b"LFALERT\0";
    let opened = if is_package {
        AlertList::open(Box::new(file), least_version)
    } else {
        let imported = list::read_csv(&source::bytes(path)?);
        tell(path, &imported.faults);
        alert::build(&imported.entries)
    };
    opened.map_err(|error| Trouble::Engine(name.clone(), error))
}

/// Alert lists for an engine.
pub(super) fn open_all(paths: &[PathBuf]) -> Result<Vec<Arc<AlertList>>, Trouble> {
    let open = |path: &PathBuf| match open(path, 0)? {
        list if list.labels().covert => {
            let name = source::display(path);
            Err(Trouble::Usage(format!("{name}: holds covert entries, which no inspection shows")))
        }
        list => Ok(Arc::new(list)),
    };
    paths.iter().map(open).collect()
}

/// Cleared false matches from files.
pub(super) fn clearances(paths: &[PathBuf]) -> Result<Vec<Clearance>, Trouble> {
    let mut all = Vec::new();
    for path in paths {
        let (clearances, faults) = list::read_clearances(&source::bytes(path)?);
        tell(path, &faults);
        all.extend(clearances);
    }
    Ok(all)
}

fn build(args: &AlertsBuildArgs) -> Done {
    let mut entries = Vec::new();
    for file in &args.lists {
        let imported = list::read_csv(&source::bytes(file)?);
        tell(file, &imported.faults);
        entries.extend(imported.entries);
    }
    let labels = Labels {
        version: args.version,
        agency: args.agency.clone(),
        issued: Some(super::time(args.at)?.date()),
        valid_until: args.valid_until,
        covert: args.covert,
    };
    let seed = args.key.as_deref().map(seed).transpose()?;
    let bytes = alert::package(&entries, &labels, seed.as_deref());
    let name = source::display(&args.output);
    replace(&args.output, &bytes).map_err(|error| Trouble::File(name.clone(), error))?;
    let signed = if seed.is_some() { "signed" } else { "unsigned" };
    writeln!(std::io::stdout().lock(), "{name}: {} entries, {} bytes, {signed}", entries.len(), bytes.len())?;
    Ok(ExitCode::SUCCESS)
}

/// The seed of a signing key.
fn seed(path: &Path) -> Result<Zeroizing<[u8; 32]>, Trouble> {
    let text = Zeroizing::new(source::bytes(path)?);
    let seed = data_encoding::HEXLOWER_PERMISSIVE.decode(text.trim_ascii()).ok().map(Zeroizing::new);
    let seed = seed.and_then(|seed| <[u8; 32]>::try_from(seed.as_slice()).ok());
    let wrong = || Trouble::Usage(format!("{}: a key is 64 hexadecimal digits", source::display(path)));
    seed.map(Zeroizing::new).ok_or_else(wrong)
}

/// Writes a file beside the old one and puts it in its place in one step: whoever reads sees the one or the other.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| std::fs::rename(&beside, path));
    if done.is_err() {
        std::fs::remove_file(&beside).ok();
    }
    done
}

fn check(args: &AlertsShowArgs) -> Done {
    let list = open(&args.file, 0)?;
    let verified = list.verify();
    let mut out = std::io::stdout().lock();
    match verified {
        Ok(()) => writeln!(out, "{}: every page and every entry is as it must be", source::display(&args.file))?,
        Err(error) => writeln!(out, "{}: {error}", source::display(&args.file))?,
    }
    Ok(ExitCode::from(u8::from(verified.is_err())))
}

/// What a package says of itself.
#[derive(Serialize)]
struct Shown<'a> {
    version: u64,
    agency: &'a str,
    issued: Option<Date>,
    valid_until: Option<Date>,
    covert: bool,
    entries: u32,
    threshold: i32,
    signed_by: Option<String>,
}

fn show(args: &AlertsShowArgs) -> Done {
    let list = open(&args.file, 0)?;
    let labels = list.labels();
    let shown = Shown {
        version: labels.version,
        agency: &labels.agency,
        issued: labels.issued,
        valid_until: labels.valid_until,
        covert: labels.covert,
        entries: list.len(),
        threshold: list.threshold(),
        signed_by: list.signer().map(|key| data_encoding::HEXLOWER.encode(key)),
    };
    let mut out = std::io::stdout().lock();
    let write = if args.json { serde_json::to_writer } else { serde_json::to_writer_pretty };
    write(&mut out, &shown).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

fn search(args: &AlertsSearchArgs) -> Done {
    let list = open(&args.list, args.least_version)?;
    let (queries, faults) = list::read_queries(&source::bytes(&args.queries)?);
    tell(&args.queries, &faults);
    let on = super::time(args.at)?.date();
    let mut out = std::io::stdout().lock();
    for query in &queries {
        let hits = list.search(query, on).map_err(|error| Trouble::Engine(source::display(&args.list), error))?;
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
