//! Barcodes as they are printed: modules in millimetres, turned by any angle, with the print gain of real presses.
//!
//! The symbols are written by rxing, which reading does not rely on for finding and sampling. Payloads are bytes; they go in as Latin-1,
//! which every symbology holds without naming a character set.

use super::capture::bounds;
use super::dice::Dice;
use super::sheet::{Colour, Point, Sheet};
use super::wear::{self, Use};
use crate::barcode::Symbology;
use crate::error::{Error, ErrorKind, Part, Result};
use rxing::common::BitMatrix;
use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer};

/// The modules of a symbol, without its quiet zone.
pub struct Modules {
    dark: Vec<bool>,
    /// Modules in a row.
    pub width: usize,
    /// Rows of modules; those of PDF417 are as high as rxing makes them.
    pub height: usize,
}

/// Where and how a symbol is printed.
#[derive(Debug, Clone, Copy)]
pub struct Printed {
    /// Its centre, in millimetres of the sheet.
    pub centre: Point,
    /// The side of a module in millimetres.
    pub module: f32,
    /// How far it is turned, in degrees, clockwise.
    pub degrees: f32,
    /// By how much each edge is moved outwards, as a share of a module.
    pub gain: f32,
    /// Modules of white label around it; below 0 for none.
    pub label: f32,
    /// The ink.
    pub ink: Colour,
    /// How its ink was used up, if it was.
    pub fade: Option<Use>,
}

impl Modules {
    /// The symbol that holds these bytes.
    ///
    /// # Errors
    /// `BadArgument` for bytes that the symbology cannot hold, and for a symbology that is not written here.
    pub fn of(symbology: Symbology, bytes: &[u8]) -> Result<Self> {
        let wrong = Error::new(ErrorKind::BadArgument, Part::Call, 0);
        let format = match symbology {
            Symbology::Pdf417 => BarcodeFormat::PDF_417,
            Symbology::Qr => BarcodeFormat::QR_CODE,
            Symbology::Aztec => BarcodeFormat::AZTEC,
            Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
            _ => return Err(wrong),
        };
        let text: String = bytes.iter().copied().map(char::from).collect();
        let hints = EncodeHints { Margin: Some("0".to_owned()), ..EncodeHints::default() };
        let matrix = MultiFormatWriter.encode_with_hints(&text, &format, 1, 1, &hints).map_err(|_| wrong)?;
        Ok(Self::cut(&matrix))
    }

    /// What lies within the outermost dark modules.
    fn cut(matrix: &BitMatrix) -> Self {
        let (width, height) = (matrix.getWidth(), matrix.getHeight());
        let column = |x: u32| (0..height).any(|y| matrix.get(x, y));
        let row = |y: u32| (0..width).any(|x| matrix.get(x, y));
        let (left, right) = ((0..width).find(|x| column(*x)), (0..width).rfind(|x| column(*x)));
        let (top, bottom) = ((0..height).find(|y| row(*y)), (0..height).rfind(|y| row(*y)));
        let (Some(left), Some(right), Some(top), Some(bottom)) = (left, right, top, bottom) else {
            return Self { dark: Vec::new(), width: 0, height: 0 };
        };
        let dark = (top..=bottom).flat_map(|y| (left..=right).map(move |x| matrix.get(x, y))).collect();
        Self { dark, width: (right - left + 1) as usize, height: (bottom - top + 1) as usize }
    }

    fn is_dark(&self, column: i32, row: i32) -> bool {
        let inside = (0..self.width as i32).contains(&column) && (0..self.height as i32).contains(&row);
        inside && self.dark.get(row as usize * self.width + column as usize) == Some(&true)
    }

    /// How far a place is from the edge of the ink, in modules: negative on ink. Beyond half a module it is not exact.
    fn distance(&self, u: f32, v: f32) -> f32 {
        let (column, row) = (u.floor(), v.floor());
        let (fu, fv) = (u - column, v - row);
        let (column, row) = (column as i32, row as i32);
        let own = self.is_dark(column, row);
        let mut nearest: f32 = 0.75;
        for down in -1..=1 {
            for right in -1..=1 {
                if self.is_dark(column + right, row + down) != own {
                    let gap = |step: i32, share: f32| match step {
                        -1 => share,
                        1 => 1.0 - share,
                        _ => 0.0,
                    };
                    nearest = nearest.min(gap(right, fu).hypot(gap(down, fv)));
                }
            }
        }
        if own { -nearest } else { nearest }
    }

    /// Prints the symbol; gives its corners in millimetres: upper left, upper right, lower right, lower left as the symbol sees them.
    pub fn print(&self, sheet: &mut Sheet, how: &Printed, dice: &mut Dice) -> [Point; 4] {
        let (sine, cosine) = how.degrees.to_radians().sin_cos();
        let (wide, high) = (self.width as f32 * how.module, self.height as f32 * how.module);
        let placed = |x: f32, y: f32| (how.centre.0 + x * cosine - y * sine, how.centre.1 + x * sine + y * cosine);
        let corners = |margin: f32| {
            let (x, y) = (wide / 2.0 + margin, high / 2.0 + margin);
            [placed(-x, -y), placed(x, -y), placed(x, y), placed(-x, y)]
        };
        let local = |at: Point| {
            let (x, y) = (at.0 - how.centre.0, at.1 - how.centre.1);
            (x * cosine + y * sine, y * cosine - x * sine)
        };
        let mut layer = sheet.layer();
        if how.label >= 0.0 {
            let margin = how.label * how.module;
            let (low, high_corner) = bounds(&corners(margin));
            layer.draw(low, high_corner, 1.0, |at| {
                let (x, y) = local(at);
                (x.abs() - wide / 2.0 - margin).max(y.abs() - high / 2.0 - margin)
            });
            sheet.lay(&layer, [250.0; 3]);
            layer = sheet.layer();
        }
        let (low, high_corner) = bounds(&corners(how.module));
        layer.draw(low, high_corner, 1.0, |at| {
            let (x, y) = local(at);
            let (u, v) = ((x + wide / 2.0) / how.module, (y + high / 2.0) / how.module);
            (self.distance(u, v) - how.gain) * how.module
        });
        if let Some(used) = &how.fade {
            wear::fade(&mut layer, used, dice);
        }
        sheet.lay(&layer, how.ink);
        corners(0.0)
    }
}
