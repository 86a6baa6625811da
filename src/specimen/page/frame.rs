//! What a sensor delivers of a sheet: projection, blur, light, tone, noise and the file.
//!
//! A homography carries millimetres of the sheet to pixels of the frame, because a page is flat. Every step works on levels of 0 to
//! 255 and is one that `capture` composes. Not done: distortion by a lens, moiré, rolling shutters.

use super::super::invalid;
use super::dice::Dice;
use super::sheet::{Colour, Point, Sheet};
use crate::error::Result;
use image::ExtendedColorType;
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;

/// A map from the plane of the sheet, in millimetres, to that of the frame, in pixels, or back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homography([f64; 9]);

/// A picture of a sheet.
#[derive(Clone)]
pub struct Frame {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green and blue of every pixel, row-major.
    pub pixels: Vec<Colour>,
}

/// How a frame is written into a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Without loss.
    Png,
    /// With a quality of 1 to 100.
    Jpeg(u8),
    /// With a quality of 1 to 100 and half the colours: chroma 4:2:0.
    JpegHalfColour(u8),
}

impl Homography {
    /// The map that carries the corners of a rectangle of `size`, from the upper left clockwise, to four places.
    ///
    /// The unit square first (Heckbert 1989), then the rectangle by scale.
    #[must_use]
    pub fn to_corners(size: Point, corners: [Point; 4]) -> Self {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners.map(|(x, y)| (f64::from(x), f64::from(y)));
        let (dx1, dy1, dx2, dy2) = (x1 - x2, y1 - y2, x3 - x2, y3 - y2);
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let whole = dx1 * dy2 - dx2 * dy1;
        let (g, h) = ((sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole);
        let (w, t) = (f64::from(size.0), f64::from(size.1));
        Self([
            (x1 - x0 + g * x1) / w,
            (x3 - x0 + h * x3) / t,
            x0,
            (y1 - y0 + g * y1) / w,
            (y3 - y0 + h * y3) / t,
            y0,
            g / w,
            h / t,
            1.0,
        ])
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        Self([
            e * i - f * h,
            c * h - b * i,
            b * f - c * e,
            f * g - d * i,
            a * i - c * g,
            c * d - a * f,
            d * h - e * g,
            b * g - a * h,
            a * e - b * d,
        ])
    }

    /// Where a place goes.
    #[must_use]
    pub fn at(&self, place: Point) -> Point {
        let [a, b, c, d, e, f, g, h, i] = self.0;
        let (x, y) = (f64::from(place.0), f64::from(place.1));
        let depth = g * x + h * y + i;
        (((a * x + b * y + c) / depth) as f32, ((d * x + e * y + f) / depth) as f32)
    }
}

impl Sheet {
    /// The colour between pixels at a place in millimetres; none off the page.
    fn between(&self, at: Point) -> Option<Colour> {
        let (x, y) = (at.0 * self.density - 0.5, at.1 * self.density - 0.5);
        if x < -0.5 || y < -0.5 || x > self.width as f32 - 0.5 || y > self.height as f32 - 0.5 {
            return None;
        }
        let (x, y) = (x.clamp(0.0, (self.width - 1) as f32), y.clamp(0.0, (self.height - 1) as f32));
        let (column, row) = (x as usize, y as usize);
        let (fx, fy) = (x - column as f32, y - row as f32);
        let pixel = |column: usize, row: usize| {
            let index = row.min(self.height - 1) * self.width + column.min(self.width - 1);
            self.pixels.get(index).copied().unwrap_or_default()
        };
        let (a, b) = (pixel(column, row), pixel(column + 1, row));
        let (c, d) = (pixel(column, row + 1), pixel(column + 1, row + 1));
        let mut mixed = [0.0; 3];
        for (slot, (((a, b), c), d)) in mixed.iter_mut().zip(a.iter().zip(b).zip(c).zip(d)) {
            let (above, below) = (a + (b - a) * fx, c + (d - c) * fx);
            *slot = above + (below - above) * fy;
        }
        Some(mixed)
    }
}

/// Where in a pixel the sheet is sampled: two by two places stand for the pixel's own area.
const SAMPLES: [Point; 4] = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];

