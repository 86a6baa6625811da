//! Pictures of pages: a sheet that is drawn, and a scanner or a telephone that takes it.
//!
//! [`Page::draw`] makes a data page or visa with a machine-readable zone (Doc 9303-3 to -7) in one of the classes of damage that
//! readers are judged on, with the truth beside it: what is printed and where every character lies.
//! Beneath it, for other rooms: a [`sheet::Sheet`] is drawn in millimetres, inks and stamps are laid on it, and [`capture`] takes it
//! as a [`frame::Frame`], with the homography that says where every millimetre went.
//!
//! The same number gives the same picture on one platform; sines and roots may differ in the last bit between platforms.
//! Nothing here reads input. Not done: lens distortion, bent pages, holograms.

pub mod background;
pub mod capture;
pub mod dice;
pub mod frame;
pub mod layout;
pub mod sheet;
#[cfg(feature = "barcode")]
pub mod symbol;
#[cfg(feature = "barcode")]
pub mod symbols;
pub mod text;
pub mod typeface;
pub mod visual;
pub mod wear;

use crate::error::Result;
use crate::mrz::Layout;
use crate::numbered::numbered;
use capture::{Flat, Photograph, Shot};
use dice::Dice;
use frame::Encoding;
use sheet::{Point, Sheet};
use typeface::{Print, Typeface};
use visual::Other;
use wear::Use;

numbered! {
    /// What a page went through before and while its picture was taken.
    pub enum Class {
        /// A scanner of 300 pixels an inch.
        Scanner300 = 1, "scanner-300";
        /// A scanner of 400 pixels an inch.
        Scanner400 = 2, "scanner-400";
        /// A scanner of 150 pixels an inch.
        Scanner150 = 3, "scanner-150";
        /// Faded, broken and scratched.
        Worn = 4, "worn";
        /// Taken in infrared light: the zone's carbon ink stays, most else goes.
        Infrared = 5, "infrared";
        /// Little difference between ink and paper.
        LowContrast = 6, "low-contrast";
        /// With stamps over the zone.
        Stamped = 7, "stamped";
        /// Compressed too far.
        JpegPoor = 8, "jpeg-poor";
        /// Turned by quarter turns and askew.
        Rotated = 9, "rotated";
        /// By hand with a telephone.
        Photograph = 10, "photograph";
        /// One position is printed wrong.
        Misprint = 11, "misprint";
        /// No zone at all.
        NoMrz = 12, "no-mrz";
        /// Smaller and poorer than any of these: thumbnails from the web, other prints, everything at once.
        Wild = 13, "wild";
    }
}

/// What is printed in the zone, and where.
#[derive(Clone)]
pub struct Truth {
    /// The layout; none for a page without a zone.
    pub layout: Option<Layout>,
    /// The lines as printed.
    pub lines: Vec<String>,
    /// The centre of every character in pixels of the picture, line by line.
    pub centres: Vec<Vec<Point>>,
    /// Line and column, from 0, of a character that is printed wrong, and what would have been right.
    pub misprint: Option<(usize, usize, char)>,
}

/// A picture of a page with its truth.
#[derive(Clone)]
pub struct Page {
    /// The picture.
    pub shot: Shot,
    /// What it shows.
    pub truth: Truth,
}

/// What a page is to show instead of an invented text.
#[derive(Clone)]
pub struct Script {
    /// The layout, from which the size of the page follows.
    pub layout: Layout,
    /// The lines of the zone; none for a page without one.
    pub lines: Vec<String>,
    /// Barcodes, beside each other above the zone.
    #[cfg(feature = "barcode")]
    pub symbols: Vec<(crate::barcode::Symbology, Vec<u8>)>,
}

/// The layouts of ten pictures in a row.
const LAYOUTS: [Layout; 10] = [
    Layout::Td3,
    Layout::Td1,
    Layout::Td3,
    Layout::Td2,
    Layout::MrvA,
    Layout::Td3,
    Layout::Td1,
    Layout::Td3,
    Layout::Td2,
    Layout::MrvB,
];

