//! Aztec codes: ISO/IEC 24778.
//!
//! The bull's-eye gives the middle, its rings the grid; the mode message around it tells turn, mirror and size.
//! From there the grid is carried outwards in steps: each wider square of modules is fitted to where dark and light
//! stand out most, so that what a camera bends is followed. The order of modules, the correction and the content are
//! our own.
//!
//! Hostile pages: the number of bull's-eyes tried is bounded, and each costs budget.
//!
//! # Layout
//!
//! ```text
//! compact                         full
//! rings to distance 4             rings to distance 6
//! mode message at distance 5      mode message at distance 7, with the reference grid in the middle of each side
//! 1 to 4 layers of two modules    1 to 32 layers, and a reference line at every 16th module from the middle
//!
//! mode message    compact  7 words of 4 bits, 2 of them data: layers - 1 (2 bits), codewords - 1 (6 bits)
//!                 full    10 words of 4 bits, 4 of them data: layers - 1 (5 bits), codewords - 1 (11 bits)
//! codewords       6 bits to 2 layers, 8 to 8 layers, 10 to 22 layers, 12 beyond
//! ```
//!
//! Layers are read from the outside to the middle; the first bits are the first to be thrown away if the bits of all layers are no
//! multiple of a codeword.

use super::budget::Budget;
use super::code::{EVIDENCE, Field, correct, correct_with_doubts};
use super::content::{Content, aztec};
use super::datamatrix::contains;
use super::geometry::{Homography, Point, at, climb, contrast};
use super::grey::Grey;
use super::grid::{Modules, Samples};
use super::qr::agreement;
use super::scan::Spot;
use super::symbol::{Found, Symbology};

/// The most bull's-eyes that are tried.
const MAX_EYES: usize = 600;

/// The two families of symbols.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Compact,
    Full,
}

impl Shape {
    /// Modules from the middle to the ring of the mode message.
    const fn ring(self) -> i32 {
        match self {
            Self::Compact => 5,
            Self::Full => 7,
        }
    }
}

/// What the mode message says.
#[derive(Debug, Clone, Copy)]
struct Mode {
    shape: Shape,
    layers: usize,
    words: usize,
}

impl Mode {
    /// Modules of a side without the reference grid.
    const fn base(self) -> usize {
        self.layers * 4 + if matches!(self.shape, Shape::Compact) { 11 } else { 14 }
    }

    /// Modules of a side.
    const fn size(self) -> usize {
        match self.shape {
            Shape::Compact => self.base(),
            Shape::Full => self.base() + 1 + 2 * ((self.base() / 2 - 1) / 15),
        }
    }

    /// Bits of all layers: each is longer than the one within it by sixteen.
    const fn bits(self) -> usize {
        (self.layers * 16 + if matches!(self.shape, Shape::Compact) { 88 } else { 112 }) * self.layers
    }

    /// Bits of a codeword: ISO/IEC 24778 table 3.
    const fn word_bits(self) -> usize {
        match self.layers {
            0..=2 => 6,
            3..=8 => 8,
            9..=22 => 10,
            _ => 12,
        }
    }

    /// The field in which the codewords are corrected: the polynomials of ISO/IEC 24778 §7.2.2.
    fn field(self) -> Field {
        let polynomial = match self.word_bits() {
            6 => 0x43,
            8 => 0x12d,
            10 => 0x409,
            _ => 0x1069,
        };
        Field::binary(self.word_bits() as u32, polynomial)
    }
}

/// Reads every Aztec code whose bull's-eye is among `spots`; those whose rings agree best come first.
pub(crate) fn read(grey: Grey<'_>, spots: &[Spot], budget: &mut Budget, found: &mut Vec<Found>) {
    let mut spots = spots.to_vec();
    spots.sort_by_key(|spot| core::cmp::Reverse(spot.count));
    spots.truncate(MAX_EYES);
    let field = Field::binary(4, 0x13);
    let modules = rings(4);
    let mut eyes: Vec<Eye> = Vec::new();
    for spot in spots {
        if !budget.spend(1500) {
            break;
        }
        eyes.extend(turned(grey, spot, &modules).filter(|eye| eye.fit > 0.4));
    }
    eyes.sort_by(|a, b| b.fit.total_cmp(&a.fit));
    for eye in eyes {
        if found.iter().any(|known| contains(&known.corners, eye.spot.middle)) {
            continue;
        }
        let mut part = budget.part(8_000_000);
        found.extend(read_one(grey, &eye, &field, &mut part));
        budget.merge(&part);
    }
}

