//! What a reader says of the characters that it read: a cost for each of the 37 at every position.
//!
//! A cost is the negative decimal logarithm of a likelihood in centibans: 100 is one chance in ten, 200 one in a
//! hundred. Only differences within a position count, so a row needs no normalising, and a row whose costs are
//! all equal says nothing: that is an erasure. Every cost is finite, because no reader can exclude a character.
//!
//! Readers that give text alone get a prior: the same doubt everywhere, or the confusions of OCR-B.
//! Not done: probabilities of whole words or of neighbours; the prior knows one character at a time.

use super::super::layout::{Layout, MAX_CHARACTERS};
use super::super::{Mrz, UNREAD};
use super::Repair;
use super::plan::{CHARACTERS, Glyphs, glyph};
use crate::error::{Error, ErrorKind, Part, Result};
use zeroize::Zeroize;

/// The costs of the characters at one position, in the order of [`CHARACTERS`], in centibans.
pub type Costs = [u16; CHARACTERS.len()];

/// What is assumed of a reader that gives characters without probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reader {
    /// Every character is misread equally often, and as any other equally often.
    Uniform {
        /// How much less likely one particular wrong character is than the right one, in centibans.
        wrong: u16,
    },
    /// A reader of OCR-B that confuses what looks alike: `0` and `O`, `1` and `I`, `8` and `B`, `K` and `<`.
    ///
    /// The costs are assumed, not measured on any reader.
    OcrB,
}

impl Reader {
    /// One character in a thousand misread, as any of the other 36.
    pub const UNIFORM: Self = Self::Uniform { wrong: 456 };

    /// What is said of a position where this character was read.
    fn costs(self, read: u8) -> Costs {
        let Some(read) = glyph(read) else {
            return NOTHING_KNOWN;
        };
        let mut costs = match self {
            Self::Uniform { wrong } => [wrong; CHARACTERS.len()],
            Self::OcrB => return OCR_B.get(read).copied().unwrap_or(NOTHING_KNOWN),
        };
        if let Some(cost) = costs.get_mut(read) {
            *cost = 0;
        }
        costs
    }

    /// The least that any other character costs more than the one that was read.
    pub(super) const fn least_doubt(self) -> u16 {
        match self {
            Self::Uniform { wrong } => wrong,
            Self::OcrB => LEAST_OCR_B,
        }
    }
}

/// One chance in 37 for each: the row of an erasure.
const NOTHING_KNOWN: Costs = [157; CHARACTERS.len()];
/// What a character costs that does not look like the one that was read: one misreading in 30,000.
const UNLIKE: u16 = 450;
/// What the likeliest confusion costs: one misreading in sixty.
const LEAST_OCR_B: u16 = 180;

/// Characters of OCR-B that readers take for each other, either way, and the cost of it.
const LOOK_ALIKE: &[(&[u8; 2], u16)] = &[
    (b"0O", LEAST_OCR_B),
    (b"1I", LEAST_OCR_B),
    (b"8B", 200),
    (b"5S", 200),
    (b"2Z", 200),
    (b"OQ", 220),
    (b"0D", 240),
    (b"0Q", 240),
    (b"OD", 240),
    (b"K<", 240),
    (b"1L", 240),
    (b"6G", 260),
    (b"4A", 260),
    (b"7T", 260),
    (b"IL", 260),
    (b"CG", 260),
    (b"C<", 280),
    (b"DQ", 280),
    (b"UV", 280),
    (b"MN", 280),
    (b"VY", 280),
    (b"EF", 280),
    (b"17", 280),
    (b"3B", 300),
    (b"38", 300),
    (b"68", 300),
    (b"56", 300),
    (b"0C", 300),
    (b"OC", 300),
    (b"0U", 300),
    (b"IT", 300),
    (b"HN", 300),
    (b"PR", 300),
    (b"BR", 300),
    (b"KX", 300),
    (b"9G", 320),
    (b"L<", 320),
    (b"E<", 320),
    (b"S<", 320),
    (b"X<", 320),
    (b"PF", 320),
    (b"HM", 320),
    (b"OG", 320),
    (b"1T", 320),
    (b"7Z", 320),
    (b"WM", 320),
    (b"UJ", 320),
];

/// What is said of a position, by what was read there.
const OCR_B: [Costs; CHARACTERS.len()] = {
    let mut table = [[UNLIKE; CHARACTERS.len()]; CHARACTERS.len()];
    let mut at = 0;
    while at < table.len() {
        table[at][at] = 0;
        at += 1;
    }
    let mut pair = 0;
    while pair < LOOK_ALIKE.len() {
        let ([first, second], cost) = LOOK_ALIKE[pair];
        if let (Some(first), Some(second)) = (glyph(*first), glyph(*second)) {
            table[first][second] = cost;
            table[second][first] = cost;
        }
        pair += 1;
    }
    table
};

