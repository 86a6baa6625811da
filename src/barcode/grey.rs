//! Grey rows of pixels: what this room looks at, borrowed or made from a view of another format.
//!
//! Hostile input: rows that end before the image does are refused once, in [`Grey::new`]; a row below the image is
//! empty.

use crate::error::{Error, ErrorKind, Part, Result};
use crate::image::{PixelFormat, View};
use core::fmt;
use zeroize::Zeroizing;

/// Rows of grey pixels that belong to somebody else: row-major, 0 black to 255 white, `stride` bytes from row to row.
#[derive(Clone, Copy)]
pub(crate) struct Grey<'a> {
    pixels: &'a [u8],
    width: usize,
    height: usize,
    stride: usize,
}

impl<'a> Grey<'a> {
    /// A view of `pixels`; the last row may end after its `width` pixels.
    ///
    /// # Errors
    /// `BadLength` if a side is zero, the stride is shorter than a row or the rows are more than there are bytes.
    pub(crate) fn new(pixels: &'a [u8], width: usize, height: usize, stride: usize) -> Result<Self> {
        let short = Error::new(ErrorKind::BadLength, Part::Image, pixels.len());
        if width == 0 || height == 0 || stride < width {
            return Err(short);
        }
        let needed = (height - 1).checked_mul(stride).and_then(|rows| rows.checked_add(width)).ok_or(short)?;
        if needed > pixels.len() {
            return Err(short);
        }
        Ok(Self { pixels, width, height, stride })
    }

    /// Pixels in a row.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub(crate) const fn height(&self) -> usize {
        self.height
    }

    /// The pixel at a place, the one to the right of it, and those below both; at the edge the last ones are taken twice.
    #[inline]
    pub(crate) fn four(&self, x: usize, y: usize) -> [u8; 4] {
        let start = y * self.stride + x;
        if x + 1 < self.width
            && y + 1 < self.height
            && let Some([a, b, .., c, d]) = self.pixels.get(start..start + self.stride + 2)
        {
            return [*a, *b, *c, *d];
        }
        let (right, below) = ((x + 1).min(self.width - 1), (y + 1).min(self.height - 1));
        let value = |x: usize, y: usize| self.row(y).get(x).copied().unwrap_or(0);
        [value(x, y), value(right, y), value(x, below), value(right, below)]
    }

    /// Row `y`, from 0; empty below the image.
    pub(crate) fn row(&self, y: usize) -> &'a [u8] {
        if y >= self.height {
            return &[];
        }
        let start = y * self.stride;
        self.pixels.get(start..start + self.width).unwrap_or(&[])
    }
}

impl fmt::Debug for Grey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grey({} × {})", self.width, self.height)
    }
}

/// A grey image of its own; its pixels are zeroed when it is dropped.
pub(crate) struct GreyImage {
    pixels: Zeroizing<Vec<u8>>,
    width: usize,
    height: usize,
}

impl GreyImage {
    /// Takes `width × height` pixels, row by row without gaps.
    ///
    /// # Errors
    /// As [`Grey::new`].
    pub(crate) fn new(pixels: Vec<u8>, width: usize, height: usize) -> Result<Self> {
        Grey::new(&pixels, width, height, width)?;
        Ok(Self { pixels: Zeroizing::new(pixels), width, height })
    }

    /// Luma of a view, by ITU-R BT.601.
    pub(crate) fn of(view: &View<'_>) -> Result<Self> {
        let mut pixels = Vec::with_capacity(view.width() * view.height());
        for row in (0..view.height()).map(|y| view.row(y)) {
            match view.format() {
                PixelFormat::Grey8 => pixels.extend_from_slice(row),
                PixelFormat::Rgb8 => pixels.extend(row.as_chunks().0.iter().map(|[r, g, b]| mix(*r, *g, *b))),
                PixelFormat::Bgr8 => pixels.extend(row.as_chunks().0.iter().map(|[b, g, r]| mix(*r, *g, *b))),
                PixelFormat::Rgba8 => pixels.extend(row.as_chunks().0.iter().map(|[r, g, b, _]| mix(*r, *g, *b))),
                PixelFormat::Bgra8 => pixels.extend(row.as_chunks().0.iter().map(|[b, g, r, _]| mix(*r, *g, *b))),
            }
        }
        Self::new(pixels, view.width(), view.height())
    }

    /// The pixels, borrowed.
    pub(crate) fn view(&self) -> Grey<'_> {
        Grey { pixels: &self.pixels, width: self.width, height: self.height, stride: self.width }
    }
}

impl fmt::Debug for GreyImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GreyImage({} × {})", self.width, self.height)
    }
}

/// Integer weights that add up to 1024, so that no sum is over 255.
fn mix(r: u8, g: u8, b: u8) -> u8 {
    let sum = 306 * u32::from(r) + 601 * u32::from(g) + 117 * u32::from(b);
    ((sum + 512) >> 10) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_needs_all_its_rows_and_colours_become_luma() {
        let pixels = [0; 10];
        assert_eq!(Grey::new(&pixels, 4, 2, 6).map(|view| view.row(1).len()), Ok(4));
        for (width, height, stride) in [(4, 3, 4), (4, 2, 3), (0, 2, 4), (4, 0, 4), (5, 2, 6)] {
            let error = Grey::new(&pixels, width, height, stride).map(|_| ()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::BadLength, "{width} × {height} by {stride}");
        }
        let view = View::new(&[255, 0, 0, 255, 255, 255], PixelFormat::Bgr8, 2, 1, 0).unwrap();
        assert_eq!(GreyImage::of(&view).unwrap().view().row(0), [29, 255]);
    }
}
