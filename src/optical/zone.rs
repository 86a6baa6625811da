//! From lines in a picture to a zone: which lines belong together, which layout they have, what each character is, and how sure that is.
//!
//! The close network gives each cell a probability for the 37 characters; `mrz::repair` finds the likeliest text that satisfies
//! layout, dates and check digits, and how much less likely it is than what is seen. A small difference is a misreading and the
//! repaired text is taken for the printed one; a large one is a misprint, and what is printed stays (Doc 9303-3 §4.9).

use super::finder::{Finder, Track};
use super::line::Line;
use super::network::CLASSES;
use super::window::Point;
use crate::mrz::{CHARACTERS, FieldId, FieldSpec, Layout, Likelihoods, MAX_CHARACTERS, Repair};

/// Up to this a repaired text is taken for what is printed, in centibans: one misreading in a thousand characters is common on
/// poor pictures, and misprints are rarer.
pub const MISREAD: u32 = 250;
/// What a character costs that its field may not hold, in centibans.
const ILLEGAL: u16 = 260;
/// By what logits are divided, measured on drawn pages so that stated probabilities come true.
const TEMPERATURE: f32 = 0.7;

/// A zone as it was read.
pub struct Reading {
    /// The layout.
    pub layout: Layout,
    /// The printed text and the likeliest that satisfies the rules.
    pub repair: Repair,
    /// The joined lines as they are taken to be printed.
    pub text: [u8; MAX_CHARACTERS],
    /// How likely each of those characters is right, 0 to 1.
    pub sure: [f32; MAX_CHARACTERS],
    /// How much each of them looks like what it is taken for, whatever its field may hold: the mean, 0 to 1. A text that was followed
    /// backwards or is none of OCR-B gives itself away here.
    pub clear: f32,
    /// Whether the printed text breaks a rule that the reader is sure about.
    pub printed_wrong: bool,
    /// The centre of every character, line by line.
    pub centres: Vec<Vec<Point>>,
    /// The corners of the zone: upper left, upper right, lower right, lower left.
    pub quad: [Point; 4],
    /// Pixels from one character to the next, on the mean.
    pub pitch: f32,
    /// What the reader says of every character, for combining pictures.
    pub costs: Vec<[u16; CHARACTERS.len()]>,
}

/// Shapes of zones: how many lines of how many characters.
const SHAPES: [(usize, usize); 4] = [(2, 44), (3, 30), (2, 36), (1, 30)];

/// A followed line with what its cells say about standing on characters.
struct Candidate {
    line: Line,
    /// For the columns from `BEFORE` before the first on: the chance that a character stands there.
    there: Vec<f32>,
}

/// Columns that are looked at before a line's first followed character, and behind its last.
const BEFORE: usize = 4;

/// Reads every zone that the lines can form.
pub fn read(finder: &mut Finder<'_, '_>, tracks: &[Track]) -> Vec<Reading> {
    let mut candidates: Vec<Candidate> = tracks.iter().filter_map(|track| candidate(finder, track)).collect();
    let mut readings = Vec::new();
    while let Some(group) = next_group(&mut candidates) {
        if let Some(reading) = read_group(finder, &group) {
            readings.push(reading);
        }
    }
    readings
}

/// Fits a line, looks at all its cells again, and fits once more.
fn candidate(finder: &mut Finder<'_, '_>, track: &Track) -> Option<Candidate> {
    let mut line = Line::through(track)?;
    let mut there = Vec::new();
    for (round, step) in [(0, 2), (1, 1)] {
        there.clear();
        let mut misses = Vec::new();
        for at in (0..line.followed + 2 * BEFORE).step_by(step) {
            let column = at as f32 - BEFORE as f32;
            let glance = finder.glance(&line.cell(column));
            there.push(glance.there);
            if glance.there > 0.8 && glance.right.abs() < 0.3 && glance.down.abs() < 0.3 {
                misses.push((column, glance.right, glance.down));
            }
        }
        if round == 0 && misses.len() >= 12 {
            line = line.corrected(&misses);
        }
    }
    Some(Candidate { line, there })
}

