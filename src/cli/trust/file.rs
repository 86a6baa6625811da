//! Files of trust material: read by content, directories in pieces, stores written whole or not at all.

use crate::cli::{Trouble, source};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use landfall::pki::{
    DirectoryImport, DirectoryReport, Imported, MAX_STORE, MAX_WRONG, TrustStore, Voucher, is_ldif, is_store,
};
use std::fs::File;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// How much of a directory is read at a time.
const PIECE: usize = 1 << 16;
/// No bar for work that is over sooner.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a file brought.
pub(crate) enum Taken {
    /// A store that was written before.
    Store,
    /// Certificates or a list.
    Material(Box<Imported>),
    /// A directory.
    Directory(Box<DirectoryReport>),
}

/// Takes a file into `store`, whatever it holds.
pub(crate) fn take(store: &mut TrustStore, path: &Path, voucher: &Voucher<'_>) -> Result<Taken, Trouble> {
    let name = source::display(path);
    let engine = |error| Trouble::Engine(name.clone(), error);
    if path != Path::new("-") {
        let trouble = |error| Trouble::File(name.clone(), error);
        let mut file = File::open(path).map_err(trouble)?;
        let mut begin = Vec::new();
        Read::by_ref(&mut file).take(4096).read_to_end(&mut begin).map_err(trouble)?;
        if is_ldif(&begin) {
            let length = file.metadata().map_or(0, |data| data.len());
            let import = DirectoryImport::new(*voucher).map_err(engine)?;
            let report = stream(store, import, (begin, file), length).map_err(trouble)?;
            return Ok(Taken::Directory(Box::new(report)));
        }
        if is_store(&begin) {
            let mut bytes = begin;
            file.take(MAX_STORE as u64).read_to_end(&mut bytes).map_err(trouble)?;
            let opened = TrustStore::open(bytes).map_err(engine)?;
            match store.is_empty() && store.revocation_lists().waiting().is_empty() && store.signers().is_empty() {
                true => *store = opened,
                false => store.absorb(&opened),
            }
            return Ok(Taken::Store);
        }
    }
    let imported = store.import(&source::bytes(path)?, voucher).map_err(engine)?;
    Ok(Taken::Material(Box::new(imported)))
}

/// Reads a directory in pieces, with a bar on a terminal once it takes longer than a moment.
fn stream(
    store: &mut TrustStore,
    mut import: DirectoryImport<'_>,
    (begin, mut file): (Vec<u8>, File),
    length: u64,
) -> std::io::Result<DirectoryReport> {
    let started = Instant::now();
    let mut bar: Option<ProgressBar> = None;
    let mut read = begin.len() as u64;
    import.feed(store, &begin);
    let mut piece = vec![0; PIECE];
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            break;
        }
        import.feed(store, piece.get(..count).unwrap_or_default());
        read = read.saturating_add(count as u64);
        if bar.is_none() && started.elapsed() > PATIENCE && std::io::stderr().is_terminal() {
            bar = Some(progress(length));
        }
        if let Some(bar) = &bar {
            bar.set_position(read);
            bar.set_message(import.entries().to_string());
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    Ok(import.finish(store))
}

fn progress(length: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes}, entry {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Writes a file so that whoever looks sees the old one or the new one, whenever this is stopped.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let name = source::display(path);
    let trouble = |error| Trouble::File(name.clone(), error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file_name = path.file_name().ok_or_else(|| Trouble::Usage(format!("{name} names no file")))?;
    let temporary = folder.join(format!(".{}.{}.new", file_name.to_string_lossy(), std::process::id()));
    let written = (|| {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    })();
    if written.is_err() {
        // What is left of the temporary file is of no use to anybody.
        let _ = std::fs::remove_file(&temporary);
    }
    written.map_err(trouble)?;
    // The name in the folder is safe only when the folder is; not every system lets a folder be opened.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// The lines that say what was left out of a directory.
pub(crate) fn print_wrong(out: &mut impl Write, report: &DirectoryReport) -> std::io::Result<()> {
    for wrong in &report.wrong {
        writeln!(out, "  left out: entry {} {} {}: {}", wrong.entry, wrong.name, wrong.attribute, wrong.error)?;
    }
    if report.wrong_count > MAX_WRONG {
        writeln!(out, "  and {} more", report.wrong_count - MAX_WRONG)?;
    }
    Ok(())
}
