//! QR codes: ISO/IEC 18004, model 2.
//!
//! Three finder patterns that stand at a right angle give a first grid; the alignment pattern of the fourth corner is
//! looked for, and the grid is moved until all modules whose colour is known (finders, timing, alignment)
//! agree best with the print. The tables of versions are rxing's; error correction and content are our own, so that
//! doubtful modules count as erasures and bytes come out whole.
//!
//! Not done: Micro QR, rMQR, model 1. Hostile pages: the number of triples tried is bounded, and each costs budget.
//!
//! # Known modules
//!
//! ```text
//! # # # # # # # .  x x  . # # # # # # #
//! # . . . . . # .  x x  . # . . . . . #     # dark   . light   x format, version, data
//! # . # # # . # .  x x  . # . # # # . #
//! # . # # # . # .  x x  . # . # # # . #     row 6 and column 6 between the finders: timing
//! # . # # # . # .  x x  . # . # # # . #
//! # . . . . . # .  x x  . # . . . . . #
//! # # # # # # # .  # .  . # # # # # # #
//! ```
//!
//! Version 2 and later have alignment patterns: a dark module in a light ring in a dark ring. The one at the far corner fixes
//! what three finders leave open when the page is seen at an angle.

use super::bitmap::Bitmap;
use super::budget::Budget;
use super::code::{EVIDENCE, Field, correct_with_doubts};
use super::content::{Content, qr};
use super::geometry::{Homography, Point, at, climb, sample};
use super::grey::Grey;
use super::grid::{Modules, Samples};
use super::scan::Spot;
use super::symbol::{Found, Symbology};
use rxing::qrcode::common::{FormatInformation, Version};

/// The most finder patterns that are combined.
const MAX_FINDERS: usize = 40;

/// Three finder patterns: the corner between the two others, the one to the right, the one below.
#[derive(Clone, Copy)]
struct Triple {
    corner: Spot,
    right: Spot,
    below: Spot,
    /// How far it is from what a printed symbol looks like.
    off: f32,
}

/// Reads every QR code whose finder patterns are among `spots`.
pub(crate) fn read(
    grey: Grey<'_>,
    bitmap: &Bitmap,
    spots: &[Spot],
    field: &Field,
    budget: &mut Budget,
    found: &mut Vec<Found>,
) {
    let mut used: Vec<Point> = Vec::new();
    for triple in triples(spots) {
        let middles = [triple.corner, triple.right, triple.below].map(|spot| spot.middle);
        if middles.iter().any(|middle| used.iter().any(|known| known.distance(*middle) < 3.0)) {
            continue;
        }
        let mut part = budget.part(1_500_000);
        if let Some(symbol) = read_one(grey, bitmap, triple, field, &mut part) {
            used.extend(middles);
            found.push(symbol);
        }
        budget.merge(&part);
    }
}

/// The triples that look most like a symbol come first.
fn triples(spots: &[Spot]) -> Vec<Triple> {
    let mut spots: Vec<Spot> = spots.to_vec();
    spots.sort_by_key(|spot| core::cmp::Reverse(spot.count));
    spots.truncate(MAX_FINDERS);
    let mut triples = Vec::new();
    for (i, corner) in spots.iter().enumerate() {
        for (j, one) in spots.iter().enumerate() {
            for (k, other) in spots.iter().enumerate().skip(j + 1) {
                if i != j && i != k {
                    triples.extend(triple(*corner, *one, *other));
                }
            }
        }
    }
    triples.sort_by(|a, b| a.off.total_cmp(&b.off));
    triples.truncate(36);
    triples
}

/// Whether three patterns can be those of a symbol with its corner at the first one.
///
/// ```text
/// corner      right       sizes within 1.7 of each other
/// #############           sides within 1.6
/// #                       angle between 60° and 120°
/// #
/// below
/// ```
fn triple(corner: Spot, one: Spot, other: Spot) -> Option<Triple> {
    let (a, b) = (one.middle.minus(corner.middle), other.middle.minus(corner.middle));
    let (long, short) = (a.length().max(b.length()), a.length().min(b.length()));
    let sizes = [corner.size(), one.size(), other.size()];
    let large = sizes.into_iter().fold(0.0, f32::max);
    let small = sizes.into_iter().fold(f32::MAX, f32::min);
    let cosine = a.dot(b) / (long * short).max(1.0);
    let modules = short / large;
    if large > small * 1.7 || long > short * 1.6 || cosine.abs() > 0.5 || !(8.0..260.0).contains(&modules) {
        return None;
    }
    let (right, below) = if a.cross(b) > 0.0 { (one, other) } else { (other, one) };
    let off = (long / short - 1.0) + cosine.abs() + (large / small - 1.0) * 0.5;
    Some(Triple { corner, right, below, off })
}

