//! Pixels that somebody else owns: a borrowed picture with its format and the distance between its rows.
//!
//! Hostile input: sizes and stride are held against the length of the buffer before a pixel is touched, and a ceiling on pixels stands
//! above both.

use crate::error::{Error, ErrorKind, Part, Result};
use crate::numbered::numbered;

/// The most pixels that a picture may have: an open passport at 600 pixels an inch has 25 million.
pub const MAX_PIXELS: usize = 64_000_000;

numbered! {
    /// How the octets of a pixel follow each other.
    pub enum PixelFormat {
        /// One octet: 0 is black, 255 is white.
        Grey8 = 1, "grey8";
        /// Red, green, blue.
        Rgb8 = 2, "rgb8";
        /// Blue, green, red, as Windows bitmaps have them.
        Bgr8 = 3, "bgr8";
        /// Red, green, blue, and an opacity that is ignored.
        Rgba8 = 4, "rgba8";
        /// Blue, green, red, and an opacity that is ignored.
        Bgra8 = 5, "bgra8";
    }
}

numbered! {
    /// The light in which a picture was taken (Doc 9303-2 App. C, table C-1).
    pub enum Light {
        /// What people see.
        Visible = 1, "visible";
        /// Near infrared, in which B900 ink stays black and most other print goes.
        Infrared = 2, "infrared";
        /// Ultraviolet, in which paper of a document stays dull and fluorescent print glows.
        Ultraviolet = 3, "ultraviolet";
    }
}

impl PixelFormat {
    /// Octets of one pixel.
    #[must_use]
    pub const fn octets(self) -> usize {
        match self {
            Self::Grey8 => 1,
            Self::Rgb8 | Self::Bgr8 => 3,
            Self::Rgba8 | Self::Bgra8 => 4,
        }
    }
}

/// A borrowed picture.
///
/// ```text
/// width × height pixels, row-major; each row begins `stride` octets after the one before
/// ```
#[derive(Clone, Copy)]
pub struct View<'a> {
    pixels: &'a [u8],
    format: PixelFormat,
    width: usize,
    height: usize,
    stride: usize,
}

impl<'a> View<'a> {
    /// A picture in a buffer; a stride of 0 says that rows follow each other without a gap.
    ///
    /// # Errors
    /// `BadArgument` if a side is 0 or the buffer is shorter than sizes and stride say; `TooLarge` above [`MAX_PIXELS`].
    pub fn new(pixels: &'a [u8], format: PixelFormat, width: usize, height: usize, stride: usize) -> Result<Self> {
        let wrong = Error::new(ErrorKind::BadArgument, Part::Call, 0);
        let row = width.checked_mul(format.octets()).filter(|row| *row > 0).ok_or(wrong)?;
        let stride = if stride == 0 { row } else { stride };
        let before = height.checked_sub(1).ok_or(wrong)?;
        let needed = stride.checked_mul(before).and_then(|octets| octets.checked_add(row)).ok_or(wrong)?;
        if width.saturating_mul(height) > MAX_PIXELS {
            return Err(Error::new(ErrorKind::TooLarge, Part::Call, 0));
        }
        if stride < row || pixels.len() < needed {
            return Err(wrong);
        }
        Ok(Self { pixels, format, width, height, stride })
    }

    /// Pixels in a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// How the octets of a pixel follow each other.
    #[must_use]
    pub const fn format(&self) -> PixelFormat {
        self.format
    }

    /// The octets of one row; nothing beyond the last.
    #[must_use]
    pub fn row(&self, row: usize) -> &'a [u8] {
        let start = row.saturating_mul(self.stride);
        let end = start.saturating_add(self.width * self.format.octets());
        self.pixels.get(start..end).filter(|_| row < self.height).unwrap_or_default()
    }

    /// The whole buffer from the first row on.
    pub(crate) const fn row_on(&self) -> &'a [u8] {
        self.pixels
    }

    /// Octets from the beginning of one row to that of the next.
    #[must_use]
    pub const fn stride(&self) -> usize {
        self.stride
    }
}
