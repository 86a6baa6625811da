//! The page in two colours, and the runs of its lines.
//!
//! The threshold follows the paper: the mean of 40 × 40 pixels, in blocks of eight, where a block without contrast
//! counts as paper unless its neighbours say otherwise. Pixels are kept as bits, 64 to a word, so that a line of a
//! page costs as much as it has edges; a second copy with rows and columns exchanged serves the columns.
//!
//! Memory: a quarter of the image's pixels in bytes, for both copies.
//!
//! # Why not a finer threshold
//!
//! The bitmap only says where to look: whatever is read is sampled from the grey image again. So it may be coarse where that
//! makes it quick, and it may lose print that is fainter than a quarter of the paper, as security print is.

use super::grey::Grey;

/// Dark pixels as bits, row by row.
pub(crate) struct Bitmap {
    pub(crate) width: usize,
    pub(crate) height: usize,
    stride: usize,
    words: Vec<u64>,
}

/// Pixels of a block's side.
const BLOCK: usize = 8;
/// A block whose greys differ by no more, or by less than a quarter of the lightest, is even: paper with its print.
const CONTRAST: u8 = 36;
/// How dark print on paper alone has to be: a limit at five eighths of the paper lets faded symbols keep their border, and keeps print
/// that is fainter out of the way.
const PAPER: (u16, u16) = (5, 8);
/// The most contrast that counts as grain.
const MOST_GRAIN: usize = 110;

impl Bitmap {
    /// All light.
    fn empty(width: usize, height: usize) -> Self {
        let stride = width.div_ceil(64);
        Self { width, height, stride, words: vec![0; stride * height] }
    }

    /// Thresholds an image.
    pub(crate) fn of(grey: Grey<'_>) -> Self {
        let points = Points::of(grey);
        let mut bitmap = Self::empty(grey.width(), grey.height());
        let mut limits = vec![0u8; grey.width().next_multiple_of(64)];
        for y in 0..grey.height() {
            if y % BLOCK == 0 {
                points.limits(y / BLOCK, &mut limits);
            }
            let start = y * bitmap.stride;
            if let Some(words) = bitmap.words.get_mut(start..start + bitmap.stride) {
                pack(grey.row(y), &limits, words);
            }
        }
        bitmap
    }

    /// The same with rows and columns exchanged.
    ///
    /// Done in blocks of 8 × 8 bits, and blocks of paper, which are most of a page, are passed over.
    pub(crate) fn transposed(&self) -> Self {
        let mut turned = Self::empty(self.height, self.width);
        for block_y in 0..self.height.div_ceil(8) {
            let rows = self.height - block_y * 8;
            for block_x in 0..self.width.div_ceil(8) {
                let mut block = 0u64;
                for line in 0..rows.min(8) {
                    let word = self.words.get((block_y * 8 + line) * self.stride + block_x / 8).copied().unwrap_or(0);
                    block |= (word >> (block_x % 8 * 8) & 0xff) << (line * 8);
                }
                if block == 0 {
                    continue;
                }
                let block = transpose8(block);
                for column in 0..(self.width - block_x * 8).min(8) {
                    let place = (block_x * 8 + column) * turned.stride + block_y / 8;
                    if let Some(word) = turned.words.get_mut(place) {
                        *word |= (block >> (column * 8) & 0xff) << (block_y % 8 * 8);
                    }
                }
            }
        }
        turned
    }

