//! Symbols whose patterns are damaged: areas of ink are tried as whole symbols.
//!
//! The other readers need what they begin with nearly whole: legs, finder patterns, a bull's-eye. Here the outline of an area of
//! ink ([`super::outline`]) stands for the outside of a symbol, and each size that the standards have is judged by how well
//! everything of known colour agrees at once, so that no part of it has to be whole. What agrees best is moved until it fits, and
//! has to pass the same tests as a symbol that was found otherwise.
//!
//! # What an outline has to show
//!
//! ```text
//! DataMatrix   two sides that meet are solid, the two others are not; then the border of a size
//! QR           three corners with finder patterns of the same size; then all known modules of a version
//! Aztec        rings in the middle; then marks and mode message as ever
//! PDF417       start bars at one side and stop bars across from it; then indicators and codewords as ever
//! ```
//!
//! # What may be wrong
//!
//! ```text
//! a fold parts a symbol            cells of five pixels, or two cells apart
//! clutter touches the quiet zone   cells of two pixels
//! a corner is broken out           sides are lines, and corners where they meet
//! a leg has holes                  the border is judged as a whole
//! ```
//!
//! An outline that was tried is not tried again: most areas are the same at several sizes of cells.
//!
//! Hostile pages: areas are capped, what looks like nothing is dropped first, and each costs budget before it is looked at.

use super::aztec;
use super::bitmap::Bitmap;
use super::blob::quads;
use super::budget::Budget;
use super::code::Field;
use super::datamatrix::{SIZES, Size, contains, is_quiet, known, sampled};
use super::geometry::{Bow, Homography, Point, at, climb};
use super::grey::Grey;
use super::outline::{self, Outline};
use super::pdf417::{self, Tables};
use super::qr::{self, agreement};
use super::symbol::{Found, Symbology};
use super::{Look, Options};

/// Sides of the cells that areas are joined by, in pixels, and how many cells apart ink is still joined: fine ones keep clutter apart,
/// coarse ones bridge scratches.
const FINE: [(usize, usize); 2] = [(2, 1), (2, 2)];
/// The same for worn print.
const COARSE: [(usize, usize); 4] = [(2, 1), (2, 2), (3, 2), (5, 1)];
/// How many of the judged grids are moved until they fit.
const BEST: usize = 4;
/// How well the border has to agree before the grid is moved: on flat paper, and on paper that is bent as well as it could be.
const FLAT: f32 = 0.2;
const BENT: f32 = 0.7;
/// How far the middle of a bent symbol may lie from where it would be on a flat one, as a share of its side, and the modules between
/// the bows that are tried.
const BOW: f32 = 0.1;
const BOW_STEP: f32 = 0.75;
/// Modules of the longer side of a symbol that may be bent.
const BENT_MOST: usize = 52;
/// Units of work that an outline may cost.
const WORK: u64 = 1_200_000;

/// Reads the symbols that areas of ink turn out to be.
pub(super) fn read(
    grey: Grey<'_>,
    bitmap: &Bitmap,
    (options, look): (&Options, Look),
    budget: &mut Budget,
    found: &mut Vec<Found>,
) {
    let fields = Fields {
        datamatrix: Field::binary(8, 0x12d),
        qr: Field::binary(8, 0x11d),
        message: Field::binary(4, 0x13),
        pdf417: Tables::new(),
    };
    let mut tried: Vec<[Point; 4]> = Vec::new();
    let cells = match look {
        Look::Plain => &FINE[..],
        Look::Worn => &COARSE,
        Look::Reversed => &FINE[..1],
    };
    for (cell, reach) in cells {
        for quad in quads(bitmap, *cell, *reach, budget) {
            let middle = quad.iter().fold(at(0.0, 0.0), |sum, corner| sum.plus(*corner)).times(0.25);
            if !budget.spend(outline::WORK) || found.iter().any(|known| contains(&known.corners, middle)) {
                continue;
            }
            let Some(outline) = outline::of(bitmap, &quad) else { continue };
            let same = |known: &[Point; 4]| known.iter().zip(&outline.corners).all(|(a, b)| a.distance(*b) < 1.0);
            if tried.iter().any(same) {
                continue;
            }
            tried.push(outline.corners);
            let mut part = budget.part(WORK);
            found.extend(read_one(grey, &outline, options, &fields, &mut part));
            budget.merge(&part);
        }
    }
}

/// The fields in which the symbologies are corrected, and the patterns of PDF417.
struct Fields {
    datamatrix: Field,
    qr: Field,
    message: Field,
    pdf417: Tables,
}

/// From an outline to a symbol.
fn read_one(
    grey: Grey<'_>,
    outline: &Outline,
    options: &Options,
    fields: &Fields,
    budget: &mut Budget,
) -> Option<Found> {
    let mut found = None;
    if options.wants(Symbology::DataMatrix)
        && let Some(corners) = legs(outline)
    {
        found = datamatrix(grey, &corners, &fields.datamatrix, budget);
    }
    if options.wants(Symbology::Aztec) && found.is_none() {
        found = aztec::of_outline(grey, &outline.corners, &fields.message, budget);
    }
    if options.wants(Symbology::Qr) && found.is_none() {
        found = qr::of_outline(grey, &outline.corners, &fields.qr, budget);
    }
    if options.wants(Symbology::Pdf417) && found.is_none() {
        found = pdf417::of_outline(grey, &outline.corners, &fields.pdf417, budget);
    }
    found
}