/// Takes the lines out that belong with the first one: parallel, as large, side by side, a line's distance apart.
fn next_group(candidates: &mut Vec<Candidate>) -> Option<Vec<Candidate>> {
    let first = candidates.pop()?;
    let mut group = vec![first];
    while let Some(at) = candidates.iter().position(|other| group.iter().any(|own| are_neighbours(own, other))) {
        group.push(candidates.swap_remove(at));
    }
    let Some(base) = group.first().map(|own| own.line.cell(own.line.followed as f32 / 2.0)) else {
        return Some(group);
    };
    let depth = |own: &Candidate| {
        let centre = own.line.cell(own.line.followed as f32 / 2.0).centre;
        (centre.0 - base.centre.0) * base.down.0 + (centre.1 - base.centre.1) * base.down.1
    };
    group.sort_by(|a, b| depth(a).total_cmp(&depth(b)));
    Some(group)
}

fn are_neighbours(one: &Candidate, other: &Candidate) -> bool {
    let own = one.line.cell(one.line.followed as f32 / 2.0);
    let column = other.line.column_of(own.centre);
    if column < -8.0 || column > other.line.followed as f32 + 8.0 {
        return false;
    }
    let near = other.line.cell(column);
    let pitch = own.pitch().max(1e-3);
    let away = (near.centre.0 - own.centre.0, near.centre.1 - own.centre.1);
    let distance = (away.0 * own.down.0 + away.1 * own.down.1) / (pitch * pitch);
    let turned = (own.along.0 * near.along.1 - own.along.1 * near.along.0) / (pitch * pitch);
    let same_way = own.along.0 * near.along.0 + own.along.1 * near.along.1 > 0.0;
    let ratio = near.pitch() / pitch;
    same_way && turned.abs() < 0.12 && (0.85..1.18).contains(&ratio) && (1.2..3.4).contains(&distance.abs())
}

/// Which lines of a group, from which column, with how many characters.
struct Cut {
    score: f32,
    shape: (usize, usize),
    /// The first line of the group, and the first column of each line.
    first: usize,
    starts: Vec<i32>,
}

/// Finds the shape that a group fits best, and reads it.
fn read_group(finder: &mut Finder<'_, '_>, group: &[Candidate]) -> Option<Reading> {
    let mut best: Option<Cut> = None;
    for shape in SHAPES {
        for first in 0..(group.len() + 1).saturating_sub(shape.0) {
            let lines = group.get(first..first + shape.0)?;
            if shape.0 == 1 && group.len() > 1 {
                continue;
            }
            let cut = cut(lines, shape, first);
            if best.as_ref().is_none_or(|best| cut.score > best.score) {
                best = Some(cut);
            }
        }
    }
    let cut = best.filter(|cut| cut.score > -0.9)?;
    let lines: Vec<Line> = group.iter().skip(cut.first).take(cut.shape.0).map(|own| own.line.clone()).collect();
    let upright = read_cut(finder, &lines, &cut)?;
    if upright.clear > 0.9 {
        return Some(upright);
    }
    // Half of all characters look alike upside down; a line that was followed backwards gives itself away here.
    let turned: Vec<Line> = lines.iter().rev().map(Line::turned).collect();
    let last = |(line, start): (&Line, &i32)| line.followed as i32 - start - cut.shape.1 as i32;
    let starts = lines.iter().zip(&cut.starts).rev().map(last).collect();
    let other = read_cut(finder, &turned, &Cut { starts, ..cut })?;
    Some(if other.clear > upright.clear { other } else { upright })
}

