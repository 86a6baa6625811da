//! The modules of a matrix symbol: sampled, told dark from light, and how surely.
//!
//! Each module is looked at in its middle; the limit between dark and light follows the neighbourhood, so that a
//! shadow across the symbol does no harm. Where dark and light lie close together there is doubt, and the error
//! correction is told so.
//!
//! # Looks
//!
//! ```text
//! plain        the mean of five places near the middle, and the limit halfway between dark and light
//! faded        a part of the blur taken back, and the limit nearer to light
//! worn out     the same, nearer still
//! sharpened    a part of the blur taken back, and the limit halfway
//! ```
//!
//! Ink fades, breaks out and is thinned by blur, and paper stays paper: of 320 modules that four worn symbols got wrong at a limit halfway,
//! 309 were dark. What wore one part of a symbol need not have worn the others: each block is taken from the first look under which it is a
//! code word.
//!
//! # Margins
//!
//! ```text
//! margin  1   as dark as dark modules around are on average
//!         0   between dark and light: nothing can be said
//!        -1   as light as the light ones
//! ```
//!
//! The least margin of its modules is the doubt of a codeword; those with the least are given up first.

use super::budget::Budget;
use super::geometry::{Homography, Point, at, sample};
use super::grey::Grey;
use rxing::common::BitMatrix;

/// Grey values of modules, row by row.
pub(crate) struct Samples {
    pub(crate) width: usize,
    pub(crate) height: usize,
    values: Vec<f32>,
}

/// How modules are told dark from light.
struct Look {
    /// The part of the blur between neighbours that is taken back.
    sharpened: f32,
    /// How far the limit lies from halfway towards light, in halves of what lies between dark and light.
    faded: f32,
}

/// The looks that are worth deciding, the plainest first.
const LOOKS: [Look; 4] = [
    Look { sharpened: 0.0, faded: 0.0 },
    Look { sharpened: 0.35, faded: 0.3 },
    Look { sharpened: 0.35, faded: 0.45 },
    Look { sharpened: 0.35, faded: 0.0 },
];

/// Modules of a block that shares its limit.
const BLOCK: usize = 4;
/// How far around its block the limit looks, in modules.
const AROUND: usize = 4;

impl Samples {
    /// Samples `width` by `height` modules under a homography from modules to pixels.
    pub(crate) fn read(grey: Grey<'_>, map: &Homography, width: usize, height: usize) -> Self {
        Self::read_by(grey, width, height, |point| map.map(point))
    }

