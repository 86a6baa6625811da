//! The 37 characters of a machine-readable zone as shapes: our own constant strokes after ISO 1073-2 (OCR-B size I), or outlines of
//! a font that the caller read.
//!
//! A glyph is kept as a field of distances from its edge, so that thin and fat print is a matter of adding to it. One character
//! takes 2.54 mm of the line, the middle of a capital H stands on the line's centre (Doc 9303-3 §4.2, §4.3).
//! No font file is part of the project. Not done: lower case and the signs of OCR-B that no zone uses.

use super::sheet::{Layer, Point, distance_to_stroke};

/// Millimetres between two columns or rows of a field.
const STEP: f32 = 0.04;
/// Columns of a field: ±1.6 mm around the centre.
const COLUMNS: usize = 81;
/// Rows of a field: ±2 mm.
const ROWS: usize = 101;
/// Millimetres of one unit of the strokes below.
const UNIT: f32 = 2.54 / 86.8;
/// Half the width of a stroke: 0.35 mm (ISO 1073-2, size I).
const HALF_STROKE: f32 = 0.175;

/// The strokes of each character, around the centre of its cell: `m x y` begins, `l x y` draws a line, `q cx cy x y` a parabola, and
/// `e cx cy rx ry` an ellipse.
const STROKES: [(char, &str); 37] = [
    ('0', "m 0 -45 q 24 -45 24 -18 l 24 12 q 24 39 0 39 q -24 39 -24 12 l -24 -18 q -24 -45 0 -45"),
    ('1', "m -21 -26 l 2 -44 l 4 -44 l 4 39"),
    ('2', "m -22 -33 q -14 -45 2 -45 q 23 -45 23 -25 q 23 -10 4 2 q -21 17 -21 30 l -21 36 l 23 36"),
    ('3', "m -24 -43 l 22 -43 l -8 -11 q 24 -14 24 13 q 24 38 -4 38 q -16 38 -25 33"),
    ('4', "m 3 -45 l -26 16 l 26 16 m 11 -5 l 11 39"),
    ('5', "m 21 -43 l -17 -43 l -19 -13 q 22 -16 22 12 q 22 38 -20 38"),
    ('6', "m 10 -45 l -17 -2 q -24 6 -24 15 e 0 15 24 23"),
    ('7', "m -24 -43 l 24 -43 q 24 -28 8 -9 q -9 8 -8 39"),
    ('8', "e 0 -27 20 18 e 0 15 24 23"),
    ('9', "e 0 -22 24 23 m 24 -22 q 24 0 -9 38"),
    ('<', "m 25 -36 l -24 -4 l 25 29"),
    ('A', "m -23 38 l -5 -37 l 5 -37 l 23 38 m -17 14 l 17 14"),
    (
        'B',
        "m -24 -36 l 4 -36 q 21 -36 21 -19 q 21 -3 4 -3 l -24 -3 m 4 -3 q 25 -3 25 17 q 25 36 4 36 l -24 36 l -24 -36",
    ),
    ('C', "m 19 -28 q 15 -38 2 -38 q -18 -38 -18 0 q -18 38 2 38 q 17 38 19 28"),
    ('D', "m -18 -37 l -18 37 q 22 36 22 0 q 22 -36 -18 -37"),
    ('E', "m 23 -37 l -18 -37 l -18 36 l 23 36 m -18 -1 l 17 -1"),
    ('F', "m 22 -37 l -13 -37 l -13 38 m -13 -1 l 17 -1"),
    ('G', "m 22 -28 q 13 -38 1 -38 q -22 -38 -22 0 q -22 38 4 38 q 17 37 24 33 l 24 3 l 2 3"),
    ('H', "m -21 -38 l -21 38 m 21 -38 l 21 38 m -21 -2 l 21 -2"),
    ('I', "m -16 -37 l 16 -37 m 0 -37 l 0 36 m -18 36 l 18 36"),
    ('J', "m 9 -38 l 9 20 q 9 38 -7 38 q -23 38 -22 20"),
    ('K', "m -22 -38 l -22 38 m 24 -38 l -18 -2 l 25 37"),
    ('L', "m -20 -38 l -20 36 l 25 36"),
    ('M', "m -23 38 l -23 -37 l -14 -37 l 0 13 l 14 -37 l 24 -37 l 24 38"),
    ('N', "m -21 38 l -21 -37 l -14 -37 l 15 37 l 22 37 l 22 -38"),
    ('O', "e 0 0 23 38"),
    ('P', "m -20 38 l -20 -37 l 0 -37 q 25 -37 25 -17 q 25 3 0 3 l -20 3"),
    ('Q', "e -1 0 23 38 m -1 5 l 25 36"),
    ('R', "m -20 38 l -20 -37 l 0 -37 q 23 -37 23 -24 q 23 0 8 1 l -20 2 m 0 2 l 22 37"),
    ('S', "m 20 -27 q 16 -38 1 -38 q -19 -38 -19 -22 q -19 -8 2 -2 q 22 5 22 18 q 22 38 1 38 q -17 38 -20 24"),
    ('T', "m -24 -36 l 24 -36 m 0 -36 l 0 38"),
    ('U', "m -22 -38 l -22 14 q -22 38 0 38 q 22 38 22 14 l 22 -38"),
    ('V', "m -25 -38 l -4 37 l 4 37 l 25 -38"),
    ('W', "m -24 -38 l -14 37 l -10 37 l 0 -5 l 10 37 l 14 37 l 24 -38"),
    ('X', "m -22 -38 l 22 38 m 22 -38 l -22 38"),
    ('Y', "m -22 -38 l 0 3 l 22 -38 m 0 3 l 0 38"),
    ('Z', "m -23 -36 l 20 -36 l -21 36 l 24 36"),
];

