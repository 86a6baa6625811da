//! Grey planes: borrowed where the picture is grey already, made where it is not, and halved as often as is useful.

use super::view::{PixelFormat, View};

/// A borrowed grey picture; rows follow each other at `stride`.
#[derive(Clone, Copy)]
pub struct Plane<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
    stride: usize,
}

impl<'a> Plane<'a> {
    /// A plane of rows without gaps; shorter buffers read as black at their end.
    #[must_use]
    pub const fn new(pixels: &'a [u8], width: usize, height: usize) -> Self {
        Self { pixels, width, height, stride: width }
    }

    /// Pixels in a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// One row.
    #[must_use]
    pub fn row(&self, row: usize) -> &'a [u8] {
        let start = row.saturating_mul(self.stride);
        self.pixels.get(start..start.saturating_add(self.width)).unwrap_or_default()
    }

    /// The level between pixels; the edge goes on beyond itself. Pixel centres stand at whole numbers.
    #[must_use]
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, (self.width.max(1) - 1) as f32);
        let y = y.clamp(0.0, (self.height.max(1) - 1) as f32);
        let (column, row) = (x as usize, y as usize);
        let (fx, fy) = (x - column as f32, y - row as f32);
        let start = row * self.stride + column;
        let right = usize::from(column + 1 < self.width);
        let below = if row + 1 < self.height { self.stride } else { 0 };
        let at = |index: usize| self.pixels.get(index).map_or(0.0, |level| f32::from(*level));
        let above = at(start) + (at(start + right) - at(start)) * fx;
        let beneath = at(start + below) + (at(start + below + right) - at(start + below)) * fx;
        above + (beneath - above) * fy
    }

    /// Whether [`Plane::between`] needs four pixels of this plane alone.
    #[must_use]
    pub fn holds(&self, (x, y): (f32, f32)) -> bool {
        x >= 0.0 && y >= 0.0 && x < self.width.saturating_sub(1) as f32 && y < self.height.saturating_sub(1) as f32
    }

    /// [`Plane::between`] for a place that the plane holds.
    #[inline(always)]
    #[must_use]
    pub fn within(&self, x: f32, y: f32) -> f32 {
        let (column, row) = (x as u32, y as u32);
        let (fx, fy) = (x - column as f32, y - row as f32);
        let start = row as usize * self.stride + column as usize;
        let pair = |start: usize| match self.pixels.get(start..start + 2) {
            Some(&[left, right]) => (f32::from(left), f32::from(right)),
            _ => (0.0, 0.0),
        };
        let ((a, b), (c, d)) = (pair(start), pair(start + self.stride));
        let above = a + (b - a) * fx;
        let beneath = c + (d - c) * fx;
        above + (beneath - above) * fy
    }
}

/// A picture as ink on paper, at full size and halved again and again.
///
/// A coloured pixel counts as its lightest channel: black ink is dark in all three, while stamps, background print and paper
/// are light in at least one. Memory is kept from picture to picture: four thirds of the grey picture, a third for one that is grey.
#[derive(Default)]
pub struct Pyramid {
    /// The full size, if it could not be borrowed, then every half.
    levels: Vec<Level>,
    used: usize,
}

#[derive(Default)]
struct Level {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

/// Halving ends before a side gets shorter than this.
const LEAST_SIDE: usize = 24;

impl Pyramid {
    /// Takes a picture; gives its planes, the full size first.
    pub fn of<'a>(&'a mut self, view: &View<'a>) -> Planes<'a> {
        self.used = 0;
        let borrowed = view.format() == PixelFormat::Grey8;
        let first = Plane { pixels: view.row_on(), width: view.width(), height: view.height(), stride: view.stride() };
        if !borrowed {
            self.next(view.width(), view.height(), |level, width| lightest(view, level, width));
        }
        let (mut width, mut height) = (view.width() / 2, view.height() / 2);
        let mut source = borrowed.then_some(first);
        while width.min(height) >= LEAST_SIDE {
            self.halve(source.take(), width, height);
            (width, height) = (width / 2, height / 2);
        }
        let made = self.levels.iter().take(self.used);
        let made = made.map(|level| Plane::new(&level.pixels, level.width, level.height));
        Planes { planes: borrowed.then_some(first).into_iter().chain(made).collect() }
    }

    /// Fills the next level with memory that is there already.
    fn next(&mut self, width: usize, height: usize, fill: impl FnOnce(&mut [u8], usize)) {
        if self.levels.len() == self.used {
            self.levels.push(Level::default());
        }
        if let Some(level) = self.levels.get_mut(self.used) {
            level.pixels.resize(width * height, 0);
            (level.width, level.height) = (width, height);
            fill(&mut level.pixels, width);
        }
        self.used += 1;
    }

    /// Halves the borrowed plane or the last level.
    fn halve(&mut self, borrowed: Option<Plane<'_>>, width: usize, height: usize) {
        let last = self.used.checked_sub(1).and_then(|last| self.levels.get_mut(last)).map(core::mem::take);
        let owned = last.as_ref().map(|level| Plane::new(&level.pixels, level.width, level.height));
        if let Some(source) = borrowed.or(owned) {
            self.next(width, height, |level, width| halve(&source, level, width));
        }
        let place = self.used.checked_sub(2).and_then(|place| self.levels.get_mut(place));
        if let (Some(last), Some(slot)) = (last, place) {
            *slot = last;
        }
    }
}

/// The planes of a picture, each half as wide and high as the one before.
pub struct Planes<'a> {
    planes: Vec<Plane<'a>>,
}

impl<'a> Planes<'a> {
    /// The plane that was halved this often, or the last one.
    #[must_use]
    pub fn halved(&self, times: usize) -> Plane<'a> {
        let last = self.planes.len().saturating_sub(1);
        self.planes.get(times.min(last)).copied().unwrap_or(Plane::new(&[], 0, 0))
    }

    /// How many planes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.planes.len()
    }

    /// Whether there is none, which no picture causes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.planes.is_empty()
    }
}

/// The lightest channel of every pixel.
fn lightest(view: &View<'_>, level: &mut [u8], width: usize) {
    let octets = view.format().octets();
    for (row, line) in level.chunks_mut(width.max(1)).enumerate() {
        for (slot, pixel) in line.iter_mut().zip(view.row(row).chunks_exact(octets)) {
            if let [first, second, third, ..] = pixel {
                *slot = (*first).max(*second).max(*third);
            }
        }
    }
}

/// The mean of every square of two by two pixels.
fn halve(source: &Plane<'_>, level: &mut [u8], width: usize) {
    for (row, line) in level.chunks_mut(width.max(1)).enumerate() {
        let (above, below) = (source.row(row * 2), source.row(row * 2 + 1));
        for (slot, (above, below)) in line.iter_mut().zip(above.chunks_exact(2).zip(below.chunks_exact(2))) {
            let sum: u16 = above.iter().chain(below).map(|level| u16::from(*level)).sum();
            *slot = u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX);
        }
    }
}
