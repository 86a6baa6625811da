//! How long the barcodes of a page take, beside a bare pass over its pixels, and beside zxing-cpp if it is asked for.
//!
//! ```text
//! blank page     every symbology, and each alone: what looking costs
//! a symbol       the page of each symbology read for it alone, and for all
//! classes        pages as they come to a counter: the median, the slowest in medians, how many are read to the byte
//! peer           the same pages through zxing-cpp with the four matrix symbologies, time and bytes
//! ```
//! `cargo bench --bench barcode` prints a line for each; `RUSTFLAGS="--cfg peers"` adds the peer, which needs cmake.

use landfall::barcode::{Options, Symbology, read};
use landfall::image::{Picture, PixelFormat, View};
use landfall::specimen::page::symbols::{SymbolClass, SymbolPage};
use landfall::specimen::page::typeface::Typeface;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Pages of each class: so many of each of the four symbologies that are drawn.
const PAGES: u64 = 3 * 4;

/// The symbologies that are drawn.
const DRAWN: [Symbology; 4] = [Symbology::Pdf417, Symbology::Qr, Symbology::Aztec, Symbology::DataMatrix];

/// A page in grey, as both readers get it.
struct Grey {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    symbology: Symbology,
    bytes: Vec<u8>,
}

impl Grey {
    fn of(page: &SymbolPage) -> Self {
        let file = page.shot.frame.encode(page.shot.encoding).expect("a file");
        let picture = Picture::read(&file).expect("a picture");
        let view = picture.view().expect("a view");
        let octets = view.format().octets();
        let mean = |pixel: &[u8]| {
            (pixel.iter().take(3).map(|level| u32::from(*level)).sum::<u32>() / pixel.len().min(3) as u32) as u8
        };
        let pixels = (0..view.height()).flat_map(|row| view.row(row).chunks_exact(octets).map(mean)).collect();
        let (width, height) = (view.width(), view.height());
        Self { pixels, width, height, symbology: page.symbology, bytes: page.bytes.clone() }
    }

    fn view(&self) -> View<'_> {
        View::new(&self.pixels, PixelFormat::Grey8, self.width, self.height, self.width).expect("a view")
    }
}

/// The least of some runs, so that what else the machine does counts little.
fn least<R>(mut work: impl FnMut() -> R) -> Duration {
    let run = |_| {
        let before = Instant::now();
        black_box(work());
        before.elapsed()
    };
    (0..3).map(run).min().unwrap_or_default()
}

/// The least time of a page, and whether its symbol alone came out.
fn own(page: &Grey) -> (Duration, bool) {
    let time = least(|| read(&page.view(), &Options::default()).len());
    let found = read(&page.view(), &Options::default());
    (time, matches!(found.as_slice(), [symbol] if symbol.bytes() == page.bytes))
}

#[cfg(peers)]
fn peer(page: &Grey) -> (Duration, bool) {
    use zxingcpp::{BarcodeFormat, ImageFormat, ImageView};
    let formats = [BarcodeFormat::PDF417, BarcodeFormat::QRCode, BarcodeFormat::Aztec, BarcodeFormat::DataMatrix];
    let reader = zxingcpp::read().formats(formats);
    let look = || {
        let view = ImageView::from_slice(&page.pixels, page.width as i32, page.height as i32, ImageFormat::Lum);
        reader.from(&view.expect("a view")).expect("a list")
    };
    let time = least(|| look().len());
    (time, matches!(look().as_slice(), [symbol] if symbol.bytes() == page.bytes))
}

#[cfg(not(peers))]
fn peer(_: &Grey) -> (Duration, bool) {
    (Duration::ZERO, false)
}

/// A line: a name, milliseconds, and how often the floor goes into them.
fn tell(name: &str, time: Duration, floor: Duration) {
    println!("{name:>28} {:8.2} ms {:8.1} passes", time.as_secs_f64() * 1e3, time.as_secs_f64() / floor.as_secs_f64());
}

fn only(symbology: Symbology) -> Options {
    Options { symbologies: vec![symbology], ..Options::default() }
}

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("nothing is measured: this is no benchmark run");
        return;
    }
    let face = Typeface::strokes();
    let draw = |class: SymbolClass, number: u64| Grey::of(&SymbolPage::draw(class, number, &face).expect("a page"));
    let first: Vec<Grey> = (0..4).map(|number| draw(SymbolClass::Page300, number)).collect();
    let page = first.first().expect("a page");
    let floor = least(|| page.pixels.iter().map(|level| u64::from(*level)).sum::<u64>());
    println!("{} × {} pixels, beside a bare pass over them", page.width, page.height);
    let paper = vec![240; page.pixels.len()];
    let blank = View::new(&paper, PixelFormat::Grey8, page.width, page.height, page.width).expect("a view");
    tell("blank, every symbology", least(|| read(&blank, &Options::default()).len()), floor);
    for symbology in Symbology::ALL {
        tell(&format!("blank, {symbology} alone"), least(|| read(&blank, &only(symbology)).len()), floor);
    }
    for page in &first {
        tell(
            &format!("{}, it alone", page.symbology),
            least(|| read(&page.view(), &only(page.symbology)).len()),
            floor,
        );
        tell(&format!("{}, every symbology", page.symbology), own(page).0, floor);
    }
    for class in SymbolClass::ALL {
        let pages: Vec<Grey> = (0..PAGES).map(|number| draw(*class, number)).collect();
        let ours: Vec<(Duration, bool)> = pages.iter().map(own).collect();
        let theirs: Vec<(Duration, bool)> = pages.iter().map(peer).collect();
        let mut times: Vec<f64> = ours.iter().map(|(time, _)| time.as_secs_f64()).collect();
        times.sort_by(f64::total_cmp);
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        let right = |of: &[(Duration, bool)]| of.iter().filter(|(_, right)| *right).count();
        let sum = |of: &[(Duration, bool)]| of.iter().map(|(time, _)| time.as_secs_f64()).sum::<f64>();
        println!(
            "{:>28} {:8.2} ms the median, the slowest {:.1} medians (goal 10); {} of {PAGES} to the byte",
            class.name(),
            median * 1e3,
            most / median,
            right(&ours)
        );
        if cfg!(peers) {
            println!(
                "{:>28} {:.2} × its time (goal 0.5); it reads {} of {PAGES}",
                "zxing-cpp",
                sum(&ours) / sum(&theirs),
                right(&theirs)
            );
        }
        for symbology in DRAWN {
            let of = pages.iter().zip(&ours).filter(|(page, _)| page.symbology == symbology);
            let missed = of.filter(|(_, (_, right))| !right).count();
            if missed > 0 {
                println!("{symbology:>28} {missed} missed");
            }
        }
    }
}