    /// Whether a pixel is dark; outside of the image it is light.
    pub(crate) fn is_dark(&self, x: i32, y: i32) -> bool {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return false };
        if x >= self.width || y >= self.height {
            return false;
        }
        self.words.get(y * self.stride + x / 64).is_some_and(|word| word >> (x % 64) & 1 == 1)
    }

    /// How many pixels are dark in each square of `side` pixels, at most eight; what is left over at the right and the lower edge is left out.
    ///
    /// Words of paper, which are most of a page, are passed over.
    pub(crate) fn cells(&self, side: usize) -> Vec<u8> {
        let (across, down) = (self.width / side, self.height / side);
        let mut counts = vec![0u8; across * down];
        for (line, counts) in counts.chunks_mut(across.max(1)).enumerate() {
            for y in line * side..(line + 1) * side {
                let row = self.words.get(y * self.stride..(y + 1) * self.stride).unwrap_or(&[]);
                for (index, word) in row.iter().enumerate().filter(|(_, word)| **word != 0) {
                    // Squares that begin in the word before are counted here for the part that lies in this one.
                    for cell in index * 64 / side..(index * 64 + 64).div_ceil(side) {
                        let (from, to) = ((cell * side).max(index * 64), ((cell + 1) * side).min(index * 64 + 64));
                        let bits = word >> (from - index * 64) & ((1 << (to - from)) - 1);
                        if let Some(count) = counts.get_mut(cell) {
                            *count += bits.count_ones() as u8;
                        }
                    }
                }
            }
        }
        counts
    }

    /// Where the colour changes in row `y`, from the first dark pixel on: dark runs begin at even places of the
    /// list, light ones at odd places. The width of the row ends the list.
    ///
    /// A word of 64 pixels is compared with itself moved by one; every bit that is left is an edge.
    pub(crate) fn edges(&self, y: usize, edges: &mut Vec<u32>) {
        edges.clear();
        let row = self.words.get(y * self.stride..(y + 1) * self.stride).unwrap_or(&[]);
        let mut last = 0;
        for (index, word) in row.iter().enumerate() {
            let mut changes = word ^ (word << 1 | last);
            last = word >> 63;
            while changes != 0 {
                edges.push(index as u32 * 64 + changes.trailing_zeros());
                changes &= changes - 1;
            }
        }
        if edges.last() != Some(&(self.width as u32)) {
            edges.push(self.width as u32);
        }
    }
}

/// Bits from `row <= limits`, the first pixel lowest.
///
/// Eight comparisons become eight bytes of 0 or 1, and one multiplication moves their bits together.
fn pack(row: &[u8], limits: &[u8], words: &mut [u64]) {
    for ((pixels, limits), word) in row.chunks(64).zip(limits.chunks(64)).zip(words) {
        let mut dark = [0u8; 64];
        for ((dark, pixel), limit) in dark.iter_mut().zip(pixels).zip(limits) {
            *dark = u8::from(pixel <= limit);
        }
        *word = 0;
        for (index, eight) in dark.as_chunks::<8>().0.iter().enumerate() {
            let byte = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            *word |= byte << (index * 8);
        }
    }
}

/// Exchanges rows and columns of 8 × 8 bits.
///
/// Three exchanges: single bits, pairs, fours.
const fn transpose8(block: u64) -> u64 {
    let mut x = block;
    let mut t = (x ^ (x >> 7)) & 0x00aa_00aa_00aa_00aa;
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & 0x0000_cccc_0000_cccc;
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & 0x0000_0000_f0f0_f0f0;
    x ^ t ^ (t << 28)
}

/// For each block the grey between dark and light.
///
/// Blocks are 8 × 8 pixels; those at the right and lower edge of the image may be smaller.
struct Points {
    across: usize,
    down: usize,
    values: Vec<u8>,
}

impl Points {
    fn of(grey: Grey<'_>) -> Self {
        let (across, down) = (grey.width().div_ceil(BLOCK), grey.height().div_ceil(BLOCK));
        let mut blocks: Vec<Block> = Vec::with_capacity(across * down);
        let (mut low, mut high, mut sum) = (vec![0u8; grey.width()], vec![0u8; grey.width()], vec![0u16; grey.width()]);
        for block_y in 0..down {
            low.fill(u8::MAX);
            high.fill(0);
            sum.fill(0);
            let lines = block_y * BLOCK..((block_y + 1) * BLOCK).min(grey.height());
            let count = lines.len();
            for y in lines {
                for (((low, high), sum), pixel) in low.iter_mut().zip(&mut high).zip(&mut sum).zip(grey.row(y)) {
                    *low = (*low).min(*pixel);
                    *high = (*high).max(*pixel);
                    *sum += u16::from(*pixel);
                }
            }
            let lines = low.chunks(BLOCK).zip(high.chunks(BLOCK)).zip(sum.chunks(BLOCK));
            blocks.extend(lines.map(|((low, high), sum)| Block {
                darkest: low.iter().copied().min().unwrap_or(0),
                lightest: high.iter().copied().max().unwrap_or(0),
                mean: (sum.iter().map(|value| u32::from(*value)).sum::<u32>() / (count * sum.len()) as u32) as u8,
            }));
        }
        let grain = grain(&blocks);
        let mut values: Vec<u8> = Vec::with_capacity(across * down);
        for (index, block) in blocks.iter().enumerate() {
            let contrast = block.lightest - block.darkest;
            let value = if contrast > CONTRAST.max(grain) && contrast > block.lightest / 4 {
                block.mean
            } else {
                even(&values, across, index % across, index / across, block.darkest)
            };
            values.push(value);
        }
        Self { across, down, values }
    }

