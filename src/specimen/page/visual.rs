//! What stands above the zone: heading, photo, captions and values, signature; and pages that have no zone at all.
//!
//! Texts are invented, faces are ellipses. The visual zone is set in the typeface that is handed over, narrowed, slanted and thinned at
//! random, so that it is print but not OCR-B.

use super::dice::Dice;
use super::sheet::{Colour, Point, Sheet};
use super::typeface::{Print, Typeface};

/// What a page without a zone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Other {
    /// The front of a card.
    #[default]
    Front,
    /// Running text.
    Text,
    /// Two lines of monospaced capitals that are not OCR-B.
    Capitals,
    /// One short number in OCR-B.
    Number,
    /// Rows of chevrons.
    Chevrons,
    /// A table of digits.
    Table,
}

/// A way to set text that is not OCR-B of size I.
fn setting(height: f32, dice: &mut Dice) -> (Print, f32) {
    let tall = height / 2.58;
    let wide = tall * dice.between(0.8, 1.25);
    let bold = dice.between(-0.10, 0.06) * tall;
    let print =
        Print { scale: (wide, tall), grow: bold, slant: if dice.chance(0.2) { 0.2 } else { 0.0 }, strength: 1.0 };
    (print, wide * dice.between(1.9, 2.7))
}

/// Sets one line of random capitals; gives where it ends.
fn line(sheet: &mut Sheet, typeface: &Typeface, at: Point, count: usize, height: f32, colour: Colour, dice: &mut Dice) {
    let (print, advance) = setting(height, dice);
    let mut ink = sheet.layer();
    for index in 0..count {
        let character = char::from(dice.pick(b"ABCDEEFGHIIJKLMNNOOPQRSSTTUVWXYZ0123456789      "));
        typeface.draw(&mut ink, character, (at.0 + (index as f32 + 0.5) * advance, at.1), &print);
    }
    sheet.lay(&ink, colour);
}

/// Fills the part of a page above `floor` millimetres; nothing reaches below it.
pub fn fill(sheet: &mut Sheet, typeface: &Typeface, floor: f32, dice: &mut Dice) {
    let width = sheet.width as f32 / sheet.density;
    let ink = [dice.between(10.0, 60.0), dice.between(10.0, 60.0), dice.between(10.0, 90.0)];
    line(sheet, typeface, (5.0, 5.0), (width / 5.0) as usize, 3.4, ink, dice);
    let photo = (dice.between(0.24, 0.32) * width).min(floor * 0.5);
    face(sheet, (5.0, 11.0), (5.0 + photo, (11.0 + photo * 1.3).min(floor - 2.0)), dice);
    let mut y = 12.0;
    while y < floor - 4.9 {
        let x = 9.0 + photo + dice.between(0.0, 2.0);
        line(sheet, typeface, (x, y), dice.whole(4, 14), dice.between(1.1, 1.9), [110.0, 110.0, 130.0], dice);
        let room = ((width - x) / 3.0) as usize;
        line(sheet, typeface, (x, y + 3.2), dice.whole(3, room.clamp(3, 18)), dice.between(2.0, 3.4), ink, dice);
        y += dice.between(6.5, 9.0);
    }
    if dice.chance(0.6) {
        signature(sheet, (width * 0.6, floor - 7.0), dice);
    }
    if dice.chance(0.5) {
        line(sheet, typeface, (5.0, 8.6), (width / 0.8) as usize, 0.5, [120.0; 3], dice);
    }
}

/// A head and shoulders in a box; what of them lies outside is not drawn.
pub fn face(sheet: &mut Sheet, low: Point, high: Point, dice: &mut Dice) {
    let (middle, width) = ((low.0 + high.0) / 2.0, high.0 - low.0);
    let mut wall = sheet.layer();
    wall.rectangle(low, high, 1.0);
    sheet.lay(&wall, [dice.between(170.0, 230.0); 3]);
    let shapes = [
        ((middle, high.1), (width * 0.45, width * 0.35)),
        ((middle, low.1 + width * 0.55), (width * 0.24, width * 0.34)),
    ];
    for (centre, radii) in shapes {
        let mut shape = sheet.layer();
        shape.ellipse(centre, radii, 1.0);
        shape.wear(|at, cover| if (low.1..=high.1).contains(&at.1) { cover } else { 0.0 });
        sheet.lay(&shape, [dice.between(40.0, 200.0), dice.between(40.0, 170.0), dice.between(40.0, 150.0)]);
    }
}

