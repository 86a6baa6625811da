//! What time and officers do to a page: faded and broken ink, scratches, specks, folds, haze, stamps and pens.

use super::dice::Dice;
use super::sheet::{Colour, Layer, Point, Sheet};
use super::typeface::Typeface;
use core::f32::consts::TAU;

/// How hard a page was used; the ranges are drawn from once a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Use {
    /// The least ink left by fading, as a share.
    pub floor: (f32, f32),
    /// The share of the area broken out.
    pub broken: (f32, f32),
    /// Scratches, fewest and most.
    pub scratches: (usize, usize),
    /// Specks, fewest and most.
    pub specks: (usize, usize),
}

impl Use {
    /// A document in its last years.
    pub const WORN: Self = Self { floor: (0.35, 0.7), broken: (0.02, 0.08), scratches: (5, 25), specks: (20, 150) };
}

/// A number of 0 to 1 that a cell of a grid keeps.
fn cell(column: i32, row: i32, salt: u64) -> f32 {
    let mixed = (column as u32 as u64) << 32 | (row as u32 as u64);
    let mut dice = mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ salt;
    dice ^= dice >> 29;
    dice = dice.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((dice >> 40) as f32) / (1_u64 << 24) as f32
}

/// A smooth field of 0 to 1 whose features have this size in millimetres.
#[must_use]
pub fn cloud((x, y): Point, size: f32, salt: u64) -> f32 {
    let (x, y) = (x / size, y / size);
    let (column, row) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (fx, fy) = (ease(x - column), ease(y - row));
    let at = |right: i32, down: i32| cell(column as i32 + right, row as i32 + down, salt);
    let above = at(0, 0) + (at(1, 0) - at(0, 0)) * fx;
    let below = at(0, 1) + (at(1, 1) - at(0, 1)) * fx;
    above + (below - above) * fy
}

/// Fades ink by a smooth field and breaks grains out of it.
pub fn fade(ink: &mut Layer, used: &Use, dice: &mut Dice) {
    let floor = dice.between(used.floor.0, used.floor.1);
    let (feature, grain) = (dice.between(3.0, 10.0), dice.between(0.12, 0.30));
    let (broken, left) = (dice.between(used.broken.0, used.broken.1), dice.between(0.0, 0.3));
    let (fade, grains) = (dice.bits(), dice.bits());
    ink.wear(|at, cover| {
        let whole = floor + (1.0 - floor) * cloud(at, feature, fade);
        // The mean of a cloud's lattice is flatter than even: the share below 0.5 of a threshold is bent accordingly.
        let out = cloud(at, grain, grains) < 0.12 + broken * 1.6;
        cover * whole * if out && broken > 0.0 { left } else { 1.0 }
    });
}

