//! The papers of one traveller as a reader's pictures of them: the page of the passport in two lights, the visa with its seal, the
//! boarding pass, the licence.
//!
//! The texts are those of [`papers`](super::papers), so that pictures and texts lead to the same checks. Not done: the portrait of the chip on
//! the page, ultraviolet light.

use super::page::typeface::Typeface;
use super::page::{Class, Page, Script};
use super::papers::{Papers, papers};
use super::{Folder, invalid};
use crate::barcode::Symbology;
use crate::date::Time;
use crate::error::Result;
use crate::mrz::Layout;

/// Draws the papers of the bearer `seed`, to be shown at `at`, in a class of damage.
///
/// The folder holds `passport.jpg` and `passport-infrared.jpg`, `visa.jpg`, `boarding-pass.jpg` and `licence.jpg`: 300 pixels an inch unless
/// the class has others. The same order gives the same pictures on one platform.
///
/// # Errors
/// Those of [`papers`](super::papers).
pub fn pages(kind: Papers, seed: u64, at: Time, class: Class) -> Result<Folder> {
    let papers = papers(kind, seed, at)?;
    let bytes = |name: &str| papers.file(name).map(<[u8]>::to_vec).ok_or(invalid());
    let zone = |name: &str| {
        let text = String::from_utf8(bytes(name)?).map_err(|_| invalid())?;
        Ok(text.lines().map(str::to_owned).collect::<Vec<_>>())
    };
    let passport = Script { layout: Layout::Td3, lines: zone("mrz.txt")?, symbols: Vec::new() };
    let visa = Script {
        layout: Layout::MrvA,
        lines: zone("visa.txt")?,
        symbols: vec![(Symbology::DataMatrix, bytes("visa-seal.bin")?)],
    };
    let alone = |symbology, name| {
        Ok(Script { layout: Layout::Td3, lines: Vec::new(), symbols: vec![(symbology, bytes(name)?)] })
    };
    let pass = alone(Symbology::Aztec, "boarding-pass.txt")?;
    let licence = alone(Symbology::Pdf417, "licence.txt")?;
    let face = Typeface::strokes();
    let mut folder = Folder::default();
    for (name, script, class) in [
        ("boarding-pass.jpg", &pass, class),
        ("licence.jpg", &licence, class),
        ("passport-infrared.jpg", &passport, Class::Infrared),
        ("passport.jpg", &passport, class),
        ("visa.jpg", &visa, class),
    ] {
        let shot = Page::showing(script, class, seed, &face, &face)?.shot;
        folder.add(name, shot.frame.encode(super::page::frame::Encoding::Jpeg(QUALITY))?);
    }
    Ok(folder)
}

/// The quality at which readers write pictures into files.
const QUALITY: u8 = 90;
