//! Pictures of pages: which belong together, and how they reach the inspection.
//!
//! The light of a picture cannot be seen in it, so its name says it: `page.jpg` is visible light, `page-infrared.jpg` (or `-ir`) and
//! `page-ultraviolet.jpg` (or `-uv`) are the same page in other light. So are frames of a camera: `page-frame1.jpg`, `page-frame2.jpg`.
//!
//! ```text
//! passport.jpg  passport-ir.jpg  passport-uv.jpg     one page in three lights
//! web-frame1.jpg  web-frame2.jpg  web-frame3.jpg     one page, read from all three
//! visa.jpg                                           another
//! front.jpg  back.jpg                                two pages: a card
//! infrared.png                                       a page of which only this was taken
//! ```
//!
//! A page on which nothing stands is content that nobody knows, and what nobody knows keeps a traveller from clearing: a
//! photograph that was meant to show a zone and does not must not pass for no photograph.

use super::args::InspectArgs;
use landfall::engine::{Inspection, Page};
use landfall::error::{Error, ErrorKind, Part};
use landfall::image::{Light, Picture};
use landfall::optical::Reader;
use std::path::Path;

/// A file of a picture.
pub(crate) struct Pictured {
    /// What the pictures of one page have in common: the name without light and ending.
    page: String,
    light: Light,
    /// Whether it is one of several of a camera.
    is_frame: bool,
    bytes: Vec<u8>,
}

impl Pictured {
    pub(crate) fn new(path: &Path, bytes: Vec<u8>) -> Self {
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().to_ascii_lowercase());
        let (before, word) = stem.rsplit_once(['-', '_', '.', ' ']).unwrap_or(("", &stem));
        let number = word.strip_prefix("frame").unwrap_or_default();
        let is_frame = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let (page, light) = match word {
            "infrared" | "ir" => (before.to_owned(), Light::Infrared),
            "ultraviolet" | "uv" => (before.to_owned(), Light::Ultraviolet),
            "visible" | "vis" | "white" => (before.to_owned(), Light::Visible),
            _ if is_frame => (before.to_owned(), Light::Visible),
            _ => (stem, Light::Visible),
        };
        Self { page, light, is_frame, bytes }
    }

    /// Whether both can be pictures of one page: of one name, in different light or frames of one camera.
    fn goes_with(&self, other: &Self) -> bool {
        self.page == other.page && (self.light != other.light || self.is_frame && other.is_frame)
    }

    /// Whether a picture begins here: JPEG, PNG, BMP, TIFF, WebP, JPEG 2000.
    pub(crate) fn is_one(bytes: &[u8]) -> bool {
        const STARTS: [&[u8]; 7] =
            [b"\xFF\xD8\xFF", b"\x89PNG", b"BM", b"II*\0", b"MM\0*", b"\x00\x00\x00\x0CjP", b"\xFF\x4F\xFF\x51"];
        STARTS.iter().any(|start| bytes.starts_with(start))
            || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
    }
}

/// What became of each picture, and the first document that may hold a chip.
pub(super) type Pages = (Vec<(usize, Result<(), Error>)>, Option<u8>);

/// Reads all pages of one traveller, and says for each picture what became of it.
///
/// `pictures` come with their place among the traveller's files.
pub(super) fn read_all(inspection: &mut Inspection, pictures: &[(usize, &Pictured)], args: &InspectArgs) -> Pages {
    let mut done = Vec::new();
    let mut holder_of_chip = None;
    let mut reader = Reader::new();
    for shots in pages(pictures) {
        let result = read(inspection, &mut reader, &shots, args, &mut holder_of_chip);
        done.extend(shots.iter().map(|(position, _)| (*position, result)));
    }
    (done, holder_of_chip)
}

/// The pictures by pages. Two of one name in the same light that are no frames are two pages.
fn pages<'p>(pictures: &[(usize, &'p Pictured)]) -> Vec<Vec<(usize, &'p Pictured)>> {
    let mut pages: Vec<Vec<(usize, &Pictured)>> = Vec::new();
    for (position, picture) in pictures {
        let takes_it = |page: &&mut Vec<(usize, &Pictured)>| page.iter().all(|(_, other)| picture.goes_with(other));
        match pages.iter_mut().find(takes_it) {
            Some(page) => page.push((*position, picture)),
            None => pages.push(vec![(*position, picture)]),
        }
    }
    pages
}

/// Reads one page. One on which nothing stands is content that nobody knows.
fn read(
    inspection: &mut Inspection,
    reader: &mut Reader,
    shots: &[(usize, &Pictured)],
    args: &InspectArgs,
    holder_of_chip: &mut Option<u8>,
) -> Result<(), Error> {
    let pictures = |light: Light| {
        let shots = shots.iter().filter(move |(_, picture)| picture.light == light);
        shots.map(|(_, picture)| Picture::read(&picture.bytes)).collect::<Result<Vec<_>, _>>()
    };
    let lights = [Light::Visible, Light::Infrared, Light::Ultraviolet].map(pictures);
    let [visible, infrared, ultraviolet] = lights;
    let (visible, infrared, ultraviolet) = (visible?, infrared?, ultraviolet?);
    let visible = visible.iter().map(Picture::view).collect::<Result<Vec<_>, _>>()?;
    let page = Page {
        visible: visible.first().copied(),
        frames: visible.get(1..).unwrap_or_default(),
        infrared: infrared.first().map(Picture::view).transpose()?,
        ultraviolet: ultraviolet.first().map(Picture::view).transpose()?,
        ppi: args.ppi,
        whole: args.whole_page,
    };
    let read = inspection.read_page(reader, &page)?;
    if read.is_empty() {
        return Err(Error::new(ErrorKind::UnknownContent, Part::Image, 0));
    }
    for (number, zone) in &read.zones {
        if zone.mrz().is_ok_and(|zone| super::inspect::may_hold_a_chip(zone.kind())) {
            holder_of_chip.get_or_insert(*number);
        }
    }
    Ok(())
}
