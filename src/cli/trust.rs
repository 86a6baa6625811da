//! `landfall trust`: trust material, and the store of a post.

mod compare;
mod file;
mod import;
mod show;

use super::args::{TrustArgs, TrustFiles, TrustVerb};
use super::{Done, Trouble, source};
use file::Taken;
use landfall::error::ErrorKind;
use landfall::pki::{TrustStore, Voucher, audit, is_store};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub(super) fn run(args: &TrustArgs) -> Done {
    match &args.verb {
        TrustVerb::Import(args) => import::run(args),
        TrustVerb::List(files) => show::list(files),
        TrustVerb::Show(args) => show::show(args),
        TrustVerb::Audit(files) => print_audit(files),
        TrustVerb::Diff(args) => compare::diff(args),
        TrustVerb::Export(args) => compare::export(args),
        TrustVerb::Readiness(args) => show::readiness(args),
    }
}

/// Everything of all files together, in any order; whoever names them on the command line vouches for the anchors.
pub(super) fn open_all(files: &[PathBuf]) -> Result<TrustStore, Trouble> {
    let mut store = TrustStore::new();
    let voucher = Voucher::new("the operator of the command");
    for (path, taken) in take_all(&mut store, files, &voucher)? {
        if let Taken::Directory(report) = taken
            && report.wrong_count > 0
        {
            eprintln!("landfall: {}: {} values were left out", source::display(path), report.wrong_count);
        }
    }
    Ok(store)
}

/// Takes every file. What no anchor verifies yet is looked at once more when all others are in.
fn take_all<'f>(
    store: &mut TrustStore,
    files: &'f [PathBuf],
    voucher: &Voucher<'_>,
) -> Result<Vec<(&'f PathBuf, Taken)>, Trouble> {
    let mut taken = Vec::with_capacity(files.len());
    let mut later = Vec::new();
    for path in files {
        match file::take(store, path, voucher) {
            Err(Trouble::Engine(_, error)) if error.kind == ErrorKind::TrustListSignature => later.push(path),
            other => taken.push((path, other?)),
        }
    }
    for path in later {
        taken.push((path, file::take(store, path, voucher)?));
    }
    Ok(taken)
}

/// A store that was written before.
fn open(path: &Path) -> Result<TrustStore, Trouble> {
    let mut store = TrustStore::new();
    match file::take(&mut store, path, &Voucher::new(""))? {
        Taken::Store => Ok(store),
        _ => Err(Trouble::Usage(format!("{} is no trust store", source::display(path)))),
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// A store is audited by the certificates and lists in it.
fn print_audit(args: &TrustFiles) -> Done {
    let mut files = Vec::new();
    for path in &args.files {
        let bytes = source::bytes(path)?;
        if !is_store(&bytes) {
            files.push(bytes);
            continue;
        }
        let store = open(path)?;
        files.extend(store.anchors().map(|anchor| anchor.certificate.as_bytes().to_vec()));
        files.extend(store.signers().iter().map(|signer| signer.as_bytes().to_vec()));
        files.extend(store.revocation_lists().kept().iter().map(|kept| kept.list.as_bytes().to_vec()));
    }
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