/// A page while it is drawn.
struct Draft<'a> {
    class: Class,
    layout: Layout,
    zone: &'a Typeface,
    visual: &'a Typeface,
    dice: Dice,
    /// Pixels an inch of the picture, about.
    ppi: f32,
    /// Millimetres that are cut off above, with what stands there.
    cut: f32,
    script: Option<&'a Script>,
}

impl Page {
    /// Page `number` of a class, set in these typefaces: that of the zone and that of everything else.
    ///
    /// # Errors
    /// Those of [`mrz::write`](crate::mrz::write), which none of the invented texts gives.
    pub fn draw(class: Class, number: u64, zone: &Typeface, visual: &Typeface) -> Result<Self> {
        Self::draft(class, number, zone, visual).page()
    }

    /// The lowest 27 mm of such a page, which is quicker to draw: enough to learn characters from.
    ///
    /// # Errors
    /// As [`Page::draw`].
    pub fn strip(class: Class, number: u64, zone: &Typeface, visual: &Typeface) -> Result<Self> {
        let mut draft = Self::draft(class, number, zone, visual);
        draft.cut = layout::size(draft.layout).1 - 27.0;
        draft.page()
    }

    /// A page of a class that shows what is asked for; the number decides everything else.
    ///
    /// # Errors
    /// `BadArgument` for bytes that a symbology cannot hold.
    pub fn showing(script: &Script, class: Class, number: u64, zone: &Typeface, visual: &Typeface) -> Result<Self> {
        let mut draft = Self::draft(class, number, zone, visual);
        draft.layout = script.layout;
        draft.script = Some(script);
        draft.page()
    }

    fn draft<'a>(class: Class, number: u64, zone: &'a Typeface, visual: &'a Typeface) -> Draft<'a> {
        let mut dice = Dice::of(class.name(), number);
        let layout = LAYOUTS.get((number % 10) as usize).copied().unwrap_or(Layout::Td3);
        let ppi = match class {
            Class::Scanner400 => 400.0,
            Class::Scanner150 => 150.0,
            Class::JpegPoor => dice.pick(&[200.0, 250.0, 300.0]),
            Class::Wild => 10.0 * dice.between(5.5_f32.ln(), 24.0_f32.ln()).exp(),
            _ => 300.0,
        };
        Draft { class, layout, zone, visual, dice, ppi, cut: 0.0, script: None }
    }
}