/// How well the reference grid has to agree before modules are taken for words: a grid that lies off by a module agrees with nothing.
const ALIKE: f32 = 0.2;

/// Sides of all symbols, in modules.
fn sides() -> impl Iterator<Item = usize> {
    let compact = (1..=4).map(|layers| Mode { shape: Shape::Compact, layers, words: 0 }.size());
    compact.chain((1..=32).map(|layers| Mode { shape: Shape::Full, layers, words: 0 }.size()))
}

/// The symbol within an outline, if there are rings in its middle: of all sizes the one is tried whose rings agree best.
pub(super) fn of_outline(grey: Grey<'_>, corners: &[Point; 4], field: &Field, budget: &mut Budget) -> Option<Found> {
    let modules = rings(4);
    let mut best: Option<Eye> = None;
    for side in sides() {
        let reach = side as f32 * 0.5;
        let map = Homography::between(square(reach), *corners)?;
        let module = map.map(at(0.0, 0.0)).distance(map.map(at(1.0, 0.0)));
        if module < 1.4 || !budget.spend(100) {
            continue;
        }
        let fit = agreement(grey, &map, &modules);
        if best.as_ref().is_none_or(|known| fit > known.fit) {
            let spot = Spot { middle: map.map(at(0.0, 0.0)), module: at(module, module), count: 1 };
            best = Some(Eye { spot, map, fit });
        }
    }
    read_one(grey, &best.filter(|eye| eye.fit > 0.4)?, field, budget)
}

/// A bull's-eye with the grid that its rings agree with, and how well.
struct Eye {
    spot: Spot,
    map: Homography,
    fit: f32,
}

/// One bull's-eye: rings, shape, mode message, layers. Each step costs more than the one before and is made only if that one
/// agreed.
fn read_one(grey: Grey<'_>, eye: &Eye, field: &Field, budget: &mut Budget) -> Option<Found> {
    if !budget.spend(16_000) {
        return None;
    }
    let (spot, modules) = (eye.spot, rings(4));
    let (map, fit) = climb(square(4.0), &eye.map, spot.size() * 0.4, 4, |map| agreement(grey, map, &modules));
    if fit < 0.7 || !budget.spend(24_000) {
        return None;
    }
    for shape in shapes(grey, &map) {
        let (map, _) = match shape {
            Shape::Compact => (map, fit),
            Shape::Full => climb(square(6.0), &map, spot.size() * 0.25, 3, |map| agreement(grey, map, &rings(6))),
        };
        let Some((mode, turned)) = mode(grey, &map, shape, field) else { continue };
        if let Some(found) = read_data(grey, &turned, mode, budget) {
            return Some(found);
        }
    }
    rune(grey, &map, field)
}

/// Corners of a square around the middle, in the order of a quad.
fn square(reach: f32) -> [Point; 4] {
    [at(-reach, -reach), at(reach, -reach), at(reach, reach), at(-reach, reach)]
}

/// The rings of a bull's-eye up to a distance: the middle dark, then light and dark in turn.
fn rings(reach: i32) -> Vec<(Point, bool)> {
    let mut modules = Vec::new();
    for y in -reach..=reach {
        for x in -reach..=reach {
            modules.push((at(x as f32, y as f32), x.abs().max(y.abs()) % 2 == 0));
        }
    }
    modules
}

/// Lays a grid on the rings: of all turns the one that agrees best.
///
/// A square looks the same after a quarter turn, so that turns from 0 to 85° are all there are. The rings say nothing about the turn
/// beyond that; the mode message does.
fn turned(grey: Grey<'_>, spot: Spot, modules: &[(Point, bool)]) -> Option<Eye> {
    let mut best: Option<Eye> = None;
    for step in 0..18u8 {
        let angle = (f32::from(step) * 5.0).to_radians();
        let (sine, cosine) = angle.sin_cos();
        // A line across turned rings is longer than the rings are apart.
        let shrink = sine.abs().max(cosine.abs());
        let (x, y) = (spot.module.x * shrink, spot.module.y * shrink);
        let images = square(4.0).map(|p| {
            at(spot.middle.x + (p.x * cosine - p.y * sine) * x, spot.middle.y + (p.x * sine + p.y * cosine) * y)
        });
        let map = Homography::between(square(4.0), images)?;
        let fit = agreement(grey, &map, modules);
        if best.as_ref().is_none_or(|known| fit > known.fit) {
            best = Some(Eye { spot, map, fit });
        }
    }
    best
}

