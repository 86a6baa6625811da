//! Data Matrix, ECC 200: ISO/IEC 16022.
//!
//! Two straight edges that meet with ink between them may be the outside of the solid legs; along the sides across
//! from them dark and light take turns, and how often says how many modules there are. The grid is then fitted to all
//! modules of known colour: legs, clock tracks, and in larger symbols the bars between regions. The order
//! of modules and blocks is rxing's; correction and content are our own.
//!
//! The sizes of ISO/IEC 21471 (DMRE) are among those that are tried. Not done: the old ECC 000-140. Hostile pages: corners are capped and each
//! costs budget.
//!
//! # Layout
//!
//! ```text
//! clock track   # . # . # . # .
//!               # o o o o o o #      # dark   . light   o data
//! left leg      # o o o o o o .
//!               # # # # # # # #      lower leg
//! ```
//!
//! Symbols of more than 26 modules a side consist of regions, each with its own border, so that the legs of inner regions are bars
//! across the symbol. The number of rows and columns is even.
//!
//! # How a corner becomes a symbol
//!
//! 1. Both legs are walked from the corner: dark within, light outside.
//! 2. Where no data touch them they are one module thick; that is a first guess at the module.
//! 3. The sides across from them are tried at several tilts: the most even one is the clock track, and where both cross is the
//!    fourth corner.
//! 4. The sizes with about as many changes are tried, the grid moved until the border agrees.
//! 5. The paper around the symbol has to be light.

use super::bitmap::Bitmap;
use super::budget::Budget;
use super::code::{EVIDENCE, Field, correct_with_doubts};
use super::content::{Content, datamatrix};
use super::geometry::{Bow, Homography, Line, Point, at, climb, sample};
use super::grey::Grey;
use super::grid::{Modules, Samples};
use super::leg::{Corner, corners};
use super::qr::agreement;
use super::symbol::{Found, Symbology};
use rxing::datamatrix::decoder::{BitMatrixParser, DataBlock, Version};

/// Rows and columns of a symbol, and of its regions.
pub(super) type Size = (usize, usize, usize, usize);

/// Every size.
pub(super) const SIZES: [Size; 48] = [
    (10, 10, 10, 10),
    (12, 12, 12, 12),
    (14, 14, 14, 14),
    (16, 16, 16, 16),
    (18, 18, 18, 18),
    (20, 20, 20, 20),
    (22, 22, 22, 22),
    (24, 24, 24, 24),
    (26, 26, 26, 26),
    (32, 32, 16, 16),
    (36, 36, 18, 18),
    (40, 40, 20, 20),
    (44, 44, 22, 22),
    (48, 48, 24, 24),
    (52, 52, 26, 26),
    (64, 64, 16, 16),
    (72, 72, 18, 18),
    (80, 80, 20, 20),
    (88, 88, 22, 22),
    (96, 96, 24, 24),
    (104, 104, 26, 26),
    (120, 120, 20, 20),
    (132, 132, 22, 22),
    (144, 144, 24, 24),
    (8, 18, 8, 18),
    (8, 32, 8, 16),
    (12, 26, 12, 26),
    (12, 36, 12, 18),
    (16, 36, 16, 18),
    (16, 48, 16, 24),
    (8, 48, 8, 24),
    (8, 64, 8, 16),
    (8, 80, 8, 20),
    (8, 96, 8, 24),
    (8, 120, 8, 20),
    (8, 144, 8, 24),
    (12, 64, 12, 16),
    (12, 88, 12, 22),
    (16, 64, 16, 16),
    (20, 36, 20, 18),
    (20, 44, 20, 22),
    (20, 64, 20, 16),
    (22, 48, 22, 24),
    (24, 48, 24, 24),
    (24, 64, 24, 16),
    (26, 40, 26, 20),
    (26, 48, 26, 24),
    (26, 64, 26, 16),
];

/// Reads every DataMatrix of a page.
pub(crate) fn read(grey: Grey<'_>, rows: &Bitmap, columns: &Bitmap, budget: &mut Budget, found: &mut Vec<Found>) {
    let field = Field::binary(8, 0x12d);
    let before = found.len();
    for corner in corners(rows, columns) {
        let inside = |known: &Found| contains(&known.corners, corner.place);
        if found.iter().any(inside) || found.len() - before >= 16 {
            continue;
        }
        let mut part = budget.part(3_000_000);
        found.extend(read_one(grey, rows, &corner, &field, &mut part));
        budget.merge(&part);
    }
}