/// Tries the versions that timing and size allow, and decodes under the two grids that agree best.
fn read_one(grey: Grey<'_>, bitmap: &Bitmap, triple: Triple, field: &Field, budget: &mut Budget) -> Option<Found> {
    let mut tried: Vec<(f32, Homography, usize)> = Vec::new();
    for version in versions(bitmap, &triple, budget)? {
        let known = Known::of(version)?;
        if !budget.spend(known.modules.len() as u64 * 200 + 10_000) {
            break;
        }
        let (map, agreement) = place(grey, &triple, &known);
        tried.push((agreement, map, known.size));
        if agreement > 0.8 {
            break;
        }
    }
    tried.sort_by(|a, b| b.0.total_cmp(&a.0));
    let good = tried.into_iter().take(2).filter(|(agreement, _, _)| *agreement > 0.5);
    good.into_iter().find_map(|(_, map, size)| sampled(grey, &map, size, field, budget))
}

/// The symbol within an outline, if three of its corners show finder patterns of the same size: the two versions whose patterns agree best
/// are tried.
pub(super) fn of_outline(grey: Grey<'_>, corners: &[Point; 4], field: &Field, budget: &mut Budget) -> Option<Found> {
    let finder: Vec<(Point, bool)> = (0..49u8)
        .map(|i| at(f32::from(i % 7) - 3.0, f32::from(i / 7) - 3.0))
        .map(|off| (off, off.x.abs().max(off.y.abs()) != 2.0))
        .collect();
    let mut guesses: Vec<(f32, u32, [Point; 4])> = Vec::new();
    for version in 1..=40u32 {
        let side = (17 + 4 * version) as f32;
        let map = Homography::between([at(0.0, 0.0), at(side, 0.0), at(side, side), at(0.0, side)], *corners)?;
        if corners[0].distance(corners[2]) < side * 2.0 || !budget.spend(250) {
            continue;
        }
        let far = side - 3.5;
        let fits = [at(3.5, 3.5), at(far, 3.5), at(far, far), at(3.5, far)].map(|middle| {
            let modules: Vec<_> = finder.iter().map(|(off, dark)| (middle.plus(*off), *dark)).collect();
            agreement(grey, &map, &modules)
        });
        // The corner without a finder pattern is the lower right one.
        let turn = (0..4).min_by(|a, b| fits[(*a + 2) % 4].total_cmp(&fits[(*b + 2) % 4]))?;
        let three = [fits[(turn + 3) % 4], fits[turn], fits[(turn + 1) % 4]];
        let least = three.into_iter().fold(1.0, f32::min);
        if least > 0.3 {
            let turned = [0, 1, 2, 3].map(|corner| corners[(corner + turn) % 4]);
            guesses.push((three.iter().sum(), version, turned));
        }
    }
    guesses.sort_by(|a, b| b.0.total_cmp(&a.0));
    guesses.truncate(2);
    guesses.into_iter().find_map(|(_, version, corners)| {
        let known = Known::of(version)?;
        let side = known.size as f32;
        let anchors = [at(0.0, 0.0), at(side, 0.0), at(side, side), at(0.0, side)];
        if !budget.spend(known.modules.len() as u64 * 150) {
            return None;
        }
        let map = Homography::between(anchors, corners)?;
        let module = corners[0].distance(corners[1]) / side;
        let (map, fit) = climb(anchors, &map, module * 0.6, 3, |map| known.agreement(grey, map));
        if fit > 0.5 { sampled(grey, &map, known.size, field, budget) } else { None }
    })
}

