//! Data Matrix whose legs are broken: areas of ink are tried as whole symbols.
//!
//! The reader of legs ([`super::datamatrix`]) needs both of them nearly whole. Here the quad around an area of ink stands for the outside of
//! the symbol; each size and each of four turns is judged by how well the whole border agrees, so that no part of
//! it has to be whole. What agrees best is moved until it fits, and has to pass the same tests as a symbol with legs.
//!
//! # How an area becomes a symbol
//!
//! 1. For each size whose modules would be about square the border is compared at four turns.
//! 2. The five grids that agree best are moved, corner by corner, to where the border agrees most. The upper right module
//!    is light, so that a quad around the ink cuts that corner; this is where it comes back.
//! 3. The border has to agree as well as that of a symbol found by its legs, and the paper around it has to be light.
//! 4. Modules are sampled, and corrected with the same check values kept to spare.
//!
//! Hostile pages: areas are capped and each costs budget before it is looked at.

use super::bitmap::Bitmap;
use super::blob::quads;
use super::budget::Budget;
use super::code::Field;
use super::datamatrix::{SIZES, Size, contains, is_quiet, known, sampled};
use super::geometry::{Homography, Point, at, climb};
use super::grey::Grey;
use super::qr::agreement;
use super::symbol::Found;

/// Sides of the cells that areas are joined by, in pixels: fine ones keep clutter apart, coarse ones bridge scratches.
const CELLS: [usize; 3] = [2, 3, 5];
/// How many of the judged grids are moved until they fit.
const BEST: usize = 5;

/// Reads the DataMatrix symbols that areas of ink turn out to be.
pub(super) fn read(grey: Grey<'_>, bitmap: &Bitmap, budget: &mut Budget, found: &mut Vec<Found>) {
    let field = Field::binary(8, 0x12d);
    for cell in CELLS {
        for quad in quads(bitmap, cell, budget) {
            let middle = quad.iter().fold(at(0.0, 0.0), |sum, corner| sum.plus(*corner)).times(0.25);
            if found.iter().any(|known| contains(&known.corners, middle)) {
                continue;
            }
            let mut part = budget.part(500_000);
            found.extend(read_one(grey, &quad, &field, &mut part));
            budget.merge(&part);
        }
    }
}

/// A grid that may be that of a symbol.
struct Guess {
    fit: f32,
    map: Homography,
    size: Size,
}

/// From a quad to a symbol.
fn read_one(grey: Grey<'_>, quad: &[Point; 4], field: &Field, budget: &mut Budget) -> Option<Found> {
    let mut guesses: Vec<Guess> = Vec::new();
    for size in SIZES {
        guesses.extend(guess(grey, quad, size, budget));
    }
    guesses.sort_by(|a, b| b.fit.total_cmp(&a.fit));
    guesses.truncate(BEST);
    guesses.iter().find_map(|guess| settle(grey, guess, field, budget))
}

/// The turn of a quad under which the border of a size agrees best, if the sides are about as long as the size says.
fn guess(grey: Grey<'_>, quad: &[Point; 4], size: Size, budget: &mut Budget) -> Option<Guess> {
    let (rows, columns, region_rows, region_columns) = size;
    let anchors = anchors(size);
    let mut best: Option<Guess> = None;
    let mut border = None;
    for turn in 0..4 {
        let corners = [0, 1, 2, 3].map(|corner| quad[(corner + turn) % 4]);
        let across = corners[0].distance(corners[1]) + corners[3].distance(corners[2]);
        let down = corners[0].distance(corners[3]) + corners[1].distance(corners[2]);
        let (wide, high) = (across * 0.5 / columns as f32, down * 0.5 / rows as f32);
        if wide.min(high) < 1.4 || !(0.7..1.43).contains(&(wide / high)) {
            continue;
        }
        let border = border.get_or_insert_with(|| known(rows, columns, region_rows, region_columns));
        if !budget.spend(border.len() as u64) {
            return None;
        }
        let Some(map) = Homography::between(anchors, corners) else { continue };
        let fit = agreement(grey, &map, border);
        if fit > 0.2 && best.as_ref().is_none_or(|best| fit > best.fit) {
            best = Some(Guess { fit, map, size });
        }
    }
    best
}

/// The corners of a size in modules.
fn anchors((rows, columns, ..): Size) -> [Point; 4] {
    let (width, height) = (columns as f32, rows as f32);
    [at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height)]
}

/// Moves a grid until it fits, and reads it if it looks like a symbol.
fn settle(grey: Grey<'_>, guess: &Guess, field: &Field, budget: &mut Budget) -> Option<Found> {
    let (rows, columns, region_rows, region_columns) = guess.size;
    let border = known(rows, columns, region_rows, region_columns);
    if !budget.spend(border.len() as u64 * 200) {
        return None;
    }
    let anchors = anchors(guess.size);
    let module = guess.map.map(anchors[0]).distance(guess.map.map(anchors[1])) / columns as f32;
    let (map, fit) = climb(anchors, &guess.map, module * 0.6, 4, |map| agreement(grey, map, &border));
    let least = if rows.min(columns) < 18 { 0.75 } else { 0.55 };
    if fit < least || !is_quiet(grey, &map, rows, columns, &border) {
        return None;
    }
    sampled(grey, &map, rows, columns, field, budget)
}