/// Whether a point lies within a quad, or just outside of it.
pub(super) fn contains(quad: &[Point; 4], point: Point) -> bool {
    let centre = quad.iter().fold(at(0.0, 0.0), |sum, corner| sum.plus(*corner)).times(0.25);
    let mut signs = [0, 0];
    for (index, corner) in quad.iter().enumerate() {
        let grown = |point: Point| centre.plus(point.minus(centre).times(1.08));
        let (a, b) = (grown(*corner), grown(quad[(index + 1) % 4]));
        signs[usize::from(b.minus(a).cross(point.minus(a)) > 0.0)] += 1;
    }
    signs[0] == 0 || signs[1] == 0
}

/// From a corner to a symbol. What looks least like one costs least: legs, tracks, border, quiet zone, modules.
fn read_one(grey: Grey<'_>, bitmap: &Bitmap, corner: &Corner, field: &Field, budget: &mut Budget) -> Option<Found> {
    if !budget.spend(400) {
        return None;
    }
    // Seen from the corner, the bottom leg lies clockwise of the left one.
    let [a, b] = corner.legs;
    let (up, right) = if b.cross(a) < 0.0 { (a, b) } else { (b, a) };
    let (up_length, right_length) = (walk(bitmap, corner.place, up, right)?, walk(bitmap, corner.place, right, up)?);
    let ratio = up_length / right_length;
    if up_length.min(right_length) < 14.0 || !(0.05..20.0).contains(&ratio) {
        return None;
    }
    let frame = Frame {
        corner: corner.place,
        top: corner.place.plus(up.times(up_length)),
        end: corner.place.plus(right.times(right_length)),
    };
    let module = frame.thickness(bitmap)?;
    if up_length.min(right_length) < module * 6.5 || !budget.spend(2500) {
        return None;
    }
    let (sizes, far) = frame.sizes(bitmap, module)?;
    for (rows, columns, region_rows, region_columns) in sizes {
        let known = known(rows, columns, region_rows, region_columns);
        if !budget.spend(known.len() as u64 * 260) {
            return None;
        }
        let Some((map, fit)) = frame.place(grey, far, rows, columns, &known) else { continue };
        let least = if rows.min(columns) < 18 { 0.75 } else { 0.55 };
        if fit < least || !is_quiet(grey, &map, rows, columns, &known) {
            continue;
        }
        let flat = Bow::default();
        let found = sampled(grey, &map, flat, (rows, columns), field, budget);
        let mirrored = || sampled(grey, &mirrored(&map, rows, columns)?, flat, (rows, columns), field, budget);
        if let Some(found) = found.or_else(mirrored) {
            return Some(found);
        }
    }
    None
}

/// The grid of a square symbol that is seen from behind: legs change places, and tracks do, so that the border agrees either way.
fn mirrored(map: &Homography, rows: usize, columns: usize) -> Option<Homography> {
    let (width, height) = (columns as f32, rows as f32);
    let [top, far, end, corner] = map.corners(width, height);
    let anchors = [at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height)];
    (rows == columns).then(|| Homography::between(anchors, [end, far, top, corner])).flatten()
}

/// How far a solid leg goes from the corner: dark just inside, light just outside, small breaks allowed.
///
/// A leg of a worn symbol has holes. Each miss counts one, each hit takes one back, and more than six end the walk; three quarters of the
/// way have to be leg.
fn walk(bitmap: &Bitmap, corner: Point, along: Point, inside: Point) -> Option<f32> {
    let dark = |point: Point| bitmap.is_dark(point.x.floor() as i32, point.y.floor() as i32);
    let (mut good, mut misses) = (0.0f32, 0u32);
    let mut hits = 0u32;
    for step in 2..1200u16 {
        let place = corner.plus(along.times(f32::from(step)));
        let inked = dark(place.plus(inside.times(0.5))) || dark(place.plus(inside.times(1.2)));
        let solid = inked && !dark(place.minus(inside.times(1.3)));
        if solid {
            (good, hits) = (f32::from(step), hits + 1);
            misses = misses.saturating_sub(1);
        } else {
            misses += 1;
            if misses > 6 {
                break;
            }
        }
    }
    (hits as f32 > good * 0.75).then_some(good + 0.5)
}