/// Versions that the symbol may have: by how often its timing patterns change colour, and by its size in modules.
///
/// Timing patterns change colour once for each module between the finders, so that their count gives the size exactly if
/// nothing lies over them. The size by modules is rougher and never far off. What neither confirms is no symbol.
fn versions(bitmap: &Bitmap, triple: &Triple, budget: &mut Budget) -> Option<Vec<u32>> {
    let across = triple.right.middle.minus(triple.corner.middle);
    let down = triple.below.middle.minus(triple.corner.middle);
    let module = module(triple, across).min(module(triple, down) * 1.3);
    let modules = (across.length() + down.length()) * 0.5 / module + 7.0;
    if !budget.spend(800) {
        return None;
    }
    let counted = [(across, down), (down, across)].map(|(along, aside)| {
        let changes = [2.6f32, 3.0, 3.4].map(|off| {
            let from = triple.corner.middle.plus(aside.unit().times(off * module));
            changes(bitmap, from, from.plus(along))
        });
        changes
            .into_iter()
            .map(|count| count as f32 + 13.0)
            .min_by(|a, b| (a - modules).abs().total_cmp(&(b - modules).abs()))
    });
    let near = |count: &f32| (count / modules).ln().abs() < 0.2;
    let mut versions: Vec<u32> = Vec::new();
    let counted: Vec<f32> = counted.into_iter().flatten().filter(near).collect();
    if counted.is_empty() {
        return None;
    }
    for size in counted.into_iter().chain([modules, modules - 4.0, modules + 4.0]) {
        let version = ((size - 17.0) * 0.25).round();
        let version = version.clamp(1.0, 40.0) as u32;
        if !versions.contains(&version) {
            versions.push(version);
        }
    }
    versions.truncate(4);
    Some(versions)
}

/// How often the colour changes between two places.
fn changes(bitmap: &Bitmap, from: Point, to: Point) -> u32 {
    let steps = from.distance(to).clamp(1.0, 4000.0) as u32;
    let mut last = true;
    let mut changes = 0;
    for step in 0..=steps {
        let place = from.plus(to.minus(from).times(step as f32 / steps as f32));
        let dark = bitmap.is_dark(place.x.floor() as i32, place.y.floor() as i32);
        changes += u32::from(dark != last);
        last = dark;
    }
    changes
}

/// Pixels of a module along a direction, from the runs along rows and columns.
fn module(triple: &Triple, along: Point) -> f32 {
    let along = along.unit();
    let turned = along.x.abs().max(along.y.abs());
    (triple.corner.size() + triple.right.size() + triple.below.size()) / 3.0 * turned
}

/// Modules whose colour the standard fixes.
struct Known {
    size: usize,
    /// The middle of the module, and whether it is dark.
    modules: Vec<(Point, bool)>,
    /// The middle of the alignment pattern that lies farthest from the corner.
    far: Point,
    has_alignment: bool,
}

impl Known {
    fn of(number: u32) -> Option<Self> {
        let version = Version::getVersionForNumber(number).ok()?;
        let size = 17 + 4 * number as usize;
        let mut modules = Vec::new();
        let mut add = |x: i32, y: i32, dark: bool| {
            let inside = |value: i32| value >= 0 && value < size as i32;
            if inside(x) && inside(y) {
                modules.push((at(x as f32 + 0.5, y as f32 + 0.5), dark));
            }
        };
        let end = size as i32 - 7;
        for (left, top) in [(0, 0), (end, 0), (0, end)] {
            for y in -1i32..8 {
                for x in -1i32..8 {
                    let ring = (x - 3).abs().max((y - 3).abs());
                    add(left + x, top + y, ring != 2 && ring != 4);
                }
            }
        }
        for place in 8..end - 1 {
            add(place, 6, place % 2 == 0);
            add(6, place, place % 2 == 0);
        }
        let centres = version.getAlignmentPatternCenters();
        let last = centres.last().copied().unwrap_or(0);
        for (left, top) in centres.iter().flat_map(|x| centres.iter().map(move |y| (*x, *y))) {
            if (left == 6 && (top == 6 || top == last)) || (top == 6 && left == last) {
                continue;
            }
            for y in -2i32..=2 {
                for x in -2i32..=2 {
                    add(left as i32 + x, top as i32 + y, x.abs().max(y.abs()) != 1);
                }
            }
        }
        let far = size as f32 - 6.5;
        Some(Self { size, modules, far: at(far, far), has_alignment: number > 1 })
    }

