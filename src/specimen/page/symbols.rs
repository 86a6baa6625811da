//! Pages with one barcode among clutter, in the classes of damage by which readers of barcodes are judged.
//!
//! The bytes are of the shapes that travellers carry: seals, licences, boarding passes, signed JSON. Around them stands what confuses
//! readers: text, pictures, ruled tables, bars that mean nothing, nested squares and rings.
//!
//! ```text
//! class          module in pixels   what differs
//! page-300       3-6                a page scanner of 300 pixels an inch
//! page-400       4-8                one of 400
//! rotated        3-5                the symbol turned by any angle
//! worn           3-5                faded, broken out, scratched, folded
//! photograph     2.4-4.5            by hand, half of them turned
//! small-module   1.8-2.6            sharp
//! ```
//!
//! Clutter may touch the quiet zone and never enters it. Three symbols in five stand on a white label, the others on the background
//! print, as seals on visas do.
//!
//! Not done: two writers for each symbology, symbols on curved surfaces, more than one symbol a page.

use super::background;
use super::capture::{Flat, Photograph, Shot, bounds};
use super::dice::Dice;
use super::sheet::{Point, Sheet};
use super::symbol::{Modules, Printed};
use super::typeface::Typeface;
use super::visual;
use super::wear::{self, Use};
use crate::barcode::Symbology;
use crate::error::Result;
use crate::numbered::numbered;

numbered! {
    /// What a page with a barcode went through.
    pub enum SymbolClass {
        /// A page scanner of 300 pixels an inch, modules of 3 to 6 pixels.
        Page300 = 1, "page-300";
        /// One of 400.
        Page400 = 2, "page-400";
        /// The symbol turned by any angle on its page.
        Rotated = 3, "rotated";
        /// Faded, broken, scratched.
        Worn = 4, "worn";
        /// By hand, with a telephone.
        Photograph = 5, "photograph";
        /// Modules of about two pixels.
        SmallModule = 6, "small-module";
    }
}

/// A picture of a page with a barcode, and what is right.
#[derive(Clone)]
pub struct SymbolPage {
    /// The picture.
    pub shot: Shot,
    /// The symbology.
    pub symbology: Symbology,
    /// Every byte that the symbol holds.
    pub bytes: Vec<u8>,
    /// Its corners in pixels.
    pub quad: [Point; 4],
}

/// The symbologies that are drawn, in turn.
const IN_TURN: [Symbology; 4] = [Symbology::Pdf417, Symbology::Qr, Symbology::Aztec, Symbology::DataMatrix];

/// Sizes of pages in millimetres.
const SIZES: [Point; 5] = [(148.0, 105.0), (85.6, 53.98), (125.0, 88.0), (203.0, 82.0), (210.0, 148.0)];

impl SymbolPage {
    /// Page `number` of a class; four in a row have the four symbologies.
    ///
    /// # Errors
    /// `BadArgument` if the symbology cannot hold the bytes, which none of the invented ones gives.
    pub fn draw(class: SymbolClass, number: u64, visual: &Typeface) -> Result<Self> {
        let mut dice = Dice::of(class.name(), number);
        let symbology = IN_TURN.get((number % 4) as usize).copied().unwrap_or(Symbology::Qr);
        let bytes = payload(symbology, &mut dice);
        let modules = Modules::of(symbology, &bytes)?;
        let ppi = if class == SymbolClass::Page400 { 400.0 } else { 300.0 };
        let pixels = match (class, symbology) {
            (SymbolClass::Page400, Symbology::Pdf417) => dice.between(4.0, 6.7),
            (SymbolClass::Page400, _) => dice.between(4.0, 8.0),
            (SymbolClass::Page300, Symbology::Pdf417) | (SymbolClass::Rotated | SymbolClass::Worn, _) => {
                dice.between(3.0, 5.0)
            }
            (SymbolClass::SmallModule, _) => dice.between(1.8, 2.6),
            _ => dice.between(3.0, 6.0),
        };
        let module = match class {
            SymbolClass::Photograph => dice.between(0.30, 0.55),
            _ => pixels * 25.4 / ppi,
        };
        let degrees = if class == SymbolClass::Rotated { dice.between(0.0, 360.0) } else { 0.0 };
        let mut page = Draft { class, symbology, module, degrees, dice, visual };
        let (sheet, corners) = page.sheet(&modules, ppi);
        let shot = page.take(&sheet, ppi, &corners);
        let quad = corners.map(|corner| shot.place.at(corner));
        Ok(Self { shot, symbology, bytes, quad })
    }
}

/// A page while it is drawn.
struct Draft<'a> {
    class: SymbolClass,
    symbology: Symbology,
    module: f32,
    degrees: f32,
    dice: Dice,
    visual: &'a Typeface,
}

