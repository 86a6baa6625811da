//! One pass over the lines of the page: where patterns of known proportions stand.
//!
//! A line across the middle of a finder pattern of QR, a bull's-eye of Aztec or the start and stop bars of PDF417 has
//! the same proportions at whatever angle it crosses. Every second row and every second column is looked at, so that each
//! angle is crossed by one of the two at no more than 45°.
//!
//! What hostile input could try is a page full of finder patterns; the number of each is capped, and lines are
//! looked at in order, so that the same page gives the same spots.
//!
//! # Patterns
//!
//! ```text
//! finder of QR             1 1 3 1 1
//! bull's-eye of Aztec      1 1 1 1 1 1 1 1 1, of which the outer two may be longer
//! start of PDF417          8 1 1 1 1 1 1 3
//! stop of PDF417           7 1 1 3 1 1 1 2 1
//! ```
//!
//! The bars of PDF417 are looked for in both directions of a line, since a symbol may stand on its head. Print is never exact: a run may be off
//! by half a module, and by a part of a pixel besides.

use super::bitmap::Bitmap;
use super::geometry::{Point, at};

/// The most spots of one kind that are kept.
const MAX_SPOTS: usize = 1000;
/// The most crossings of bars that are kept, for each direction.
const MAX_BARS: usize = 40_000;
/// Every how many lines one is looked at.
pub(crate) const STEP: usize = 2;

/// The middle of a concentric pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) middle: Point,
    /// Pixels of a module, along rows and along columns.
    pub(crate) module: Point,
    /// How many lines met it.
    pub(crate) count: u32,
}

impl Spot {
    /// The mean of both directions.
    pub(crate) fn size(&self) -> f32 {
        (self.module.x + self.module.y) * 0.5
    }
}

/// A line's crossing of the start or stop bars of PDF417.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bar {
    /// Which line, counted from the edge of the image.
    pub(crate) line: u32,
    /// Where on that line the pattern begins, seen from the outside of the symbol.
    pub(crate) outer: f32,
    /// Where it ends, towards the codewords.
    pub(crate) inner: f32,
    pub(crate) stop: bool,
}

/// Everything that one pass has found.
#[derive(Default)]
pub(crate) struct Hits {
    pub(crate) finders: Vec<Spot>,
    pub(crate) eyes: Vec<Spot>,
    /// Crossings by rows, and by columns.
    pub(crate) bars: [Vec<Bar>; 2],
}

/// What to look for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) finders: bool,
    pub(crate) eyes: bool,
    pub(crate) bars: bool,
    /// Whether print is worn: rings with holes are followed beside them, too.
    pub(crate) worn: bool,
}

/// Looks at rows and columns.
pub(crate) fn scan(rows: &Bitmap, columns: &Bitmap, wanted: Wanted) -> Hits {
    let mut hits = Hits::default();
    let mut edges = Vec::new();
    for (way, bitmap) in [rows, columns].into_iter().enumerate() {
        for line in (0..bitmap.height).step_by(STEP) {
            bitmap.edges(line, &mut edges);
            line_hits(&edges, line, way, rows, wanted, &mut hits);
        }
    }
    hits
}

/// Runs are taken from each edge of a line on; the quick tests come first, because a line of a page has hundreds of edges.
fn line_hits(edges: &[u32], line: usize, way: usize, bitmap: &Bitmap, wanted: Wanted, hits: &mut Hits) {
    let mut runs = [0u32; 11];
    let mut index = 0;
    while index + 6 < edges.len() {
        let known = (edges.len() - 1 - index).min(runs.len());
        for (run, pair) in runs.iter_mut().zip(edges[index..].windows(2)) {
            *run = pair[1] - pair[0];
        }
        // Bars that are cut off with the picture have no quiet zone there.
        let before = match index {
            0 if edges[0] == 0 => u32::MAX,
            0 => edges[0],
            _ => edges[index] - edges[index - 1],
        };
        let runs = &runs[..known];
        if index % 2 == 0 {
            let place = Crossing { line, way, start: edges[index], worn: wanted.worn };
            if wanted.finders && runs[2] > runs[1] && runs[2] > runs[3] && is_finder(runs) {
                let width: u32 = runs[..5].iter().sum();
                place.add_finder(width, bitmap, &mut hits.finders);
            }
            if wanted.eyes && known >= 9 && is_eye(runs) {
                let from: u32 = runs[..4].iter().sum::<u32>() + runs[4] / 2;
                place.add_eye(from, bitmap, &mut hits.eyes);
            }
        }
        if wanted.bars && known >= 8 && hits.bars[way].len() < MAX_BARS {
            add_bar(&edges[index..], runs, before, index % 2 == 0, line, &mut hits.bars[way]);
        }
        index += 1;
    }
}