impl Frame {
    /// The sheet as it falls on the sensor, every pixel the mean over its own area; `desk` is seen where no sheet is.
    pub fn project(
        size: (usize, usize),
        sheets: &[(&Sheet, Homography)],
        mut desk: impl FnMut(usize, usize) -> Colour,
    ) -> Self {
        let (width, height) = size;
        let back: Vec<_> = sheets.iter().map(|(sheet, place)| (sheet, place.inverse())).collect();
        let mut pixels = Vec::with_capacity(width * height);
        for row in 0..height {
            for column in 0..width {
                let beneath = desk(column, row);
                let mut sum = [0.0; 3];
                for (x, y) in SAMPLES {
                    let place = (column as f32 + x, row as f32 + y);
                    let seen = back.iter().find_map(|(sheet, back)| sheet.between(back.at(place)));
                    for (sum, level) in sum.iter_mut().zip(seen.unwrap_or(beneath)) {
                        *sum += level / 4.0;
                    }
                }
                pixels.push(sum);
            }
        }
        Self { width, height, pixels }
    }

    /// Weighs every pixel's surroundings with a kernel of odd size, row-major; the edge repeats.
    pub fn convolve(&mut self, columns: usize, kernel: &[f32]) {
        let source = self.pixels.clone();
        let (reach_x, reach_y) = (columns / 2, kernel.len() / columns.max(1) / 2);
        let taps = |at: usize, end: usize, reach: usize, tap: usize| (at + tap).saturating_sub(reach).min(end - 1);
        for row in 0..self.height {
            for column in 0..self.width {
                let mut sum = [0.0; 3];
                for (tap_y, weights) in kernel.chunks(columns.max(1)).enumerate() {
                    let line = taps(row, self.height, reach_y, tap_y) * self.width;
                    for (tap_x, weight) in weights.iter().enumerate() {
                        let index = line + taps(column, self.width, reach_x, tap_x);
                        let pixel = source.get(index).copied().unwrap_or_default();
                        for (sum, level) in sum.iter_mut().zip(pixel) {
                            *sum += level * weight;
                        }
                    }
                }
                if let Some(pixel) = self.pixels.get_mut(row * self.width + column) {
                    *pixel = sum;
                }
            }
        }
    }

    /// Blurs by a Gaussian, its deviation in pixels.
    pub fn blur(&mut self, sigma: f32) {
        if sigma < 0.05 {
            return;
        }
        let reach = (sigma * 3.0).ceil() as i32;
        let mut kernel: Vec<f32> =
            (-reach..=reach).map(|x| (-((x * x) as f32) / (2.0 * sigma * sigma)).exp()).collect();
        let sum: f32 = kernel.iter().sum();
        kernel.iter_mut().for_each(|weight| *weight /= sum);
        self.convolve(kernel.len(), &kernel);
        self.convolve(1, &kernel);
    }

    /// Blurs as a lens out of focus does (a disk of `radius` pixels) that is moved by `motion` pixels meanwhile.
    pub fn defocus(&mut self, radius: f32, motion: Point) {
        let reach = (radius + motion.0.hypot(motion.1) / 2.0).ceil().clamp(0.0, 12.0) as i32;
        let radius = radius.max(0.3);
        let weight = |x: f32, y: f32| {
            let half = (motion.0 / 2.0, motion.1 / 2.0);
            let distance = super::sheet::distance_to_stroke((x, y), (-half.0, -half.1), half);
            (radius + 0.5 - distance).clamp(0.0, 1.0)
        };
        let mut kernel = Vec::new();
        for y in -reach..=reach {
            kernel.extend((-reach..=reach).map(|x| weight(x as f32, y as f32)));
        }
        let sum: f32 = kernel.iter().sum();
        kernel.iter_mut().for_each(|weight| *weight /= sum.max(1e-6));
        self.convolve(usize::try_from(2 * reach + 1).unwrap_or(1), &kernel);
    }

    /// Changes every pixel by a rule that knows its column and row.
    pub fn change(&mut self, mut rule: impl FnMut(Point, &mut Colour)) {
        let width = self.width.max(1);
        for (index, pixel) in self.pixels.iter_mut().enumerate() {
            rule(((index % width) as f32, (index / width) as f32), pixel);
        }
    }

