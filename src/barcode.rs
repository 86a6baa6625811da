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
//! error correction comes out even with check values to spare; nothing is guessed.
//!
//! # How a page is read
//!
//! ```text
//! bitmap      the page in two colours, rows and columns as bits
//! scan        runs of every second line: finder patterns, bull's-eyes, start and stop bars
//! leg         straight edges that meet with ink between them
//! blob        areas of joined ink, where edges are damaged
//! qr, aztec, pdf417, datamatrix
//!             a grid laid on each of them, its modules sampled from the grey image (`grid`)
//! linear      lines across bars that stand side by side, and what their widths say (`bars`)
//! code        Reed-Solomon correction, with errors and erasures
//! content     codewords to bytes and text
//! ```
//!
//! Each step looks at less than the one before: lines first, then the places that they give, then modules. QR goes first, and
//! what lies within a symbol that was read is not looked at again.
//!
//! # What is certain
//!
//! A symbol is given back only if all its blocks are code words after the correction, with check values kept unused, and if
//! its content can be read to the end. For small symbols, which have few check values, the border has to agree, too, and the paper
//! around it has to be light.

mod aztec;
mod bars;
mod bitmap;
mod blob;
mod budget;
mod code;
mod content;
mod datamatrix;
mod datamatrix_area;
mod geometry;
mod grey;
mod grid;
mod leg;
mod linear;
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
    /// Units of work for each pixel of the page: about one look at a grey value.
    pub work: u64,
}

impl Default for Options {
    /// Every symbology, and work enough for a page that is full of clutter.
    fn default() -> Self {
        Self { symbologies: Symbology::ALL.to_vec(), work: 8 }
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

/// The page as it is, and if nothing stands on it, once more with light for dark.
///
/// Symbols come in the order of their upper left corners; one that was found twice is given once.
fn read_grey(page: Grey<'_>, options: &Options) -> Vec<Symbol> {
    let pixels = (page.width() * page.height()) as u64;
    let mut budget = Budget::new(pixels.saturating_mul(options.work).saturating_add(10_000_000));
    let mut found = pass(page, None, options, &mut budget);
    if found.is_empty()
        && let Some(smooth) = smooth(page)
    {
        found = pass(page, Some(smooth.view()), options, &mut budget);
    }
    if found.is_empty()
        && let Some(reversed) = reversed(page)
    {
        found = pass(reversed.view(), None, options, &mut budget);
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

/// Light for dark.
fn reversed(page: Grey<'_>) -> Option<GreyImage> {
    let pixels = (0..page.height()).flat_map(|y| page.row(y).iter().map(|value| 255 - value)).collect();
    GreyImage::new(pixels, page.width(), page.height()).ok()
}

#[cfg(all(test, feature = "specimen"))]
mod tests;

/// One look at the page: patterns of lines first, then the readers of what they may belong to. Worn print is looked for in the `smooth` page, and
/// sampled from the page itself.
fn pass(page: Grey<'_>, smooth: Option<Grey<'_>>, options: &Options, budget: &mut Budget) -> Vec<Found> {
    let (outline, worn) = (smooth.unwrap_or(page), smooth.is_some());
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
    let linear = linear::LINEAR.iter().any(|kind| options.wants(*kind));
    let mut kept = budget.part(if linear { linear::WORK } else { 0 });
    if wanted.finders && !hits.finders.is_empty() {
        qr::read(page, &rows, &hits.finders, &Field::binary(8, 0x11d), budget, &mut found);
    }
    if wanted.eyes && !hits.eyes.is_empty() {
        aztec::read(page, &hits.eyes, budget, &mut found);
    }
    if wanted.bars {
        pdf417::read(page, &rows, &hits, budget, &mut found);
    }
    if options.wants(Symbology::DataMatrix) {
        datamatrix::read(page, &rows, &columns, budget, &mut found);
        if worn && found.is_empty() {
            datamatrix_area::read(page, &rows, budget, &mut found);
        }
    }
    if linear {
        linear::read(page, (&rows, &columns), &options.symbologies, &mut kept, &mut found);
    }
    budget.merge(&kept);
    found
}