/// What a reader says of all characters of a zone.
///
/// ```text
/// position × character: up to 90 positions of the joined lines, row-major; 37 costs each, in centibans
/// ```
#[derive(Clone)]
pub struct Likelihoods {
    costs: [Costs; MAX_CHARACTERS],
    printed: [u8; MAX_CHARACTERS],
    /// Where the reader itself gave the costs.
    stated: [bool; MAX_CHARACTERS],
}

impl Default for Likelihoods {
    fn default() -> Self {
        Self::unread()
    }
}

impl Likelihoods {
    /// Nothing is read yet: every position is an erasure.
    #[must_use]
    pub const fn unread() -> Self {
        Self {
            costs: [NOTHING_KNOWN; MAX_CHARACTERS],
            printed: [UNREAD; MAX_CHARACTERS],
            stated: [false; MAX_CHARACTERS],
        }
    }

    /// The characters of a zone, with what is assumed of its reader.
    ///
    /// What could not be read, and what belongs to no zone, is an erasure.
    #[must_use]
    pub fn of(zone: &Mrz, reader: Reader) -> Self {
        let mut all = Self::unread();
        all.printed = zone.characters;
        let read = zone.joined().as_bytes();
        for (costs, character) in all.costs.iter_mut().zip(read) {
            *costs = reader.costs(*character);
        }
        all
    }

    /// Takes what the reader says of a position, counted from 0 in the joined lines.
    ///
    /// # Errors
    /// `BadArgument` beyond the 90 positions of the longest zone.
    pub fn set(&mut self, position: usize, costs: &Costs) -> Result<()> {
        self.put(position, costs)?;
        if let Some(stated) = self.stated.get_mut(position) {
            *stated = true;
        }
        Ok(())
    }

    /// The same from probabilities, or from anything proportional to them.
    ///
    /// # Errors
    /// As [`Likelihoods::set`].
    pub fn set_probabilities(&mut self, position: usize, probabilities: &[f32; CHARACTERS.len()]) -> Result<()> {
        self.set(position, &probabilities.map(centibans))
    }

    /// Takes the candidates that a reader named for positions in doubt, as [`candidates`](super::super::candidates)
    /// finds them: the best first, each taken as half as likely as the one before.
    ///
    /// The reader gave an order and no probabilities, so that no repair is supported by it.
    pub fn set_candidates(&mut self, candidates: &[(usize, Vec<u8>)]) {
        for (position, named) in candidates {
            let mut costs = NOTHING_KNOWN;
            if !named.is_empty() {
                costs = [UNLIKE; CHARACTERS.len()];
            }
            for (rank, character) in named.iter().enumerate().rev() {
                let slot = glyph(*character).and_then(|glyph| costs.get_mut(glyph));
                if let Some(cost) = slot {
                    *cost = u16::try_from(rank * 30).unwrap_or(UNLIKE).min(UNLIKE);
                }
            }
            // A position beyond the zone has nothing to say about it.
            let _ = self.put(*position, &costs);
        }
    }

    /// Takes a row, whoever it comes from; the likeliest character is then what is printed.
    fn put(&mut self, position: usize, costs: &Costs) -> Result<()> {
        let wrong = Error::new(ErrorKind::BadArgument, Part::Call, position);
        let row = self.costs.get_mut(position).ok_or(wrong)?;
        row.copy_from_slice(costs);
        if let Some(printed) = self.printed.get_mut(position) {
            *printed = likeliest(costs);
        }
        Ok(())
    }

    /// The most likely text of a layout that satisfies its rules, beside what was printed.
    #[must_use]
    pub fn repair(&self, layout: Layout) -> Repair {
        Repair::reckon(layout, self)
    }

    /// The characters as printed: at each position the likeliest, [`UNREAD`] for an erasure.
    pub(super) const fn printed(&self) -> &[u8; MAX_CHARACTERS] {
        &self.printed
    }

    /// The costs at a position.
    pub(super) fn row(&self, position: usize) -> &Costs {
        self.costs.get(position).unwrap_or(&NOTHING_KNOWN)
    }

    /// The cost of the character at a place of [`CHARACTERS`].
    pub(super) fn cost(&self, position: usize, glyph: usize) -> u32 {
        let cost = self.row(position).get(glyph).copied();
        cost.unwrap_or(u16::MAX).into()
    }

    /// Glyph and cost of those of `legal` characters, in the order of [`CHARACTERS`].
    pub(super) fn legal(&self, position: usize, legal: Glyphs) -> impl Iterator<Item = (usize, u32)> + '_ {
        let row = self.row(position).iter().enumerate();
        row.filter(move |(glyph, _)| legal.has(*glyph)).map(|(glyph, cost)| (glyph, u32::from(*cost)))
    }

    /// Whether the reader itself named this character among its first few for the position.
    pub(super) fn names(&self, position: usize, character: u8) -> bool {
        let Some(cost) = glyph(character).map(|glyph| self.cost(position, glyph)) else {
            return false;
        };
        let row = self.row(position).iter();
        let as_likely = row.filter(|other| u32::from(**other) <= cost).count();
        self.stated.get(position) == Some(&true) && as_likely <= FIRST_FEW
    }
}

/// As many characters a reader may hold at least as likely as one that it is said to have named.
const FIRST_FEW: usize = 5;