/// The corner of the legs and their ends: the left leg's at the top, the lower one's at the right.
struct Frame {
    corner: Point,
    top: Point,
    end: Point,
}

impl Frame {
    /// Thickness of the legs: where no other dark module touches them they are one module wide.
    ///
    /// Runs are measured at 19 places of each leg. Data beside a leg make a run longer and never shorter, so that a low one of them
    /// is the leg alone.
    fn thickness(&self, bitmap: &Bitmap) -> Option<f32> {
        let mut runs: Vec<f32> = Vec::new();
        for (leg, other) in [(self.top, self.end), (self.end, self.top)] {
            let (along, inside) = (leg.minus(self.corner), other.minus(self.corner).unit());
            for step in 1..20u8 {
                let from = self.corner.plus(along.times(f32::from(step) / 20.0));
                let mut run = 0.0;
                let mut seen = 0.0;
                for depth in 0..120u8 {
                    let place = from.plus(inside.times(f32::from(depth) * 0.5 + 0.25));
                    if bitmap.is_dark(place.x.floor() as i32, place.y.floor() as i32) {
                        run = f32::from(depth) * 0.5 + 0.5;
                        seen += 0.5;
                    } else if run > 0.0 || depth > 4 {
                        break;
                    }
                }
                if seen > 0.0 {
                    runs.push(run);
                }
            }
        }
        runs.sort_by(f32::total_cmp);
        runs.get(runs.len() / 5).copied().filter(|run| *run >= 1.0)
    }

    /// The fourth corner if the sides are parallel.
    fn far(&self) -> Point {
        self.top.plus(self.end).minus(self.corner)
    }

    /// Sizes whose clock tracks change colour as often as the sides across from the legs do, the likeliest first,
    /// and the fourth corner.
    ///
    /// Counting changes is exact where tracks are clean; sizes within thirty percent are kept, the nearest first, since the agreement of the
    /// border decides.
    fn sizes(&self, bitmap: &Bitmap, module: f32) -> Option<(Vec<Size>, Point)> {
        let upper = self.track(bitmap, self.top, self.end, module)?;
        let outer = self.track(bitmap, self.end, self.top, module)?;
        let (columns, rows) = (upper.changes as f32 + 1.0, outer.changes as f32 + 1.0);
        let mut sizes: Vec<_> = SIZES
            .iter()
            .map(|size| ((size.1 as f32 / columns).ln().abs() + (size.0 as f32 / rows).ln().abs(), *size))
            .filter(|(off, _)| *off < 0.3)
            .collect();
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        sizes.truncate(3);
        let far = upper
            .line
            .crossing(&outer.line)
            .filter(|far| far.distance(self.far()) < upper.length.max(outer.length) * 0.4)?;
        (!sizes.is_empty()).then(|| (sizes.into_iter().map(|(_, size)| size).collect(), far))
    }

    /// The most even of the lines from the end of a leg along the far side, near where its clock track must be.
    ///
    /// Unevenness is the spread of the runs against their mean: a clock track has little of it, random modules have much more, because
    /// a run of theirs is two modules on average and often longer.
    fn track(&self, bitmap: &Bitmap, from: Point, other: Point, module: f32) -> Option<Track> {
        let along = other.minus(self.corner);
        let inward = self.corner.minus(from).unit();
        let length = along.length();
        let likely = length / module;
        let mut best: Option<(f32, Track)> = None;
        let mut runs = Vec::new();
        for depth in [0.35f32, 0.65] {
            for tilt in -5i8..=5 {
                let slanted = along.plus(inward.times(f32::from(tilt) * 0.025 * length));
                runs.clear();
                lengths(bitmap, from.plus(inward.times(depth * module)), slanted, &mut runs);
                let changes = runs.len();
                if changes < 5 || !(likely * 0.6..likely * 1.5 + 2.0).contains(&(changes as f32)) {
                    continue;
                }
                let mean = runs.iter().sum::<f32>() / changes as f32;
                let spread = runs.iter().map(|run| (run - mean) * (run - mean)).sum::<f32>() / changes as f32;
                let uneven = spread.sqrt() / mean;
                if uneven < 0.5 && best.as_ref().is_none_or(|(known, _)| uneven < *known) {
                    let line = Line { point: from, along: slanted.unit() };
                    best = Some((uneven, Track { changes, line, length }));
                }
            }
        }
        best.map(|(_, track)| track)
    }

