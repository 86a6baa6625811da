//! Points, homographies and grey values between pixels.
//!
//! A page is flat, so that what a camera makes of a symbol is a homography exactly: from modules of the symbol to
//! pixels of the image. Pixel `i` covers `i` to `i + 1`; its middle is `i + 0.5`.
//!
//! Singular systems give `None`, and what is looked up outside of the image gives its nearest pixel.
//!
//! # Why hills are climbed
//!
//! No closed formula finds the grid of a worn or bent symbol. But a grid can be judged: by how well modules of known colour agree
//! with it, or by how far all modules lie from grey. Four corners are moved one by one, in steps that are halved, as long as the
//! judgement gets better. The number of steps is fixed, so that the cost is.

use super::grey::Grey;

/// A place, in pixels of the image or modules of a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

/// Shorthand for a [`Point`].
pub(crate) const fn at(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl Point {
    /// The sum of two vectors.
    pub(crate) fn plus(self, other: Point) -> Point {
        at(self.x + other.x, self.y + other.y)
    }
    /// Their difference.
    pub(crate) fn minus(self, other: Point) -> Point {
        at(self.x - other.x, self.y - other.y)
    }
    /// The vector made longer.
    pub(crate) fn times(self, by: f32) -> Point {
        at(self.x * by, self.y * by)
    }
    /// The scalar product.
    pub(crate) fn dot(self, other: Point) -> f32 {
        self.x * other.x + self.y * other.y
    }
    /// Positive if `other` lies clockwise of this vector (y points down).
    pub(crate) fn cross(self, other: Point) -> f32 {
        self.x * other.y - self.y * other.x
    }
    /// The distance from zero.
    pub(crate) fn length(self) -> f32 {
        self.dot(self).sqrt()
    }
    /// The distance between two places.
    pub(crate) fn distance(self, other: Point) -> f32 {
        self.minus(other).length()
    }
    /// The same direction with length 1; zero stays zero.
    pub(crate) fn unit(self) -> Point {
        let length = self.length();
        if length > 0.0 { self.times(1.0 / length) } else { self }
    }
}

/// A straight line through `point` along the unit vector `along`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) point: Point,
    pub(crate) along: Point,
}

impl Line {
    /// The line of least squared distance; points far off are left out and the rest is fitted again, twice.
    ///
    /// A third of the points may be off: crossings of neighbours, scratches, folds.
    pub(crate) fn fit(points: &[Point]) -> Option<Line> {
        let mut line = Self::least_squares(points.iter().copied())?;
        for _ in 0..2 {
            let mut off: Vec<f32> = points.iter().map(|point| line.distance(*point)).collect();
            off.sort_by(f32::total_cmp);
            let limit = off.get(off.len() * 2 / 3)?.mul_add(1.5, 0.3);
            line = Self::least_squares(points.iter().copied().filter(|point| line.distance(*point) <= limit))?;
        }
        Some(line)
    }

    /// The axis along which the points spread most.
    fn least_squares(points: impl Iterator<Item = Point>) -> Option<Line> {
        let (mut n, mut sx, mut sy, mut sxx, mut sxy, mut syy) = (0.0f64, 0.0f64, 0.0f64, 0.0f64, 0.0f64, 0.0f64);
        for point in points {
            let (x, y) = (f64::from(point.x), f64::from(point.y));
            (n, sx, sy) = (n + 1.0, sx + x, sy + y);
            (sxx, sxy, syy) = (sxx + x * x, sxy + x * y, syy + y * y);
        }
        if n < 2.0 {
            return None;
        }
        let (mx, my) = (sx / n, sy / n);
        let (cxx, cxy, cyy) = (sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my);
        let angle = 0.5 * (2.0 * cxy).atan2(cxx - cyy);
        Some(Line { point: at(mx as f32, my as f32), along: at(angle.cos() as f32, angle.sin() as f32) })
    }

    /// How far a point lies from the line.
    pub(crate) fn distance(&self, point: Point) -> f32 {
        self.along.cross(point.minus(self.point)).abs()
    }

    /// Where a point falls along the line.
    pub(crate) fn position(&self, point: Point) -> f32 {
        self.along.dot(point.minus(self.point))
    }

    /// The point at a position.
    pub(crate) fn point_at(&self, position: f32) -> Point {
        self.point.plus(self.along.times(position))
    }

    /// Where two lines cross.
    pub(crate) fn crossing(&self, other: &Line) -> Option<Point> {
        let sine = self.along.cross(other.along);
        if sine.abs() < 1e-4 {
            return None;
        }
        Some(self.point_at(other.point.minus(self.point).cross(other.along) / sine))
    }
}

/// A projective map of the plane.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Homography(pub(crate) [f32; 8]);

impl Homography {
    /// The map that takes each of four points to its partner.
    ///
    /// Eight equations for eight numbers; the ninth is one, which leaves out maps that send the zero of the symbol to infinity.
    pub(crate) fn between(from: [Point; 4], to: [Point; 4]) -> Option<Homography> {
        let mut rows = [[0.0f64; 9]; 8];
        for (pair, (a, b)) in rows.chunks_exact_mut(2).zip(from.iter().zip(&to)) {
            let (x, y, u, v) = (f64::from(a.x), f64::from(a.y), f64::from(b.x), f64::from(b.y));
            if let [first, second] = pair {
                *first = [x, y, 1.0, 0.0, 0.0, 0.0, -x * u, -y * u, u];
                *second = [0.0, 0.0, 0.0, x, y, 1.0, -x * v, -y * v, v];
            }
        }
        solve(rows).map(|found| Homography(found.map(|value| value as f32)))
    }