impl Draft<'_> {
    /// Paper, clutter and the symbol.
    fn sheet(&mut self, modules: &Modules, ppi: f32) -> (Sheet, [Point; 4]) {
        let least = match self.symbology {
            Symbology::Qr => 4.0,
            Symbology::Pdf417 => 2.0,
            _ => 1.0,
        };
        let quiet = least + self.dice.between(0.0, 4.0);
        let (wide, high) = (modules.width as f32 * self.module, modules.height as f32 * self.module);
        let (sine, cosine) = self.degrees.to_radians().sin_cos();
        let margin = quiet * self.module;
        let half = (
            ((wide + 2.0 * margin) * cosine.abs() + (high + 2.0 * margin) * sine.abs()) / 2.0,
            ((wide + 2.0 * margin) * sine.abs() + (high + 2.0 * margin) * cosine.abs()) / 2.0,
        );
        let fits = |size: &Point| size.0 > 2.0 * half.0 + 2.0 && size.1 > 2.0 * half.1 + 2.0;
        let fitting: Vec<Point> = SIZES.iter().copied().filter(fits).collect();
        let size = match fitting.as_slice() {
            [] => (2.0 * half.0 + 10.0, 2.0 * half.1 + 10.0),
            some => self.dice.pick(some),
        };
        let density = (ppi / 25.4 * 1.5).clamp(6.0, 20.0);
        let mut sheet = Sheet::blank(size, density, background::paper(&mut self.dice));
        background::print(&mut sheet, 0.7, &mut self.dice);
        let centre = (
            self.dice.between(half.0 + 1.0, (size.0 - half.0 - 1.0).max(half.0 + 1.1)),
            self.dice.between(half.1 + 1.0, (size.1 - half.1 - 1.0).max(half.1 + 1.1)),
        );
        let kept = ((centre.0 - half.0, centre.1 - half.1), (centre.0 + half.0, centre.1 + half.1));
        self.clutter(&mut sheet, size, kept);
        let worn = self.class == SymbolClass::Worn;
        let reach = if worn { 0.15 } else { 0.10 };
        let how = Printed {
            centre,
            module: self.module,
            degrees: self.degrees,
            gain: self.dice.between(-reach, reach) / 2.0,
            label: if self.dice.chance(0.6) { quiet } else { -1.0 },
            ink: [self.dice.between(8.0, 45.0); 3],
            fade: worn.then_some(Use {
                floor: (0.45, 0.8),
                broken: (0.01, 0.05),
                scratches: (3, 15),
                specks: (10, 80),
            }),
        };
        let corners = modules.print(&mut sheet, &how, &mut self.dice);
        if let Some(used) = &how.fade {
            wear::use_up(&mut sheet, used, &mut self.dice);
        }
        (sheet, corners)
    }

    /// Covers a quarter to three fifths of the page with things that are no barcodes, none in the quiet zone.
    fn clutter(&mut self, sheet: &mut Sheet, size: Point, kept: (Point, Point)) {
        let wanted = self.dice.between(0.25, 0.60) * size.0 * size.1;
        let mut placed: Vec<(Point, Point)> = Vec::new();
        let mut covered = 0.0;
        for _ in 0..200 {
            if covered > wanted {
                break;
            }
            let side = (self.dice.between(8.0, 60.0).min(size.0), self.dice.between(3.0, 35.0).min(size.1));
            let low = (self.dice.between(0.0, size.0 - side.0), self.dice.between(0.0, size.1 - side.1));
            let high = (low.0 + side.0, low.1 + side.1);
            let meets = |other: &(Point, Point)| {
                low.0 < other.1.0 && other.0.0 < high.0 && low.1 < other.1.1 && other.0.1 < high.1
            };
            if meets(&kept) || placed.iter().any(meets) && !self.dice.chance(0.1) {
                continue;
            }
            self.thing(sheet, low, high);
            covered += side.0 * side.1;
            placed.push((low, high));
        }
    }

    /// One thing: two in three are text.
    fn thing(&mut self, sheet: &mut Sheet, low: Point, high: Point) {
        let ink = [self.dice.between(10.0, 80.0), self.dice.between(10.0, 80.0), self.dice.between(10.0, 110.0)];
        if self.dice.chance(0.67) {
            visual::block(sheet, self.visual, low, high, ink, &mut self.dice);
            return;
        }
        let mut layer = sheet.layer();
        match self.dice.whole(0, 3) {
            0 => {
                visual::face(sheet, low, high, &mut self.dice);
                return;
            }
            1 => ruled(&mut layer, low, high, &mut self.dice),
            2 => bars(&mut layer, low, high, &mut self.dice),
            _ => nested(&mut layer, low, high, &mut self.dice),
        }
        sheet.lay(&layer, ink);
    }

    fn take(&mut self, sheet: &Sheet, ppi: f32, corners: &[Point; 4]) -> Shot {
        let dice = &mut self.dice;
        let flat = Flat::scanner(ppi);
        match self.class {
            SymbolClass::Photograph => {
                let (low, high) = bounds(corners);
                let pixels = dice.between(2.4, 4.5);
                let middle = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
                // Aimed so that a module gets about these pixels: the target grows around the symbol.
                let from_afar = |scale: f32| Photograph {
                    least_scale: scale,
                    target: (
                        (middle.0 - 620.0 / scale, middle.1 - 464.0 / scale),
                        (middle.0 + 620.0 / scale, middle.1 + 464.0 / scale),
                    ),
                    fill: (0.78, 0.82),
                    perspective: 0.08,
                    defocus: (0.0, 1.0),
                    motion: (0.0, 2.1),
                    pitch: 2.54,
                    turned: 0.5,
                    sheltered: (low, high),
                };
                let mut scale = pixels / self.module;
                loop {
                    let shot = from_afar(scale).take(sheet, dice);
                    // The page may run out of the picture, the symbol may not: then one steps back.
                    let (width, height) = (shot.frame.width as f32, shot.frame.height as f32);
                    let inside = |place: Point| (0.0..width).contains(&place.0) && (0.0..height).contains(&place.1);
                    if scale < 1.0 || corners.iter().all(|corner| inside(shot.place.at(*corner))) {
                        return shot;
                    }
                    scale *= 0.95;
                }
            }
            SymbolClass::SmallModule => Flat { blur: (0.25, 0.45), ..flat }.take(sheet, None, dice),
            SymbolClass::Worn => Flat { blur: (0.6, 1.1), noise: (2.0, 6.0), ..flat }.take(sheet, None, dice),
            _ => flat.take(sheet, None, dice),
        }
    }
}

