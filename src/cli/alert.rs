//! `landfall alerts`: alert lists and searches in them.

use super::{Done, Trouble, source};
use clap::{Args as ClapArgs, Subcommand};
use landfall::alert::{self, AlertList, Labels};
use landfall::date::{Date, Time};
use landfall::list::{self, Clearance, Entry, Fault, Handling};
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
    /// Lists: comma-separated values, JSON Lines, FollowTheMoney, the United Nations' XML, OFAC's sdn.csv and alt.csv
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
    /// The day for which is asked whether it is out of date [default: the system's]
    #[arg(long, value_name = "TIME", value_parser = Time::parse)]
    at: Option<Time>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(ClapArgs)]
struct AlertsSearchArgs {
    /// A package, or a list in any form that `build` reads
    #[arg(value_name = "PACKAGE")]
    list: PathBuf,
    /// The travellers: id,surname,given,mrz_name,birth_date,sex,nationality,document_number
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Short forms of given names, a row for each name: `robert,bob,rob`
    #[arg(long, value_name = "FILE")]
    nicknames: Option<PathBuf>,
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

/// Says on standard error what was left out of a file.
fn tell(file: &Path, faults: &[Fault]) {
    for fault in faults {
        eprintln!("landfall: {}: line {} column {}: {}", source::display(file), fault.line, fault.column, fault.what);
    }
}

/// The entries of a list; nothing of a package.
fn entries_of(path: &Path) -> Result<Option<Vec<Entry>>, Trouble> {
    let mut magic = Vec::new();
    let begun = File::open(path).and_then(|file| file.take(8).read_to_end(&mut magic));
    begun.map_err(|error| Trouble::File(source::display(path), error))?;
    if magic == b"LFALERT\0" {
        return Ok(None);
    }
    imported(path).map(Some)
}

/// The entries of a list in any form; what was left out is told.
fn imported(path: &Path) -> Result<Vec<Entry>, Trouble> {
    let imported = list::read(&source::bytes(path)?);
    tell(path, &imported.faults);
    if imported.passed_over > 0 {
        eprintln!("landfall: {}: {} rows are of no persons", source::display(path), imported.passed_over);
    }
    Ok(imported.entries)
}

/// A package, or a list as one.
fn open(path: &Path, least_version: u64) -> Result<AlertList, Trouble> {
    let name = source::display(path);
    let opened = match entries_of(path)? {
        Some(entries) => alert::build(&entries),
        None => {
            let file = File::open(path).map_err(|error| Trouble::File(name.clone(), error))?;
            AlertList::open(Box::new(file), least_version)
        }
    };
    opened.map_err(|error| Trouble::Engine(name, error))
}

/// Gives a list the short forms of names in a file.
fn know_nicknames(list: &AlertList, file: Option<&Path>) -> Result<(), Trouble> {
    let Some(file) = file else { return Ok(()) };
    let (nicknames, faults) = alert::Nicknames::read(&source::bytes(file)?);
    tell(file, &faults);
    list.use_nicknames(nicknames).map_err(|error| Trouble::Engine(source::display(file), error))
}

/// Alert lists for an engine.
pub(super) fn open_all(paths: &[PathBuf], nicknames: Option<&Path>) -> Result<Vec<Arc<AlertList>>, Trouble> {
    let open = |path: &PathBuf| match open(path, 0)? {
        list if list.labels().covert => {
            let name = source::display(path);
            Err(Trouble::Usage(format!("{name}: holds covert entries, which no inspection shows")))
        }
        list => {
            know_nicknames(&list, nicknames)?;
            Ok(Arc::new(list))
        }
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
        entries.extend(imported(file)?);
    }
    let entries = list::merged(entries);
    let labels = Labels {
        version: args.version,
        agency: args.agency.clone(),
        issued: Some(super::time(args.at)?.date()),
        valid_until: args.valid_until,
        covert: args.covert,
    };
    let seed = args.key.as_deref().map(seed).transpose()?;
    let own = |entry: &&Entry| (entry.handling == Handling::Covert) == args.covert;
    let count = entries.iter().filter(own).count();
    for entry in entries.iter().filter(own) {
        for lacks in alert::shortfalls(entry).into_iter().filter(|lacks| lacks.alarms_on_many()) {
            eprintln!("landfall: entry {} would stop many whom it does not mean: {lacks}", entry.id);
        }
    }
    let bytes = alert::package(&entries, &labels, seed.as_deref());
    let name = source::display(&args.output);
    replace(&args.output, &bytes).map_err(|error| Trouble::File(name.clone(), error))?;
    let signed = if seed.is_some() { "signed" } else { "unsigned" };
    writeln!(std::io::stdout().lock(), "{name}: {count} entries, {} bytes, {signed}", bytes.len())?;
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

/// Verifies a package; of a list, says what each entry lacks.
fn check(args: &AlertsShowArgs) -> Done {
    let name = source::display(&args.file);
    let mut out = std::io::stdout().lock();
    if let Some(entries) = entries_of(&args.file)? {
        let mut grave = false;
        for (entry, lacks) in
            entries.iter().flat_map(|entry| alert::shortfalls(entry).into_iter().map(move |one| (entry, one)))
        {
            grave |= lacks.alarms_on_many();
            writeln!(out, "{name}: entry {}: {}", entry.id, lacks.name().replace('_', " "))?;
        }
        writeln!(out, "{name}: {} entries", entries.len())?;
        return Ok(ExitCode::from(u8::from(grave)));
    }
    let verified = open(&args.file, 0)?.verify();
    match verified {
        Ok(()) => writeln!(out, "{name}: every page and every entry is as it must be")?,
        Err(error) => writeln!(out, "{name}: {error}")?,
    }
    Ok(ExitCode::from(u8::from(verified.is_err())))
}

fn show(args: &AlertsShowArgs) -> Done {
    let list = open(&args.file, 0)?;
    let description = list.description(super::time(args.at)?.date());
    let mut out = std::io::stdout().lock();
    let write = if args.json { serde_json::to_writer } else { serde_json::to_writer_pretty };
    write(&mut out, &description).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

fn search(args: &AlertsSearchArgs) -> Done {
    let list = open(&args.list, args.least_version)?;
    know_nicknames(&list, args.nicknames.as_deref())?;
    let (queries, faults) = list::read_queries(&source::bytes(&args.queries)?);
    tell(&args.queries, &faults);
    let on = super::time(args.at)?.date();
    let mut out = std::io::stdout().lock();
    for query in &queries {
        let screened = list.screen(query, on).map_err(|error| Trouble::Engine(source::display(&args.list), error))?;
        if args.json {
            serde_json::to_writer(&mut out, &screened).map_err(std::io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        writeln!(out, "{}", query.id)?;
        for hit in &screened.documents {
            writeln!(out, "  document {} {}", hit.status, hit.entry)?;
        }
        for hit in screened.matches.iter().filter(|hit| hit.alarm || args.all) {
            writeln!(out, "  {} {} {}", if hit.alarm { "alarm" } else { "     " }, hit.score, hit.entry)?;
            for part in &hit.parts {
                writeln!(out, "      {:>5}  {}", part.score, part.words.reveal())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
