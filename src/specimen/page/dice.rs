//! Where everything drawn at random on a page comes from: one stream of numbers, fixed by a label and a number.
//!
//! A page needs millions of draws for its noise, so the stream is SplitMix64, begun from a seed: fast and good enough for
//! paper and sensors. Nothing secret may ever be drawn from it.

use super::super::seed::Seed;

/// A stream of draws.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// The stream for this purpose and this page.
    #[must_use]
    pub fn of(label: &str, number: u64) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = *Seed::of(label, number).octets();
        Self(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }

    /// 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 to 1.
    pub fn share(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// Evenly between two values.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.share()
    }

    /// True as often as `chance`, 0 to 1, says.
    pub fn chance(&mut self, chance: f32) -> bool {
        self.share() < chance
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: usize, high: usize) -> usize {
        let span = high.saturating_sub(low) as u64 + 1;
        low + usize::try_from(self.bits() % span).unwrap_or(0)
    }

    /// One of several; the type's default of none.
    pub fn pick<T: Copy + Default>(&mut self, of: &[T]) -> T {
        of.get(self.whole(0, of.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    /// About normally distributed around 0 with deviation 1: the sum of four even draws.
    pub fn normal(&mut self) -> f32 {
        let bits = self.bits();
        let sum: u64 = [0, 16, 32, 48].iter().map(|shift| (bits >> shift) & 0xFFFF).sum();
        (sum as f32 / 65_535.0 - 2.0) * 1.732_050_8
    }
}