/// Which shapes the rings beyond the fourth allow, the likelier one first.
fn shapes(grey: Grey<'_>, map: &Homography) -> [Shape; 2] {
    let outer: Vec<_> = rings(6).into_iter().filter(|(point, _)| point.x.abs().max(point.y.abs()) > 4.5).collect();
    if agreement(grey, map, &outer) > 0.6 { [Shape::Full, Shape::Compact] } else { [Shape::Compact, Shape::Full] }
}

/// Reads the mode message in all eight positions; gives it with the grid turned so that the symbol stands upright.
///
/// Four turns, and each of them mirrored. Two of the twelve marks may be wrong, and the message is corrected for itself; the reading with
/// the fewest wrong marks counts.
fn mode(grey: Grey<'_>, map: &Homography, shape: Shape, field: &Field) -> Option<(Mode, Homography)> {
    let reach = shape.ring();
    let side = reach as usize * 2 + 1;
    let mut best: Option<(u32, Mode, Homography)> = None;
    for turned in turns(map) {
        let off = reach as f32 + 0.5;
        for modules in Samples::read_by(grey, side, side, |p| turned.map(at(p.x - off, p.y - off))).looks().take(2) {
            let wrong = marks(&modules, reach);
            if wrong > 2 || best.as_ref().is_some_and(|(known, _, _)| *known <= wrong) {
                continue;
            }
            if let Some(mode) = message(&modules, shape, field) {
                best = Some((wrong, mode, turned));
            }
        }
    }
    best.map(|(_, mode, map)| (mode, map))
}

/// A grid around the middle in its four turns, and each of them mirrored.
fn turns(map: &Homography) -> impl Iterator<Item = Homography> {
    (0..8u8).filter_map(|turn| {
        let corners = square(1.0);
        let images = corners.map(|point| {
            let point = if turn & 4 == 0 { point } else { at(point.y, point.x) };
            let point = (0..turn & 3).fold(point, |point, _| at(-point.y, point.x));
            map.map(point)
        });
        Homography::between(corners, images)
    })
}

/// A rune: a compact symbol of no layers, whose mode message says a number from 0 to 255, with every other bit turned over
/// (ISO/IEC 24778 annex A).
///
/// So few modules come about by chance elsewhere: all marks and all words have to be right as they are, and paper has to lie around.
fn rune(grey: Grey<'_>, map: &Homography, field: &Field) -> Option<Found> {
    for turned in turns(map) {
        let modules = Samples::read_by(grey, 15, 15, |p| turned.map(at(p.x - 7.5, p.y - 7.5))).decide();
        let around = (1..14).all(|i| [(i, 1), (i, 13), (1, i), (13, i)].iter().all(|(x, y)| !modules.is_dark(*x, *y)));
        let modules = Samples::read_by(grey, 11, 11, |p| turned.map(at(p.x - 5.5, p.y - 5.5))).decide();
        if !around || marks(&modules, 5) > 0 {
            continue;
        }
        let mut words: Vec<u32> = ring(&modules, Shape::Compact).into_iter().map(|word| word ^ 0b1010).collect();
        if correct(field, &mut words, 5, 1, &[]).is_some_and(|correction| correction.used() == 0) {
            let value = words.iter().take(2).fold(0, |sum, word| sum << 4 | word);
            let mut content = Content::default();
            format!("{value:03}").bytes().for_each(|digit| content.push(digit));
            let corners = square(5.5).map(|corner| turned.map(corner));
            return Some(Found { symbology: Symbology::Aztec, content, corners, used: 0, checks: 5 });
        }
    }
    None
}

/// How many of the twelve orientation marks are wrong.
///
/// ```text
/// upper left  three dark      upper right  the corner and the one below it
/// lower left  none            lower right  the one above the corner
/// ```
fn marks(modules: &Modules, reach: i32) -> u32 {
    let (low, high) = (0, reach as usize * 2);
    let marks = [
        (low, low, true),
        (low + 1, low, true),
        (low, low + 1, true),
        (high, low, true),
        (high, low + 1, true),
        (high - 1, low, false),
        (high, high, false),
        (high, high - 1, true),
        (high - 1, high, false),
        (low, high, false),
        (low + 1, high, false),
        (low, high - 1, false),
    ];
    marks.iter().filter(|(x, y, dark)| modules.is_dark(*x, *y) != *dark).count() as u32
}