    /// How well the print agrees with the known modules: a correlation, 1 at best.
    ///
    /// The correlation does not ask how dark ink or how light paper is, so that shadows and faded print are judged alike.
    fn agreement(&self, grey: Grey<'_>, map: &Homography) -> f32 {
        agreement(grey, map, &self.modules)
    }
}

/// Correlation of the print with modules of known colour.
pub(super) fn agreement(grey: Grey<'_>, map: &Homography, modules: &[(Point, bool)]) -> f32 {
    let (mut sum, mut squares, mut darks, mut dark_sum) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    for (point, dark) in modules {
        let value = sample(grey, map.map(*point));
        sum += value;
        squares += value * value;
        if *dark {
            (darks, dark_sum) = (darks + 1.0, dark_sum + value);
        }
    }
    let count = modules.len().max(1) as f32;
    let (mean, share) = (sum / count, darks / count);
    let spread = (squares / count - mean * mean).max(1.0).sqrt() * (share * (1.0 - share)).max(1e-6).sqrt();
    (share * mean - dark_sum / count) / spread
}

/// Puts the grid of a version on three finder patterns.
///
/// Three corners are known from the finders. For the fourth the alignment pattern is looked for near where parallel sides put it, and
/// then farther off, as far as a camera bends a page.
fn place(grey: Grey<'_>, triple: &Triple, known: &Known) -> (Homography, f32) {
    let end = known.size as f32 - 3.5;
    let (corner, right, below) = (triple.corner.middle, triple.right.middle, triple.below.middle);
    let affine = |point: Point| {
        let (u, v) = ((point.x - 3.5) / (end - 3.5), (point.y - 3.5) / (end - 3.5));
        corner.plus(right.minus(corner).times(u)).plus(below.minus(corner).times(v))
    };
    let anchors = [at(3.5, 3.5), at(end, 3.5), known.far, at(3.5, end)];
    let mut best: Option<(Homography, f32)> = None;
    let module = right.minus(corner).times(1.0 / (end - 3.5));
    let other = below.minus(corner).times(1.0 / (end - 3.5));
    let guess = affine(known.far);
    let reaches = if known.has_alignment { [3.0, known.size as f32 * 0.14 + 3.0] } else { [0.0, 0.0] };
    for reach in reaches {
        let places = if reach > 0.0 { alignment(grey, guess, module, other, reach) } else { vec![guess] };
        for far in places {
            let Some(start) = Homography::between(anchors, [corner, right, far, below]) else { continue };
            if known.agreement(grey, &start) < 0.3 {
                continue;
            }
            let (map, score) = climb(anchors, &start, module.length() * 0.4, 3, |map| known.agreement(grey, map));
            if best.as_ref().is_none_or(|(_, known)| score > *known) {
                best = Some((map, score));
            }
            if score > 0.8 {
                return (map, score);
            }
        }
        if best.as_ref().is_some_and(|(_, score)| *score > 0.7) {
            break;
        }
    }
    best.unwrap_or((Homography([0.0; 8]), 0.0))
}

/// Where the alignment pattern may stand: the best places around the guess, the guess itself last.
fn alignment(grey: Grey<'_>, guess: Point, across: Point, down: Point, reach: f32) -> Vec<Point> {
    let mut places: Vec<(f32, Point)> = Vec::new();
    let steps = (reach * 1.5) as i32;
    for v in -steps..=steps {
        for u in -steps..=steps {
            let middle = guess.plus(across.times(u as f32 / 1.5)).plus(down.times(v as f32 / 1.5));
            let score = ring_score(grey, middle, across, down);
            // Nearer places win over equal ones farther off.
            let score = score - 0.15 * ((u * u + v * v) as f32).sqrt() / steps as f32;
            match places.iter_mut().find(|(_, place)| place.distance(middle) < across.length() * 3.0) {
                Some(near) if near.0 < score => *near = (score, middle),
                Some(_) => {}
                None => places.push((score, middle)),
            }
        }
    }
    places.sort_by(|a, b| b.0.total_cmp(&a.0));
    places.truncate(2);
    places.into_iter().map(|(_, place)| place).chain([guess]).collect()
}

