//! Pictures of pages: decoders, finder and recogniser of zones, locator of barcodes.

use landfall::barcode::{self, Options};
use landfall::image::{Picture, PixelFormat, View};
use landfall::optical::Reader;
use std::cell::RefCell;

/// The most pixels that are looked at: larger pictures cost time and show nothing new.
const MAX_PIXELS: usize = 1 << 17;

thread_local! {
    /// Memory is kept from picture to picture, as in a host.
    static READER: RefCell<Reader> = RefCell::new(Reader::new());
}

/// A file of a picture, and what stands on it.
pub fn picture(data: &[u8]) {
    let Ok(picture) = Picture::read(data) else { return };
    let view = picture.view().expect("a picture has pixels");
    if view.width() * view.height() <= MAX_PIXELS {
        zones(&view);
    }
}

/// Pixels behind width, format and padding of rows.
fn pixels(data: &[u8]) -> Option<View<'_>> {
    let [first, second, padding, pixels @ ..] = data else { return None };
    let format = PixelFormat::ALL.get(usize::from(first >> 5) % PixelFormat::ALL.len())?;
    let width = usize::from(*second) + 1 + (usize::from(first & 3) << 8);
    let stride = width * format.octets() + usize::from(padding % 8);
    let height = pixels.len() / stride;
    View::new(pixels, *format, width, height, stride).ok()
}

/// Zones of raw pixels, and every getter of what is found.
pub fn optical(data: &[u8]) {
    if let Some(view) = pixels(data) {
        zones(&view);
    }
}

fn zones(view: &View<'_>) {
    let found = READER.with_borrow_mut(|reader| reader.read(view));
    for zone in &found {
        let _ = (zone.mrz(), zone.accepted(), zone.quad(), serde_json::to_string(zone));
        assert!((0.0..=1.0001).contains(&zone.confidence()));
    }
}

/// Barcodes of raw pixels.
pub fn barcodes(data: &[u8]) {
    if let Some(view) = pixels(data) {
        for symbol in barcode::read(&view, &Options::default()) {
            let _ = serde_json::to_string(&symbol.summary(None));
        }
    }
}