/// A line that wanders.
fn signature(sheet: &mut Sheet, start: Point, dice: &mut Dice) {
    let mut pen = sheet.layer();
    let mut at = start;
    for _ in 0..dice.whole(8, 20) {
        let next = (at.0 + dice.between(-0.5, 2.6), start.1 + dice.between(-3.0, 3.0));
        pen.stroke(at, next, 0.35, 0.9);
        at = next;
    }
    sheet.lay(&pen, [20.0, 20.0, 60.0]);
}

/// Fills a whole page that has no zone.
pub fn other(sheet: &mut Sheet, typeface: &Typeface, what: Other, dice: &mut Dice) {
    let size = (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
    let ink = [dice.between(8.0, 45.0); 3];
    match what {
        Other::Front => fill(sheet, typeface, size.1, dice),
        Other::Text => paragraph(sheet, typeface, (4.0, size.1 - 4.0), dice),
        Other::Table => table(sheet, typeface, dice),
        Other::Capitals => {
            fill(sheet, typeface, size.1 - 23.0, dice);
            let height = dice.between(2.2, 3.0);
            for y in [size.1 - 15.75, size.1 - 9.4] {
                line(sheet, typeface, (4.0, y), 40, height, ink, dice);
            }
        }
        Other::Number => {
            fill(sheet, typeface, size.1 - 23.0, dice);
            row(sheet, typeface, (dice.between(5.0, 40.0), size.1 - 12.0), dice.whole(6, 12), b"0123456789", ink, dice);
        }
        Other::Chevrons => {
            fill(sheet, typeface, size.1 - 23.0, dice);
            for y in [size.1 - 15.75, size.1 - 9.4] {
                row(sheet, typeface, (4.0, y), (size.0 / 2.54) as usize - 3, b"<", ink, dice);
            }
        }
    }
}

/// Lines of text from one height to another.
pub fn paragraph(sheet: &mut Sheet, typeface: &Typeface, (from, to): Point, dice: &mut Dice) {
    let width = sheet.width as f32 / sheet.density;
    let height = dice.between(1.3, 2.4);
    let mut y = from;
    while y < to {
        line(sheet, typeface, (5.0, y), (width / height / 0.9) as usize, height, [dice.between(20.0, 90.0); 3], dice);
        y += height * 1.9;
    }
}

/// Lines of text within a box.
pub fn block(sheet: &mut Sheet, typeface: &Typeface, low: Point, high: Point, ink: Colour, dice: &mut Dice) {
    let height = dice.between(1.5, 3.2);
    let mut y = low.1 + height / 2.0;
    while y + height / 2.0 < high.1 {
        line(sheet, typeface, (low.0, y), ((high.0 - low.0) / height / 1.35) as usize, height, ink, dice);
        y += height * 1.7;
    }
}

/// Characters of OCR-B at its own pitch.
fn row(sheet: &mut Sheet, typeface: &Typeface, at: Point, count: usize, of: &[u8], colour: Colour, dice: &mut Dice) {
    let mut ink = sheet.layer();
    for index in 0..count {
        let centre = (at.0 + (index as f32 + 0.5) * 2.54, at.1);
        typeface.draw(&mut ink, char::from(dice.pick(of)), centre, &Print::NOMINAL);
    }
    sheet.lay(&ink, colour);
}

/// Columns of digits.
fn table(sheet: &mut Sheet, typeface: &Typeface, dice: &mut Dice) {
    let size = (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
    let height = dice.between(1.8, 2.8);
    let (print, advance) = setting(height, dice);
    let mut ink = sheet.layer();
    let mut y = 6.0;
    while y < size.1 - 4.0 {
        let mut x = 5.0;
        while x < size.0 - 12.0 {
            for index in 0..dice.whole(2, 5) {
                let digit = char::from(dice.pick(b"0123456789"));
                typeface.draw(&mut ink, digit, (x + index as f32 * advance, y), &print);
            }
            x += advance * 7.0;
        }
        y += height * 1.8;
    }
    sheet.lay(&ink, [dice.between(10.0, 60.0); 3]);
}
