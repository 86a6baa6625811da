//! `landfall read`: what stands on pictures.
//!
//! One line for each picture. A picture that cannot be read has an `"error"` and costs the others nothing.

use super::args::ReadArgs;
use super::{Done, Trouble, source};
use landfall::error::Error;
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
            let read = picture.and_then(|picture| Ok(read(&mut reader, &picture.view()?)));
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

fn read(reader: &mut Reader, view: &View<'_>) -> Content {
    let mrz = reader.read(view);
    Content::Read { mrz, barcodes: Vec::new() }
}

fn show(out: &mut impl Write, name: &str, content: &Content) -> Result<(), Trouble> {
    writeln!(out, "{name}")?;
    match content {
        Content::Failed { error } => writeln!(out, "  not read: {error}")?,
        Content::Read { mrz, .. } if mrz.is_empty() => writeln!(out, "  no machine-readable zone")?,
        Content::Read { mrz, .. } => {
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
