//! Barcodes found anywhere on a page, and decoded to the byte.
//!
//! One pass over the rows and columns of the page finds what only a symbol has: finder patterns of QR, bull's-eyes of
//! Aztec, start and stop bars of PDF417, and solid edges of DataMatrix. From there a grid is laid on the symbol by what the
//! standard fixes in it, modules are sampled from the grey image, and doubtful ones count as erasures of the error
//! correction. Any rotation, mirrored (DataMatrix if it is square), and in a second pass light on dark.
//!
//! Linear symbols (Code 39, Code 128, interleaved 2 of 5) are read on lines across their bars.
//!
//! Not done: Micro QR, rMQR, MicroPDF417, mirrored oblong DataMatrix, symbols on curved surfaces, joining of structured appends.
//! Hostile input: work is counted and bounded ([`Options::work`]), and every list has a ceiling. Of rxing only tables and the
//! placement of codewords serve here, and they are asked for sizes that the standards have. A symbol is handed back only if its
//! error correction comes out even with evidence enough; nothing is guessed.
//!
//! # How a page is read
//!
//! ```text
//! bitmap      the page in two colours, rows and columns as bits
//! scan        runs of every second line: finder patterns, bull's-eyes, start and stop bars
//! leg         straight edges that meet with ink between them
//! blob        areas of joined ink, where patterns are damaged
//! outline     the four straight sides of an area, found by consensus
//! area        outlines tried as whole symbols of every size
//! qr, aztec, pdf417, datamatrix
//!             a grid laid on each of them, its modules sampled from the grey image (`grid`)
//! linear      lines across bars that stand side by side, and what their widths say (`bars`)
//! code        Reed-Solomon correction, with errors and erasures
//! content     codewords to bytes and text
//! ```
//!
//! A page is looked at as it is, then smoothed as worn print, then light for dark, and a small picture enlarged; the first look that finds
//! anything is the last. Areas are tried where a look has found nothing by patterns.
//!
//! Each step looks at less than the one before: lines first, then the places that they give, then modules. QR goes first, and
//! what lies within a symbol that was read is not looked at again.
//!
//! # What is certain
//!
//! A symbol is given back only if all its blocks are code words, as they stand or after a correction that chance would not bring
//! (`code` reckons its evidence in bits), and if its content can be read to the end. For small symbols, which have few
//! check values, the border has to agree, too, and the paper around it has to be light.

mod area;
mod aztec;
mod bars;
mod bitmap;
mod blob;
mod budget;
mod code;
mod content;
mod datamatrix;
mod geometry;
mod grey;
mod grid;
mod leg;
mod linear;
mod outline;
mod pdf417;
mod qr;
mod scan;
mod symbol;

pub use symbol::{Summary, Symbol, Symbology};

use crate::image::{PixelFormat, View};
use bitmap::Bitmap;
use budget::Budget;
use code::Field;
use grey::{Grey, GreyImage};
use symbol::Found;

/// What to look for and how hard.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which symbologies; all by default.
    pub symbologies: Vec<Symbology>,
    /// Units of work for each pixel of the page: about one look at a grey value. Every page may cost 8 million beside that, and
    /// 16 million in all however small it is.
    pub work: u64,
}

impl Default for Options {
    /// Every symbology, and work enough for a page that is full of clutter.
    fn default() -> Self {
        Self { symbologies: Symbology::ALL.to_vec(), work: 4 }
    }
}

impl Options {
    /// Whether a symbology is among those to look for.
    fn wants(&self, symbology: Symbology) -> bool {
        self.symbologies.contains(&symbology)
    }
}

/// Reads the barcodes of a page, from top to bottom. Grey pixels are looked at where they are, others are copied.
///
/// ```
/// use landfall::barcode::{Options, read};
/// use landfall::image::{PixelFormat, View};
/// let paper = [255; 400];
/// let page = View::new(&paper, PixelFormat::Grey8, 20, 20, 0)?;
/// assert!(read(&page, &Options::default()).is_empty());
/// # Ok::<(), landfall::Error>(())
/// ```
#[must_use]
pub fn read(page: &View<'_>, options: &Options) -> Vec<Symbol> {
    if page.format() == PixelFormat::Grey8 {
        let grey = Grey::new(page.row_on(), page.width(), page.height(), page.stride());
        return grey.map_or_else(|_| Vec::new(), |grey| read_grey(grey, options));
    }
    GreyImage::of(page).map_or_else(|_| Vec::new(), |image| read_grey(image.view(), options))
}

/// Units of work that every picture may cost, however small.
const LEAST_WORK: u64 = 16_000_000;

/// The page as it is, and while nothing is found as worn print, with light for dark, and enlarged if it is small.
///
/// Symbols come in the order of their upper left corners; one that was found twice is given once.
fn read_grey(page: Grey<'_>, options: &Options) -> Vec<Symbol> {
    let pixels = (page.width() * page.height()) as u64;
    let mut budget = Budget::new(pixels.saturating_mul(options.work).saturating_add(8_000_000).max(LEAST_WORK));
    let mut found = pass(page, page, Look::Plain, options, &mut budget);
    if found.is_empty()
        && let Some(smooth) = smooth(page)
    {
        found = pass(page, smooth.view(), Look::Worn, options, &mut budget);
    }
    if found.is_empty()
        && let Some(reversed) = reversed(page)
    {
        found = pass(reversed.view(), reversed.view(), Look::Reversed, options, &mut budget);
    }
    if found.is_empty()
        && let Some(large) = Enlarged::of(page)
    {
        found = pass(large.image.view(), large.image.view(), Look::Plain, options, &mut budget);
        found.iter_mut().for_each(|found| found.corners = found.corners.map(Enlarged::back));
    }
    let mut symbols: Vec<Symbol> = found.iter().map(Symbol::of).collect();
    symbols.sort_by_key(|symbol| (symbol.quad()[0].1, symbol.quad()[0].0));
    symbols.dedup_by(|a, b| a.quad() == b.quad());
    symbols
}