/// Shapes of characters.
#[derive(Clone)]
pub struct Typeface {
    glyphs: Vec<(char, Vec<f32>)>,
}

/// How one character is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Print {
    /// Width and height, 1 for size I.
    pub scale: Point,
    /// Millimetres by which every edge moves outwards.
    pub grow: f32,
    /// Millimetres to the right for each millimetre upwards.
    pub slant: f32,
    /// How much ink, 0 to 1.
    pub strength: f32,
}

impl Print {
    /// OCR-B size I as it should be.
    pub const NOMINAL: Self = Self { scale: (1.0, 1.0), grow: 0.0, slant: 0.0, strength: 1.0 };
}

impl Typeface {
    /// The strokes that Landfall itself draws.
    #[must_use]
    pub fn strokes() -> Self {
        let glyphs = STROKES.iter().map(|(character, path)| {
            let segments = segments(path);
            let nearest = |at: Point| {
                let distances = segments.iter().map(|(from, to)| distance_to_stroke(at, *from, *to));
                distances.fold(f32::MAX, f32::min) - HALF_STROKE
            };
            (*character, field(nearest))
        });
        Self { glyphs: glyphs.collect() }
    }

    /// Filled outlines: for each character its closed contours in millimetres around the centre of its cell, y downwards.
    #[must_use]
    pub fn outlines(outlines: &[(char, Vec<Vec<Point>>)]) -> Self {
        let glyphs = outlines.iter().map(|(character, contours)| {
            let edges = || {
                contours.iter().flat_map(|contour| {
                    let next = contour.iter().cycle().skip(1);
                    contour.iter().copied().zip(next.copied())
                })
            };
            let distance = |at: Point| {
                let away = edges().map(|(from, to)| distance_to_stroke(at, from, to)).fold(f32::MAX, f32::min);
                if winding(at, edges()) == 0 { away } else { -away }
            };
            (*character, field(distance))
        });
        Self { glyphs: glyphs.collect() }
    }

    /// How far a place is from the edge of a character, both in millimetres around the centre of its cell; negative inside.
    #[must_use]
    pub fn distance(&self, character: char, at: Point) -> f32 {
        let glyph = self.glyphs.iter().find(|(known, _)| *known == character);
        glyph.map_or(1.0, |(_, field)| sample(field, at.0, at.1))
    }