impl Draft<'_> {
    fn page(mut self) -> Result<Page> {
        let size = self.size();
        let density = (self.ppi / 25.4 * 1.5).clamp(6.0, 20.0);
        let mut sheet = Sheet::blank(size, density, background::paper(&mut self.dice));
        background::print(&mut sheet, self.background_strength(), &mut self.dice);
        if self.class == Class::NoMrz {
            return Ok(self.without_zone(&mut sheet));
        }
        let mut lines = match self.script {
            Some(script) => script.lines.clone(),
            None => text::lines(self.layout, &mut self.dice)?,
        };
        let misprint = match self.class {
            Class::Misprint => text::misprint(&mut lines, self.layout, &mut self.dice),
            _ => None,
        };
        if self.cut == 0.0 {
            self.draw_visual(&mut sheet);
        }
        #[cfg(feature = "barcode")]
        self.print_symbols(&mut sheet)?;
        let centres = self.print_zone(&mut sheet, &lines);
        self.damage(&mut sheet);
        let shot = self.take(&sheet);
        let to_pixels = |line: &Vec<Point>| line.iter().map(|at| shot.place.at(*at)).collect();
        let centres = centres.iter().map(to_pixels).collect();
        Ok(Page { truth: Truth { layout: Some(self.layout), lines, centres, misprint }, shot })
    }

    /// The size of what is drawn, in millimetres.
    fn size(&self) -> Point {
        let whole = layout::size(self.layout);
        (whole.0, whole.1 - self.cut)
    }

    /// Where the zone stands on what is drawn.
    fn zone(&self) -> (Point, Point) {
        let (low, high) = layout::zone(self.layout);
        ((low.0, low.1 - self.cut), (high.0, high.1 - self.cut))
    }

    fn background_strength(&mut self) -> f32 {
        match self.class {
            Class::Infrared => self.dice.between(0.0, 0.15),
            Class::LowContrast => 0.2,
            Class::Wild => self.dice.between(0.0, 1.4),
            _ => 1.0,
        }
    }

    /// Everything above the zone; backs of cards carry running text only.
    fn draw_visual(&mut self, sheet: &mut Sheet) {
        let floor = self.zone().0.1;
        let kept = match self.class {
            Class::Infrared if self.dice.chance(0.5) => self.dice.between(0.3, 1.0),
            Class::Infrared => self.dice.between(0.0, 0.25),
            _ => 1.0,
        };
        let before = if kept < 1.0 { sheet.pixels.clone() } else { Vec::new() };
        if self.layout == Layout::Td1 && self.dice.chance(0.5) {
            visual::paragraph(sheet, self.visual, (5.0, floor - 3.0), &mut self.dice);
        } else {
            // On pages for training, print may reach into the zone.
            let floor = if self.class == Class::Wild { floor + 2.0 } else { floor };
            visual::fill(sheet, self.visual, floor, &mut self.dice);
        }
        for (pixel, before) in sheet.pixels.iter_mut().zip(&before) {
            for (level, before) in pixel.iter_mut().zip(before) {
                *level = before + (*level - before) * kept;
            }
        }
    }

    /// Prints the barcodes that were asked for, side by side above the zone, on labels.
    #[cfg(feature = "barcode")]
    fn print_symbols(&mut self, sheet: &mut Sheet) -> Result<()> {
        let Some(script) = self.script else {
            return Ok(());
        };
        let (width, floor) = (self.size().0, self.zone().0.1);
        let room = (width - 6.0) / script.symbols.len().max(1) as f32;
        for (at, (symbology, bytes)) in script.symbols.iter().enumerate() {
            let modules = symbol::Modules::of(*symbology, bytes)?;
            let module = (0.42_f32).min((room - 5.0) / modules.width as f32).min((floor - 8.0) / modules.height as f32);
            let centre = (3.0 + (at as f32 + 0.5) * room, floor / 2.0);
            let how = symbol::Printed {
                centre,
                module,
                degrees: 0.0,
                gain: self.dice.between(-0.05, 0.05),
                label: 5.0,
                ink: [self.dice.between(8.0, 45.0); 3],
                fade: None,
            };
            modules.print(sheet, &how, &mut self.dice);
        }
        Ok(())
    }

    /// Prints the zone; gives the centres in millimetres.
    fn print_zone(&mut self, sheet: &mut Sheet, lines: &[String]) -> Vec<Vec<Point>> {
        let dice = &mut self.dice;
        let mut centres = layout::centres(self.layout, dice);
        centres.iter_mut().flatten().for_each(|at| at.1 -= self.cut);
        let wild = self.class == Class::Wild;
        let bold = if wild { dice.between(-0.08, 0.10) } else { dice.between(-0.03, 0.03) };
        let mut print = Print { grow: bold, ..Print::NOMINAL };
        if wild {
            print.scale = (dice.between(0.86, 1.14), dice.between(0.86, 1.14));
            print.slant = dice.between(-0.05, 0.05);
        }
        let mut ink = sheet.layer();
        layout::print(&mut ink, self.zone, lines, &centres, &print);
        match self.class {
            Class::Worn => wear::fade(&mut ink, &Use::WORN, dice),
            Class::Wild if dice.chance(0.3) => wear::fade(&mut ink, &Use::WORN, dice),
            Class::LowContrast => weaken(&mut ink, dice.between(0.15, 0.40)),
            Class::Wild if dice.chance(0.3) => weaken(&mut ink, dice.between(0.15, 0.6)),
            _ => {}
        }
        let black = dice.between(8.0, 45.0);
        let tint = if wild { 40.0 } else { 8.0 };
        let colour = [0; 3].map(|_| black + dice.between(-tint, tint));
        sheet.lay(&ink, if self.class == Class::LowContrast { [0.0; 3] } else { colour });
        centres
    }

    /// What happens to the page once it is printed.
    fn damage(&mut self, sheet: &mut Sheet) {
        let zone = self.zone();
        let wild = self.class == Class::Wild;
        if self.class == Class::Worn || wild && self.dice.chance(0.25) {
            wear::use_up(sheet, &Use::WORN, &mut self.dice);
        }
        if self.class == Class::Stamped || wild && self.dice.chance(0.2) {
            wear::stamp(sheet, self.visual, zone, &mut self.dice);
        }
    }

    fn take(&mut self, sheet: &Sheet) -> Shot {
        let (zone, size) = (self.zone(), self.size());
        let whole = self.cut == 0.0;
        let dice = &mut self.dice;
        let flat = Flat::scanner(self.ppi);
        match self.class {
            Class::Photograph => return Photograph::of_page(size, zone).take(sheet, dice),
            Class::Wild => return wild(sheet, self.ppi, dice),
            _ => {}
        }
        let flat = match self.class {
            Class::Scanner150 => Flat { blur: (0.3, 0.6), ..flat },
            Class::Worn => Flat { blur: (0.6, 1.1), noise: (2.0, 6.0), ..flat },
            Class::Infrared => Flat { blur: (0.5, 0.9), noise: (2.0, 5.0), grey: 1.0, ..flat },
            Class::LowContrast => Flat { blur: (0.5, 0.9), noise: (2.0, 4.0), black: (0.0, 10.0), ..flat },
            Class::Rotated => Flat { skew: 10.0, quarters: dice.pick(&[1, 1, 1, 2, 2, 2, 3, 3, 3, 0]), ..flat },
            _ => flat,
        };
        let facing = whole && self.layout == Layout::Td3 && dice.chance(0.15);
        let above = facing.then(|| {
            let mut above = Sheet::blank(size, sheet.density, background::paper(dice));
            background::print(&mut above, 1.0, dice);
            visual::paragraph(&mut above, self.visual, (5.0, size.1 - 6.0), dice);
            above
        });
        let mut shot = flat.take(sheet, above.as_ref(), dice);
        if self.class == Class::JpegPoor {
            shot.encoding = Encoding::JpegHalfColour(u8::try_from(dice.whole(12, 35)).unwrap_or(20));
        }
        shot
    }

    fn without_zone(mut self, sheet: &mut Sheet) -> Page {
        let of = [Other::Front, Other::Text, Other::Capitals, Other::Number, Other::Chevrons, Other::Table];
        let what = self.dice.pick(&of);
        visual::other(sheet, self.visual, what, &mut self.dice);
        let size = layout::size(self.layout);
        let shot = if self.dice.chance(0.25) {
            Photograph::of_page(size, layout::zone(self.layout)).take(sheet, &mut self.dice)
        } else {
            Flat::scanner(300.0).take(sheet, None, &mut self.dice)
        };
        Page { shot, truth: Truth { layout: None, lines: Vec::new(), centres: Vec::new(), misprint: None } }
    }
}