/// Places a shape on lines: where each begins, by which cells hold characters and which beyond them do not.
fn cut(lines: &[Candidate], shape: (usize, usize), first: usize) -> Cut {
    let best_of = |own: &Candidate, wish: Option<i32>| {
        let low = -(BEFORE as i32);
        let high = own.there.len() as i32 - shape.1 as i32;
        let mut best = (f32::MIN, 0);
        for start in low - 2..=high.max(low) + 2 {
            let mut score = fit(&own.there, start + BEFORE as i32, shape.1);
            score -= wish.map_or(0.0, |wish| 0.02 * (wish - start).abs() as f32);
            if score > best.0 {
                best = (score, start);
            }
        }
        best
    };
    let mut score = 0.0;
    let mut starts = Vec::new();
    let mut edge: Option<Point> = None;
    for own in lines {
        let wish = edge.map(|edge| own.line.column_of(edge).round() as i32);
        let (fits, start) = best_of(own, wish);
        edge.get_or_insert(own.line.cell(start as f32).centre);
        score += fits / lines.len() as f32;
        starts.push(start);
    }
    Cut { score, shape, first, starts }
}

/// How well `count` characters from a column fit: the mean of what each cell says for or against it.
fn fit(there: &[f32], start: i32, count: usize) -> f32 {
    let mut score = 0.0;
    for (at, there) in there.iter().enumerate() {
        let inside = (at as i32) >= start && (at as i32) < start + count as i32;
        let chance = if inside { *there } else { 1.0 - there };
        score += chance.clamp(0.02, 1.0).ln();
    }
    // Columns that nobody looked at count as half empty.
    let unseen = (-start).max(0) + (start + count as i32 - there.len() as i32).max(0);
    (score - unseen as f32 * 1.5) / count as f32
}

/// Reads the characters of a shape that was placed.
fn read_cut(finder: &mut Finder<'_, '_>, lines: &[Line], cut: &Cut) -> Option<Reading> {
    let mut costs = Vec::new();
    let mut centres = Vec::new();
    let mut pitch = 0.0;
    for (line, start) in lines.iter().zip(&cut.starts) {
        let cells: Vec<_> = (0..cut.shape.1).map(|at| line.cell((*start + at as i32) as f32)).collect();
        for cell in &cells {
            costs.push(in_centibans(&finder.read(cell)));
            pitch += cell.pitch() / (cut.shape.0 * cut.shape.1) as f32;
        }
        centres.push(cells.iter().map(|cell| cell.centre).collect::<Vec<_>>());
    }
    favour_first(cut.shape, costs.first_mut()?);
    let quad = quad(lines, cut)?;
    conclude(cut.shape, costs, centres, quad, pitch)
}

/// The first character says what kind of document it is; one that no kind begins with has to be much likelier (Doc 9303-4 to -7 §4.2).
fn favour_first(shape: (usize, usize), costs: &mut [u16; CHARACTERS.len()]) {
    let begins: &[u8] = match shape {
        (2, 44) => b"PV",
        (3, 30) => b"ACI",
        (2, 36) => b"ACIVP",
        _ => b"ABDI",
    };
    for (cost, character) in costs.iter_mut().zip(CHARACTERS) {
        if !begins.contains(&character) {
            *cost = cost.saturating_add(ILLEGAL);
        }
    }
}

/// The likeliest text of a shape.
pub fn conclude(
    shape: (usize, usize),
    costs: Vec<[u16; CHARACTERS.len()]>,
    centres: Vec<Vec<Point>>,
    quad: [Point; 4],
    pitch: f32,
) -> Option<Reading> {
    let mut likelihoods = Likelihoods::unread();
    for (position, costs) in costs.iter().enumerate() {
        likelihoods.set(position, costs).ok()?;
    }
    let fitting = Layout::ALL
        .iter()
        .filter(|layout| layout.lines().len() == shape.0 && layout.lines().iter().all(|length| *length == shape.1));
    let (layout, repair) =
        fitting.map(|layout| (*layout, likelihoods.repair(*layout))).min_by_key(|(_, repair)| repair.gap())?;
    let seen = as_seen(layout, &costs);
    let mut repaired = [b'<'; MAX_CHARACTERS];
    let joined = repair.repaired().flat_map(str::bytes);
    repaired.iter_mut().zip(joined).for_each(|(slot, character)| *slot = character);
    let printed_wrong = repair.gap() > MISREAD;
    let text = if printed_wrong { seen } else { repaired };
    let mut sure = [0.0; MAX_CHARACTERS];
    let mut clear = 0.0;
    for (position, (slot, (character, costs))) in sure.iter_mut().zip(text.iter().zip(&costs)).enumerate() {
        *slot = share(costs, field_at(layout, position), *character);
        clear += share(costs, None, *character) / layout.characters() as f32;
    }
    Some(Reading { layout, repair, text, sure, clear, printed_wrong, centres, quad, pitch, costs })
}