    /// Draws one character around its centre; nothing for a character that the typeface lacks.
    pub fn draw(&self, ink: &mut Layer, character: char, centre: Point, print: &Print) {
        let Some((_, field)) = self.glyphs.iter().find(|(known, _)| *known == character) else {
            return;
        };
        let (reach_x, reach_y) = (1.5 * print.scale.0, 1.9 * print.scale.1);
        let low = (centre.0 - reach_x, centre.1 - reach_y);
        let high = (centre.0 + reach_x, centre.1 + reach_y);
        let least = print.scale.0.min(print.scale.1);
        ink.draw(low, high, print.strength, |(x, y)| {
            let (x, y) = (x - centre.0, y - centre.1);
            sample(field, (x + y * print.slant) / print.scale.0, y / print.scale.1) * least - print.grow
        });
    }
}

/// How often a contour winds around a place.
fn winding(at: Point, edges: impl Iterator<Item = (Point, Point)>) -> i32 {
    edges.fold(0, |turns, (from, to)| {
        let upwards = from.1 <= at.1 && to.1 > at.1;
        let downwards = from.1 > at.1 && to.1 <= at.1;
        let side = (to.0 - from.0) * (at.1 - from.1) - (at.0 - from.0) * (to.1 - from.1);
        turns + i32::from(upwards && side > 0.0) - i32::from(downwards && side < 0.0)
    })
}

/// The field of a shape that is given by its distance.
fn field(distance: impl Fn(Point) -> f32) -> Vec<f32> {
    let place = |index: usize, count: usize| (index as f32 - (count - 1) as f32 / 2.0) * STEP;
    let rows = (0..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| (column, row)));
    rows.map(|(column, row)| distance((place(column, COLUMNS), place(row, ROWS)))).collect()
}

/// The distance at a place, between the field's points; beyond the field, far away.
fn sample(field: &[f32], x: f32, y: f32) -> f32 {
    let (x, y) = (x / STEP + (COLUMNS - 1) as f32 / 2.0, y / STEP + (ROWS - 1) as f32 / 2.0);
    if x < 0.0 || y < 0.0 || x >= (COLUMNS - 1) as f32 || y >= (ROWS - 1) as f32 {
        return 1.0;
    }
    let (column, row) = (x as usize, y as usize);
    let (fx, fy) = (x - column as f32, y - row as f32);
    let at = |column: usize, row: usize| field.get(row * COLUMNS + column).copied().unwrap_or(1.0);
    let above = at(column, row) * (1.0 - fx) + at(column + 1, row) * fx;
    let below = at(column, row + 1) * (1.0 - fx) + at(column + 1, row + 1) * fx;
    above * (1.0 - fy) + below * fy
}

/// The straight pieces of a path, in millimetres.
fn segments(path: &str) -> Vec<(Point, Point)> {
    let mut pieces = Vec::new();
    let mut words = path.split(' ');
    let mut at = (0.0, 0.0);
    while let Some(command) = words.next() {
        let mut point = || {
            let mut number = || words.next().and_then(|word| word.parse::<f32>().ok()).unwrap_or(0.0) * UNIT;
            (number(), number())
        };
        let start = at;
        let curve = match command {
            "q" => {
                let (control, end) = (point(), point());
                parabola(start, control, end)
            }
            "e" => {
                let (centre, radii) = (point(), point());
                ellipse(centre, radii)
            }
            "l" => vec![start, point()],
            _ => vec![point()],
        };
        pieces.extend(curve.iter().copied().zip(curve.iter().copied().skip(1)));
        at = curve.last().copied().unwrap_or(start);
    }
    pieces
}

fn parabola(from: Point, control: Point, to: Point) -> Vec<Point> {
    let at = |step: i32| {
        let t = step as f32 / 8.0;
        let mix = |a: f32, b: f32, c: f32| a * (1.0 - t) * (1.0 - t) + 2.0 * b * t * (1.0 - t) + c * t * t;
        (mix(from.0, control.0, to.0), mix(from.1, control.1, to.1))
    };
    (0..=8).map(at).collect()
}

fn ellipse(centre: Point, radii: Point) -> Vec<Point> {
    let at = |step: i32| {
        let (sine, cosine) = (step as f32 / 32.0 * core::f32::consts::TAU).sin_cos();
        (centre.0 + radii.0 * cosine, centre.1 + radii.1 * sine)
    };
    (0..=32).map(at).collect()
}
