//! `landfall read`: what stands on pictures.
//!
//! One line for each picture. A picture that cannot be read has an `"error"` and costs the others nothing.

use super::args::ReadArgs;
use super::{Done, Trouble, source};
#[cfg(feature = "barcode")]
use landfall::barcode::{self, Options, Symbol, Symbology};
#[cfg(feature = "barcode")]
use landfall::check::{Check, Subject};
#[cfg(feature = "barcode")]
use landfall::date::Time;
#[cfg(feature = "barcode")]
use landfall::engine::Engine;
use landfall::error::Error;
#[cfg(feature = "barcode")]
use landfall::error::{ErrorKind, Part};
use landfall::image::{Picture, View};
use landfall::optical::{Reader, Zone};
#[cfg(feature = "barcode")]
use landfall::seal::{self, Seal, TrustLevel};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};
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
    let mut desk = Desk::of(args)?;
    let mut out = std::io::stdout().lock();
    let together = if args.frames { args.images.len() } else { 1 };
    for paths in args.images.chunks(together) {
        let (name, content) = match desk.read_files(paths) {
            Ok((name, content)) => (name, content),
            Err(Trouble::Engine(name, error)) if args.images.len() > 1 || args.json => {
                (name, Content::Failed { error })
            }
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

/// A picture from a file, which is named in what goes wrong.
fn picture(path: &Path) -> Result<Picture, Trouble> {
    Picture::read(&source::bytes(path)?).map_err(|error| Trouble::Engine(source::display(path), error))
}

/// What all pictures are read with.
struct Desk {
    reader: Reader,
    #[cfg(feature = "barcode")]
    options: Options,
    #[cfg(feature = "barcode")]
    engine: Engine,
    #[cfg(feature = "barcode")]
    at: Time,
}

/// What became of the seal in a barcode.
#[cfg(feature = "barcode")]
#[derive(Serialize)]
struct Sealed {
    #[serde(skip_serializing_if = "Option::is_none")]
    trust_level: Option<TrustLevel>,
    checks: Vec<Check>,
}

impl Desk {
    #[cfg(feature = "barcode")]
    fn of(args: &ReadArgs) -> Result<Self, Trouble> {
        let mut options = Options::default();
        if !args.symbologies.is_empty() {
            options.symbologies.clone_from(&args.symbologies);
        }
        // The anchors of an inspection, those of specimens among them.
        let engine = Engine::new().map_err(|error| Trouble::Engine("policy".to_owned(), error))?;
        let engine = engine.with_trust(super::trust::open_all(&args.trust)?);
        Ok(Self { reader: Reader::new(), options, engine, at: super::time(args.at)? })
    }

    #[cfg(not(feature = "barcode"))]
    fn of(_: &ReadArgs) -> Result<Self, Trouble> {
        Ok(Self { reader: Reader::new() })
    }

    /// What stands on a page of which these are the pictures, under the name of the first.
    fn read_files(&mut self, paths: &[PathBuf]) -> Result<(String, Content), Trouble> {
        let name = paths.first().map(|path| source::display(path)).unwrap_or_default();
        let pictures = paths.iter().map(|path| picture(path)).collect::<Result<Vec<_>, _>>()?;
        let read =
            pictures.iter().map(Picture::view).collect::<Result<Vec<_>, _>>().and_then(|views| self.read(&views));
        let content = read.map_err(|error| Trouble::Engine(name.clone(), error))?;
        Ok((name, content))
    }

    fn read(&mut self, frames: &[View<'_>]) -> Result<Content, Error> {
        let mrz = self.reader.read_frames(frames);
        let barcodes = frames.first().map(|view| self.barcodes(view)).transpose()?.unwrap_or_default();
        Ok(Content::Read { mrz, barcodes })
    }

    /// The barcodes with what they say.
    #[cfg(feature = "barcode")]
    fn barcodes(&self, view: &View<'_>) -> Result<Vec<serde_json::Value>, Error> {
        let symbols = barcode::read(view, &self.options);
        let shown = symbols.iter().map(|symbol| self.shown(symbol));
        shown.collect::<Result<_, _>>().map_err(|_| Error::new(ErrorKind::BadJson, Part::Image, 0))
    }

    #[cfg(not(feature = "barcode"))]
    fn barcodes(&self, _: &View<'_>) -> Result<Vec<serde_json::Value>, Error> {
        Ok(Vec::new())
    }

    /// A barcode, its payload, and how its seal fared.
    #[cfg(feature = "barcode")]
    fn shown(&self, symbol: &Symbol) -> Result<serde_json::Value, serde_json::Error> {
        let mut value = serde_json::to_value(symbol.summary(Some(self.at.date())))?;
        if let Ok(payload) = landfall::payload::read(symbol.bytes())
            && Seal::of(&payload).is_some()
            && let Some(members) = value.as_object_mut()
        {
            let checks = seal::verify(&payload, self.engine.trust(), self.at, Subject::Payload(1));
            let sealed = Sealed { trust_level: seal::trust_level(&checks), checks };
            members.insert("seal".to_owned(), serde_json::to_value(sealed)?);
        }
        Ok(value)
    }
}

/// A name of `--symbologies`.
#[cfg(feature = "barcode")]
pub(super) fn symbology(name: &str) -> Result<Symbology, String> {
    Symbology::from_name(name).ok_or_else(|| format!("one of {}", Symbology::ALL.map(Symbology::name).join(", ")))
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
                for check in barcode.pointer("/seal/checks").and_then(|all| all.as_array()).into_iter().flatten() {
                    let word = |name: &str| check.get(name).and_then(|word| word.as_str()).unwrap_or_default();
                    writeln!(out, "    {} {}, {}", word("outcome"), word("id"), super::report::words(word("reason")))?;
                }
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