/// 1 : 1 : 3 : 1 : 1.
///
/// The slack grows with the root of the width: the middle run has two edges like the others, but is three modules wide.
fn is_finder(runs: &[u32]) -> bool {
    let Some([a, b, c, d, e]) = runs.first_chunk::<5>().map(|runs| runs.map(|run| run as f32)) else { return false };
    let module = (a + b + c + d + e) / 7.0;
    let near = |run: f32, modules: f32| (run - modules * module).abs() <= 0.5f32.mul_add(module, 0.4) * modules.sqrt();
    module >= 1.2 && near(a, 1.0) && near(b, 1.0) && near(c, 3.0) && near(d, 1.0) && near(e, 1.0)
}

/// Seven equal runs within two more.
///
/// The outer two runs may have grown together with what lies around them.
fn is_eye(runs: &[u32]) -> bool {
    let Some(runs) = runs.first_chunk::<9>() else { return false };
    let total: u32 = runs[1..8].iter().sum();
    let module = total as f32 / 7.0;
    let slack = 0.5f32.mul_add(module, 0.4);
    module >= 1.2
        && runs[1..8].iter().all(|run| (*run as f32 - module).abs() <= slack)
        && runs[0] as f32 >= module - slack
        && runs[8] as f32 >= module - slack
}

/// Modules of the start pattern, seen from the outside.
pub(crate) const START: [u8; 8] = [8, 1, 1, 1, 1, 1, 1, 3];
/// The same, seen from the codewords.
const START_BACK: [u8; 8] = [3, 1, 1, 1, 1, 1, 1, 8];
/// Modules of the stop pattern, seen from the codewords.
pub(crate) const STOP: [u8; 9] = [7, 1, 1, 3, 1, 1, 1, 2, 1];
/// The same, seen from the outside.
const STOP_BACK: [u8; 9] = [1, 2, 1, 1, 1, 3, 1, 1, 7];

/// Looks for the four ways in which a line can cross start or stop bars at this edge.
///
/// The ratio of the wide bar to its neighbours is asked first: nearly all edges fail there.
fn add_bar(edges: &[u32], runs: &[u32], before: u32, dark: bool, line: usize, bars: &mut Vec<Bar>) {
    let mut add = |from: usize, to: usize, stop: bool| {
        bars.push(Bar { line: line as u32, outer: edges[from] as f32, inner: edges[to] as f32, stop });
    };
    if dark {
        // The big bar stands first in both patterns read forward, and a narrow one in the stop read backward.
        let (big, next) = (runs[0], runs[1].max(runs[2]));
        if big > next * 2 {
            if before > next && fits(runs, &START) {
                add(0, 8, false);
            }
            if fits(runs, &STOP) && runs.get(9).is_none_or(|quiet| *quiet * 2 > runs[8]) {
                add(9, 0, true);
            }
        } else if runs.get(8).is_some_and(|big| *big > 2 * runs[7]) && fits(runs, &STOP_BACK) {
            add(0, 9, true);
        }
    } else if runs[7] > 2 * runs[6].max(runs[5])
        && runs.get(8).is_none_or(|quiet| *quiet * 2 > runs[6])
        && fits(runs, &START_BACK)
    {
        add(8, 0, false);
    }
}

