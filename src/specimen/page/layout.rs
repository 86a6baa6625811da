//! Where a zone stands on its page (Doc 9303-4 §3, -5, -6 and -7), and how it is printed there.

use super::dice::Dice;
use super::sheet::{Layer, Point};
use super::typeface::{Print, Typeface};
use crate::mrz::Layout;

/// Millimetres from one character to the next.
pub const PITCH: f32 = 2.54;

/// The size of the page, the centre of the first character's cell from the left edge and of each line above the lower edge.
struct Form {
    size: Point,
    left: f32,
    lines: &'static [f32],
}

const fn form(layout: Layout) -> Form {
    let two: &[f32] = &[15.75, 9.40];
    match layout {
        Layout::Td1 => Form { size: (85.60, 53.98), left: 5.0, lines: &[15.73, 11.50, 7.27] },
        Layout::Td3 => Form { size: (125.0, 88.0), left: 4.0, lines: two },
        Layout::MrvA => Form { size: (120.0, 80.0), left: 4.0, lines: two },
        _ => Form { size: (105.0, 74.0), left: 4.0, lines: two },
    }
}

/// The size of a page in millimetres.
#[must_use]
pub const fn size(layout: Layout) -> Point {
    form(layout).size
}

/// The part of the page that its zone takes: two corners in millimetres.
#[must_use]
pub fn zone(layout: Layout) -> (Point, Point) {
    let form = form(layout);
    let top = form.lines.iter().copied().fold(0.0, f32::max);
    ((0.0, form.size.1 - top - 3.0), form.size)
}

/// The centres of all characters in millimetres, line by line, within the tolerances of printers.
#[must_use]
pub fn centres(layout: Layout, dice: &mut Dice) -> Vec<Vec<Point>> {
    let form = form(layout);
    let pitch = PITCH * dice.between(0.992, 1.008);
    let left = form.left + PITCH / 2.0 + dice.between(-0.6, 0.8);
    let lift = dice.between(-0.5, 0.5);
    let uneven = dice.between(0.0, 0.04);
    let lines = form.lines.iter().zip(layout.lines());
    lines
        .map(|(above, count)| {
            let start = left + dice.between(-0.1, 0.1);
            let y = form.size.1 - above + lift + dice.between(-0.05, 0.05);
            (0..*count).map(|at| (start + at as f32 * pitch, y + uneven * dice.normal())).collect()
        })
        .collect()
}

/// Prints a zone.
pub fn print(ink: &mut Layer, typeface: &Typeface, lines: &[String], centres: &[Vec<Point>], print: &Print) {
    for (line, centres) in lines.iter().zip(centres) {
        for (character, centre) in line.chars().zip(centres) {
            typeface.draw(ink, character, *centre, print);
        }
    }
}
