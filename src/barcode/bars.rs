//! Linear symbols from the widths of their bars and spaces: Code 128 (ISO/IEC 15417), Code 39 (ISO/IEC 16388) and interleaved 2 of 5
//! (ISO/IEC 16390).
//!
//! ```text
//! Code 128   six elements of 11 modules a character, one value of check, modulo 103
//! Code 39    nine elements a character, three of them wide; `*` begins and ends
//! ITF        five bars for a digit, five spaces between them for the next, two of each five wide
//! ```
//! Ink spreads: bars come out wider than they are meant and spaces narrower. So in Code 128 the distances from one edge to the next of the
//! same kind are compared, and in the others bars with bars and spaces with spaces.
//!
//! # What is read from where
//!
//! ```text
//! space, bar, space, bar …   widths in pixels, between edges that lie between pixels
//! read                       the first place from which a whole symbol can be read, from left to right
//! Said                       its text and the elements that it takes; the caller turns the line round for the other direction
//! ```
//!
//! # Quiet paper
//!
//! Ten modules are asked for by the standards, and half of them is taken here: print on documents is crowded. The end of a line
//! counts as paper, for a line ends where nothing is printed for long.
//!
//! Hostile input: widths are looked at once from every place where a symbol can begin; what has no check value of its own needs
//! quiet paper on both sides and to say the same on several lines, which the caller sees to.
//!
//! Not done: the full character set and check characters of Code 39, which only the one who printed it knows; function 4 of Code 128.

use super::symbol::Symbology;

/// What the widths of a line say, and between which of them it stands: the first bar and the one behind the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) symbology: Symbology,
    pub(super) text: Vec<u8>,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The element widths of Code 128 by value; 103 to 105 begin a symbol. The end is told apart: [`STOP`].
const CODE_128: [u32; 106] = [
    212222, 222122, 222221, 121223, 121322, 131222, 122213, 122312, 132212, 221213, 221312, 231212, 112232, 122132,
    122231, 113222, 123122, 123221, 223211, 221132, 221231, 213212, 223112, 312131, 311222, 321122, 321221, 312212,
    322112, 322211, 212123, 212321, 232121, 111323, 131123, 131321, 112313, 132113, 132311, 211313, 231113, 231311,
    112133, 112331, 132131, 113123, 113321, 133121, 313121, 211331, 231131, 213113, 213311, 213131, 311123, 311321,
    331121, 312113, 312311, 332111, 314111, 221411, 431111, 111224, 111422, 121124, 121421, 141122, 141221, 112214,
    112412, 122114, 122411, 142112, 142211, 241211, 221114, 413111, 241112, 134111, 111242, 121142, 121241, 114212,
    124112, 124211, 411212, 421112, 421211, 212141, 214121, 412121, 111143, 111341, 131141, 114113, 114311, 411113,
    411311, 113141, 114131, 311141, 411131, 211412, 211214, 211232,
];
const STOP: u32 = 233111;
/// Values that switch sets or stand for functions.
const START_A: usize = 103;
const START_C: usize = 105;
const SHIFT: usize = 98;
const TO_C: usize = 99;
const FUNCTION_1: usize = 102;
/// What a group separator stands for.
const SEPARATOR: u8 = 0x1d;

/// The characters of Code 39, and which of their nine elements are wide, the first one highest; the last is `*`.
const CODE_39: &[u8; 44] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";
const WIDE_39: [u16; 44] = [
    0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118, 0x058,
    0x00d, 0x10c, 0x04c, 0x01c, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016, 0x181, 0x0c1,
    0x1c0, 0x091, 0x190, 0x0d0, 0x085, 0x184, 0x0c4, 0x0a8, 0x0a2, 0x08a, 0x02a, 0x094,
];

/// Which of five elements are wide for a digit, the first one highest.
const WIDE_ITF: [u16; 10] = [0x06, 0x11, 0x09, 0x18, 0x05, 0x14, 0x0c, 0x03, 0x12, 0x0a];

/// The fewest characters that are taken for a symbol of Code 39, and digits for one of ITF.
const LEAST_39: usize = 3;
const LEAST_ITF: usize = 6;
/// How much wider than a narrow element a wide one is at the least.
const WIDER: f32 = 1.4;

