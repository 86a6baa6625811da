//! The two small networks: one tells the 37 characters apart, one says whether a cell holds a character and how far off it is.
//!
//! Both look at a window of 24 × 24 levels: a convolution of 5 × 5 by steps of two, one of 3 × 3 by steps of two, one of 3 × 3, and two
//! full layers. Weights are int8 with a scale for each output and become `f32` once, when a reader is made. Values lie channel by
//! channel at each pixel, so that the innermost loops run over outputs and compilers make vectors of them.
//! `tools/optical/train.py` makes the weights, from drawn pages only; `docs/decisions/0005-recogniser.md` says why it is ours.
//!
//! Hostile input cannot reach the shapes: they are constants, and the weights are part of the crate.

use super::window::{SIDE, Window};
use crate::mrz::CHARACTERS;

/// Characters, and "none of them".
pub const CLASSES: usize = CHARACTERS.len() + 1;

/// Sides after the first and the second step.
const HALF: usize = SIDE / 2;
const QUARTER: usize = SIDE / 4;

static CLOSE: &[u8] = include_bytes!("weights/close.bin");
static WIDE: &[u8] = include_bytes!("weights/wide.bin");

/// One layer: a scale and a bias for each output, and weights with the outputs innermost.
struct Layer {
    bias: Vec<f32>,
    weights: Vec<f32>,
}

impl Layer {
    /// Takes a layer off the front of the weights; what is missing reads as 0.
    fn take(from: &mut &[u8], inputs: usize, outputs: usize) -> Self {
        let scales = floats(from, outputs);
        let bias = floats(from, outputs);
        let count = (inputs * outputs).min(from.len());
        let (weights, rest) = from.split_at(count);
        *from = rest;
        let scaled = weights.iter().zip(scales.iter().cycle());
        let weights = scaled.map(|(weight, scale)| f32::from(i8::from_le_bytes([*weight])) * scale).collect();
        Self { bias, weights }
    }
}

fn floats(from: &mut &[u8], count: usize) -> Vec<f32> {
    let (numbers, rest) = from.split_at((count * 4).min(from.len()));
    *from = rest;
    let number = |octets: &[u8]| <[u8; 4]>::try_from(octets).map_or(0.0, f32::from_le_bytes);
    numbers.chunks_exact(4).map(number).collect()
}

/// A network with A, B and C channels after its convolutions and D values before its last layer.
struct Network<const A: usize, const B: usize, const C: usize, const D: usize, const OUT: usize> {
    first: Layer,
    second: Layer,
    third: Layer,
    full: Layer,
    last: Layer,
}

impl<const A: usize, const B: usize, const C: usize, const D: usize, const OUT: usize> Network<A, B, C, D, OUT> {
    fn new(mut weights: &[u8]) -> Self {
        let from = &mut weights;
        Self {
            first: Layer::take(from, 25, A),
            second: Layer::take(from, 9 * A, B),
            third: Layer::take(from, 9 * B, C),
            full: Layer::take(from, QUARTER * QUARTER * C, D),
            last: Layer::take(from, D, OUT),
        }
    }

    #[inline(always)]
    fn look(&self, window: &Window, scratch: &mut Scratch) -> [f32; OUT] {
        let [half, quarter, last] = &mut scratch.0;
        convolve::<A>(window, (SIDE, 1), (5, 2), &self.first, half);
        convolve::<B>(half, (HALF, A), (3, 2), &self.second, quarter);
        convolve::<C>(quarter, (QUARTER, B), (3, 1), &self.third, last);
        let mut hidden = weigh::<D>(last, &self.full);
        hidden.iter_mut().for_each(|value| *value = value.max(0.0));
        weigh::<OUT>(&hidden, &self.last)
    }
}

/// Values between layers, kept from window to window.
#[derive(Default)]
pub struct Scratch([Vec<f32>; 3]);

