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
//! Hostile pages: each cell belongs to one area, hulls are thinned, and what is handed on is capped.

use super::bitmap::Bitmap;
use super::budget::Budget;
use super::geometry::{Point, at};

/// The most quads that are handed on for a size of cells.
const MAX_QUADS: usize = 24;
/// The most points of a hull that corners are chosen from.
const MAX_HULL: usize = 48;
/// The shortest side of a quad, in pixels: ten modules of two.
const MIN_SIDE: f32 = 20.0;

/// Quads around areas of ink, clockwise as seen, the largest first; `cell` is the side of a cell in pixels. Every cell costs, and every
/// area that is large enough for its quad to be sought.
pub(crate) fn quads(bitmap: &Bitmap, cell: usize, budget: &mut Budget) -> Vec<[Point; 4]> {
    let mut quads: Vec<(f32, [Point; 4])> = Vec::new();
    if !budget.spend((bitmap.width * bitmap.height / cell) as u64) {
        return Vec::new();
    }
    let mut cells = Cells::of(bitmap, cell);
    while let Some(area) = cells.next_area() {
        let side = MIN_SIDE / cell as f32;
        if (area.len() as f32) < side * side * 0.3 {
            continue;
        }
        let hull = hull(&area);
        if !budget.spend((area.len() + hull.len().pow(3) / 4) as u64) {
            break;
        }
        let Some(quad) = widest(&hull) else { continue };
        let size = surface(&quad);
        let filled = area.len() as f32 / size.max(1.0);
        let short = (0..4).map(|i| quad[i].distance(quad[(i + 1) % 4])).fold(f32::MAX, f32::min);
        if short >= side && (0.3..1.3).contains(&filled) {
            quads.push((size, quad.map(|point| point.times(cell as f32))));
        }
    }
    quads.sort_by(|a, b| b.0.total_cmp(&a.0));
    quads.truncate(MAX_QUADS);
    quads.into_iter().map(|(_, quad)| quad).collect()
}

/// Cells with ink that belong to no area yet.
struct Cells {
    across: usize,
    inked: Vec<bool>,
    next: usize,
}

impl Cells {
    /// A cell has ink if half of its pixels are dark.
    fn of(bitmap: &Bitmap, cell: usize) -> Self {
        let (across, down) = (bitmap.width / cell, bitmap.height / cell);
        let dark = |x: usize, y: usize| bitmap.is_dark(x as i32, y as i32);
        let inked = |x: usize, y: usize| {
            let pixels = (0..cell * cell).filter(|i| dark(x * cell + i % cell, y * cell + i / cell));
            pixels.count() * 2 >= cell * cell
        };
        let inked = (0..across * down).map(|i| inked(i % across, i / across)).collect();
        Self { across, inked, next: 0 }
    }

    /// The cells of the next area, with their places; none is given twice.
    fn next_area(&mut self) -> Option<Vec<(usize, usize)>> {
        let first = self.next + self.inked.get(self.next..)?.iter().position(|inked| *inked)?;
        self.next = first + 1;
        let mut area = Vec::new();
        let mut open = vec![first];
        self.inked[first] = false;
        while let Some(index) = open.pop() {
            let (x, y) = (index % self.across, index / self.across);
            area.push((x, y));
            for line in y.saturating_sub(1)..=y + 1 {
                for column in x.saturating_sub(1)..=(x + 1).min(self.across - 1) {
                    let near = line * self.across + column;
                    if let Some(inked) = self.inked.get_mut(near).filter(|inked| **inked) {
                        *inked = false;
                        open.push(near);
                    }
                }
            }
        }
        Some(area)
    }
}

/// The corners of the convex hull of cells, clockwise as seen; long hulls are thinned.
fn hull(area: &[(usize, usize)]) -> Vec<Point> {
    let corners = |(x, y): &(usize, usize)| [(*x, *y), (x + 1, *y), (*x, y + 1), (x + 1, y + 1)];
    let mut points: Vec<(usize, usize)> = area.iter().flat_map(corners).collect();
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
        let dark = |x: usize, y: usize| x.abs_diff(60) + y.abs_diff(60) <= 40;
        let pixels: Vec<u8> = (0..width * height).map(|i| if dark(i % width, i / width) { 20 } else { 230 }).collect();
        let bitmap = Bitmap::of(Grey::new(&pixels, width, height, width).unwrap());
        let quads = quads(&bitmap, 2, &mut Budget::new(1_000_000));
        assert_eq!(quads.len(), 1);
        assert!(super::quads(&bitmap, 2, &mut Budget::new(10)).is_empty(), "what may not cost anything finds nothing");
        for corner in [at(60.0, 20.0), at(100.0, 60.0), at(60.0, 100.0), at(20.0, 60.0)] {
            assert!(quads[0].iter().any(|point| point.distance(corner) < 5.0), "{corner:?} of {:?}", quads[0]);
        }
    }
}