/// What a line says, from its left: `widths` begin with a space, in pixels. The first symbol that can be read.
pub(super) fn read(widths: &[f32], wanted: &[Symbology]) -> Option<Said> {
    let wants = |symbology| wanted.contains(&symbology);
    for from in (1..widths.len()).step_by(2) {
        let rest = widths.get(from - 1..)?;
        let said = None
            .or_else(|| wants(Symbology::Code128).then(|| code_128(rest)).flatten())
            .or_else(|| wants(Symbology::Code39).then(|| code_39(rest)).flatten())
            .or_else(|| wants(Symbology::Itf).then(|| itf(rest)).flatten());
        if let Some((symbology, text, elements)) = said {
            return Some(Said { symbology, text, from, to: from + elements });
        }
    }
    None
}

/// Of which kind, what it says, and how many elements it takes.
type Text = (Symbology, Vec<u8>, usize);

/// Whether the paper before and behind is as quiet as a symbol needs; the end of the line counts as paper.
fn is_quiet(before: f32, behind: Option<f32>, needed: f32) -> bool {
    before >= needed && behind.is_none_or(|behind| behind >= needed)
}

/// Code 128; `widths` begin with the space before it.
fn code_128(widths: &[f32]) -> Option<Text> {
    let module = widths.get(1..7)?.iter().sum::<f32>() / 11.0;
    // Paper first: a line has a hundred places where a bar begins, and hardly any with paper before it.
    if !is_quiet(*widths.first()?, None, module * 5.0) {
        return None;
    }
    let start = value_128(widths.get(1..7)?).filter(|value| (START_A..=START_C).contains(value))?;
    let mut values = vec![start];
    let mut at = 7;
    loop {
        let six = widths.get(at..at + 6)?;
        let size = six.iter().sum::<f32>() / 11.0;
        if !(module * 0.75..module * 1.33).contains(&size) {
            return None;
        }
        if is_stop(six) {
            break;
        }
        values.push(value_128(six).filter(|value| *value < START_A)?);
        at += 6;
    }
    let last = *widths.get(at + 6)?;
    let ends = (module * 1.0..module * 3.4).contains(&last)
        && is_quiet(module * 5.0, widths.get(at + 7).copied(), module * 5.0);
    let (check, data) = values.split_last()?;
    let sum: usize = data.iter().zip([1].into_iter().chain(1..)).map(|(value, weight)| value * weight).sum();
    if !ends || data.len() < 2 || sum % 103 != *check {
        return None;
    }
    Some((Symbology::Code128, text_128(data)?, at + 6))
}

/// The value whose edges lie nearest, unless another is nearly as near.
///
/// Neighbours among the patterns differ by one module at two edges: two in squares. What is further off than 1.6 is none of them.
fn value_128(widths: &[f32]) -> Option<usize> {
    let (mut best, mut next) = ((f32::MAX, 0), f32::MAX);
    for (value, pattern) in CODE_128.iter().enumerate() {
        let apart = apart(widths, *pattern);
        if apart < best.0 {
            next = best.0;
            best = (apart, value);
        } else {
            next = next.min(apart);
        }
    }
    (best.0 < 1.6 && best.0 * 1.5 < next).then_some(best.1)
}

fn is_stop(widths: &[f32]) -> bool {
    apart(widths, STOP) < 1.2 && CODE_128.iter().all(|pattern| apart(widths, *pattern) > apart(widths, STOP))
}

/// How far six elements are from a pattern of 11 modules: squares of the distances from edge to like edge, and a little of what the bars
/// take together.
fn apart(widths: &[f32], pattern: u32) -> f32 {
    let scale = 11.0 / widths.iter().sum::<f32>().max(1e-3);
    let digit = |at: u32| (pattern / 10_u32.pow(5 - at) % 10) as f32;
    let width = |at: usize| widths.get(at).copied().unwrap_or(0.0) * scale;
    let edges = (0..5_u8).map(|at| {
        let meant = digit(u32::from(at)) + digit(u32::from(at) + 1);
        let found = width(usize::from(at)) + width(usize::from(at) + 1);
        (meant - found).powi(2)
    });
    let bars = [0, 2, 4].iter().map(|at| width(*at) - digit(*at as u32)).sum::<f32>();
    edges.sum::<f32>() + bars.powi(2) * 0.1
}