    /// Fits the grid of a size to the modules of known colour.
    ///
    /// Begins with the fourth corner where both tracks cross, or where parallel sides put it, whichever agrees better.
    fn place(
        &self,
        grey: Grey<'_>,
        far: Point,
        rows: usize,
        columns: usize,
        known: &[(Point, bool)],
    ) -> Option<(Homography, f32)> {
        let (width, height) = (columns as f32, rows as f32);
        let anchors = [at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height)];
        let step = self.end.distance(self.corner) / width * 0.6;
        let mut best: Option<(Homography, f32)> = None;
        for far in [far, self.far()] {
            let Some(map) = Homography::between(anchors, [self.top, far, self.end, self.corner]) else { continue };
            let fit = agreement(grey, &map, known);
            if best.as_ref().is_none_or(|(_, known)| fit > *known) {
                best = Some((map, fit));
            }
        }
        let (map, _) = best.filter(|(_, fit)| *fit > 0.25)?;
        Some(climb(anchors, &map, step, 4, |map| agreement(grey, map, known)))
    }
}

/// A side across from a leg.
struct Track {
    changes: usize,
    line: Line,
    length: f32,
}

/// Lengths of the runs from a place on, until one is three times as long as the others so far or the way ends.
fn lengths(bitmap: &Bitmap, from: Point, way: Point, runs: &mut Vec<f32>) {
    let steps = (way.length() * 1.25).clamp(1.0, 3000.0) as u32;
    let step = way.times(1.0 / way.length().max(1.0));
    let (mut last, mut since) = (true, 0.0f32);
    for index in 0..steps {
        let place = from.plus(step.times(index as f32));
        let dark = bitmap.is_dark(place.x.floor() as i32, place.y.floor() as i32);
        if dark != last {
            runs.push(since);
            (last, since) = (dark, 0.0);
        }
        since += 1.0;
        let mean = runs.iter().sum::<f32>() / runs.len().max(1) as f32;
        if runs.len() > 4 && since > mean * 3.0 + 2.0 {
            break;
        }
    }
}

/// Whether the modules around the symbol are light, most of them.
///
/// The standard asks for one module. A pattern of chance within another symbol has ink around it.
pub(super) fn is_quiet(grey: Grey<'_>, map: &Homography, rows: usize, columns: usize, known: &[(Point, bool)]) -> bool {
    let mean = |wanted: bool| {
        let values =
            || known.iter().filter(|(_, dark)| *dark == wanted).map(|(point, _)| sample(grey, map.map(*point)));
        values().sum::<f32>() / values().count().max(1) as f32
    };
    let limit = (mean(true) + mean(false)) * 0.5;
    let (width, height) = (columns as f32, rows as f32);
    let level = (0..columns).map(|x| x as f32 + 0.5).flat_map(|x| [at(x, -0.6), at(x, height + 0.6)]);
    let upright = (0..rows).map(|y| y as f32 + 0.5).flat_map(|y| [at(-0.6, y), at(width + 0.6, y)]);
    let light = level.chain(upright).filter(|point| sample(grey, map.map(*point)) > limit).count();
    light * 100 >= (rows + columns) * 2 * 82
}

/// Modules of known colour: in every region left and lower side dark, upper and right side in turns.
///
/// ```text
/// left column and last row of a region    dark
/// first row                               dark at even columns
/// last column                             dark at odd rows
/// ```
pub(super) fn known(rows: usize, columns: usize, region_rows: usize, region_columns: usize) -> Vec<(Point, bool)> {
    let mut modules = Vec::new();
    for y in 0..rows {
        for x in 0..columns {
            let (inner_y, inner_x) = (y % region_rows, x % region_columns);
            let dark = if inner_x == 0 || inner_y == region_rows - 1 {
                true
            } else if inner_y == 0 {
                inner_x % 2 == 0
            } else if inner_x == region_columns - 1 {
                inner_y % 2 == 1
            } else {
                continue;
            };
            modules.push((at(x as f32 + 0.5, y as f32 + 0.5), dark));
        }
    }
    modules
}

