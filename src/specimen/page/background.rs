//! The print that lies under everything on a page: families of waved lines and rosettes, as security printers draw them.
//!
//! PAGES of a document are covered to the edge, the machine-readable zone included (Doc 9303-2 §4: B900 ink reads through it).
//! Not done: microprint inside the lines, rainbow print, guilloche of several centres.

use super::dice::Dice;
use super::sheet::{Colour, Layer, Point, Sheet};
use core::f32::consts::TAU;

/// Paper, white or nearly so: 228 to 252, tinted by 4 to 40 levels.
#[must_use]
pub fn paper(dice: &mut Dice) -> Colour {
    let (light, tint) = (dice.between(228.0, 252.0), dice.between(4.0, 40.0));
    [0; 3].map(|_| light - dice.share() * tint)
}

/// Prints two to four families of waved lines and up to three rosettes; `strength` of 1 prints them in full.
pub fn print(sheet: &mut Sheet, strength: f32, dice: &mut Dice) {
    for _ in 0..dice.whole(2, 4) {
        let mut lines = sheet.layer();
        waves(&mut lines, dice);
        lay(sheet, &lines, strength, dice);
    }
    for _ in 0..dice.whole(0, 3) {
        let mut rosette = sheet.layer();
        draw_rosette(&mut rosette, dice);
        lay(sheet, &rosette, strength, dice);
    }
}

/// Lays ink 15 to 80 levels darker than the paper.
fn lay(sheet: &mut Sheet, ink: &Layer, strength: f32, dice: &mut Dice) {
    let depth = dice.between(15.0, 80.0) * strength;
    let hue = [0; 3].map(|_| 255.0 - depth * dice.between(0.3, 1.0));
    sheet.stain(ink, hue);
}

/// A sine to a few parts in a hundred, of an angle in turns: what a wave needs, and no more.
fn sine(turns: f32) -> f32 {
    let x = (turns - turns.floor()) * 2.0 - 1.0;
    -4.0 * x * (1.0 - x.abs())
}

/// How far a value is from the nearest multiple of a spacing.
fn off_grid(value: f32, spacing: f32) -> f32 {
    let steps = value / spacing;
    (steps - steps.round()).abs() * spacing
}

/// One family of lines over the whole page.
fn waves(ink: &mut Layer, dice: &mut Dice) {
    let (sin, cos) = dice.between(0.0, TAU).sin_cos();
    let (spacing, width) = (dice.between(0.7, 2.2), dice.between(0.06, 0.16));
    let (swing, length, phase) = (dice.between(0.2, 3.0), dice.between(6.0, 40.0), dice.share());
    let far = (ink.width as f32 / ink.density, ink.height as f32 / ink.density);
    ink.draw((0.0, 0.0), far, 1.0, |(x, y)| {
        let (across, along) = (x * cos + y * sin, y * cos - x * sin);
        off_grid(across + swing * sine(along / length + phase), spacing) - width / 2.0
    });
}

/// Rings whose radius swings with the angle.
fn draw_rosette(ink: &mut Layer, dice: &mut Dice) {
    let far = (ink.width as f32 / ink.density, ink.height as f32 / ink.density);
    let centre: Point = (dice.between(0.0, far.0), dice.between(0.0, far.1));
    let radius = dice.between(6.0, 25.0);
    let (spacing, width) = (dice.between(0.7, 2.2), dice.between(0.06, 0.16));
    let (petals, swing) = (dice.whole(5, 24) as f32, dice.between(0.1, 0.4));
    let low = (centre.0 - radius, centre.1 - radius);
    let high = (centre.0 + radius, centre.1 + radius);
    ink.draw(low, high, 1.0, |(x, y)| {
        let (x, y) = (x - centre.0, y - centre.1);
        let away = x.hypot(y);
        let ring = away * (1.0 + swing * sine(y.atan2(x) / TAU * petals) * 0.2);
        (off_grid(ring, spacing) - width / 2.0).max(away - radius)
    });
}
