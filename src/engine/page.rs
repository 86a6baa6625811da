//! Pages in an inspection: zones and barcodes read from pictures, and what the lights say of them.
//!
//! What comes in: pictures of one page, each in its light. What goes out: documents and payloads as if their text had been given, and
//! the checks that only pictures allow. What must never happen here: a character that was guessed counts as read (it is *unread*
//! in the zone that is checked), or a reading that may be wrong passes for one that is sure (`optical.mrz_reading`).
//!
//! # How a page goes in
//!
//! ```text
//! visible      zones, barcodes   ─┐
//! infrared     zones             ─┴→ each visible zone beside the infrared one that is most alike → one reading → document
//! ultraviolet  mean of its blue      │                                                            │
//!              │                     optical.mrz_infrared                     optical.mrz_reading, optical.mrz_geometry
//!              optical.ultraviolet
//! ```
//!
//! Without a visible zone the infrared ones stand alone: old readers take that picture only. Where both lights are sure of
//! different texts, that is a finding and no noise: the visible one is what the officer sees, and it stays.
//!
//! # What becomes of which light
//!
//! | given | `optical.mrz_infrared` | `optical.ultraviolet` |
//! |---|---|---|
//! | neither | what the host reports, or not performed | the same |
//! | infrared | passed, failed or undetermined | |
//! | ultraviolet | | passed, failed or undetermined |
//!
//! A host may report of a check that the engine made: the worse word counts, as between two reporters.
//!
//! Not done: pages that hold two documents under one ultraviolet picture, which is then said of both.

use super::Inspection;
use crate::assess::Expected;
#[cfg(feature = "barcode")]
use crate::barcode::{self, Options, Symbol};
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
#[cfg(feature = "barcode")]
use crate::error::ErrorKind;
use crate::error::Result;
use crate::image::View;
use crate::optical::{Reader, Zone, geometry, light};

/// Pictures of one page. All are optional; none that is missing passes for one that showed nothing.
#[derive(Clone, Copy, Default)]
pub struct Page<'a> {
    /// In visible light.
    pub visible: Option<View<'a>>,
    /// Further pictures in visible light, as a webcam gives frames: zones are read from all of them together, barcodes from the first one.
    pub frames: &'a [View<'a>],
    /// In near infrared light (B900), of the same page; it need not be of the same size.
    pub infrared: Option<View<'a>>,
    /// In ultraviolet light, its desk cut away.
    pub ultraviolet: Option<View<'a>>,
    /// Pixels an inch of the picture that the zone is read from: the visible one, or the infrared one if there is no other. Readers
    /// know theirs, cameras have none.
    pub ppi: Option<u32>,
    /// Whether that picture ends where the page ends.
    pub whole: bool,
}

/// What stood on a page.
pub struct PageRead {
    /// The zones, each with the number of the document that it opened.
    pub zones: Vec<(u8, Zone)>,
    /// The barcodes, each with the number of its payload if its content is of a known kind.
    #[cfg(feature = "barcode")]
    pub symbols: Vec<(Option<u8>, Symbol)>,
}

impl PageRead {
    /// Whether nothing at all stood on it that can be read.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        #[cfg(feature = "barcode")]
        if !self.symbols.is_empty() {
            return false;
        }
        self.zones.is_empty()
    }
}

impl PageRead {
    /// How many barcodes hold a payload of a known kind.
    #[must_use]
    pub fn payload_count(&self) -> u32 {
        #[cfg(feature = "barcode")]
        return self.symbols.iter().filter(|(payload, _)| payload.is_some()).count() as u32;
        #[cfg(not(feature = "barcode"))]
        0
    }
}

