//! Pictures of the chip into files: the portrait as PNG, or every picture as it is and as PNG.

use super::args::InspectArgs;
use super::{Trouble, source};
use landfall::engine::{Inspection, Picture};
use landfall::error::{Error, ErrorKind, Part};
use landfall::lds::ImageFormat;
use landfall::portrait;
use std::path::Path;

/// Writes what was asked for of the pictures of one traveller.
pub(super) fn write(args: &InspectArgs, inspection: &Inspection) -> Result<(), Trouble> {
    let numbers = 1..=u8::try_from(inspection.document_count()).unwrap_or(u8::MAX);
    let documents: Vec<_> = numbers.map(|number| (number, inspection.pictures(number))).collect();
    if let Some(path) = &args.portrait {
        let first = documents.iter().flat_map(|(_, pictures)| pictures).find(|picture| picture.file != Part::Dg(7));
        let none = Error::new(ErrorKind::NotFound, Part::Dg(2), 0);
        let picture = first.ok_or_else(|| Trouble::Engine("--portrait".to_owned(), none))?;
        save(path, png(picture).map_err(|error| Trouble::Engine("--portrait".to_owned(), error))?.reveal())?;
    }
    if let Some(folder) = &args.pictures {
        std::fs::create_dir_all(folder).map_err(|error| Trouble::File(source::display(folder), error))?;
        for (document, picture) in documents.iter().flat_map(|(number, all)| all.iter().map(move |one| (number, one))) {
            save_both(folder, *document, picture)?;
        }
    }
    Ok(())
}

/// Writes the original bytes, and the PNG if one can be made; if not, says why and goes on.
fn save_both(folder: &Path, document: u8, picture: &Picture<'_>) -> Result<(), Trouble> {
    let stem = format!("{document}-{}-{}", picture.file, picture.number).replace(' ', "-");
    let ending = match picture.image.format() {
        ImageFormat::Jpeg => "jpg",
        ImageFormat::Jpeg2000 => "jp2",
        ImageFormat::Png => "original.png",
        _ => "bin",
    };
    save(&folder.join(format!("{stem}.{ending}")), picture.image.bytes())?;
    match png(picture) {
        Ok(png) => save(&folder.join(format!("{stem}.png")), png.reveal()),
        Err(error) => {
            eprintln!("landfall: {stem}.{ending} cannot be written as PNG: {error}");
            Ok(())
        }
    }
}

fn png(picture: &Picture<'_>) -> Result<landfall::secret::Secret<Vec<u8>>, Error> {
    portrait::png(&picture.image, picture.file)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    std::fs::write(path, bytes).map_err(|error| Trouble::File(source::display(path), error))
}