/// The character with the lowest cost, the first of several; none where all are equal.
fn likeliest(costs: &Costs) -> u8 {
    let lowest = costs.iter().min();
    if lowest == costs.iter().max() {
        return UNREAD;
    }
    let at = costs.iter().position(|cost| Some(cost) == lowest);
    at.and_then(|at| CHARACTERS.get(at)).copied().unwrap_or(UNREAD)
}

/// The cost of a probability: `-100 · log10(p)`, to the nearest centiban, 0 for 1 and more.
///
/// It is reckoned in integers from the bits of the number, so that every platform gives the same. What is not a
/// positive number costs 4,500 centibans and more, as the smallest positive one does.
///
/// ```
/// use landfall::mrz::centibans;
/// assert_eq!([1.0, 0.5, 0.1, 0.001].map(centibans), [0, 30, 100, 300]);
/// ```
#[must_use]
pub fn centibans(probability: f32) -> u16 {
    const LEAST: u16 = 4500;
    if probability.is_nan() || probability < f32::MIN_POSITIVE {
        return LEAST;
    }
    if probability >= 1.0 {
        return 0;
    }
    let bits = probability.to_bits();
    let exponent = 127 - (bits >> 23 & 0xFF) as u64;
    let mantissa = u64::from(bits & 0x7F_FFFF | 0x80_0000) << 8;
    // -log2 in 1/65536; a hundredfold of its decimal counterpart by 100·log10(2) = 30.10299957.
    let bits_lost = (exponent << 16) - binary_logarithm(mantissa);
    let centibans = (bits_lost * 3_010_299_957 + (50_000_000 << 16)) / (100_000_000 << 16);
    u16::try_from(centibans).unwrap_or(LEAST)
}

/// The binary logarithm of `mantissa` / 2³¹, which is 1 to below 2, in 1/65536.
fn binary_logarithm(mantissa: u64) -> u64 {
    let (_, logarithm) = (0..16).fold((mantissa, 0), |(mantissa, logarithm), _| {
        let square = (mantissa * mantissa) >> 31;
        let doubled = square >> 32;
        (square >> doubled, logarithm << 1 | doubled)
    });
    logarithm
}

impl Drop for Likelihoods {
    fn drop(&mut self) {
        self.costs.as_flattened_mut().zeroize();
        self.printed.zeroize();
    }
}

impl core::fmt::Debug for Likelihoods {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Likelihoods([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::FILLER;
    use super::*;

    #[test]
    fn the_prior_of_ocr_b_holds_what_was_read_as_strictly_likeliest() {
        for (read, costs) in OCR_B.iter().enumerate() {
            assert_eq!(costs[read], 0);
            let others = costs.iter().enumerate().filter(|(other, _)| *other != read);
            for (other, cost) in others {
                assert!((LEAST_OCR_B..=UNLIKE).contains(cost));
                assert_eq!(*cost, OCR_B[other][read], "either way alike");
            }
        }
        let zero_for_o = OCR_B[0][glyph(b'O').unwrap()];
        assert!(zero_for_o < OCR_B[0][glyph(b'W').unwrap()]);
        assert!(OCR_B[glyph(b'K').unwrap()][FILLER] < UNLIKE);
    }

    #[test]
    fn probabilities_become_costs_as_the_logarithm_says() {
        for step in 1..4000_u16 {
            let probability = f32::from(step) / 4000.0;
            let exact = -100.0 * f64::from(probability).log10();
            let off = (f64::from(centibans(probability)) - exact).abs();
            assert!(off < 0.51, "{probability}");
        }
        assert_eq!(centibans(f32::MIN_POSITIVE), 3793);
        for not_positive in [0.0, -1.0, f32::NAN, f32::NEG_INFINITY, 1e-40] {
            assert_eq!(centibans(not_positive), 4500);
        }
        assert_eq!((centibans(2.0), centibans(f32::INFINITY)), (0, 0));
    }

    #[test]
    fn candidates_are_ordered_and_the_rest_unlikely() {
        let mut all = Likelihoods::unread();
        all.set_candidates(&[(0, b"O0".to_vec()), (1, vec![]), (900, b"A".to_vec())]);
        let cost = |character| all.cost(0, glyph(character).unwrap());
        assert!(cost(b'O') < cost(b'0') && cost(b'0') < cost(b'Q'));
        assert_eq!(all.printed()[..2], *b"O?");
        assert_eq!(*all.row(1), NOTHING_KNOWN);
        assert!(!all.names(0, b'O'), "an order is no probability");
    }

    #[test]
    fn a_position_beyond_every_zone_is_refused() {
        let refused = Likelihoods::unread().set(90, &NOTHING_KNOWN);
        assert_eq!(refused.map_err(|e| e.kind), Err(ErrorKind::BadArgument));
    }

    #[test]
    fn nothing_of_what_was_read_is_shown() {
        let mut all = Likelihoods::unread();
        all.set(0, &OCR_B[3]).unwrap();
        assert_eq!(format!("{all:?}"), "Likelihoods([redacted])");
    }
}
