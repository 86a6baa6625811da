//! A portrait of nobody: ellipses with light from the upper left, as a JPEG of 240 × 320 pixels.
//!
//! Drawn with whole numbers only, so that it is the same on every machine. Sizes, colours and hair follow from the
//! seed. Not done: a face that a matcher would take for one.

use super::invalid;
use super::seed::Seed;
use crate::error::Result;
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

/// Width in pixels.
pub(super) const WIDTH: u16 = 240;
/// Height in pixels.
pub(super) const HEIGHT: u16 = 320;
/// What the encoder is asked for, of 100.
const QUALITY: u8 = 72;

/// Red, green and blue, 0 to 255 before light is added.
type Colour = [i32; 3];

const SKINS: [Colour; 5] = [[236, 202, 178], [214, 168, 136], [178, 128, 96], [134, 92, 66], [96, 64, 48]];
const HAIRS: [Colour; 5] = [[38, 30, 28], [92, 58, 36], [168, 124, 70], [128, 128, 132], [122, 50, 28]];
const SHIRTS: [Colour; 4] = [[40, 70, 120], [110, 40, 60], [50, 100, 80], [90, 90, 100]];

/// An ellipse that is lighter towards the upper left.
struct Ellipse {
    /// The centre, from the left.
    x: i32,
    /// The centre, from above.
    y: i32,
    /// Half the width.
    width: i32,
    /// Half the height.
    height: i32,
    /// In the middle.
    colour: Colour,
    /// How much lighter or darker its rim is, in levels of 255.
    relief: i32,
}

impl Ellipse {
    /// The colour at a point, if it lies inside.
    fn at(&self, x: i32, y: i32) -> Option<Colour> {
        let (dx, dy) = (x - self.x, y - self.y);
        let (w2, h2) = (self.width * self.width, self.height * self.height);
        let inside = dx * dx * h2 + dy * dy * w2 <= w2 * h2;
        let light = -(dx * self.relief / self.width + dy * self.relief / self.height) / 2;
        inside.then(|| self.colour.map(|level| level + light))
    }
}

/// What is drawn, from back to front: hair behind the head, shirt, neck, ears, face, fringe, eyes with brows, nose, mouth.
///
/// Places are in pixels from the upper left corner. The seed moves every measure by a few pixels and picks the colours.
fn figure(number: u64) -> Vec<Ellipse> {
    let draw = |what: &str, bound: i32| {
        let drawn = Seed::of(what, number).below(u64::try_from(bound).unwrap_or(0));
        i32::try_from(drawn).unwrap_or(0)
    };
    let pick = |what: &str, colours: &[Colour]| {
        let index = Seed::of(what, number).below(colours.len() as u64);
        usize::try_from(index).ok().and_then(|index| colours.get(index)).copied().unwrap_or_default()
    };
    let (skin, hair) = (pick("skin", &SKINS), pick("hair", &HAIRS));
    let (face_w, face_h) = (58 + draw("face width", 10), 78 + draw("face height", 10));
    let (eye_y, apart) = (148 + draw("eye height", 8), 24 + draw("eye distance", 6));
    let (mouth_w, beneath) = (18 + draw("mouth", 8), draw("hair length", 70));
    let darker = |by: i32| skin.map(|level| level - by);
    let ellipse = |x, y, width, height, colour, relief| Ellipse { x, y, width, height, colour, relief };
    let mut figure = vec![
        ellipse(120, 150 + beneath / 2, face_w + 12, face_h + beneath / 2, hair, 30),
        ellipse(120, 340, 108, 84, pick("shirt", &SHIRTS), 50),
        ellipse(120, 250, 26, 44, darker(28), 20),
        ellipse(120 - face_w, 165, 9, 18, darker(12), 20),
        ellipse(120 + face_w, 165, 9, 18, darker(24), 20),
        ellipse(120, 162, face_w, face_h, skin, 60),
        ellipse(120, 102, face_w - 8, 28, hair, 40),
    ];
    for x in [120 - apart, 120 + apart] {
        figure.push(ellipse(x, eye_y - 15, 14, 4, hair, 10));
        figure.push(ellipse(x, eye_y, 12, 7, [244, 244, 240], 20));
        figure.push(ellipse(x, eye_y, 6, 6, pick("iris", &HAIRS), 20));
        figure.push(ellipse(x, eye_y, 3, 3, [16, 16, 18], 0));
    }
    figure.push(ellipse(122, 176, 9, 20, darker(14), 40));
    figure.push(ellipse(120, 192, 13, 7, darker(18), 40));
    figure.push(ellipse(120, 214, mouth_w, 6, [168, 84, 80], 30));
    figure.push(ellipse(120, 213, mouth_w - 3, 1, [96, 40, 44], 0));
    figure
}

/// The JPEG of the portrait with this number: baseline, three components, no metadata.
///
/// The topmost shape at a pixel decides; where there is none, a wall that darkens downwards.
///
/// # Errors
/// `BadArgument` if it cannot be encoded, which no number can cause.
pub(super) fn jpeg(number: u64) -> Result<Vec<u8>> {
    let figure = figure(number);
    let mut pixels = Vec::with_capacity(usize::from(WIDTH) * usize::from(HEIGHT) * 3);
    for y in 0..i32::from(HEIGHT) {
        for x in 0..i32::from(WIDTH) {
            let wall = [206 - y / 8, 214 - y / 8, 220 - y / 8];
            let front = figure.iter().rev().find_map(|shape| shape.at(x, y)).unwrap_or(wall);
            pixels.extend(front.map(|level| u8::try_from(level.clamp(0, 255)).unwrap_or(0)));
        }
    }
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY)
        .encode(&pixels, WIDTH.into(), HEIGHT.into(), ExtendedColorType::Rgb8)
        .map_err(|_| invalid())?;
    Ok(file)
}