/// The corners of an outline, turned so that the solid sides are the lower and the left one; `None` if no two sides that meet are
/// much more solid than the two others.
fn legs(outline: &Outline) -> Option<[Point; 4]> {
    let solid = |side: usize| outline.solid[side % 4];
    let turn = (0..4).max_by(|a, b| (solid(a + 2) + solid(a + 3)).total_cmp(&(solid(b + 2) + solid(b + 3))))?;
    let (least, legs) = (solid(turn + 2).min(solid(turn + 3)), solid(turn + 2) + solid(turn + 3));
    let (most, tracks) = (solid(turn).max(solid(turn + 1)), solid(turn) + solid(turn + 1));
    (least > 0.4 && legs > 1.0 && most < 0.7 && legs - tracks > 0.45)
        .then(|| [0, 1, 2, 3].map(|corner| outline.corners[(corner + turn) % 4]))
}

/// A grid that may be that of a symbol.
#[derive(Clone, Copy)]
struct Guess {
    fit: f32,
    map: Homography,
    bow: Bow,
    size: Size,
}

/// Every size at the corners; those that agree best are moved and read. If none of them is a symbol, paper that is bent is thought of.
fn datamatrix(grey: Grey<'_>, corners: &[Point; 4], field: &Field, budget: &mut Budget) -> Option<Found> {
    let guesses: Vec<Guess> = SIZES.iter().filter_map(|size| guess(grey, corners, *size, budget)).collect();
    let read = |mut guesses: Vec<Guess>, least: f32, budget: &mut Budget| {
        guesses.retain(|guess| guess.fit > least);
        guesses.sort_by(|a, b| b.fit.total_cmp(&a.fit));
        guesses.truncate(BEST);
        guesses.iter().find_map(|guess| settle(grey, guess, field, budget))
    };
    read(guesses.clone(), FLAT, budget)
        .or_else(|| read(guesses.iter().filter_map(|guess| bent(grey, guess, budget)).collect(), BENT, budget))
}

/// How well the border of a size agrees, if the sides are about as long as the size says.
fn guess(grey: Grey<'_>, corners: &[Point; 4], size: Size, budget: &mut Budget) -> Option<Guess> {
    let (rows, columns, ..) = size;
    let across = corners[0].distance(corners[1]) + corners[3].distance(corners[2]);
    let down = corners[0].distance(corners[3]) + corners[1].distance(corners[2]);
    let (wide, high) = (across * 0.5 / columns as f32, down * 0.5 / rows as f32);
    if wide.min(high) < 1.4 || !(0.5..2.0).contains(&(wide / high)) {
        return None;
    }
    let bow = Bow::default();
    let border = border(size, bow);
    if !budget.spend(border.len() as u64) {
        return None;
    }
    let map = Homography::between(anchors(size), *corners)?;
    Some(Guess { fit: agreement(grey, &map, &border), map, bow, size })
}

/// The bow under which the border of a size agrees best, across first and then down; `None` if flat is about as good, and for large
/// symbols, whose many modules no parabola follows.
fn bent(grey: Grey<'_>, guess: &Guess, budget: &mut Budget) -> Option<Guess> {
    let (rows, columns, ..) = guess.size;
    if rows.max(columns) > BENT_MOST {
        return None;
    }
    let steps = |modules: usize| (modules as f32 * BOW / BOW_STEP) as i16;
    let (across, down) = (steps(columns), steps(rows));
    let looks = (across + down).unsigned_abs() * 2;
    if !budget.spend(border(guess.size, guess.bow).len() as u64 * u64::from(looks)) {
        return None;
    }
    let mut best = *guess;
    for (count, axis) in [(across, at(1.0, 0.0)), (down, at(0.0, 1.0))] {
        let start = best.bow;
        for step in (-count..=count).filter(|step| *step != 0) {
            let by = f32::from(step) * BOW_STEP;
            let bow = Bow { across: start.across + axis.x * by, down: start.down + axis.y * by };
            let fit = agreement(grey, &guess.map, &border(guess.size, bow));
            if fit > best.fit {
                best = Guess { fit, bow, ..best };
            }
        }
    }
    (best.fit > guess.fit + 0.1).then_some(best)
}

/// The border of a size, each module where it would lie on a flat symbol.
fn border(size: Size, bow: Bow) -> Vec<(Point, bool)> {
    let (rows, columns, region_rows, region_columns) = size;
    let mut border = known(rows, columns, region_rows, region_columns);
    border.iter_mut().for_each(|(place, _)| *place = bow.flat(*place, columns as f32, rows as f32));
    border
}

/// The corners of a size in modules.
fn anchors((rows, columns, ..): Size) -> [Point; 4] {
    let (width, height) = (columns as f32, rows as f32);
    [at(0.0, 0.0), at(width, 0.0), at(width, height), at(0.0, height)]
}

/// Moves a grid until it fits, and reads it if it looks like a symbol.
fn settle(grey: Grey<'_>, guess: &Guess, field: &Field, budget: &mut Budget) -> Option<Found> {
    let (rows, columns, ..) = guess.size;
    let border = border(guess.size, guess.bow);
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
    sampled(grey, &map, guess.bow, (rows, columns), field, budget)
}