/// Weighs the surroundings of every pixel (or every second one), beyond the edge nothing, and keeps what is positive.
///
/// `(side, channels)` of the input, `(kernel, step)` of the layer.
#[inline(always)]
fn convolve<const OUT: usize>(
    input: &[f32],
    (side, channels): (usize, usize),
    (kernel, step): (usize, usize),
    layer: &Layer,
    output: &mut Vec<f32>,
) {
    let reach = kernel / 2;
    let count = side / step;
    output.clear();
    output.reserve(count * count * OUT);
    let mut bias = [0.0; OUT];
    bias.iter_mut().zip(&layer.bias).for_each(|(slot, bias)| *slot = *bias);
    for row in 0..count {
        for column in 0..count {
            let mut sums = bias;
            // The part of the kernel that lies on the picture.
            let (x, y) = (column * step, row * step);
            let left = reach.saturating_sub(x);
            let right = (side + reach - x).min(kernel);
            for tap in reach.saturating_sub(y)..(side + reach - y).min(kernel) {
                let start = ((y + tap - reach) * side + x + left - reach) * channels;
                let seen = input.get(start..start + (right - left) * channels).unwrap_or_default();
                let weights = layer.weights.get((tap * kernel + left) * channels * OUT..).unwrap_or_default();
                accumulate(&mut sums, seen, weights);
            }
            output.extend(sums.map(|sum| sum.max(0.0)));
        }
    }
}

/// Adds each input times its weights.
#[inline(always)]
fn accumulate<const OUT: usize>(sums: &mut [f32; OUT], inputs: &[f32], weights: &[f32]) {
    let (weights, _) = weights.as_chunks::<OUT>();
    for (input, weights) in inputs.iter().zip(weights) {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += input * weight;
        }
    }
}

/// A full layer.
#[inline(always)]
fn weigh<const OUT: usize>(input: &[f32], layer: &Layer) -> [f32; OUT] {
    let mut sums = [0.0; OUT];
    sums.iter_mut().zip(&layer.bias).for_each(|(slot, bias)| *slot = *bias);
    accumulate(&mut sums, input, &layer.weights);
    sums
}

/// What the wide network says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Glance {
    /// How likely it is that a character stands there, 0 to 1.
    pub there: f32,
    /// How far to the right its centre lies, in pitches.
    pub right: f32,
    /// How far down.
    pub down: f32,
    /// The logarithm of its size as a share of the cell's.
    pub size: f32,
}

/// Both networks.
pub struct Networks {
    close: Network<16, 32, 48, 96, CLASSES>,
    wide: Network<8, 16, 16, 48, 5>,
    scratch: Scratch,
    /// The widest vectors that this processor has; what comes out is the same with all.
    vectors: pulp::Arch,
}

impl Networks {
    /// Unpacks the weights that are part of the crate.
    #[must_use]
    pub fn new() -> Self {
        Self::of(CLOSE, WIDE)
    }

    /// Unpacks other weights: those for the characters, and those for finding them.
    #[must_use]
    pub fn of(close: &[u8], wide: &[u8]) -> Self {
        Self {
            close: Network::new(close),
            wide: Network::new(wide),
            scratch: Scratch::default(),
            vectors: pulp::Arch::new(),
        }
    }

    /// The logarithms of how likely each character is, and none of them, up to a constant.
    pub fn read(&mut self, window: &Window) -> [f32; CLASSES] {
        let Self { close, scratch, vectors, .. } = self;
        vectors.dispatch(
            #[inline(always)]
            || close.look(window, scratch),
        )
    }

    /// Whether a character stands there, and where.
    pub fn glance(&mut self, window: &Window) -> Glance {
        let Self { wide, scratch, vectors, .. } = self;
        // The fifth output says whether it is a filler; it is there because training on it makes the others better.
        let [there, right, down, size, _] = vectors.dispatch(
            #[inline(always)]
            || wide.look(window, scratch),
        );
        let share = |logit: f32| 1.0 / (1.0 + (-logit).exp());
        Glance { there: share(there), right, down, size }
    }
}

impl Default for Networks {
    fn default() -> Self {
        Self::new()
    }
}