/// The words of the mode message of modules that stand upright.
///
/// The message runs around the bull's-eye from the upper left corner to the right.
fn ring(modules: &Modules, shape: Shape) -> Vec<u32> {
    let side = if shape == Shape::Compact { 7 } else { 10 };
    let end = shape.ring() as usize * 2;
    let mut bits = vec![false; side * 4];
    for index in 0..side {
        // In full symbols the reference grid crosses in the middle of each side.
        let place = index + 2 + if shape == Shape::Full { index / 5 } else { 0 };
        let sides = [(place, 0), (end, place), (place, end), (0, place)];
        let targets = [index, index + side, side * 3 - 1 - index, side * 4 - 1 - index];
        for ((x, y), target) in sides.into_iter().zip(targets) {
            bits[target] = modules.is_dark(x, y);
        }
    }
    bits.chunks(4).map(|four| four.iter().fold(0, |sum, bit| sum << 1 | u32::from(*bit))).collect()
}

/// Reads and corrects the mode message, and refuses more codewords than the layers hold.
///
/// Symbols that set up a reader have the highest bit of the count set where the layers hold fewer (ISO/IEC 24778 §9.4).
fn message(modules: &Modules, shape: Shape, field: &Field) -> Option<Mode> {
    let data = if shape == Shape::Compact { 2 } else { 4 };
    let mut words = ring(modules, shape);
    let checks = words.len() - data;
    correct(field, &mut words, checks, 1, &[])?;
    let value = words.iter().take(data).fold(0, |sum, word| sum << 4 | *word) as usize;
    let (layers, count) = match shape {
        Shape::Compact => ((value >> 6) + 1, (value & 0x3f) + 1),
        Shape::Full => ((value >> 11) + 1, (value & 0x7ff) + 1),
    };
    let mode = Mode { shape, layers, words: count };
    let holds = |mode: &Mode| mode.words < mode.bits() / mode.word_bits();
    let flag = if shape == Shape::Compact { 0x20 } else { 0x400 };
    let set_up = Mode { words: count.saturating_sub(flag).max(1), ..mode };
    [mode, set_up].into_iter().find(holds)
}

/// Reads the layers; while they do not decode, the grid is fitted to ever wider squares.
///
/// Near the middle the grid is exact; an error of a part of a percent there is a module at the edge of a large symbol. So the grid is carried
/// outwards in steps, and no step is wide enough to lose it by half a module: along the reference grid first, whose colours are known
/// and which no grid that lies off by a module agrees with, and then, as in compact symbols, by how far all modules lie from grey.
fn read_data(grey: Grey<'_>, map: &Homography, mode: Mode, budget: &mut Budget) -> Option<Found> {
    let field = mode.field();
    let lines = reference(mode);
    let attempt = |map: &Homography, budget: &mut Budget| {
        let size = mode.size();
        if !lines.is_empty() && (!budget.spend(lines.len() as u64) || agreement(grey, map, &lines) < ALIKE) {
            return None;
        }
        let off = size as f32 * 0.5;
        let words = mode.bits() / mode.word_bits();
        let correcting = words * words.saturating_sub(mode.words) / 4;
        if !budget.spend((size * size * 8 + correcting) as u64) {
            return None;
        }
        let samples = Samples::read_by(grey, size, size, |p| map.map(at(p.x - off, p.y - off)));
        let decoded = samples.looks().find_map(|modules| decode(&modules, mode, &field))?;
        let corners = square(off).map(|corner| map.map(corner));
        Some(Found { symbology: Symbology::Aztec, content: decoded.0, corners, used: decoded.1, checks: decoded.2 })
    };
    if let Some(found) = attempt(map, budget) {
        return Some(found);
    }
    let known = |reach: f32| {
        let within = lines.iter().filter(|(place, _)| place.x.abs().max(place.y.abs()) <= reach);
        within.copied().chain(rings(6)).collect()
    };
    if mode.shape == Shape::Full
        && let Some(map) = carried(map, mode, budget, known, |map, places| agreement(grey, map, places))
        && let Some(found) = attempt(&map, budget)
    {
        return Some(found);
    }
    let map = carried(map, mode, budget, band, |map, places| contrast(grey, map, places))?;
    attempt(&map, budget)
}

/// A grid that fits in the middle, fitted to ever wider squares by a score of some places within each; `None` if the budget ends.
fn carried<P>(
    start: &Homography,
    mode: Mode,
    budget: &mut Budget,
    places: impl Fn(f32) -> Vec<P>,
    score: impl Fn(&Homography, &[P]) -> f32,
) -> Option<Homography> {
    let half = (mode.size() / 2) as f32;
    let (mut map, mut reach) = (*start, mode.shape.ring() as f32);
    while reach < half {
        reach = (reach * 1.4 + 1.0).min(half);
        let places = places(reach);
        if !budget.spend((places.len() * 100) as u64) {
            return None;
        }
        let module = map.map(at(0.0, 0.0)).distance(map.map(at(1.0, 0.0)));
        map = climb(square(reach), &map, module * 0.5, 3, |map| score(map, &places)).0;
    }
    Some(map)
}

