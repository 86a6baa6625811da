//! `landfall read`: what stands on pictures.
//!
//! One line for each picture. A picture that cannot be read has an `"error"` and costs the others nothing.

use super::args::ReadArgs;
use super::{Done, Trouble, source};
#[cfg(feature = "barcode")]
use landfall::barcode::{self, Options, Symbology};
use landfall::error::{Error, ErrorKind, Part};
use landfall::image::{Picture, View};
use landfall::optical::{Reader, Zone};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// What became of one picture.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    content: Content,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content {
    Read { mrz: Vec<Zone>, barcodes: Vec<serde_json::Value> },
    Failed { error: Error },
}

pub(super) fn run(args: &ReadArgs) -> Done {
    let mut reader = Reader::new();
    let mut out = std::io::stdout().lock();
    for path in &args.images {
        let name = source::display(path);
        let read = source::bytes(path).and_then(|file| {
            let picture = Picture::read(&file);
            let read = picture.and_then(|picture| read(&mut reader, &picture.view()?, args));
            read.map_err(|error| Trouble::Engine(name.clone(), error))
        });
        let content = match read {
            Ok(content) => content,
            Err(Trouble::Engine(_, error)) if args.images.len() > 1 || args.json => Content::Failed { error },
            Err(trouble) => return Err(trouble),
        };
        if args.json {
            serde_json::to_writer(&mut out, &Line { file: &name, content }).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            show(&mut out, &name, &content)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(reader: &mut Reader, view: &View<'_>, args: &ReadArgs) -> Result<Content, Error> {
    Ok(Content::Read { mrz: reader.read(view), barcodes: barcodes(view, args)? })
}

/// A name of `--symbologies`.
#[cfg(feature = "barcode")]
pub(super) fn symbology(name: &str) -> Result<Symbology, String> {
    Symbology::from_name(name).ok_or_else(|| format!("one of {}", Symbology::ALL.map(Symbology::name).join(", ")))
}

/// The barcodes with what they say.
#[cfg(feature = "barcode")]
fn barcodes(view: &View<'_>, args: &ReadArgs) -> Result<Vec<serde_json::Value>, Error> {
    let mut options = Options::default();
    if !args.symbologies.is_empty() {
        options.symbologies.clone_from(&args.symbologies);
    }
    let on = super::time(args.at).map_err(|_| Error::new(ErrorKind::BadTime, Part::Call, 0))?.date();
    let symbols = barcode::read(view, &options);
    let shown = symbols.iter().map(|symbol| serde_json::to_value(symbol.summary(Some(on))));
    shown.collect::<Result<_, _>>().map_err(|_| Error::new(ErrorKind::BadJson, Part::Image, 0))
}

#[cfg(not(feature = "barcode"))]
fn barcodes(_: &View<'_>, _: &ReadArgs) -> Result<Vec<serde_json::Value>, Error> {
    Ok(Vec::new())
}

fn show(out: &mut impl Write, name: &str, content: &Content) -> Result<(), Trouble> {
    writeln!(out, "{name}")?;
    match content {
        Content::Failed { error } => writeln!(out, "  not read: {error}")?,
        Content::Read { mrz, barcodes } => {
            if mrz.is_empty() {
                writeln!(out, "  no machine-readable zone")?;
            }
            for barcode in barcodes {
                let text = |name: &str| barcode.get(name).and_then(|value| value.as_str()).unwrap_or_default();
                let kind =
                    barcode.pointer("/payload/kind").and_then(|kind| kind.as_str()).unwrap_or("no known payload");
                writeln!(out, "  {}: {} bytes, {kind}", text("symbology"), text("bytes").len() / 2)?;
            }
            for zone in mrz {
                let word = if zone.accepted() { "accepted" } else { "to be looked at" };
                writeln!(out, "  {}, {word}, confidence {:.3}", zone.layout(), zone.confidence())?;
                for line in zone.lines() {
                    writeln!(out, "    {line}")?;
                }
                if zone.printed_wrong() {
                    writeln!(out, "  printed wrong; what would satisfy the rules:")?;
                    for line in zone.repaired() {
                        writeln!(out, "    {line}")?;
                    }
                }
            }
        }
    }
    Ok(())
}