    /// The limit of every pixel of a line of blocks: the mean over five by five of them.
    ///
    /// Neighbouring blocks share most of their windows, so that the limit has no steps that a line of runs could trip over.
    fn limits(&self, block_y: usize, limits: &mut [u8]) {
        let lines = block_y.saturating_sub(2)..(block_y + 3).min(self.down);
        let mut sums = vec![0u32; self.across];
        let count = lines.len() as u32;
        for line in lines {
            let row = self.values.get(line * self.across..(line + 1) * self.across).unwrap_or(&[]);
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += u32::from(*value));
        }
        for (block_x, pixels) in limits.chunks_mut(BLOCK).enumerate() {
            let columns = block_x.saturating_sub(2)..(block_x + 3).min(self.across);
            let Some(near) = sums.get(columns).filter(|near| !near.is_empty()) else { continue };
            let mean = near.iter().sum::<u32>() / (count * near.len() as u32);
            pixels.fill(mean.min(255) as u8);
        }
    }
}

/// Greys of a block.
struct Block {
    darkest: u8,
    lightest: u8,
    mean: u8,
}

/// The contrast that the grain of a photograph makes where nothing is printed: twice that of the quietest fifth of all blocks.
///
/// A picture that is all print has no quiet fifth; what it would say is held to [`MOST_GRAIN`].
fn grain(blocks: &[Block]) -> u8 {
    let mut counts = [0usize; 256];
    blocks.iter().for_each(|block| counts[usize::from(block.lightest - block.darkest)] += 1);
    let mut below = 0;
    let quiet = counts.iter().position(|count| {
        below += count;
        below * 5 >= blocks.len()
    });
    quiet.map_or(0, |quiet| (quiet * 2).min(MOST_GRAIN) as u8)
}

/// An even block is paper, unless it is darker than what its neighbours call dark.
///
/// Only blocks above and to the left are known yet; that is enough, since dark areas are larger than a block.
fn even(values: &[u8], across: usize, x: usize, y: usize, darkest: u8) -> u8 {
    let own = (u16::from(darkest) * PAPER.0 / PAPER.1) as u8;
    if x == 0 || y == 0 {
        return own;
    }
    let value = |x: usize, y: usize| u32::from(values.get(y * across + x).copied().unwrap_or(0));
    let around = (value(x, y - 1) + 2 * value(x - 1, y) + value(x - 1, y - 1)) / 4;
    if u32::from(darkest) < around { around as u8 } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_and_the_transposed_copy_agree_with_the_pixels() {
        let (width, height) = (150, 70);
        let pixels: Vec<u8> =
            (0..width * height).map(|i| if i % 7 < 3 || i / width % 5 == 0 { 20 } else { 230 }).collect();
        let bitmap = Bitmap::of(Grey::new(&pixels, width, height, width).unwrap());
        let turned = bitmap.transposed();
        let mut edges = Vec::new();
        for y in 0..height {
            bitmap.edges(y, &mut edges);
            let mut dark = false;
            for x in 0..width {
                if edges.contains(&(x as u32)) {
                    dark = !dark;
                }
                assert_eq!(bitmap.is_dark(x as i32, y as i32), dark);
                assert_eq!(turned.is_dark(y as i32, x as i32), dark);
                assert_eq!(pixels[y * width + x] < 100, dark);
            }
        }
        assert!(!bitmap.is_dark(-1, 0) && !bitmap.is_dark(0, 70));
    }
}
