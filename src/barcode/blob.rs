//! Areas of joined ink and the quads around them: where a symbol may be whose edges and finders are damaged.
//!
//! The page is looked at in cells of a few pixels, which bridges scratches and holes narrower than a cell. Cells with ink that touch form
//! an area; the quad of greatest area within its hull is where the corners of a symbol would be, at any turn and under
//! any perspective.
//!
//! # Cells
//!
//! ```text
//! pixels  # # . # # #      cells of two   # # #     a hole of one pixel is bridged: one area
//!         # # . # # #
//! pixels  # # . . # #      cells of two   # . #     a gap as wide as a cell parts two areas
//!         # # . . # #
//! ```
//!
//! Small cells keep a symbol apart from what touches its quiet zone; large ones keep a worn symbol in one piece. Which is
//! right cannot be known before something is read, so that callers try several sizes.
//!
//! # Reach
//!
//! Cells that do not touch are joined, too, if they lie within `reach` cells of each other: isolated modules at the border of a symbol would be
//! left out otherwise, and the quad with them. What lies farther from a symbol than its quiet zone stays apart.
//!
//! ```text
//! reach 1   # # . # #      two areas
//! reach 2   # # . # #      one
//! ```
//!
//! Runs of cells are joined and not cells: a line of text is a few runs, and the page has far fewer of them than of cells.
//!
//! Hostile pages: each cell belongs to one area, hulls are thinned, and what is handed on is capped.

use super::bitmap::Bitmap;
use super::budget::Budget;
use super::geometry::{Point, at};

/// The most quads that are handed on for a size of cells.
const MAX_QUADS: usize = 16;
/// The most points of a hull that corners are chosen from.
const MAX_HULL: usize = 48;
/// The shortest side of a quad, in pixels: ten modules of two.
const MIN_SIDE: f32 = 20.0;
/// How much of its quad the ink of a symbol fills: 0.50 to 0.72 of the symbols of drawn pages, and a little beyond.
const FILLED: core::ops::Range<f32> = 0.42..0.8;

/// Quads around areas of ink, clockwise as seen, the largest first; `cell` is the side of a cell in pixels. Every cell costs, and every
/// area that is large enough for its quad to be sought.
pub(crate) fn quads(bitmap: &Bitmap, cell: usize, reach: usize, budget: &mut Budget) -> Vec<[Point; 4]> {
    let mut quads: Vec<(f32, [Point; 4])> = Vec::new();
    if !budget.spend((bitmap.width * bitmap.height / cell) as u64) {
        return Vec::new();
    }
    let side = MIN_SIDE / cell as f32;
    for area in areas(&runs(bitmap, cell, reach), reach, (side * side * FILLED.start) as usize) {
        let hull = hull(&area);
        if !budget.spend((area.len() + hull.len().pow(3) / 4) as u64) {
            break;
        }
        let Some(quad) = widest(&hull) else { continue };
        let size = surface(&quad);
        let filled = area.iter().map(|run| run.inked).sum::<usize>() as f32 / size.max(1.0);
        let short = (0..4).map(|i| quad[i].distance(quad[(i + 1) % 4])).fold(f32::MAX, f32::min);
        if short >= side && FILLED.contains(&filled) {
            quads.push((size, quad.map(|point| point.times(cell as f32))));
        }
    }
    quads.sort_by(|a, b| b.0.total_cmp(&a.0));
    quads.truncate(MAX_QUADS);
    quads.into_iter().map(|(_, quad)| quad).collect()
}

/// Cells with ink on one line of cells that are joined, from the first to the last.
#[derive(Debug, Clone, Copy)]
struct Run {
    line: usize,
    first: usize,
    last: usize,
    /// How many of the cells have ink.
    inked: usize,
}

/// The runs of all lines, in order; a cell has ink if half of its pixels are dark.
fn runs(bitmap: &Bitmap, cell: usize, reach: usize) -> Vec<Run> {
    let counts = bitmap.cells(cell);
    let mut runs: Vec<Run> = Vec::new();
    for (line, counts) in counts.chunks((bitmap.width / cell).max(1)).enumerate() {
        for (x, _) in counts.iter().enumerate().filter(|(_, count)| usize::from(**count) * 2 >= cell * cell) {
            match runs.last_mut().filter(|run| run.line == line && x - run.last <= reach) {
                Some(run) => (run.last, run.inked) = (x, run.inked + 1),
                None => runs.push(Run { line, first: x, last: x, inked: 1 }),
            }
        }
    }
    runs
}