/// Samples and decodes; a second look is sharper, a third one moves the grid to where the modules stand out most.
pub(super) fn sampled(
    grey: Grey<'_>,
    map: &Homography,
    bow: Bow,
    (rows, columns): (usize, usize),
    field: &Field,
    budget: &mut Budget,
) -> Option<Found> {
    let area = (rows * columns) as u64;
    let (width, height) = (columns as f32, rows as f32);
    let samples =
        |map: &Homography| Samples::read_by(grey, columns, rows, |place| map.map(bow.flat(place, width, height)));
    let attempt = |map: &Homography, budget: &mut Budget| {
        let decoded = samples(map).decoded(budget, |looks| decode(looks, field));
        let corners = map.corners(columns as f32, rows as f32);
        decoded.map(|(content, used, checks)| Found {
            symbology: Symbology::DataMatrix,
            content,
            corners,
            used,
            checks,
        })
    };
    if let Some(found) = attempt(map, budget) {
        return Some(found);
    }
    if !budget.spend(area * 110) {
        return None;
    }
    let anchors = [at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height)];
    let module = map.map(anchors[0]).distance(map.map(anchors[1])) / width;
    let (map, _) = climb(anchors, map, module * 0.4, 2, |map| samples(map).contrast());
    attempt(&map, budget)
}

/// Content, check values used in the worst block, and how many it has. A block is taken from the first look under which it comes out
/// even.
///
/// rxing places the codewords and takes the blocks apart. It is asked twice, the second time with all doubtful modules turned over:
/// where both answers differ, a codeword has a doubtful module.
fn decode(looks: &[Modules], field: &Field) -> Option<(Content, usize, usize)> {
    let looks: Vec<Vec<Block>> = looks.iter().map(blocks).collect::<Option<_>>()?;
    let count = looks.first()?.len();
    let total: usize = looks.first()?.iter().map(|block| block.size).sum();
    let mut data = vec![0u8; total];
    let (mut used, mut worst) = (0, 0);
    for index in 0..count {
        let (word, size, correction) = looks.iter().find_map(|blocks| {
            let block = blocks.get(index)?;
            let mut word = block.word.clone();
            let checks = word.len() - block.size;
            let correction = correct_with_doubts(field, &mut word, checks, 1, &block.doubts, EVIDENCE)?;
            Some((word, block.size, correction))
        })?;
        (used, worst) = (used.max(correction), worst.max(word.len() - size));
        for (place, value) in word.iter().take(size).enumerate() {
            *data.get_mut(place * count + index)? = super::content::byte(*value);
        }
    }
    Some((datamatrix::decode(&data)?, used, worst))
}

/// A block of codewords.
struct Block {
    word: Vec<u32>,
    /// 0 for a codeword with a doubtful module, 1 for others.
    doubts: Vec<f32>,
    /// How many of the codewords are data.
    size: usize,
}

/// Codewords of a grid in their blocks.
fn blocks(modules: &Modules) -> Option<Vec<Block>> {
    let plain = modules.matrix(0.0)?;
    let turned = modules.matrix(0.3)?;
    let mut parser = BitMatrixParser::new(&plain).ok()?;
    let codewords = parser.readCodewords().ok()?;
    let other = BitMatrixParser::new(&turned).ok()?.readCodewords().ok()?;
    let doubtful: Vec<u8> = codewords.iter().zip(&other).map(|(a, b)| u8::from(a != b)).collect();
    let version: &Version = parser.getVersion();
    let blocks = DataBlock::getDataBlocks(&codewords, version, false).ok()?;
    let doubts = DataBlock::getDataBlocks(&doubtful, version, false).ok()?;
    let blocks = blocks.iter().zip(&doubts).map(|(block, doubt)| Block {
        word: block.getCodewords().iter().map(|value| u32::from(*value)).collect(),
        doubts: doubt.getCodewords().iter().map(|value| 1.0 - f32::from(*value)).collect(),
        size: block.getNumDataCodewords() as usize,
    });
    Some(blocks.collect())
}
