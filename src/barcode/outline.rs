//! The four straight sides of a symbol, from a rough quad around its ink.
//!
//! A quad around an area of ink is off by a module here and there: a corner module is light, a piece at the border is broken out, a
//! speck sticks to a side. Each side of a printed symbol is straight, though, and nearly all ink of its outermost modules ends on
//! one line. So the print is entered from outside at many places of a side, and of all lines through two of the places where ink begins
//! the one is taken that most of them lie on and few lie outside of.
//!
//! ```text
//! outside     ↓  ↓  ↓  ↓  ↓  ↓  ↓  ↓
//!             ####..####..####..####      ink begins on the line, or a module further in where the track is light
//!             ####  ##########..####
//! ```
//!
//! # Twice
//!
//! The rough quad may be off by a tenth of the symbol: then ink is entered from as far outside, and what lies beside the symbol is in the
//! way. What comes out of that is near enough for a second round that begins close to the sides, where only the quiet zone is.
//!
//! ```text
//! round   begins outside by     ends inside by
//! 1       a tenth               three twentieths     of the other side's length
//! 2       a twentieth           three twentieths
//! ```
//!
//! # Solid sides
//!
//! How many places lie on the line says what a side is: nearly all of a leg of DataMatrix, a half of a clock track, and of the sides
//! of other symbols whatever chance has put there. Of 25 worn symbols the legs had 0.46 to 1.0 and the tracks 0.15 to 0.48.
//!
//! Hostile pages: places, lines and steps are bounded, whatever the page shows.

use super::bitmap::Bitmap;
use super::geometry::{Line, Point, at};

/// Places of a side where print is entered.
const PLACES: usize = 96;
/// Of so many places at each end of a side lines are laid through every third.
const ENDS: usize = 33;
/// Units of work that four sides take.
pub(crate) const WORK: u64 = 6_000;

/// A side: its line, and the share of places whose ink begins on it.
struct Side {
    line: Line,
    solid: f32,
}

/// A symbol's outside.
pub(crate) struct Outline {
    /// Clockwise as seen.
    pub(crate) corners: [Point; 4],
    /// For the side from each corner to the next the share of places whose ink begins on it.
    pub(crate) solid: [f32; 4],
}

/// The outline whose sides are straight where the ink of a rough quad ends; the quad is clockwise as seen.
///
/// Looked for far from the sides of the quad first, then near to what that gave.
pub(crate) fn of(bitmap: &Bitmap, quad: &[Point; 4]) -> Option<Outline> {
    let first = corners(&sides(bitmap, quad, 0.1)?, quad)?;
    let sides = sides(bitmap, &first, 0.05)?;
    Some(Outline { corners: corners(&sides, &first)?, solid: sides.map(|side| side.solid) })
}

/// The sides of a quad, each from its corner to the next.
fn sides(bitmap: &Bitmap, quad: &[Point; 4], out: f32) -> Option<[Side; 4]> {
    let side = |index: usize| side(bitmap, quad[index], quad[(index + 1) % 4], quad[(index + 3) % 4], out);
    Some([side(0)?, side(1)?, side(2)?, side(3)?])
}

/// The corners in which sides meet; `None` if they lie far from the quad that the sides were found on.
fn corners(sides: &[Side; 4], quad: &[Point; 4]) -> Option<[Point; 4]> {
    let mut corners = *quad;
    for (index, corner) in corners.iter_mut().enumerate() {
        let crossing = sides[index].line.crossing(&sides[(index + 3) % 4].line)?;
        let near = quad[index].distance(quad[(index + 1) % 4]).min(quad[index].distance(quad[(index + 3) % 4])) * 0.3;
        if crossing.distance(*corner) > near.max(8.0) {
            return None;
        }
        *corner = crossing;
    }
    Some(corners)
}

/// The line on which the ink between two corners begins; `before` is the corner before them.
fn side(bitmap: &Bitmap, from: Point, to: Point, before: Point, out: f32) -> Option<Side> {
    let along = to.minus(from);
    let inward = at(-along.y, along.x).unit();
    let depth = before.distance(from);
    let (out, into) = ((depth * out).max(3.0), (depth * 0.15).max(6.0));
    let places: Vec<Point> = (0..PLACES)
        .filter_map(|place| {
            let base = from.plus(along.times((place as f32 + 0.5) / PLACES as f32)).minus(inward.times(out));
            enter(bitmap, base, inward, out + into)
        })
        .collect();
    if places.len() < PLACES / 3 {
        return None;
    }
    let mut best: Option<(f32, Line)> = None;
    for first in places.iter().take(ENDS).step_by(3) {
        for last in places.iter().rev().take(ENDS).step_by(3) {
            let way = last.minus(*first);
            if way.dot(along) <= 0.0 {
                continue;
            }
            let line = Line { point: *first, along: way.unit() };
            let mut value = 0.0;
            for place in &places {
                let off = normal(&line).dot(place.minus(line.point));
                value += if off < -1.3 { -0.7 } else { f32::from(u8::from(off < 0.9)) };
            }
            if best.as_ref().is_none_or(|(known, _)| value > *known) {
                best = Some((value, line));
            }
        }
    }
    let (_, line) = best?;
    let on: Vec<Point> =
        places.into_iter().filter(|place| normal(&line).dot(place.minus(line.point)).abs() < 1.0).collect();
    let solid = on.len() as f32 / PLACES as f32;
    Some(Side { line: Line::fit(&on)?, solid })
}

/// To the right of a line, where the inside lies if the quad is walked clockwise.
fn normal(line: &Line) -> Point {
    at(-line.along.y, line.along.x)
}

/// Where ink begins after paper, from a place on.
fn enter(bitmap: &Bitmap, from: Point, way: Point, depth: f32) -> Option<Point> {
    let mut paper = false;
    for step in 0..(depth * 2.0) as u32 {
        let place = from.plus(way.times(step as f32 * 0.5));
        let dark = bitmap.is_dark(place.x.floor() as i32, place.y.floor() as i32);
        if dark && paper {
            return Some(place);
        }
        paper |= !dark;
    }
    None
}