impl Inspection {
    /// Reads every zone and every barcode of a page. A zone opens a document; a barcode of a known kind is a payload.
    ///
    /// The zone of visible light speaks; where infrared light shows the same one, both together decide what a pale or stained
    /// character is. A page on which nothing stands is no error here: whoever expected something says
    /// [`Inspection::could_not_read`].
    ///
    /// # Errors
    /// `BudgetExceeded` beyond [`MAX_DOCUMENTS`](super::MAX_DOCUMENTS) or [`MAX_PAYLOADS`](super::MAX_PAYLOADS).
    pub fn read_page(&mut self, reader: &mut Reader, page: &Page<'_>) -> Result<PageRead> {
        let frames: Vec<View<'_>> = page.visible.iter().chain(page.frames).copied().collect();
        let visible = reader.read_frames(&frames);
        let infrared = page.infrared.map(|view| reader.read(&view));
        let mut zones = Vec::new();
        if visible.is_empty() {
            for zone in infrared.into_iter().flatten() {
                let Some(number) = self.open(&zone)? else { continue };
                let alone = core::slice::from_ref(&zone);
                let check = light::infrared(Subject::Document(number), None, Some(alone));
                self.look(page, page.infrared, &zone, check);
                zones.push((number, zone));
            }
        } else {
            for zone in visible {
                let beside = infrared.as_deref().map(|zones| same(&zone, zones));
                let both = beside.and_then(|beside| together(&zone, beside));
                let Some(number) = self.open(both.as_ref().unwrap_or(&zone))? else { continue };
                let check = light::infrared(Subject::Document(number), Some(&zone), beside);
                let read = both.unwrap_or(zone);
                self.look(page, page.visible, &read, check);
                zones.push((number, read));
            }
        }
        Ok(PageRead {
            zones,
            #[cfg(feature = "barcode")]
            symbols: self.read_symbols(page)?,
        })
    }

    /// Opens a document for a zone; none, and something unread, if what decides its layout was not read.
    fn open(&mut self, zone: &Zone) -> Result<Option<u8>> {
        match zone.mrz() {
            Ok(mrz) => self.add_mrz(mrz).map(Some),
            Err(_) => {
                self.could_not_read();
                Ok(None)
            }
        }
    }

    /// Makes the checks of one zone on its page; what infrared light says was made before.
    fn look(&mut self, page: &Page<'_>, view: Option<View<'_>>, zone: &Zone, infrared: Check) {
        let subject = infrared.subject;
        let (outcome, reason) = match zone.accepted() {
            true => (Outcome::Passed, Reason::Confirmed),
            false => (Outcome::Undetermined, Reason::ReadUnsurely),
        };
        self.seen.push(Check::new(CheckId::OpticalMrzReading, subject, outcome, reason));
        if page.infrared.is_some() {
            self.seen.push(infrared);
        }
        if page.ultraviolet.is_some() {
            self.seen.push(light::ultraviolet(subject, page.ultraviolet.as_ref()));
        }
        let size = view.filter(|_| page.whole).map(|view| (view.width(), view.height()));
        self.seen.extend(page.ppi.and_then(|ppi| geometry::geometry(subject, zone, ppi, size)));
    }

    /// Reads the barcodes of a page: of the visible picture, or of the infrared one if there is no other.
    #[cfg(feature = "barcode")]
    fn read_symbols(&mut self, page: &Page<'_>) -> Result<Vec<(Option<u8>, Symbol)>> {
        let Some(view) = page.visible.or(page.infrared) else {
            return Ok(Vec::new());
        };
        let symbols = barcode::read(&view, &Options::default());
        symbols
            .into_iter()
            .map(|symbol| match self.read_payload(symbol.bytes()) {
                Ok(_) => Ok((u8::try_from(self.payloads().count()).ok(), symbol)),
                Err(error) if error.kind == ErrorKind::BudgetExceeded => Err(error),
                Err(_) => Ok((None, symbol)),
            })
            .collect()
    }

    /// What has to be answered about zones that were read from pictures.
    pub(super) fn page_expected(&self) -> Vec<Expected> {
        let readings = self.seen.iter().filter(|check| check.id == CheckId::OpticalMrzReading);
        readings.map(|check| Expected { id: check.id, subject: check.subject }).collect()
    }
}

/// The zone among those of another light that is the same print as this one.
fn same<'z>(zone: &Zone, others: &'z [Zone]) -> &'z [Zone] {
    let found = others.iter().position(|other| zone.is_same_print(other));
    found.and_then(|at| others.get(at..=at)).unwrap_or_default()
}

/// One reading of both lights, unless each is sure of something else.
fn together(zone: &Zone, beside: &[Zone]) -> Option<Zone> {
    let other = beside.first()?;
    let differ = zone.accepted() && other.accepted() && !zone.lines().eq(other.lines());
    if differ { None } else { Zone::combined(&[zone, other]) }
}