/// Lines of a form.
fn ruled(layer: &mut super::sheet::Layer, low: Point, high: Point, dice: &mut Dice) {
    let step = dice.between(2.0, 6.0);
    let mut y = low.1;
    while y <= high.1 {
        layer.stroke((low.0, y), (high.0, y), 0.2, 1.0);
        y += step;
    }
    let mut x = low.0;
    while x <= high.0 {
        layer.stroke((x, low.1), (x, high.1), 0.2, 1.0);
        x += step * dice.between(1.0, 4.0);
    }
}

/// Bars of any width.
fn bars(layer: &mut super::sheet::Layer, low: Point, high: Point, dice: &mut Dice) {
    let mut x = low.0;
    while x < high.0 {
        let width = dice.between(0.25, 1.2);
        layer.rectangle((x, low.1), ((x + width).min(high.0), high.1), 1.0);
        x += width + dice.between(0.25, 1.2);
    }
}

/// Squares or rings, one within the other.
fn nested(layer: &mut super::sheet::Layer, low: Point, high: Point, dice: &mut Dice) {
    let centre = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
    let most = ((high.0 - low.0).min(high.1 - low.1) / 2.0).min(8.0);
    let (thick, round) = (dice.between(0.3, 0.9), dice.chance(0.5));
    layer.draw(low, high, 1.0, |at| {
        let (x, y) = (at.0 - centre.0, at.1 - centre.1);
        let away = if round { x.hypot(y) } else { x.abs().max(y.abs()) };
        let ring = (away / thick).rem_euclid(2.0);
        let inside = (ring - 0.5).abs() - 0.5;
        (inside * thick).max(away - most)
    });
}

/// Bytes as one of four kinds of barcodes of travellers holds them.
fn payload(symbology: Symbology, dice: &mut Dice) -> Vec<u8> {
    let text = |dice: &mut Dice, count: usize, of: &[u8]| (0..count).map(|_| dice.pick(of)).collect::<Vec<u8>>();
    const PLAIN: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";
    match dice.whole(0, 3) {
        0 => {
            let mut seal = vec![0xDC, dice.pick(&[2_u8, 3])];
            let count = dice.whole(30, 110);
            seal.extend((0..count).map(|_| (dice.bits() & 0xFF) as u8));
            seal.extend([0xFF, 0x40]);
            seal.extend((0..64).map(|_| (dice.bits() & 0xFF) as u8));
            seal
        }
        1 => {
            let mut licence = b"@\n\x1e\rANSI 636000100002DL00410278DL".to_vec();
            let most = dice.whole(100, 420);
            while licence.len() < most {
                licence.extend(b"D");
                licence.extend(text(dice, 2, b"ABCDEFGH"));
                let count = dice.whole(1, 24);
                licence.extend(text(dice, count, PLAIN));
                licence.push(b'\n');
            }
            licence.push(b'\r');
            licence
        }
        2 => {
            let count = dice.whole(60, 280);
            let mut pass = b"M1".to_vec();
            pass.extend(text(dice, count - 2, PLAIN));
            pass
        }
        _ => {
            let most = if symbology == Symbology::Qr { 1000 } else { 400 };
            let count = dice.whole(300, most);
            let mut json = b"{\"data\":{\"hdr\":{\"t\":\"icao.vacc\",\"v\":1,\"is\":\"UTO\"},\"msg\":\"".to_vec();
            let rest = count.saturating_sub(json.len() + 4);
            json.extend(text(dice, rest, b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"));
            json.extend(b"\"}}");
            json
        }
    }
}