    /// Stretches levels so that 0 becomes `black` and 255 `white`, with a gamma around it.
    pub fn tone(&mut self, black: f32, white: f32, gamma: f32) {
        self.change(|_, pixel| {
            for level in pixel {
                *level = black + (white - black) * (*level / 255.0).clamp(0.0, 1.0).powf(gamma);
            }
        });
    }

    /// Adds white noise of this deviation to each channel.
    pub fn noise(&mut self, sigma: f32, dice: &mut Dice) {
        self.change(|_, pixel| pixel.iter_mut().for_each(|level| *level += sigma * dice.normal()));
    }

    /// Sharpens by `amount` of the difference to a blurred copy.
    pub fn sharpen(&mut self, amount: f32, sigma: f32) {
        let mut soft = self.clone();
        soft.blur(sigma);
        for (pixel, soft) in self.pixels.iter_mut().zip(&soft.pixels) {
            for (level, soft) in pixel.iter_mut().zip(soft) {
                *level += (*level - soft) * amount;
            }
        }
    }

    /// Takes the colour out (ITU-R BT.601).
    pub fn bleach(&mut self) {
        self.change(|_, pixel| *pixel = [0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2]; 3]);
    }

    /// Turns by quarter turns, clockwise.
    pub fn turn(&mut self, quarters: usize) {
        for _ in 0..quarters % 4 {
            let (width, height) = (self.width, self.height);
            let source = |column: usize, row: usize| self.pixels.get((height - 1 - column) * width + row);
            let pixels = (0..width).flat_map(|row| (0..height).map(move |column| (column, row)));
            self.pixels = pixels.map(|(column, row)| source(column, row).copied().unwrap_or_default()).collect();
            (self.width, self.height) = (height, width);
        }
    }

    /// Whether no pixel has a colour.
    #[must_use]
    pub fn is_grey(&self) -> bool {
        self.pixels.iter().all(|[red, green, blue]| red == green && green == blue)
    }

    /// The levels as octets: one a pixel for a grey frame, else red, green and blue.
    #[must_use]
    pub fn octets(&self) -> Vec<u8> {
        let octet = |level: &f32| level.round().clamp(0.0, 255.0) as u8;
        if self.is_grey() {
            return self.pixels.iter().map(|pixel| octet(&pixel[0])).collect();
        }
        self.pixels.iter().flat_map(|pixel| pixel.iter().map(octet)).collect()
    }

    /// The frame as a file.
    ///
    /// # Errors
    /// `BadArgument` if it cannot be encoded: an empty frame, or one of more than 65,535 pixels a side.
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>> {
        let mut file = Vec::new();
        let colour = if self.is_grey() { ExtendedColorType::L8 } else { ExtendedColorType::Rgb8 };
        let width = u32::try_from(self.width).map_err(|_| invalid())?;
        let height = u32::try_from(self.height).map_err(|_| invalid())?;
        let done = match encoding {
            Encoding::Png => PngEncoder::new(&mut file).write_image(&self.octets(), width, height, colour),
            Encoding::Jpeg(quality) => {
                JpegEncoder::new_with_quality(&mut file, quality).encode(&self.octets(), width, height, colour)
            }
            Encoding::JpegHalfColour(quality) => {
                let half = self.with_half_colour().octets();
                JpegEncoder::new_with_quality(&mut file, quality).encode(&half, width, height, colour)
            }
        };
        done.map_err(|_| invalid())?;
        Ok(file)
    }

    /// The frame with the colour, but not the light, of each square of two by two pixels made one.
    fn with_half_colour(&self) -> Self {
        let mut half = self.clone();
        let light = |pixel: &Colour| 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
        half.change(|(x, y), pixel| {
            let (column, row) = (x as usize & !1, y as usize & !1);
            let square = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| {
                let index = (row + down).min(self.height - 1) * self.width + (column + right).min(self.width - 1);
                self.pixels.get(index).copied().unwrap_or_default()
            });
            let own = light(pixel);
            let whole: f32 = square.iter().map(light).sum::<f32>() / 4.0;
            for (channel, level) in pixel.iter_mut().enumerate() {
                let mean = square.iter().filter_map(|pixel| pixel.get(channel)).sum::<f32>() / 4.0;
                *level = own + mean - whole;
            }
        });
        half
    }
}