    /// The image of a point.
    pub(crate) fn map(&self, point: Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let (x, y) = (point.x, point.y);
        let depth = 1.0 / (g * x + h * y + 1.0);
        at((a * x + b * y + c) * depth, (d * x + e * y + f) * depth)
    }

    /// The images of the corners of a rectangle from 0, 0: upper left, upper right, lower right, lower left.
    pub(crate) fn corners(&self, width: f32, height: f32) -> [Point; 4] {
        [at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height)].map(|corner| self.map(corner))
    }
}

/// How far the middle of a symbol is moved, across and down, in modules; its corners stay.
///
/// On a bottle or a sheet that curls modules become narrower towards one side while the outline stays nearly straight, as no
/// homography has it. A parabola along each side does.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Bow {
    pub(crate) across: f32,
    pub(crate) down: f32,
}

impl Bow {
    /// Where a place of a symbol of `width` by `height` modules lies on one that is flat.
    pub(crate) fn flat(self, place: Point, width: f32, height: f32) -> Point {
        let rise = |share: f32| 4.0 * share * (1.0 - share);
        place.plus(at(self.across * rise(place.x / width), self.down * rise(place.y / height)))
    }
}

/// Gauss elimination with the largest pivot.
fn solve(mut rows: [[f64; 9]; 8]) -> Option<[f64; 8]> {
    for step in 0..8 {
        let best = (step..8).max_by(|a, b| rows[*a][step].abs().total_cmp(&rows[*b][step].abs()))?;
        rows.swap(step, best);
        let pivot = rows[step];
        if pivot[step].abs() < 1e-9 {
            return None;
        }
        for (index, row) in rows.iter_mut().enumerate() {
            if index != step {
                let factor = row[step] / pivot[step];
                row.iter_mut().zip(&pivot).for_each(|(value, by)| *value -= factor * by);
            }
        }
    }
    let mut found = [0.0; 8];
    for (index, value) in found.iter_mut().enumerate() {
        *value = rows[index][8] / rows[index][index];
    }
    found.iter().all(|value| value.is_finite()).then_some(found)
}

/// The grey value at a place, between the four pixels around it.
///
/// ```text
/// pixel    0       1       2
///          |-------|-------|
/// place    0  .5   1  1.5  2
/// ```
#[inline]
pub(crate) fn sample(grey: Grey<'_>, place: Point) -> f32 {
    let (x, y) = (place.x - 0.5, place.y - 0.5);
    let (width, height) = (grey.width() as f32, grey.height() as f32);
    let (x, y) = (x.clamp(0.0, (width - 1.001).max(0.0)), y.clamp(0.0, (height - 1.001).max(0.0)));
    let (column, line) = (x as usize, y as usize);
    let (fx, fy) = (x - column as f32, y - line as f32);
    let [a, b, c, d] = grey.four(column, line).map(f32::from);
    let (above, below) = (a + (b - a) * fx, c + (d - c) * fx);
    above + (below - above) * fy
}

/// How far the print lies from grey at some modules: greatest where the grid fits.
///
/// A grid that lies between modules sees their mixtures, which are grey; the right one sees ink and paper.
pub(crate) fn contrast(grey: Grey<'_>, map: &Homography, modules: &[Point]) -> f32 {
    let (sum, squares) = modules.iter().fold((0.0, 0.0), |(sum, squares), module| {
        let value = sample(grey, map.map(*module)) - 128.0;
        (sum + value, squares + value * value)
    });
    squares - sum * sum / modules.len().max(1) as f32
}

/// Climbs from `start` in the images of four anchor points, in steps that are halved `rounds` times, to where
/// `score` is greatest; each anchor moves by at most a few steps.
///
/// Gives the best map with its score. What the score says is the caller's.
pub(crate) fn climb(
    anchors: [Point; 4],
    start: &Homography,
    step: f32,
    rounds: u32,
    score: impl Fn(&Homography) -> f32,
) -> (Homography, f32) {
    let mut images = anchors.map(|anchor| start.map(anchor));
    let (mut best, mut best_score) = (*start, score(start));
    let mut step = step;
    for _ in 0..rounds {
        for _ in 0..3 {
            let mut moved = false;
            for index in 0..4 {
                for way in [at(step, 0.0), at(-step, 0.0), at(0.0, step), at(0.0, -step)] {
                    let mut tried = images;
                    tried[index] = tried[index].plus(way);
                    let Some(map) = Homography::between(anchors, tried) else { continue };
                    let value = score(&map);
                    if value > best_score {
                        (images, best, best_score, moved) = (tried, map, value, true);
                    }
                }
            }
            if !moved {
                break;
            }
        }
        step *= 0.5;
    }
    (best, best_score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_homography_takes_four_points_to_four_points() {
        let from = [at(0.0, 0.0), at(10.0, 0.0), at(10.0, 20.0), at(0.0, 20.0)];
        let to = [at(3.0, 4.0), at(50.0, 9.0), at(47.0, 99.0), at(-3.0, 88.0)];
        let map = Homography::between(from, to).unwrap();
        for (a, b) in from.iter().zip(&to) {
            assert!(map.map(*a).distance(*b) < 0.01);
        }
        assert!(Homography::between([from[0]; 4], to).is_none(), "four times the same point says nothing");
    }

    #[test]
    fn a_line_goes_through_its_points() {
        let points: Vec<_> = (0..20u8).map(|i| at(f32::from(i), f32::from(i) * 0.5 + 3.0)).collect();
        let line = Line::fit(&points).unwrap();
        assert!(line.distance(at(100.0, 53.0)) < 0.1);
        let level = Line { point: at(0.0, 13.0), along: at(1.0, 0.0) };
        assert!(line.crossing(&level).unwrap().distance(at(20.0, 13.0)) < 0.1);
    }
}