/// Each pixel the mean of itself, twice, and its neighbours: worn print has holes and specks that hide its patterns.
fn smooth(page: Grey<'_>) -> Option<GreyImage> {
    let (width, height) = (page.width(), page.height());
    let mut sums = vec![0u16; width];
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        let (above, below) = (page.row(y.saturating_sub(1)), page.row((y + 1).min(height - 1)));
        for ((sum, own), (above, below)) in sums.iter_mut().zip(page.row(y)).zip(above.iter().zip(below)) {
            *sum = u16::from(*own) * 2 + u16::from(*above) + u16::from(*below);
        }
        for x in 0..width {
            let at = |x: usize| sums.get(x).copied().unwrap_or(0);
            let sum = at(x.saturating_sub(1)) + at(x) * 2 + at((x + 1).min(width - 1));
            pixels.push((sum / 16) as u8);
        }
    }
    GreyImage::new(pixels, width, height).ok()
}

/// A small picture, larger and with paper around it: modules of one or two pixels, and symbols cut out without their quiet zone.
struct Enlarged {
    image: GreyImage,
}

impl Enlarged {
    /// The longest side that counts as small, in pixels: a symbol alone, and no page.
    const MOST: usize = 640;
    /// How many times larger.
    const TIMES: usize = 4;
    /// Pixels of paper on each side of the enlarged picture.
    const PAPER: usize = 24;

    fn of(page: Grey<'_>) -> Option<Self> {
        if page.width().max(page.height()) > Self::MOST {
            return None;
        }
        let (width, height) = (page.width() * Self::TIMES, page.height() * Self::TIMES);
        let (across, down) = (width + 2 * Self::PAPER, height + 2 * Self::PAPER);
        let mut pixels = vec![u8::MAX; across * down];
        for (y, row) in pixels.chunks_mut(across).skip(Self::PAPER).take(height).enumerate() {
            for (x, pixel) in row.iter_mut().skip(Self::PAPER).take(width).enumerate() {
                let place = |index: usize| (index as f32 + 0.5) / Self::TIMES as f32;
                *pixel = geometry::sample(page, geometry::at(place(x), place(y))) as u8;
            }
        }
        Some(Self { image: GreyImage::new(pixels, across, down).ok()? })
    }

    /// A place of the enlarged picture in the picture itself.
    fn back(place: geometry::Point) -> geometry::Point {
        let paper = Self::PAPER as f32;
        place.minus(geometry::at(paper, paper)).times(1.0 / Self::TIMES as f32)
    }
}

/// Light for dark.
fn reversed(page: Grey<'_>) -> Option<GreyImage> {
    let pixels = (0..page.height()).flat_map(|y| page.row(y).iter().map(|value| 255 - value)).collect();
    GreyImage::new(pixels, page.width(), page.height()).ok()
}

#[cfg(all(test, feature = "specimen"))]
mod tests;

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Look {
    Plain,
    /// Patterns may have holes.
    Worn,
    /// Light for dark; few symbols are printed so.
    Reversed,
}

/// One look at the page: patterns of lines first, then the readers of what they may belong to. Patterns are looked for in the `outline`, and
/// symbols are sampled from the page itself.
fn pass(page: Grey<'_>, outline: Grey<'_>, look: Look, options: &Options, budget: &mut Budget) -> Vec<Found> {
    let worn = look == Look::Worn;
    let rows = Bitmap::of(outline);
    let columns = rows.transposed();
    let wanted = scan::Wanted {
        finders: options.wants(Symbology::Qr),
        eyes: options.wants(Symbology::Aztec),
        bars: options.wants(Symbology::Pdf417),
        worn,
    };
    let hits = scan::scan(&rows, &columns, wanted);
    let mut found = Vec::new();
    let linear = look == Look::Plain && linear::LINEAR.iter().any(|kind| options.wants(*kind));
    let mut kept = budget.part(if linear { linear::WORK } else { 0 });
    // Each reader has its share, so that noise that looks like one symbology to the end cannot use up what the others need.
    let mut share = budget.share(4);
    if wanted.finders && !hits.finders.is_empty() {
        qr::read(page, &rows, &hits.finders, &Field::binary(8, 0x11d), &mut share, &mut found);
    }
    budget.merge(&share);
    let mut share = budget.share(3);
    if wanted.eyes && !hits.eyes.is_empty() {
        aztec::read(page, &hits.eyes, &mut share, &mut found);
    }
    budget.merge(&share);
    let mut share = budget.share(2);
    if wanted.bars {
        pdf417::read(page, &rows, &hits, &mut share, &mut found);
    }
    budget.merge(&share);
    let datamatrix = options.wants(Symbology::DataMatrix);
    if found.is_empty() && (datamatrix || wanted.finders || wanted.eyes || wanted.bars) {
        let mut share = budget.share(2);
        area::read(page, &rows, (options, look), &mut share, &mut found);
        budget.merge(&share);
    }
    if datamatrix && !found.iter().any(|found| found.symbology == Symbology::DataMatrix) {
        datamatrix::read(page, &rows, &columns, budget, &mut found);
    }
    if linear {
        linear::read(page, (&rows, &columns), &options.symbologies, &mut kept, &mut found);
    }
    budget.merge(&kept);
    found
}
