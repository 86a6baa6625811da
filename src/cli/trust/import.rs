//! `landfall trust import`: into a store on disk.

use super::file::{self, Taken, print_wrong};
use super::take_all;
use crate::cli::args::TrustImportArgs;
use crate::cli::{Done, Trouble, source, time};
use data_encoding::HEXLOWER_PERMISSIVE;
use landfall::deviation::Deviations;
use landfall::pki::{Certificate, ListFate, Purposes, TrustStore, Voucher, country_code};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// What came of one file.
#[derive(Serialize, Default)]
struct Line {
    file: String,
    kind: &'static str,
    certificates: usize,
    added: usize,
    merged: usize,
    signers: usize,
    master_lists: usize,
    revocation_lists: usize,
    waiting: usize,
    older: usize,
    refused: usize,
}

pub(super) fn run(args: &TrustImportArgs) -> Done {
    let at = time(args.at)?;
    let mut store = TrustStore::new();
    let empty = Voucher::new("");
    if args.store.exists() {
        match file::take(&mut store, &args.store, &empty)? {
            Taken::Store => {}
            _ => return Err(Trouble::Usage(format!("{} is no trust store", source::display(&args.store)))),
        }
    }
    let root = args.root.as_ref().map(|path| certificate(path)).transpose()?;
    let voucher = voucher(args, root.as_ref())?;
    let mut out = std::io::stdout().lock();
    for (path, taken) in take_all(&mut store, &args.files, &voucher)? {
        print(&mut out, args.json, &source::display(path), &taken)?;
    }
    for code in &args.never_publishes {
        let country = country_code(code).ok_or_else(|| Trouble::Usage(format!("`{code}` is no code of a country")))?;
        store.state_never_published(country, &args.vouched_by);
    }
    let bytes = store.to_bytes(at).map_err(|error| Trouble::Engine(source::display(&args.store), error))?;
    file::write_whole(&args.store, &bytes)?;
    Ok(ExitCode::SUCCESS)
}

fn certificate(path: &std::path::Path) -> Result<Certificate, Trouble> {
    let bytes = source::bytes(path)?;
    let read = Certificate::parse(&bytes, &mut Deviations::new());
    read.map_err(|error| Trouble::Engine(source::display(path), error))
}

fn voucher<'a>(args: &'a TrustImportArgs, root: Option<&'a Certificate>) -> Result<Voucher<'a>, Trouble> {
    let pin = args.pin.as_ref().map(|text| {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| Trouble::Usage("--pin takes the 64 hexadecimal digits of a SHA-256".to_owned()))
    });
    let mut purposes = Purposes::NONE;
    for name in &args.purpose {
        let purpose = Purposes::from_name(name);
        purposes = purposes.union(purpose.ok_or_else(|| Trouble::Usage(format!("there is no purpose `{name}`")))?);
    }
    if args.purpose.is_empty() {
        purposes = Purposes::AUTHORITY;
    }
    Ok(Voucher {
        pin: pin.transpose()?,
        root,
        purposes,
        test: args.test,
        distrust_after: args.distrust_after,
        ..Voucher::new(&args.vouched_by)
    })
}

fn print(out: &mut impl Write, json: bool, name: &str, taken: &Taken) -> Result<(), Trouble> {
    let line = line(name, taken);
    if json {
        serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(());
    }
    let Line { kind, certificates, added, merged, revocation_lists, waiting, signers, refused, .. } = &line;
    writeln!(
        out,
        "{name}: {kind}: {certificates} certificates, {added} new, {merged} known; {signers} new signers; \
         {revocation_lists} revocation lists, {waiting} unverified; {refused} left out"
    )?;
    match taken {
        Taken::Directory(report) => print_wrong(out, report)?,
        Taken::Material(imported) => {
            for error in &imported.refused {
                writeln!(out, "  left out: {error}")?;
            }
        }
        Taken::Store => {}
    }
    Ok(())
}

fn line(name: &str, taken: &Taken) -> Line {
    let file = name.to_owned();
    let (imported, report) = match taken {
        Taken::Store => return Line { file, kind: "store", ..Line::default() },
        Taken::Material(imported) => (&**imported, None),
        Taken::Directory(report) => (&report.imported, Some(report)),
    };
    let fate = |wanted: ListFate| imported.revocation_lists.iter().filter(|fate| **fate == wanted).count();
    Line {
        file,
        kind: imported.kind.name(),
        certificates: imported.certificates,
        added: imported.added,
        merged: imported.merged,
        signers: report.map_or(imported.signers, |report| report.signers),
        master_lists: report.map_or(0, |report| report.master_lists),
        revocation_lists: imported.revocation_lists.len(),
        waiting: fate(ListFate::Waiting),
        older: fate(ListFate::Older),
        refused: report.map_or(imported.refused.len(), |report| report.wrong_count),
    }
}
