//! OCR-B from the fonts that Debian's package `fonts-ocr-b` installs, if it is there.

use landfall::specimen::page::sheet::Point;
use landfall::specimen::page::typeface::Typeface;
use ttf_parser::{Face, OutlineBuilder};

/// Millimetres of an em in which one character takes 2.54.
const EM: f32 = 2.54 / 0.723;

/// The two cuts of OCR-B, round ends four times and sharp ends once.
pub fn ocr_b() -> Vec<Typeface> {
    let mut faces = Vec::new();
    for (name, times) in [("OCRB", 4), ("OCRBS", 1)] {
        let file = std::fs::read(format!("/usr/share/fonts/opentype/ocr-b/{name}.otf"));
        if let Some(face) = file.ok().and_then(|file| read(&file)) {
            faces.extend(std::iter::repeat_n(face, times));
        }
    }
    faces
}

/// The outlines of a font file.
fn read(file: &[u8]) -> Option<Typeface> {
    let face = Face::parse(file, 0).ok()?;
    let scale = EM / f32::from(face.units_per_em());
    let tall = face.glyph_bounding_box(face.glyph_index('H')?)?;
    let middle = f32::from(tall.y_min + tall.y_max) / 2.0;
    let characters = "0123456789<ABCDEFGHIJKLMNOPQRSTUVWXYZ".chars();
    let outlines = characters.map(|character| {
        let glyph = face.glyph_index(character)?;
        let advance = f32::from(face.glyph_hor_advance(glyph)?);
        let mut pen = Pen { contours: Vec::new(), to: |x, y| ((x - advance / 2.0) * scale, (middle - y) * scale) };
        face.outline_glyph(glyph, &mut pen)?;
        Some((character, pen.contours))
    });
    Some(Typeface::outlines(&outlines.collect::<Option<Vec<_>>>()?))
}

/// Flattens curves into short straight pieces.
struct Pen<F: Fn(f32, f32) -> Point> {
    contours: Vec<Vec<Point>>,
    to: F,
}

impl<F: Fn(f32, f32) -> Point> Pen<F> {
    fn add(&mut self, at: Point) {
        if let Some(contour) = self.contours.last_mut() {
            contour.push(at);
        }
    }

    fn last(&self) -> Point {
        self.contours.last().and_then(|contour| contour.last()).copied().unwrap_or_default()
    }
}

impl<F: Fn(f32, f32) -> Point> OutlineBuilder for Pen<F> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(vec![(self.to)(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let at = (self.to)(x, y);
        self.add(at);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, control, end) = (self.last(), (self.to)(x1, y1), (self.to)(x, y));
        for step in 1..=6 {
            let t = step as f32 / 6.0;
            let mix = |a: f32, b: f32, c: f32| a * (1.0 - t) * (1.0 - t) + 2.0 * b * t * (1.0 - t) + c * t * t;
            self.add((mix(from.0, control.0, end.0), mix(from.1, control.1, end.1)));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (from, first, second, end) = (self.last(), (self.to)(x1, y1), (self.to)(x2, y2), (self.to)(x, y));
        for step in 1..=6 {
            let t = step as f32 / 6.0;
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                a * u * u * u + 3.0 * b * t * u * u + 3.0 * c * t * t * u + d * t * t * t
            };
            self.add((mix(from.0, first.0, second.0, end.0), mix(from.1, first.1, second.1, end.1)));
        }
    }

    fn close(&mut self) {}
}