/// Leaves ink that is darker than paper by this share.
fn weaken(ink: &mut sheet::Layer, contrast: f32) {
    ink.cover.iter_mut().for_each(|cover| *cover *= contrast);
}

/// A picture from the web: small, skewed, blurred or oversharpened, compressed.
fn wild(sheet: &Sheet, ppi: f32, dice: &mut Dice) -> Shot {
    let flat = Flat { skew: 4.0, blur: (0.2, 1.0), noise: (0.0, 5.0), black: (0.0, 60.0), ..Flat::scanner(ppi) };
    let mut shot = flat.take(sheet, None, dice);
    if dice.chance(0.4) {
        shot.frame.sharpen(dice.between(0.2, 1.5), dice.between(0.6, 1.2));
    }
    if dice.chance(0.4) {
        let depth = dice.between(0.1, 0.6);
        let (salt, size) = (dice.bits(), dice.between(60.0, 300.0));
        shot.frame.change(|at, pixel| {
            let shade = 1.0 - depth * wear::cloud(at, size, salt);
            pixel.iter_mut().for_each(|level| *level *= shade);
        });
    }
    let quality = u8::try_from(dice.whole(25, 95)).unwrap_or(80);
    shot.encoding = if dice.chance(0.5) { Encoding::JpegHalfColour(quality) } else { Encoding::Jpeg(quality) };
    shot
}