/// How much a place looks like a dark module in a light ring in a dark ring.
fn ring_score(grey: Grey<'_>, middle: Point, across: Point, down: Point) -> f32 {
    let value = |x: f32, y: f32| sample(grey, middle.plus(across.times(x)).plus(down.times(y)));
    let core = value(0.0, 0.0);
    let (mut light, mut dark) = (0.0f32, 0.0f32);
    let (mut darkest_light, mut lightest_dark) = (255.0f32, core);
    for (x, y) in [(-1.0, -1.0), (0.0, -1.0), (1.0, -1.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (-1.0, 1.0), (-1.0, 0.0)]
    {
        let (inner, outer) = (value(x, y), value(x * 2.0, y * 2.0));
        (light, dark) = (light + inner, dark + outer);
        darkest_light = darkest_light.min(inner);
        lightest_dark = lightest_dark.max(outer);
    }
    let contrast = (light / 8.0) - (dark / 8.0 + core) * 0.5;
    contrast / 255.0 + (darkest_light - lightest_dark) / 510.0
}

/// Samples and decodes; a second look is sharper, a third one moves the grid to where the modules stand out most.
fn sampled(grey: Grey<'_>, map: &Homography, size: usize, field: &Field, budget: &mut Budget) -> Option<Found> {
    let area = (size * size) as u64;
    let found = |map: &Homography, content: Decoded| {
        let side = size as f32;
        let mut corners = map.corners(side, side);
        if content.mirrored {
            corners.swap(1, 3);
        }
        Found {
            symbology: Symbology::Qr,
            content: content.content,
            corners,
            used: content.used,
            checks: content.checks,
        }
    };
    let attempt = |map: &Homography, budget: &mut Budget| {
        Samples::read(grey, map, size, size).decoded(budget, |looks| decode(looks, field))
    };
    if let Some(decoded) = attempt(map, budget) {
        return Some(found(map, decoded));
    }
    if !budget.spend(area * 100) {
        return None;
    }
    let far = size as f32 - 3.5;
    let anchors = [at(3.5, 3.5), at(far, 3.5), at(far, far), at(3.5, far)];
    let module = map.map(anchors[0]).distance(map.map(anchors[1])) / (far - 3.5);
    let (map, _) = climb(anchors, map, module * 0.5, 2, |map| Samples::read(grey, map, size, size).contrast());
    attempt(&map, budget).map(|decoded| found(&map, decoded))
}

/// What a grid says.
struct Decoded {
    content: Content,
    mirrored: bool,
    used: usize,
    checks: usize,
}

/// As printed, and mirrored.
fn decode(looks: &[Modules], field: &Field) -> Option<Decoded> {
    [false, true].into_iter().find_map(|mirrored| {
        let views: Vec<View<'_>> = looks.iter().map(|modules| View { modules, mirrored }).collect();
        decode_views(&views, field)
    })
}

/// The modules as they are or with rows and columns exchanged.
struct View<'a> {
    modules: &'a Modules,
    mirrored: bool,
}

impl View<'_> {
    fn margin(&self, x: usize, y: usize) -> f32 {
        if self.mirrored { self.modules.margin(y, x) } else { self.modules.margin(x, y) }
    }

    fn bits(&self, places: impl Iterator<Item = (usize, usize)>) -> u32 {
        places.fold(0, |bits, (x, y)| bits << 1 | u32::from(self.margin(x, y) > 0.0))
    }

    /// Error-correction level and mask, from both copies.
    fn format(&self) -> Option<FormatInformation> {
        let size = self.modules.width;
        let columns = (0..6).chain([7, 8]).map(|x| (x, 8));
        let first = self.bits(columns.chain([(8, 7)]).chain((0..6).rev().map(|y| (8, y))));
        let second = self.bits((size - 7..size).rev().map(|y| (8, y)).chain((size - 8..size).map(|x| (x, 8))));
        FormatInformation::decodeFormatInformation(first, second)
    }
}