/// Scratches, specks, a fold and haze over everything.
pub fn use_up(sheet: &mut Sheet, used: &Use, dice: &mut Dice) {
    let size = (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
    let anywhere = |dice: &mut Dice| (dice.between(0.0, size.0), dice.between(0.0, size.1));
    for _ in 0..dice.whole(used.scratches.0, used.scratches.1) {
        let (from, angle) = (anywhere(dice), dice.between(0.0, TAU));
        let length = dice.between(5.0, 60.0);
        let to = (from.0 + length * angle.cos(), from.1 + length * angle.sin());
        let (width, strength) = (dice.between(0.05, 0.2), dice.between(0.35, 0.9));
        let level = if dice.chance(0.7) { dice.between(215.0, 250.0) } else { dice.between(40.0, 110.0) };
        let mut scratch = sheet.layer();
        scratch.stroke(from, to, width, strength);
        sheet.lay(&scratch, [level; 3]);
    }
    let mut specks = sheet.layer();
    for _ in 0..dice.whole(used.specks.0, used.specks.1) {
        let radius = dice.between(0.05, 0.3);
        specks.ellipse(anywhere(dice), (radius, radius), dice.between(0.3, 0.8));
    }
    sheet.lay(&specks, [dice.between(50.0, 120.0); 3]);
    if dice.chance(0.4) {
        let mut fold = sheet.layer();
        let x = dice.between(0.1, 0.9) * size.0;
        fold.stroke((x, 0.0), (x + dice.between(-8.0, 8.0), size.1), 0.25, dice.between(0.3, 0.8));
        sheet.lay(&fold, [dice.between(120.0, 240.0); 3]);
    }
    let haze = dice.between(0.0, 0.3);
    sheet.pixels.iter_mut().flatten().for_each(|level| *level += (205.0 - *level) * haze);
}

/// Puts one to three stamps on a page, the first over `zone`, and sometimes a pen's stroke.
pub fn stamp(sheet: &mut Sheet, typeface: &Typeface, zone: (Point, Point), dice: &mut Dice) {
    let size = (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
    for number in 0..dice.whole(1, 3) {
        let (low, high) = if number == 0 { zone } else { ((0.0, 0.0), size) };
        let centre = (dice.between(low.0 + 12.0, high.0 - 12.0), dice.between(low.1, high.1));
        one_stamp(sheet, typeface, centre, dice);
    }
    if dice.chance(0.3) {
        let mut pen = sheet.layer();
        let (width, strength) = (dice.between(0.3, 0.6), dice.between(0.5, 0.8));
        let mut at = (dice.between(zone.0.0, zone.1.0), dice.between(zone.0.1, zone.1.1));
        for _ in 0..dice.whole(4, 12) {
            let next = (at.0 + dice.between(-4.0, 9.0), at.1 + dice.between(-6.0, 6.0));
            pen.stroke(at, next, width, strength);
            at = next;
        }
        let ink = dice.pick(&[[25.0, 40.0, 150.0], [25.0, 25.0, 30.0], [40.0, 60.0, 170.0]]);
        sheet.stain(&pen, ink);
    }
}

/// Inks of stamps: what each leaves of white.
const INKS: [Colour; 4] = [[30.0, 50.0, 190.0], [200.0, 30.0, 50.0], [120.0, 40.0, 160.0], [20.0, 130.0, 60.0]];

/// A frame, a place and a date, turned and patchy.
fn one_stamp(sheet: &mut Sheet, typeface: &Typeface, centre: Point, dice: &mut Dice) {
    let (half_w, half_h) = (dice.between(14.0, 23.0), dice.between(9.0, 16.0));
    let (line, angle) = (dice.between(0.4, 0.9), dice.between(-40.0, 40.0_f32).to_radians());
    let (sine, cosine) = angle.sin_cos();
    let black = dice.chance(0.2);
    let strength = if black { dice.between(0.4, 0.65) } else { dice.between(0.45, 0.85) };
    let placed = |(x, y): Point| (centre.0 + x * cosine - y * sine, centre.1 + x * sine + y * cosine);
    let mut ink = sheet.layer();
    let corners = [(-half_w, -half_h), (half_w, -half_h), (half_w, half_h), (-half_w, half_h)];
    for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        ink.stroke(placed(*from), placed(*to), line, strength);
    }
    for (row, count) in [(-0.5, 7), (0.0, 9), (0.5, 6)] {
        let height = half_h * 0.14;
        for at in 0..count {
            let character = char::from(dice.pick(b"ABCDEFGHIKLMNOPRSTUVZ0123456789"));
            let x = (at as f32 - (count - 1) as f32 / 2.0) * half_w * 0.19;
            turned(&mut ink, typeface, character, placed((x, row * half_h)), (angle, height, line / 2.0), strength);
        }
    }
    let (patchy, size, salt) = (dice.between(0.0, 0.45), dice.between(1.0, 5.0), dice.bits());
    ink.wear(|at, cover| cover * (1.0 - patchy * cloud(at, size, salt) * 2.0).max(0.0));
    let colour = if black { [20.0; 3] } else { dice.pick(&INKS) };
    sheet.stain(&ink, colour);
}

/// Draws a character of a stamp: angle, half height and half stroke in millimetres.
fn turned(ink: &mut Layer, typeface: &Typeface, character: char, centre: Point, shape: (f32, f32, f32), strength: f32) {
    let (angle, height, half) = shape;
    let (sine, cosine) = angle.sin_cos();
    let scale = height / 1.25;
    let reach = height * 1.8;
    ink.draw((centre.0 - reach, centre.1 - reach), (centre.0 + reach, centre.1 + reach), strength, |(x, y)| {
        let (x, y) = (x - centre.0, y - centre.1);
        let upright = ((x * cosine + y * sine) / scale, (y * cosine - x * sine) / scale);
        typeface.distance(character, upright) * scale - (half - 0.175 * scale).max(0.0) * 0.5
    });
}