/// Lines of the reference grid of a full symbol beyond its bull's-eye: every sixteenth row and column from the middle, dark and light in
/// turn.
fn reference(mode: Mode) -> Vec<(Point, bool)> {
    let half = if mode.shape == Shape::Full { mode.size() as i32 / 2 } else { 0 };
    let places = (-half..=half).flat_map(|y| (-half..=half).map(move |x| (x, y)));
    places
        .filter(|(x, y)| (x % 16 == 0 || y % 16 == 0) && x.abs().max(y.abs()) > 7)
        .map(|(x, y)| (at(x as f32, y as f32), (x + y) % 2 == 0))
        .collect()
}

/// Modules of a square: all of a small one; of a large one a ring ten modules deep, since what lies within was fitted before.
fn band(reach: f32) -> Vec<Point> {
    let reach = reach as i32;
    let modules = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x, y)));
    modules
        .filter(|(x, y)| reach <= 24 || x.abs().max(y.abs()) > reach - 10)
        .map(|(x, y)| at(x as f32, y as f32))
        .collect()
}

/// Words of the symbol with the margin of their least certain module.
///
/// In each layer the four sides follow one another, and each begins where the one before ends; two modules beside each other across
/// the layer are two bits one after the other.
fn words(modules: &Modules, mode: Mode) -> Vec<(u32, f32)> {
    let (base, size) = (mode.base(), mode.size());
    let place: Vec<usize> = match mode.shape {
        Shape::Compact => (0..base).collect(),
        Shape::Full => {
            let mut places = vec![0; base];
            for index in 0..base / 2 {
                let off = index + index / 15;
                places[base / 2 - 1 - index] = size / 2 - off - 1;
                places[base / 2 + index] = size / 2 + off + 1;
            }
            places
        }
    };
    let mut margins = vec![0.0f32; mode.bits()];
    let mut start = 0;
    for layer in 0..mode.layers {
        let row = (mode.layers - layer) * 4 + if mode.shape == Shape::Compact { 9 } else { 12 };
        let (low, high) = (layer * 2, base - 1 - layer * 2);
        for j in 0..row {
            for k in 0..2 {
                let four = [(low + k, low + j), (low + j, high - k), (high - k, high - j), (high - j, low + k)];
                for (side, (x, y)) in four.into_iter().enumerate() {
                    margins[start + side * row * 2 + j * 2 + k] = modules.margin(place[x], place[y]);
                }
            }
        }
        start += row * 8;
    }
    let size = mode.word_bits();
    margins[margins.len() % size..]
        .chunks(size)
        .map(|bits| {
            let value = bits.iter().fold(0, |sum, margin| sum << 1 | u32::from(*margin > 0.0));
            (value, bits.iter().fold(f32::MAX, |least, margin| least.min(margin.abs())))
        })
        .collect()
}

/// Content, check values used, check values in all.
///
/// A codeword of one colour never stands in data: the writer puts in a bit of the other colour after all but one of its bits, and
/// here that bit goes again.
fn decode(modules: &Modules, mode: Mode, field: &Field) -> Option<(Content, usize, usize)> {
    let words = words(modules, mode);
    let doubts: Vec<f32> = words.iter().map(|(_, margin)| *margin).collect();
    let mut values: Vec<u32> = words.iter().map(|(value, _)| *value).collect();
    let checks = values.len().checked_sub(mode.words)?;
    let used = correct_with_doubts(field, &mut values, checks, 1, &doubts, EVIDENCE)?;
    let size = mode.word_bits();
    let full = (1u32 << size) - 1;
    let mut bits = Vec::with_capacity(mode.words * size);
    for value in values.iter().take(mode.words) {
        match *value {
            0 => return None,
            // A word of one colour but for its last bit is stuffed by that bit.
            1 => bits.resize(bits.len() + size - 1, false),
            value if value == full => return None,
            value if value == full - 1 => bits.resize(bits.len() + size - 1, true),
            value => bits.extend((0..size).rev().map(|bit| value >> bit & 1 == 1)),
        }
    }
    Some((aztec::decode(&bits)?, used, checks))
}