    /// The same under any map.
    pub(crate) fn read_by(grey: Grey<'_>, width: usize, height: usize, map: impl Fn(Point) -> Point) -> Self {
        let middle = at(width as f32 * 0.5, height as f32 * 0.5);
        let module = map(middle).distance(map(at(middle.x + 1.0, middle.y)));
        let off = if module >= 3.0 { module * 0.2 } else { 0.0 };
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                values.push(around(grey, map(at(x as f32 + 0.5, y as f32 + 0.5)), off));
            }
        }
        Self { width, height, values }
    }

    /// The grey value of a module.
    pub(crate) fn value(&self, x: usize, y: usize) -> f32 {
        self.values.get(y * self.width + x).copied().unwrap_or(0.0)
    }

    /// The same with the blur between neighbours taken back by `strength`.
    ///
    /// Blur mixes a part of each neighbour into a module. Taking that part back makes small modules stand apart, and noise larger; so the
    /// readers look at the plain samples first.
    fn sharpened(&self, strength: f32) -> Self {
        let mut values = Vec::with_capacity(self.values.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let own = self.value(x, y);
                let (left, right) = (x.saturating_sub(1), (x + 1).min(self.width - 1));
                let (up, down) = (y.saturating_sub(1), (y + 1).min(self.height - 1));
                let near = self.value(left, y) + self.value(right, y) + self.value(x, up) + self.value(x, down);
                values.push(own + strength * (own - near * 0.25));
            }
        }
        Self { width: self.width, height: self.height, values }
    }

    /// The modules by each look, the plainest first.
    pub(crate) fn looks(&self) -> impl Iterator<Item = Modules> {
        LOOKS.iter().map(|look| self.sharpened(look.sharpened).limited(look.faded))
    }

    /// What `decode` makes of the plainest look alone, or else of all of them together; each look costs eight units a module.
    pub(crate) fn decoded<T>(&self, budget: &mut Budget, decode: impl Fn(&[Modules]) -> Option<T>) -> Option<T> {
        let cost = self.values.len() as u64 * 8;
        let mut looks = self.looks();
        let mut decided: Vec<Modules> = looks.by_ref().take(1).collect();
        if !budget.spend(cost) {
            return None;
        }
        if let Some(decoded) = decode(&decided) {
            return Some(decoded);
        }
        if !budget.spend(cost * 4) {
            return None;
        }
        decided.extend(looks);
        decode(&decided)
    }

    /// Tells dark from light.
    ///
    /// Limits are shared by blocks of modules, and each looks at a window three times as wide, so that a block of one colour still
    /// sees both.
    pub(crate) fn decide(&self) -> Modules {
        self.limited(0.0)
    }

    /// The same with a limit that lies nearer to light.
    fn limited(&self, faded: f32) -> Modules {
        let mut modules = Modules { width: self.width, height: self.height, margins: vec![0.0; self.values.len()] };
        for block_y in (0..self.height).step_by(BLOCK) {
            for block_x in (0..self.width).step_by(BLOCK) {
                let (limit, span) = self.limit(block_x, block_y);
                for y in block_y..(block_y + BLOCK).min(self.height) {
                    for x in block_x..(block_x + BLOCK).min(self.width) {
                        if let Some(margin) = modules.margins.get_mut(y * self.width + x) {
                            *margin = (limit - self.value(x, y)) / span + faded;
                        }
                    }
                }
            }
        }
        modules
    }

    /// The middle between the light and the dark ones around a block, and half of what lies between them.
    ///
    /// Two rounds: split at the mean, then at the middle between both halves.
    fn limit(&self, block_x: usize, block_y: usize) -> (f32, f32) {
        let columns = block_x.saturating_sub(AROUND)..(block_x + BLOCK + AROUND).min(self.width);
        let lines = block_y.saturating_sub(AROUND)..(block_y + BLOCK + AROUND).min(self.height);
        let window = || {
            lines
                .clone()
                .flat_map(|y| self.values.get(y * self.width..(y + 1) * self.width))
                .flat_map(|row| row.get(columns.clone()).unwrap_or(&[]))
        };
        let count = window().count().max(1) as f32;
        let mut limit = window().sum::<f32>() / count;
        let mut span = 1.0;
        for _ in 0..2 {
            let (mut low, mut lows, mut high, mut highs) = (0.0, 0.0f32, 0.0, 0.0f32);
            for value in window() {
                if *value < limit {
                    (low, lows) = (low + value, lows + 1.0);
                } else {
                    (high, highs) = (high + value, highs + 1.0);
                }
            }
            if lows == 0.0 || highs == 0.0 {
                break;
            }
            let (low, high) = (low / lows, high / highs);
            (limit, span) = ((low + high) * 0.5, ((high - low) * 0.5).max(1.0));
        }
        (limit, span)
    }

    /// How far the modules lie from grey: greatest where the grid fits the print.
    ///
    /// A grid that lies between modules sees their mixtures, which are grey; the right one sees ink and paper.
    pub(crate) fn contrast(&self) -> f32 {
        let mean = self.values.iter().sum::<f32>() / self.values.len().max(1) as f32;
        self.values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>()
    }
}

/// The mean of five samples, or the middle one alone if they would lie in one place.
fn around(grey: Grey<'_>, place: Point, off: f32) -> f32 {
    let middle = sample(grey, place);
    if off == 0.0 {
        return middle;
    }
    let sides = sample(grey, at(place.x - off, place.y)) + sample(grey, at(place.x + off, place.y));
    let ends = sample(grey, at(place.x, place.y - off)) + sample(grey, at(place.x, place.y + off));
    (middle + sides + ends) * 0.2
}

/// Dark and light modules.
pub(crate) struct Modules {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Positive for dark; 1 is as far from a limit halfway as the others are on average.
    margins: Vec<f32>,
}

impl Modules {
    /// How dark a module is, and how surely.
    pub(crate) fn margin(&self, x: usize, y: usize) -> f32 {
        self.margins.get(y * self.width + x).copied().unwrap_or(0.0)
    }

    /// Whether a module counts as dark.
    pub(crate) fn is_dark(&self, x: usize, y: usize) -> bool {
        self.margin(x, y) > 0.0
    }

    /// As rxing's decoders take them; modules whose margin is below `doubt` are turned over.
    pub(crate) fn matrix(&self, doubt: f32) -> Option<BitMatrix> {
        let mut matrix = BitMatrix::new(self.width as u32, self.height as u32).ok()?;
        for y in 0..self.height {
            for x in 0..self.width {
                let margin = self.margin(x, y);
                let turned = margin.abs() < doubt;
                if (margin > 0.0) != turned {
                    matrix.set(x as u32, y as u32);
                }
            }
        }
        Some(matrix)
    }
}