/// Whether runs have the proportions of a pattern.
///
/// Wide runs may be off by twice as much as narrow ones.
fn fits(runs: &[u32], pattern: &[u8]) -> bool {
    let Some(runs) = runs.get(..pattern.len()) else { return false };
    let total: u32 = runs.iter().sum();
    let modules: u32 = pattern.iter().map(|width| u32::from(*width)).sum();
    let module = total as f32 / modules as f32;
    let slack = 0.55f32.mul_add(module, 0.4);
    module >= 1.0
        && runs.iter().zip(pattern).all(|(run, width)| {
            let slack = if *width > 3 { slack * 2.0 } else { slack };
            (*run as f32 - f32::from(*width) * module).abs() <= slack
        })
}

/// A place on a row (`way` 0) or a column (`way` 1).
///
/// The middle of a pattern on a line, and the module there.
struct Crossing {
    line: usize,
    way: usize,
    start: u32,
    worn: bool,
}

impl Crossing {
    /// A place along the line, in the image.
    fn point(&self, along: f32) -> Point {
        let across = self.line as f32 + 0.5;
        if self.way == 0 { at(along, across) } else { at(across, along) }
    }

    /// Of the places to look beside a middle, those that are worth it: the middle alone unless print is worn.
    fn offsets<'o>(&self, all: &'o [f32]) -> &'o [f32] {
        if self.worn { all } else { all.get(..1).unwrap_or(all) }
    }

    /// A finder pattern is kept if the other direction shows it, too.
    fn add_finder(&self, width: u32, bitmap: &Bitmap, spots: &mut Vec<Spot>) {
        let module = width as f32 / 7.0;
        let middle = self.point(self.start as f32 + width as f32 * 0.5);
        if merge(spots, middle, module * 2.0) || spots.len() >= MAX_SPOTS {
            return;
        }
        let crossed =
            |from, way| beside(from, way, module, self.offsets(&CORE), |from| cross_finder(bitmap, from, way, module));
        let Some(across) = crossed(middle, 1 - self.way) else { return };
        let Some(along) = crossed(across.middle, self.way) else { return };
        let (x, y) = if self.way == 0 { (along.module, across.module) } else { (across.module, along.module) };
        if !merge(spots, along.middle, module * 2.0) {
            spots.push(Spot { middle: along.middle, module: at(x, y), count: 1 });
        }
    }

    /// The same for a bull's-eye.
    fn add_eye(&self, from: u32, bitmap: &Bitmap, spots: &mut Vec<Spot>) {
        let middle = self.point(self.start as f32 + from as f32 + 0.5);
        let module = 2.0;
        if merge(spots, middle, module) || spots.len() >= MAX_SPOTS {
            return;
        }
        let crossed =
            |from, way, module| beside(from, way, module, self.offsets(&EYE), |from| cross_eye(bitmap, from, way));
        let Some(across) = crossed(middle, 1 - self.way, 0.0) else { return };
        let Some(along) = crossed(across.middle, self.way, across.module) else { return };
        let ratio = across.module / along.module;
        if !(0.6..1.67).contains(&ratio) {
            return;
        }
        let (x, y) = if self.way == 0 { (along.module, across.module) } else { (across.module, along.module) };
        if !merge(spots, along.middle, along.module * 1.5) {
            spots.push(Spot { middle: along.middle, module: at(x, y), count: 1 });
        }
    }
}

/// Counts a spot that is known already.
///
/// Near means two modules: finder patterns of a symbol are at least seven apart. Squares are compared, since a page full of grain asks
/// this of thousands of spots.
fn merge(spots: &mut [Spot], middle: Point, near: f32) -> bool {
    let near = near * near;
    let known = spots.iter_mut().find(|spot| {
        let off = spot.middle.minus(middle);
        off.dot(off) < near
    });
    known.map(|spot| spot.count += 1).is_some()
}

/// Where a core three modules wide is crossed, in modules from its middle: a hole in a ring hides one crossing and not all.
const CORE: [f32; 5] = [0.0, 0.7, -0.7, 1.2, -1.2];
/// The same for one a module wide.
const EYE: [f32; 3] = [0.0, 0.35, -0.35];