/// Runs that are joined, from line to line, in the order of their first ones; areas of fewer cells with ink than `least` are left out.
fn areas(runs: &[Run], reach: usize, least: usize) -> Vec<Vec<Run>> {
    let mut parents: Vec<usize> = (0..runs.len()).collect();
    let start = |line: usize| runs.partition_point(|run| run.line < line);
    for near in 1..=reach {
        // Two fingers: a line, and the one so far above it.
        let (mut below, mut above) = (start(near), 0);
        while let (Some(run), Some(other)) = (runs.get(below), runs.get(above)) {
            if other.line + near < run.line || other.line + near == run.line && other.last + reach < run.first {
                above += 1;
            } else if other.line + near > run.line || run.last + reach < other.first {
                below += 1;
            } else {
                join(&mut parents, below, above);
                if run.last < other.last {
                    below += 1;
                } else {
                    above += 1;
                }
            }
        }
    }
    let mut inked = vec![0; runs.len()];
    for (index, run) in runs.iter().enumerate() {
        let root = root(&mut parents, index);
        inked[root] += run.inked;
    }
    let mut places = vec![None; runs.len()];
    let mut areas: Vec<Vec<Run>> = Vec::new();
    for (index, run) in runs.iter().enumerate() {
        let root = root(&mut parents, index);
        if inked[root] < least {
            continue;
        }
        let place = *places[root].get_or_insert_with(|| {
            areas.push(Vec::new());
            areas.len() - 1
        });
        areas[place].push(*run);
    }
    areas
}

/// The first run of an area; ways to it are made shorter as they are walked.
fn root(parents: &mut [usize], mut index: usize) -> usize {
    while parents[index] != index {
        parents[index] = parents[parents[index]];
        index = parents[index];
    }
    index
}

/// Makes two areas one.
fn join(parents: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parents, a), root(parents, b));
    parents[a.max(b)] = a.min(b);
}

/// The corners of the convex hull of an area, clockwise as seen; long hulls are thinned.
///
/// Of each line of cells only the first and the last can be corners.
fn hull(area: &[Run]) -> Vec<Point> {
    let top = area.iter().map(|run| run.line).min().unwrap_or(0);
    let bottom = area.iter().map(|run| run.line).max().unwrap_or(0);
    let mut lines = vec![(usize::MAX, 0); bottom - top + 1];
    for run in area {
        let (first, last) = &mut lines[run.line - top];
        (*first, *last) = ((*first).min(run.first), (*last).max(run.last));
    }
    let ends = lines.iter().zip(top..).filter(|((first, last), _)| first <= last);
    let mut points: Vec<(usize, usize)> =
        ends.flat_map(|((first, last), y)| [(*first, y), (last + 1, y), (*first, y + 1), (last + 1, y + 1)]).collect();
    points.sort_unstable();
    points.dedup();
    let points: Vec<Point> = points.into_iter().map(|(x, y)| at(x as f32, y as f32)).collect();
    let mut hull = half(points.iter());
    hull.pop();
    hull.extend(half(points.iter().rev()));
    hull.pop();
    let step = hull.len().div_ceil(MAX_HULL).max(1);
    hull.into_iter().step_by(step).collect()
}

/// One side of a hull: points in order along it, of which those that turn inwards are left out.
fn half<'p>(points: impl Iterator<Item = &'p Point>) -> Vec<Point> {
    let mut side: Vec<Point> = Vec::new();
    for point in points {
        while let [.., a, b] = side.as_slice()
            && b.minus(*a).cross(point.minus(*b)) <= 0.0
        {
            side.pop();
        }
        side.push(*point);
    }
    side
}

/// The four points of a hull that enclose most: for each diagonal the points farthest from it on both sides.
fn widest(hull: &[Point]) -> Option<[Point; 4]> {
    let mut best: Option<(f32, [Point; 4])> = None;
    for (first, a) in hull.iter().enumerate() {
        for (second, c) in hull.iter().enumerate().skip(first + 2) {
            let way = c.minus(*a);
            let off = |point: &&Point| way.cross(point.minus(*a)).abs();
            let farthest = |a: &&Point, b: &&Point| off(a).total_cmp(&off(b));
            let between = hull.get(first + 1..second)?.iter().max_by(farthest);
            let beyond = hull.get(second + 1..)?.iter().chain(hull.get(..first)?).max_by(farthest);
            let (Some(b), Some(d)) = (between, beyond) else { continue };
            let quad = [*a, *b, *c, *d];
            let size = surface(&quad);
            if best.as_ref().is_none_or(|(known, _)| size > *known) {
                best = Some((size, quad));
            }
        }
    }
    best.map(|(_, quad)| quad)
}

/// What a convex quad encloses: half the product of its diagonals.
fn surface(quad: &[Point; 4]) -> f32 {
    quad[2].minus(quad[0]).cross(quad[3].minus(quad[1])).abs() * 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::barcode::grey::Grey;

    #[test]
    fn a_turned_square_of_ink_has_its_quad() {
        let (width, height) = (120, 120);
        let dark = |x: usize, y: usize| x.abs_diff(60) + y.abs_diff(60) <= 40 && (x / 4 + y / 4).is_multiple_of(2);
        let pixels: Vec<u8> = (0..width * height).map(|i| if dark(i % width, i / width) { 20 } else { 230 }).collect();
        let bitmap = Bitmap::of(Grey::new(&pixels, width, height, width).unwrap());
        let quads = quads(&bitmap, 2, 1, &mut Budget::new(1_000_000));
        assert_eq!(quads.len(), 1);
        assert!(
            super::quads(&bitmap, 2, 1, &mut Budget::new(10)).is_empty(),
            "what may not cost anything finds nothing"
        );
        for corner in [at(60.0, 20.0), at(100.0, 60.0), at(60.0, 100.0), at(20.0, 60.0)] {
            assert!(quads[0].iter().any(|point| point.distance(corner) < 5.0), "{corner:?} of {:?}", quads[0]);
        }
    }
}
