//! A followed line as a smooth curve: where its first, its last and every character between lies, and beyond both ends.
//!
//! A flat page under perspective and the slight bend of a held one make positions a smooth function of the column; a parabola in each
//! direction is it to within a few hundredths of a pitch. Places that do not fit are left out of the fit, twice.

use super::finder::Track;
use super::window::{Cell, Point};

/// A fitted line.
#[derive(Clone)]
pub struct Line {
    /// Coefficients of 1, t and t² for x and y; t is the column less `middle`.
    x: [f32; 3],
    y: [f32; 3],
    middle: f32,
    /// Columns that were followed; column 0 is the first of them.
    pub followed: usize,
}

impl Line {
    /// The curve through a track's cells; none for fewer than six.
    #[must_use]
    pub fn through(track: &Track) -> Option<Self> {
        let seen = track.cells.iter().zip(&track.there).enumerate();
        let mut points: Vec<(f32, Point)> =
            seen.filter(|(_, (_, there))| **there > 0.6).map(|(at, (cell, _))| (at as f32, cell.centre)).collect();
        let middle = (track.cells.len() as f32 - 1.0) / 2.0;
        let mut line = Self { x: [0.0; 3], y: [0.0; 3], middle, followed: track.cells.len() };
        for round in 0..3 {
            if points.len() < 6 {
                return None;
            }
            line.x = parabola(points.iter().map(|(at, place)| (at - middle, place.0)))?;
            line.y = parabola(points.iter().map(|(at, place)| (at - middle, place.1)))?;
            let limit = if round == 0 { 0.35 } else { 0.18 };
            let fits = |(at, place): &(f32, Point)| {
                let cell = line.cell(*at);
                (place.0 - cell.centre.0).hypot(place.1 - cell.centre.1) < limit * cell.pitch()
            };
            let kept: Vec<_> = points.iter().filter(|point| fits(point)).copied().collect();
            if round < 2 && kept.len() * 2 > points.len() {
                points = kept;
            }
        }
        Some(line)
    }

    /// The cell at a column, which may lie between two characters or beyond the ends.
    #[must_use]
    pub fn cell(&self, column: f32) -> Cell {
        let t = column - self.middle;
        let at = |c: &[f32; 3]| c[0] + t * (c[1] + t * c[2]);
        let slope = |c: &[f32; 3]| c[1] + 2.0 * t * c[2];
        Cell::on_line((at(&self.x), at(&self.y)), (slope(&self.x), slope(&self.y)))
    }

    /// The same line read from its other end.
    #[must_use]
    pub fn turned(&self) -> Self {
        let turn = |[a, b, c]: [f32; 3]| [a, -b, c];
        Self { x: turn(self.x), y: turn(self.y), ..self.clone() }
    }

    /// The line with what a second look at its characters taught: `(column, right, down)` in pitches.
    #[must_use]
    pub fn corrected(&self, misses: &[(f32, f32, f32)]) -> Self {
        let mut line = self.clone();
        let places: Vec<(f32, Point)> =
            misses.iter().map(|(column, right, down)| (*column, self.cell(*column).at(*right, *down))).collect();
        let fit = |pick: fn(&Point) -> f32| parabola(places.iter().map(|(at, place)| (at - self.middle, pick(place))));
        if let (Some(x), Some(y)) = (fit(|place| place.0), fit(|place| place.1)) {
            (line.x, line.y) = (x, y);
        }
        line
    }

    /// The column of this line that is nearest to a place.
    #[must_use]
    pub fn column_of(&self, place: Point) -> f32 {
        let mut column = self.middle;
        for _ in 0..3 {
            let cell = self.cell(column);
            let away = (place.0 - cell.centre.0, place.1 - cell.centre.1);
            let pitch = cell.pitch().max(1e-3);
            column += (away.0 * cell.along.0 + away.1 * cell.along.1) / (pitch * pitch);
        }
        column
    }
}

/// The parabola of least squares through values at places.
fn parabola(points: impl Iterator<Item = (f32, f32)>) -> Option<[f32; 3]> {
    let mut powers = [0.0_f64; 5];
    let mut sums = [0.0_f64; 3];
    for (t, value) in points {
        let (t, value) = (f64::from(t) / 16.0, f64::from(value));
        let mut power = 1.0;
        for (index, slot) in powers.iter_mut().enumerate() {
            *slot += power;
            if let Some(sum) = sums.get_mut(index) {
                *sum += power * value;
            }
            power *= t;
        }
    }
    // A little resistance to bending, so that a short line stays straight.
    powers[4] += 0.05;
    let [a, b, c, d, e] = powers;
    let whole = determinant([[a, b, c], [b, c, d], [c, d, e]]);
    if whole.abs() < 1e-9 {
        return None;
    }
    let [u, v, w] = sums;
    let first = determinant([[u, b, c], [v, c, d], [w, d, e]]) / whole;
    let second = determinant([[a, u, c], [b, v, d], [c, w, e]]) / whole;
    let third = determinant([[a, b, u], [b, c, v], [c, d, w]]) / whole;
    Some([first as f32, (second / 16.0) as f32, (third / 256.0) as f32])
}

fn determinant([[a, b, c], [d, e, f], [g, h, i]]: [[f64; 3]; 3]) -> f64 {
    a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
}