/// The field at a position of the joined lines.
fn field_at(layout: Layout, position: usize) -> Option<&'static FieldSpec> {
    layout.fields().iter().find(|field| field.range().contains(&position))
}

/// What a character costs, with what is rarely printed where its field may not hold it: a digit in a name is an O that looks like 0.
fn weighed(field: Option<&FieldSpec>, character: u8, cost: u16) -> u16 {
    let legal =
        field.is_none_or(|field| field.alphabet.allows(character) || field.id == FieldId::Sex && character == b'X');
    cost.saturating_add(if legal { 0 } else { ILLEGAL })
}

/// The likeliest character at each position.
fn as_seen(layout: Layout, costs: &[[u16; CHARACTERS.len()]]) -> [u8; MAX_CHARACTERS] {
    let mut seen = [b'<'; MAX_CHARACTERS];
    for (position, (slot, costs)) in seen.iter_mut().zip(costs).enumerate() {
        let field = field_at(layout, position);
        let best = CHARACTERS.iter().zip(costs).min_by_key(|(character, cost)| weighed(field, **character, **cost));
        *slot = best.map_or(b'<', |(character, _)| *character);
    }
    seen
}

/// How likely a character is among all that the reader says of its position, 0 to 1.
pub fn share(costs: &[u16; CHARACTERS.len()], field: Option<&FieldSpec>, character: u8) -> f32 {
    let chance = |known: u8, cost: u16| 10.0_f32.powf(-f32::from(weighed(field, known, cost)) / 100.0);
    let all: f32 = CHARACTERS.iter().zip(costs).map(|(known, cost)| chance(*known, *cost)).sum();
    let own = CHARACTERS.iter().zip(costs).find(|(known, _)| **known == character);
    own.map_or(0.0, |(known, cost)| chance(*known, *cost) / all)
}

/// Logits as costs; what the network holds for no character at all spreads over all characters.
fn in_centibans(logits: &[f32; CLASSES]) -> [u16; CHARACTERS.len()] {
    let none = logits.get(CHARACTERS.len()).copied().unwrap_or(f32::MIN) / TEMPERATURE - 3.6;
    let highest = logits.iter().copied().fold(f32::MIN, f32::max) / TEMPERATURE;
    let mut costs = [0; CHARACTERS.len()];
    let mut least = u16::MAX;
    for (slot, logit) in costs.iter_mut().zip(logits) {
        let chance = (logit / TEMPERATURE - highest).exp() + (none - highest).exp();
        *slot = crate::mrz::centibans(chance.clamp(1e-9, 1.0));
        least = least.min(*slot);
    }
    costs.iter_mut().for_each(|cost| *cost -= least);
    costs
}

/// The corners of the zone: half a pitch around the outermost characters.
fn quad(lines: &[Line], cut: &Cut) -> Option<[Point; 4]> {
    let (first, last) = (lines.first()?, lines.last()?);
    let (above, below) = (*cut.starts.first()? as f32, *cut.starts.last()? as f32);
    let end = cut.shape.1 as f32 - 1.0;
    Some([
        first.cell(above).at(-0.5, -0.6),
        first.cell(above + end).at(0.5, -0.6),
        last.cell(below + end).at(0.5, 0.6),
        last.cell(below).at(-0.5, 0.6),
    ])
}
