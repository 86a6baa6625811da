//! Cells of characters: where one lies in the picture, and its surroundings as a small square of 24 × 24 levels.
//!
//! The square is turned and scaled with the cell and its light is evened out, so that what looks at it need not know size, direction,
//! brightness or contrast. Nothing here allocates; every place of a picture has an answer, beyond the edge too.

use crate::image::Planes;

/// Rows and columns of a window.
pub const SIDE: usize = 24;
/// A window: levels around 0, row-major; one is a standard deviation of the window.
pub type Window = [f32; SIDE * SIDE];

/// A place in the picture, in pixels.
pub type Point = (f32, f32);

/// Where a character lies: its centre, the way to the next character, and the way down.
///
/// `down` is as long on the paper as `along`: one pitch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The centre, in pixels of the picture.
    pub centre: Point,
    /// To the centre of the next character.
    pub along: Point,
    /// One pitch downwards.
    pub down: Point,
}

impl Cell {
    /// An upright cell around a centre, turned with its line.
    #[must_use]
    pub fn on_line(centre: Point, along: Point) -> Self {
        Self { centre, along, down: (-along.1, along.0) }
    }

    /// The place `x` pitches along the line and `y` pitches down.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> Point {
        (self.centre.0 + self.along.0 * x + self.down.0 * y, self.centre.1 + self.along.1 * x + self.down.1 * y)
    }

    /// The cell moved by these pitches.
    #[must_use]
    pub fn moved(&self, x: f32, y: f32) -> Self {
        Self { centre: self.at(x, y), ..*self }
    }

    /// The pitch in pixels.
    #[must_use]
    pub fn pitch(&self) -> f32 {
        self.along.0.hypot(self.along.1)
    }
}

/// How much of the surroundings is seen, in pitches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// One and a half pitches: the character and the edges of its neighbours.
    Close,
    /// Two pitches: enough to see how far off the cell is.
    Wide,
}

impl Span {
    const fn pitches(self) -> f32 {
        match self {
            Self::Close => 1.5,
            Self::Wide => 2.0,
        }
    }
}

/// Contrast below which a window counts as empty: the noise of a good sensor.
const LEAST_DEVIATION: f32 = 2.0;

/// The surroundings of a cell, and their deviation in levels.
///
/// The plane is chosen so that a step of the window is one to two of its pixels, or less than one where the picture has no more.
pub fn sample(planes: &Planes<'_>, cell: &Cell, span: Span) -> (Window, f32) {
    let step = span.pitches() / SIDE as f32;
    let size = cell.pitch().max(cell.down.0.hypot(cell.down.1)) * step;
    let mut halved = 0;
    let mut factor = 1.0;
    while size * factor > 1.6 && halved + 1 < planes.len() {
        halved += 1;
        factor *= 0.5;
    }
    let plane = planes.halved(halved);
    let middle = (SIDE as f32 - 1.0) / 2.0;
    // Pixel centres stand at halves in the picture and at whole numbers in a plane.
    let start = cell.at(-middle * step, -middle * step);
    let start = (start.0 * factor - 0.5, start.1 * factor - 0.5);
    let along = (cell.along.0 * step * factor, cell.along.1 * step * factor);
    let down = (cell.down.0 * step * factor, cell.down.1 * step * factor);
    let mut window = [0.0; SIDE * SIDE];
    let end = (SIDE - 1) as f32;
    let corner =
        |right: f32, low: f32| (start.0 + along.0 * right + down.0 * low, start.1 + along.1 * right + down.1 * low);
    let inside = [corner(0.0, 0.0), corner(end, 0.0), corner(0.0, end), corner(end, end)];
    let inside = inside.iter().all(|corner| plane.holds(*corner));
    for (row, line) in window.chunks_exact_mut(SIDE).enumerate() {
        let (x, y) = (start.0 + down.0 * row as f32, start.1 + down.1 * row as f32);
        let place = |column: usize| (x + along.0 * column as f32, y + along.1 * column as f32);
        for (column, level) in line.iter_mut().enumerate() {
            let (x, y) = place(column);
            *level = if inside { plane.within(x, y) } else { plane.between(x, y) };
        }
    }
    let deviation = even_out(&mut window);
    (window, deviation)
}

/// Takes the mean off and divides by the deviation, which it gives.
fn even_out(window: &mut Window) -> f32 {
    let count = window.len() as f32;
    let mean = window.iter().sum::<f32>() / count;
    let variance = window.iter().map(|level| (level - mean) * (level - mean)).sum::<f32>() / count;
    let deviation = variance.sqrt();
    let scale = 1.0 / deviation.max(LEAST_DEVIATION);
    window.iter_mut().for_each(|level| *level = (*level - mean) * scale);
    deviation
}
