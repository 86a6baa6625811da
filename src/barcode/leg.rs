//! Straight edges between paper and ink: the solid legs of a DataMatrix symbol.
//!
//! Changes of colour in every third row (or column) are chained from line to line while they go straight on. What is
//! left are edges of at least [`MIN_LENGTH`] pixels: legs of symbols, and much of letters and tables, which the reader
//! of DataMatrix tells apart.
//!
//! Hostile pages: chains, pairs and corners are counted and capped.
//!
//! # Chains
//!
//! ```text
//! line   0   3   6   9  12  15
//!        x   x       x   x   x      one chain: a line without its change is forgiven, up to three of them
//! ```
//!
//! A chain expects its next change where its slope leads; a change belongs to the chain that expects it nearest. Slopes beyond 45°
//! are seen by the other direction. Edges with ink on the left and on the right are chained apart.

use super::bitmap::Bitmap;
use super::geometry::{Point, at};

/// Every how many lines one is looked at.
const STEP: usize = 3;
/// The shortest edge that is kept, in pixels: eight modules of two pixels.
const MIN_LENGTH: usize = 15;
/// The most edges of one direction that are kept.
const MAX_LEGS: usize = 30_000;
/// The most corners that are handed on.
const MAX_CORNERS: usize = 3000;
/// How many lines a chain may miss.
const GAP: usize = 3;

/// An edge from end to end.
#[derive(Debug, Clone, Copy)]
struct Leg {
    from: Point,
    to: Point,
    /// Whether ink lies on the side of greater x (of an upright edge) or y (of a level one).
    after: bool,
}

/// Where two edges meet with ink between them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corner {
    pub(crate) place: Point,
    /// Unit vectors along both legs, away from the corner.
    pub(crate) legs: [Point; 2],
    /// Pixels of the shorter leg.
    pub(crate) length: f32,
}

/// Finds corners on a page.
///
/// The longest corners come first, so that what is capped is what is least likely to be a symbol.
pub(crate) fn corners(rows: &Bitmap, columns: &Bitmap) -> Vec<Corner> {
    let upright = legs(rows, at);
    let level = legs(columns, |along, across| at(across, along));
    let mut corners = Vec::new();
    let buckets = Buckets::of(&level);
    for leg in &upright {
        for (near, far) in [(leg.from, leg.to), (leg.to, leg.from)] {
            buckets.near(near, |other| {
                for (meeting, end) in [(other.from, other.to), (other.to, other.from)] {
                    corners.extend(corner(leg, other, [near, far], [meeting, end]));
                }
            });
        }
    }
    corners.sort_by(|a, b| b.length.total_cmp(&a.length));
    corners.truncate(MAX_CORNERS);
    corners
}

/// Whether an upright and a level edge meet in a corner of ink; gives it with the legs leading away.
///
/// Legs of a symbol seen at an angle stand between 65° and 115° to each other.
fn corner(upright: &Leg, level: &Leg, [near, far]: [Point; 2], [meeting, end]: [Point; 2]) -> Option<Corner> {
    if near.distance(meeting) > 7.0 {
        return None;
    }
    let legs = [far.minus(near).unit(), end.minus(meeting).unit()];
    // Ink lies where the other leg leads.
    let inked = (legs[1].x > 0.0) == upright.after && (legs[0].y > 0.0) == level.after;
    let lengths = [far.distance(near), end.distance(meeting)];
    let short = lengths[0].min(lengths[1]);
    if !inked || legs[0].dot(legs[1]).abs() > 0.42 {
        return None;
    }
    let lines = [(near, legs[0]), (meeting, legs[1])].map(|(point, along)| super::geometry::Line { point, along });
    let place = lines[0].crossing(&lines[1])?;
    (place.distance(near) < 7.0).then_some(Corner { place, legs, length: short })
}

/// Level edges by where their ends lie.
struct Buckets<'a> {
    legs: &'a [Leg],
    cells: std::collections::HashMap<(i32, i32), Vec<usize>>,
}

/// Side of a bucket, in pixels.
const CELL: f32 = 16.0;

impl<'a> Buckets<'a> {
    /// Sorts edges by both of their ends.
    fn of(legs: &'a [Leg]) -> Self {
        let mut cells: std::collections::HashMap<(i32, i32), Vec<usize>> = std::collections::HashMap::new();
        for (index, leg) in legs.iter().enumerate() {
            let (from, to) = (Self::cell(leg.from), Self::cell(leg.to));
            cells.entry(from).or_default().push(index);
            if to != from {
                cells.entry(to).or_default().push(index);
            }
        }
        Self { legs, cells }
    }

    /// The bucket of a place.
    fn cell(point: Point) -> (i32, i32) {
        ((point.x / CELL).floor() as i32, (point.y / CELL).floor() as i32)
    }

    /// Edges with an end in one of the nine buckets around a place.
    fn near(&self, point: Point, mut each: impl FnMut(&Leg)) {
        let (x, y) = Self::cell(point);
        for line in y - 1..=y + 1 {
            for column in x - 1..=x + 1 {
                let indices = self.cells.get(&(column, line)).map_or(&[][..], Vec::as_slice);
                indices.iter().filter_map(|index| self.legs.get(*index)).for_each(&mut each);
            }
        }
    }
}