/// The first crossing that a look beside the middle gives, moved back onto it.
fn beside(
    middle: Point,
    way: usize,
    module: f32,
    offsets: &[f32],
    cross: impl Fn(Point) -> Option<Cross>,
) -> Option<Cross> {
    offsets.iter().find_map(|offset| {
        let off = offset * module;
        let from = if way == 0 { at(middle.x, middle.y + off) } else { at(middle.x + off, middle.y) };
        let found = cross(from)?;
        let back =
            if way == 0 { at(found.middle.x, found.middle.y - off) } else { at(found.middle.x - off, found.middle.y) };
        Some(Cross { middle: back, ..found })
    })
}

struct Cross {
    middle: Point,
    module: f32,
}

/// Lengths of the runs from a place on, in one direction, the first one without the place itself.
///
/// A run that goes on for 400 pixels is none of a pattern. The end of the image ends the last run and no other.
fn runs_from<const N: usize>(bitmap: &Bitmap, from: Point, step: (i32, i32)) -> Option<[f32; N]> {
    let (mut x, mut y) = (from.x as i32, from.y as i32);
    let mut dark = true;
    let mut runs = [0.0; N];
    let (width, height) = (bitmap.width as i32, bitmap.height as i32);
    for run in &mut runs {
        loop {
            (x, y) = (x + step.0, y + step.1);
            if x < 0 || y < 0 || x >= width || y >= height {
                // The edge of the image ends the last run only.
                break;
            }
            if bitmap.is_dark(x, y) != dark {
                break;
            }
            *run += 1.0;
            if *run > 400.0 {
                return None;
            }
        }
        dark = !dark;
        // The first pixel of the next run was stepped on already.
        (x, y) = (x - step.0, y - step.1);
    }
    runs[1..].iter().all(|run| *run > 0.0).then_some(runs)
}

/// Runs back and on from a place; the place itself has to be dark.
fn both<const N: usize>(bitmap: &Bitmap, from: Point, way: usize) -> Option<([f32; N], [f32; N])> {
    if !bitmap.is_dark(from.x as i32, from.y as i32) {
        return None;
    }
    let step = if way == 0 { (1, 0) } else { (0, 1) };
    Some((runs_from(bitmap, from, (-step.0, -step.1))?, runs_from(bitmap, from, step)?))
}

/// A place moved along a direction.
fn moved(from: Point, way: usize, by: f32) -> Point {
    // The place is taken as the middle of its pixel.
    let middle = at(from.x.floor() + 0.5, from.y.floor() + 0.5);
    if way == 0 { at(middle.x + by, middle.y) } else { at(middle.x, middle.y + by) }
}

/// A finder pattern on the line through a place, in the other direction.
fn cross_finder(bitmap: &Bitmap, from: Point, way: usize, module: f32) -> Option<Cross> {
    let (back, on) = both::<3>(bitmap, from, way)?;
    let core = back[0] + on[0] + 1.0;
    let total = core + back[1] + back[2] + on[1] + on[2];
    let runs = [back[2], back[1], core, on[1], on[2]].map(|run| run as u32);
    let own = total / 7.0;
    (is_finder(&runs) && (0.5..2.0).contains(&(own / module)))
        .then(|| Cross { middle: moved(from, way, (on[0] + on[1] - back[0] - back[1]) * 0.5), module: own })
}

/// A bull's-eye on the line through a place.
fn cross_eye(bitmap: &Bitmap, from: Point, way: usize) -> Option<Cross> {
    let (back, on) = both::<5>(bitmap, from, way)?;
    let core = back[0] + on[0] + 1.0;
    let runs = [back[4], back[3], back[2], back[1], core, on[1], on[2], on[3], on[4]].map(|run| run as u32);
    let reach = |runs: &[f32; 5]| runs[..4].iter().sum::<f32>();
    is_eye(&runs).then(|| Cross {
        middle: moved(from, way, (reach(&on) - reach(&back)) * 0.5),
        module: (reach(&on) + reach(&back) + 1.0) / 7.0,
    })
}
