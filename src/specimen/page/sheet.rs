//! A blank page to draw on: paper in colour, and layers of ink that are laid on it.
//!
//! Places are in millimetres from the upper left corner of the page; a sheet has a whole number of pixels for what its density
//! says. A [`Layer`] is ink without colour (how much of each pixel is covered), so that wear can eat it before it is laid down.
//! Not done: gloss, relief, holograms.

use core::ops::Range;

/// A place or a direction on the sheet, in millimetres.
pub type Point = (f32, f32);
/// Red, green and blue, 0 to 255.
pub type Colour = [f32; 3];

/// A page of paper with what is printed on it.
#[derive(Clone)]
pub struct Sheet {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Pixels a millimetre.
    pub density: f32,
    /// Red, green and blue of every pixel, row-major.
    pub pixels: Vec<Colour>,
}

/// How much of every pixel of a sheet is covered, 0 to 1.
#[derive(Clone)]
pub struct Layer {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Pixels a millimetre.
    pub density: f32,
    /// Row-major.
    pub cover: Vec<f32>,
    /// The rows that were drawn on; the others hold nothing.
    pub drawn: Range<usize>,
}

/// Whole pixels for a length in millimetres, at most 6000: the longest page of a traveller, 210 mm, at the density drawn for 400 ppi, and room.
fn pixels(length: f32, density: f32) -> usize {
    (length * density).round().clamp(1.0, 6000.0) as usize
}

impl Sheet {
    /// A page of `size` millimetres.
    #[must_use]
    pub fn blank(size: Point, density: f32, paper: Colour) -> Self {
        let (width, height) = (pixels(size.0, density), pixels(size.1, density));
        Self { width, height, density, pixels: vec![paper; width * height] }
    }

    /// A layer of the sheet's size without ink.
    #[must_use]
    pub fn layer(&self) -> Layer {
        Layer {
            width: self.width,
            height: self.height,
            density: self.density,
            cover: vec![0.0; self.pixels.len()],
            drawn: 0..0,
        }
    }

    /// Lays ink that hides what is beneath it.
    pub fn lay(&mut self, ink: &Layer, colour: Colour) {
        let start = ink.drawn.start * self.width;
        for (pixel, cover) in self.pixels.iter_mut().skip(start).zip(ink.covered()) {
            if *cover > 0.0 {
                for (level, ink) in pixel.iter_mut().zip(colour) {
                    *level += (ink - *level) * cover;
                }
            }
        }
    }

    /// Lays ink that lets through what is beneath it, as a stamp's does; `colour` is what it leaves of white.
    pub fn stain(&mut self, ink: &Layer, colour: Colour) {
        let start = ink.drawn.start * self.width;
        for (pixel, cover) in self.pixels.iter_mut().skip(start).zip(ink.covered()) {
            if *cover > 0.0 {
                for (level, ink) in pixel.iter_mut().zip(colour) {
                    *level *= 1.0 - cover * (1.0 - ink / 255.0);
                }
            }
        }
    }
}

impl Layer {
    /// The cover of the rows that were drawn on.
    fn covered(&self) -> &[f32] {
        self.cover.get(self.drawn.start * self.width..self.drawn.end * self.width).unwrap_or_default()
    }

    /// Covers what `shape` says of each place inside a box, given by two corners; the densest ink of a pixel stays.
    ///
    /// `shape` is the distance from the edge in millimetres, negative inside; edges are as soft as a pixel.
    pub fn draw(&mut self, corner: Point, opposite: Point, strength: f32, shape: impl Fn(Point) -> f32) {
        let pixel = 1.0 / self.density;
        let reach = |low: f32, high: f32, end: usize| {
            let first = ((low - pixel) * self.density).floor().clamp(0.0, end as f32) as usize;
            let last = ((high + pixel) * self.density).ceil().clamp(0.0, end as f32) as usize;
            first..last
        };
        let columns = reach(corner.0.min(opposite.0), corner.0.max(opposite.0), self.width);
        let rows = reach(corner.1.min(opposite.1), corner.1.max(opposite.1), self.height);
        self.drawn = match self.drawn.is_empty() {
            true => rows.clone(),
            false => self.drawn.start.min(rows.start)..self.drawn.end.max(rows.end),
        };
        for row in rows {
            let y = (row as f32 + 0.5) * pixel;
            let Some(line) = self.cover.get_mut(row * self.width + columns.start..row * self.width + columns.end)
            else {
                continue;
            };
            for (column, cover) in columns.clone().zip(line) {
                let distance = shape(((column as f32 + 0.5) * pixel, y));
                let inside = (0.5 - distance * self.density).clamp(0.0, 1.0) * strength;
                *cover = cover.max(inside);
            }
        }
    }

    /// A straight stroke with round ends.
    pub fn stroke(&mut self, from: Point, to: Point, width: f32, strength: f32) {
        let half = width / 2.0;
        let low = (from.0.min(to.0) - half, from.1.min(to.1) - half);
        let high = (from.0.max(to.0) + half, from.1.max(to.1) + half);
        self.draw(low, high, strength, |at| distance_to_stroke(at, from, to) - half);
    }

    /// A filled ellipse.
    pub fn ellipse(&mut self, centre: Point, radii: Point, strength: f32) {
        let (low, high) = ((centre.0 - radii.0, centre.1 - radii.1), (centre.0 + radii.0, centre.1 + radii.1));
        let least = radii.0.min(radii.1);
        self.draw(low, high, strength, |at| {
            let (x, y) = ((at.0 - centre.0) / radii.0, (at.1 - centre.1) / radii.1);
            (x.hypot(y) - 1.0) * least
        });
    }

    /// A filled rectangle.
    pub fn rectangle(&mut self, corner: Point, opposite: Point, strength: f32) {
        self.draw(corner, opposite, strength, |at| {
            let across = (corner.0 - at.0).max(at.0 - opposite.0);
            across.max((corner.1 - at.1).max(at.1 - opposite.1))
        });
    }

    /// Changes the cover of every pixel by a rule that knows its place.
    pub fn wear(&mut self, rule: impl Fn(Point, f32) -> f32) {
        let pixel = 1.0 / self.density;
        let rows = self.cover.chunks_mut(self.width).enumerate();
        for (row, line) in rows.skip(self.drawn.start).take(self.drawn.len()) {
            let y = (row as f32 + 0.5) * pixel;
            for (column, cover) in line.iter_mut().enumerate().filter(|(_, cover)| **cover > 0.0) {
                *cover = rule(((column as f32 + 0.5) * pixel, y), *cover);
            }
        }
    }
}

/// How far a place is from a straight stroke, in millimetres.
#[must_use]
pub fn distance_to_stroke(at: Point, from: Point, to: Point) -> f32 {
    let along = (to.0 - from.0, to.1 - from.1);
    let away = (at.0 - from.0, at.1 - from.1);
    let length = along.0 * along.0 + along.1 * along.1;
    let share = if length > 0.0 { ((away.0 * along.0 + away.1 * along.1) / length).clamp(0.0, 1.0) } else { 0.0 };
    (away.0 - along.0 * share).hypot(away.1 - along.1 * share)
}