/// A chain of changes under way.
#[derive(Clone, Copy)]
struct Chain {
    first: (f32, f32),
    last: (f32, f32),
    slope: f32,
    count: usize,
    sums: Sums,
}

/// What the straight line through the changes of a chain is made of, counted from its first one: along, across, and their products.
#[derive(Clone, Copy, Default)]
struct Sums {
    along: f32,
    height: f32,
    product: f32,
    square: f32,
}

impl Chain {
    /// A chain of one change.
    fn begun(along: f32, line: f32) -> Self {
        Self { first: (along, line), last: (along, line), slope: 0.0, count: 1, sums: Sums::default() }
    }

    /// Where the chain should meet a line.
    fn expected(&self, line: f32) -> f32 {
        self.last.0 + self.slope * (line - self.last.1)
    }

    /// How far off a change may be. A chain of one or two has no slope yet.
    fn slack(&self) -> f32 {
        if self.count < 3 { STEP as f32 + 1.2 } else { 1.6 }
    }

    /// Takes a change; the slope is that from the first one.
    fn add(&mut self, along: f32, line: f32) {
        self.last = (along, line);
        self.count += 1;
        let (off, height) = (along - self.first.0, line - self.first.1);
        self.slope = off / height.max(1.0);
        let sums = &mut self.sums;
        sums.along += off;
        sums.height += height;
        sums.product += off * height;
        sums.square += height * height;
    }

    /// The line that lies nearest to all changes: where it meets the first one's line, and its slope.
    ///
    /// One change at an end is off by a pixel or two where a corner is rounded; all together tell the edge to a part of one.
    fn nearest(&self) -> (f32, f32) {
        let (count, sums) = (self.count as f32, &self.sums);
        let spread = count * sums.square - sums.height * sums.height;
        let slope = (count * sums.product - sums.height * sums.along) / spread.max(1.0);
        (self.first.0 + (sums.along - slope * sums.height) / count, slope)
    }

    /// The edge that the chain has become, if it is long enough and has few gaps.
    fn leg(&self, after: bool, place: &impl Fn(f32, f32) -> Point) -> Option<Leg> {
        let length = self.last.1 - self.first.1;
        let lines = length as usize / STEP + 1;
        (length as usize >= MIN_LENGTH && self.count * 10 >= lines * 6).then(|| {
            let (start, slope) = self.nearest();
            let beyond = STEP as f32 * 0.5;
            Leg {
                from: place(start - slope * beyond, self.first.1 - beyond),
                to: place(start + slope * (length + beyond), self.last.1 + beyond),
                after,
            }
        })
    }
}

/// Edges that cross the lines of a bitmap, none flatter than about 45°.
fn legs(bitmap: &Bitmap, place: impl Fn(f32, f32) -> Point) -> Vec<Leg> {
    let mut legs = Vec::new();
    let mut edges = Vec::new();
    let mut chains: [Vec<Chain>; 2] = [Vec::new(), Vec::new()];
    let mut next = Vec::new();
    for line in (0..bitmap.height).step_by(STEP) {
        bitmap.edges(line, &mut edges);
        edges.pop();
        for (kind, chains) in chains.iter_mut().enumerate() {
            let own = edges.iter().skip(kind).step_by(2).map(|edge| *edge as f32);
            extend(chains, own, line as f32 + 0.5, &mut next, |done| {
                if legs.len() < MAX_LEGS {
                    legs.extend(done.leg(kind == 0, &place));
                }
            });
            core::mem::swap(chains, &mut next);
        }
    }
    for (kind, chains) in chains.iter().enumerate() {
        legs.extend(chains.iter().filter_map(|chain| chain.leg(kind == 0, &place)));
    }
    legs
}

/// Carries chains on to a line; both lists are in order along the line, or nearly so.
///
/// The list of chains is in the order of their last places, so that for each change only those within reach are compared.
fn extend(
    chains: &mut [Chain],
    edges: impl Iterator<Item = f32>,
    line: f32,
    next: &mut Vec<Chain>,
    mut done: impl FnMut(&Chain),
) {
    next.clear();
    let mut from = 0;
    for along in edges {
        let mut best: Option<(f32, usize)> = None;
        while chains.get(from).is_some_and(|chain| chain.last.0 < along - 40.0) {
            from += 1;
        }
        for (index, chain) in chains.iter().enumerate().skip(from) {
            if chain.last.0 > along + 16.0 {
                break;
            }
            let off = (chain.expected(line) - along).abs();
            if off < chain.slack() && chain.last.1 < line && best.is_none_or(|(known, _)| off < known) {
                best = Some((off, index));
            }
        }
        match best.and_then(|(_, index)| chains.get_mut(index)) {
            Some(chain) => chain.add(along, line),
            None => next.push(Chain::begun(along, line)),
        }
    }
    for chain in chains.iter() {
        let missed = ((line - chain.last.1) as usize) / STEP;
        let patience = if chain.count > 4 { GAP } else { 0 };
        if missed <= patience {
            next.push(*chain);
        } else {
            done(chain);
        }
    }
    next.sort_by(|a, b| a.last.0.total_cmp(&b.last.0));
}