/// The text of values, the start first and without the check.
fn text_128(values: &[usize]) -> Option<Vec<u8>> {
    let mut set = values.first()? - START_A;
    let mut text = Vec::with_capacity(values.len() * 2);
    let mut shifted = false;
    for (at, value) in values.iter().enumerate().skip(1) {
        let own = if core::mem::take(&mut shifted) { 1 - set.min(1) } else { set };
        match (own, *value) {
            (_, FUNCTION_1) => text.extend((at > 1).then_some(SEPARATOR)),
            (2, value @ 0..100) => text.extend([b'0' + (value / 10) as u8, b'0' + (value % 10) as u8]),
            (0, value @ 64..96) => text.push(value as u8 - 64),
            (_, value @ 0..96) => text.push(value as u8 + 32),
            // Functions 2 and 3 are for readers alone.
            (0 | 1, 96 | 97) => {}
            (0 | 1, SHIFT) => shifted = true,
            (0 | 1, TO_C) => set = 2,
            (0 | 2, 100) => set = 1,
            (1 | 2, 101) => set = 0,
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Which elements are wide of every other one of some, the first one highest: as many as `count`, if they are clearly wider than the rest.
fn wide(widths: impl Iterator<Item = f32> + Clone, count: usize) -> Option<u16> {
    let mut sorted: Vec<f32> = widths.clone().collect();
    sorted.sort_by(f32::total_cmp);
    let narrow = sorted.len().checked_sub(count + 1).and_then(|at| sorted.get(at))?;
    let least = sorted.get(sorted.len() - count)?;
    let even = *sorted.last()? < least * 1.8 && *narrow < sorted.first()? * 2.2;
    if !even || *least < narrow * WIDER {
        return None;
    }
    Some(widths.fold(0, |wide, width| wide << 1 | u16::from(width >= *least)))
}

/// Code 39; `widths` begin with the space before it.
fn code_39(widths: &[f32]) -> Option<Text> {
    let first = widths.get(1..10)?;
    let size: f32 = first.iter().sum();
    if !is_quiet(*widths.first()?, None, size * 0.4) || character_39(first)? != b'*' {
        return None;
    }
    let (mut text, mut at) = (Vec::new(), 11);
    loop {
        let (nine, gap) = (widths.get(at..at + 9)?, *widths.get(at - 1)?);
        let own: f32 = nine.iter().sum();
        if !(size * 0.8..size * 1.25).contains(&own) || gap > size * 0.45 {
            return None;
        }
        match character_39(nine)? {
            b'*' => break,
            character => text.push(character),
        }
        at += 10;
    }
    let ends = is_quiet(size, widths.get(at + 9).copied(), size * 0.4);
    (ends && text.len() >= LEAST_39).then_some((Symbology::Code39, text, at + 8))
}

/// A character has two wide bars and a wide space, or three wide spaces.
fn character_39(widths: &[f32]) -> Option<u8> {
    let bars = widths.iter().copied().step_by(2);
    let spaces = widths.iter().copied().skip(1).step_by(2);
    let spread =
        |bits: u16, from: u16| (0..5).filter(|at| bits >> at & 1 == 1).map(|at| 1 << (at * 2 + from)).sum::<u16>();
    let usual = wide(bars.clone(), 2).zip(wide(spaces.clone(), 1));
    let pattern = match usual {
        Some((bars, spaces)) => spread(bars, 0) | spread(spaces, 1),
        None => spread(wide(spaces, 3)?, 1),
    };
    WIDE_39.iter().position(|wide| *wide == pattern).and_then(|at| CODE_39.get(at).copied())
}

/// Interleaved 2 of 5; `widths` begin with the space before it.
fn itf(widths: &[f32]) -> Option<Text> {
    let start = widths.get(1..5)?;
    let narrow = start.iter().sum::<f32>() / 4.0;
    let even = start.iter().all(|width| (narrow * 0.5..narrow * 1.6).contains(width));
    if !even || !is_quiet(*widths.first()?, None, narrow * 7.0) {
        return None;
    }
    let (mut text, mut at) = (Vec::new(), 5);
    let digit = |wide: u16| WIDE_ITF.iter().position(|pattern| *pattern == wide).map(|digit| b'0' + digit as u8);
    while let Some(ten) = widths.get(at..at + 10) {
        let size: f32 = ten.iter().sum();
        let bars = wide(ten.iter().copied().step_by(2), 2).and_then(digit);
        let spaces = wide(ten.iter().copied().skip(1).step_by(2), 2).and_then(digit);
        let Some((one, other)) = bars.zip(spaces).filter(|_| (narrow * 11.0..narrow * 21.0).contains(&size)) else {
            break;
        };
        text.extend([one, other]);
        at += 10;
    }
    let [bar, space, last] = *widths.get(at..at + 3)? else { return None };
    let stops = bar > last * WIDER && bar < narrow * 4.5 && space < narrow * 1.8 && last < narrow * 1.8;
    let ends = is_quiet(narrow * 7.0, widths.get(at + 3).copied(), narrow * 7.0);
    (stops && ends && text.len() >= LEAST_ITF).then_some((Symbology::Itf, text, at + 2))
}