/// Whether the mask turns a module over: ISO/IEC 18004 table 10.
const fn masked(mask: u8, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => (x * y) % 2 + (x * y) % 3 == 0,
        6 => ((x * y) % 2 + (x * y) % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + (x * y) % 3).is_multiple_of(2),
    }
}

/// Format, codewords, blocks, correction, content. A block is taken from the first look under which it comes out even: what wore one
/// part of a symbol need not have worn the others.
fn decode_views(views: &[View<'_>], field: &Field) -> Option<Decoded> {
    let number = (views.first()?.modules.width as u32).checked_sub(17)? / 4;
    let version = Version::getVersionForNumber(number).ok()?;
    let format = views.iter().find_map(View::format)?;
    let blocks = version.getECBlocksForLevel(format.getErrorCorrectionLevel());
    let checks = blocks.getECCodewordsPerBlock() as usize;
    let sizes: Vec<usize> = blocks
        .getECBlocks()
        .iter()
        .flat_map(|block| core::iter::repeat_n(block.getDataCodewords() as usize, block.getCount() as usize))
        .collect();
    let looks: Vec<Vec<(Vec<u32>, Vec<f32>)>> = views
        .iter()
        .map(|view| Some(interleaved(&codewords(view, version, format.getDataMask())?, &sizes, checks)))
        .collect::<Option<_>>()?;
    let mut data = Vec::new();
    let mut used = 0;
    for (block, size) in sizes.iter().enumerate() {
        let (word, correction) = looks.iter().find_map(|look| {
            let (word, doubts) = look.get(block)?;
            let mut word = word.clone();
            let correction = correct_with_doubts(field, &mut word, checks, 0, doubts, EVIDENCE)?;
            Some((word, correction))
        })?;
        used = used.max(correction);
        data.extend(word.into_iter().take(*size).map(super::content::byte));
    }
    let mirrored = views.first()?.mirrored;
    Some(Decoded { content: qr::decode(&data, number)?, mirrored, used, checks })
}

/// Codewords with the margin of their least certain module, in the order in which they are placed.
///
/// Pairs of columns from the right, up and down in turns; the column of the timing pattern is left out.
fn codewords(view: &View<'_>, version: &Version, mask: u8) -> Option<Vec<(u32, f32)>> {
    let size = view.modules.width;
    let function = version.buildFunctionPattern().ok()?;
    let mut words = Vec::with_capacity(version.getTotalCodewords() as usize);
    let (mut value, mut margin, mut bits) = (0u32, f32::MAX, 0);
    let mut column = size as i32 - 1;
    let mut up = true;
    while column > 0 {
        if column == 6 {
            column -= 1;
        }
        for line in 0..size {
            let y = if up { size - 1 - line } else { line };
            for x in [column as usize, column as usize - 1] {
                if function.get(x as u32, y as u32) {
                    continue;
                }
                let own = view.margin(x, y);
                value = value << 1 | u32::from((own > 0.0) != masked(mask, x, y));
                (margin, bits) = (margin.min(own.abs()), bits + 1);
                if bits == 8 {
                    words.push((value, margin));
                    (value, margin, bits) = (0, f32::MAX, 0);
                }
            }
        }
        up = !up;
        column -= 2;
    }
    (words.len() == version.getTotalCodewords() as usize).then_some(words)
}

/// Takes the blocks apart: data by columns, then check values by columns.
///
/// ```text
/// data     1st of each block, 2nd of each block, …; shorter blocks have none in the last round
/// checks   1st of each block, 2nd of each block, …
/// ```
fn interleaved(codewords: &[(u32, f32)], sizes: &[usize], checks: usize) -> Vec<(Vec<u32>, Vec<f32>)> {
    let mut blocks: Vec<(Vec<u32>, Vec<f32>)> = vec![Default::default(); sizes.len()];
    let mut stream = codewords.iter();
    let longest = sizes.iter().copied().max().unwrap_or(0);
    for index in 0..longest + checks {
        for (block, size) in blocks.iter_mut().zip(sizes) {
            if index < longest && index >= *size {
                continue;
            }
            if let Some((value, margin)) = stream.next() {
                block.0.push(*value);
                block.1.push(*margin);
            }
        }
    }
    blocks
}
