//! Two ways to take a picture of a sheet: flat on a scanner's bed, and by hand with a telephone.
//!
//! What varies is drawn from the ranges given, once a picture. The picture comes with the homography from millimetres of the sheet
//! to its pixels, so that the place of everything on the sheet is known exactly.

use super::dice::Dice;
use super::frame::{Encoding, Frame, Homography};
use super::sheet::{Colour, Point, Sheet};

/// A range from which a value is drawn evenly.
pub type Range = (f32, f32);

/// A picture and where the sheet lies in it.
#[derive(Clone)]
pub struct Shot {
    /// The picture.
    pub frame: Frame,
    /// From millimetres of the sheet to pixels of the picture.
    pub place: Homography,
    /// How it is written into a file.
    pub encoding: Encoding,
}

/// A scanner and how the page lies on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flat {
    /// Pixels an inch.
    pub ppi: f32,
    /// Degrees that the page lies askew, either way.
    pub skew: f32,
    /// Quarter turns of the page, clockwise.
    pub quarters: usize,
    /// Deviation of the blur in pixels, beside each pixel's own area.
    pub blur: Range,
    /// Deviation of the noise in levels.
    pub noise: Range,
    /// The level of black.
    pub black: Range,
    /// How often the colour is taken out.
    pub grey: f32,
}

impl Flat {
    /// A common page scanner of this density.
    #[must_use]
    pub const fn scanner(ppi: f32) -> Self {
        Self { ppi, skew: 1.5, quarters: 0, blur: (0.4, 0.8), noise: (1.5, 4.0), black: (10.0, 45.0), grey: 0.3 }
    }

    /// Takes the picture; `above` is another page that lies against the upper edge, as the facing page of a booklet does.
    #[must_use]
    pub fn take(&self, sheet: &Sheet, above: Option<&Sheet>, dice: &mut Dice) -> Shot {
        let scale = self.ppi / 25.4;
        let size = |sheet: &Sheet| (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
        let page = size(sheet);
        let facing = above.map_or(0.0, |sheet| size(sheet).1);
        let quarters = self.quarters % 4;
        let turn = (dice.between(-self.skew, self.skew) + 90.0 * quarters as f32).to_radians();
        let (sine, cosine) = turn.sin_cos();
        let turned = |(x, y): Point| ((x * cosine - y * sine) * scale, (x * sine + y * cosine) * scale);
        let corners = [(0.0, -facing), (page.0, -facing), (page.0, page.1), (0.0, page.1)].map(turned);
        let (low, high) = bounds(&corners);
        let margins = [0; 4].map(|_| dice.between(0.0, 0.04) * page.0 * scale);
        let shift = (margins[0] - low.0, margins[1] - low.1);
        let placed = |at: Point| (turned(at).0 + shift.0, turned(at).1 + shift.1);
        let whole = (
            (high.0 - low.0 + margins[0] + margins[2]).ceil() as usize,
            (high.1 - low.1 + margins[1] + margins[3]).ceil() as usize,
        );
        let place = Homography::to_corners(page, [(0.0, 0.0), (page.0, 0.0), page, (0.0, page.1)].map(placed));
        let bed = if dice.chance(0.6) { dice.between(12.0, 60.0) } else { dice.between(190.0, 250.0) };
        let mut sheets = vec![(sheet, place)];
        if let Some(above) = above {
            let edge = [(0.0, -facing), (page.0, -facing), (page.0, 0.0), (0.0, 0.0)];
            sheets.push((above, Homography::to_corners(size(above), edge.map(placed))));
        }
        let mut frame = Frame::project(whole, &sheets, |_, _| [bed; 3]);
        self.expose(&mut frame, dice);
        Shot { frame, place, encoding: common(dice) }
    }

    /// Blur, tone and noise.
    fn expose(&self, frame: &mut Frame, dice: &mut Dice) {
        frame.blur(dice.between(self.blur.0, self.blur.1));
        let (black, white) = (dice.between(self.black.0, self.black.1), dice.between(215.0, 250.0));
        frame.tone(black, white, dice.between(0.9, 1.1));
        let grey = dice.chance(self.grey);
        frame.noise(dice.between(self.noise.0, self.noise.1), dice);
        if grey {
            frame.bleach();
        }
    }
}

/// How scanners write their files: half PNG, half JPEG of quality 90 to 97.
fn common(dice: &mut Dice) -> Encoding {
    if dice.chance(0.5) { Encoding::Png } else { Encoding::Jpeg(u8::try_from(dice.whole(90, 97)).unwrap_or(90)) }
}

/// The least and the greatest coordinates.
pub(super) fn bounds(points: &[Point]) -> (Point, Point) {
    points.iter().fold(((f32::MAX, f32::MAX), (f32::MIN, f32::MIN)), |(low, high), at| {
        ((low.0.min(at.0), low.1.min(at.1)), (high.0.max(at.0), high.1.max(at.1)))
    })
}

/// A telephone held over the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Photograph {
    /// The least number of pixels that a millimetre of the sheet is to have, about.
    pub least_scale: f32,
    /// What the picture is aimed at, in millimetres of the sheet: two corners. The whole sheet to show all of it.
    pub target: (Point, Point),
    /// How much of the tighter side the target takes.
    pub fill: Range,
    /// How far each corner moves, as a share of the sides.
    pub perspective: f32,
    /// Radius of the disk of defocus, in units of a 22nd of the pitch.
    pub defocus: Range,
    /// Length of the motion, in the same units.
    pub motion: Range,
    /// The millimetres that count as one character's pitch.
    pub pitch: f32,
    /// How often the picture is turned by a quarter or half turn.
    pub turned: f32,
    /// A part of the sheet over which glare stays weak: two corners in millimetres.
    pub sheltered: (Point, Point),
}

impl Photograph {
    /// A picture of the whole page; `zone` is the part over which glare stays weak.
    #[must_use]
    pub const fn of_page(size: Point, zone: (Point, Point)) -> Self {
        Self {
            least_scale: 13.0 / 2.54,
            target: ((0.0, 0.0), size),
            fill: (0.65, 0.92),
            perspective: 0.06,
            defocus: (0.0, 1.3),
            motion: (0.0, 3.5),
            pitch: 2.54,
            turned: 0.1,
            sheltered: zone,
        }
    }

    /// Takes the picture.
    #[must_use]
    pub fn take(&self, sheet: &Sheet, dice: &mut Dice) -> Shot {
        let (whole, place, scale) = self.aim(sheet, dice);
        let desk = Desk::drawn(whole, dice);
        let mut grain = dice.clone();
        let mut frame = Frame::project(whole, &[(sheet, place)], |x, y| desk.at(x, y, &mut grain));
        let unit = (scale * self.pitch / 22.0).clamp(0.5, 1.5);
        let motion = dice.between(self.motion.0, self.motion.1) * unit;
        let heading = dice.between(0.0, core::f32::consts::TAU);
        let radius = dice.between(self.defocus.0, self.defocus.1) * unit;
        frame.defocus(radius, (motion * heading.cos(), motion * heading.sin()));
        self.light(&mut frame, &place, dice);
        expose(&mut frame, dice);
        let mut shot = Shot { frame, place, encoding: Encoding::Jpeg(u8::try_from(dice.whole(70, 92)).unwrap_or(80)) };
        if dice.chance(self.turned) {
            shot.turn(dice.whole(1, 3), sheet);
        }
        shot
    }

    /// The size of the picture, where the sheet lies in it, and pixels a millimetre.
    fn aim(&self, sheet: &Sheet, dice: &mut Dice) -> ((usize, usize), Homography, f32) {
        let (low, high) = self.target;
        let side = (high.0 - low.0, high.1 - low.1);
        let ratio: f32 = if dice.chance(0.75) { 4.0 / 3.0 } else { 16.0 / 9.0 };
        let upright = dice.chance(0.2);
        let mut area = dice.between(1.0e6, 3.0e6);
        let fill = dice.between(self.fill.0, self.fill.1);
        let fit = |area: f32| {
            let (long, short) = ((area * ratio).sqrt(), (area / ratio).sqrt());
            let frame = if upright { (short, long) } else { (long, short) };
            (frame, fill * (frame.0 / side.0).min(frame.1 / side.1))
        };
        while fit(area).1 < self.least_scale && area < 3.0e6 {
            area *= 1.1;
        }
        let (frame, scale) = fit(area);
        let scale = scale.max(self.least_scale);
        let centre = (frame.0 * (0.5 + dice.between(-0.04, 0.04)), frame.1 * (0.5 + dice.between(-0.04, 0.04)));
        let (sine, cosine) = dice.between(-12.0, 12.0).to_radians().sin_cos();
        let middle = ((low.0 + high.0) / 2.0, (low.1 + high.1) / 2.0);
        let size = (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
        let corners = [(0.0, 0.0), (size.0, 0.0), size, (0.0, size.1)].map(|(x, y)| {
            let push = |side: f32, dice: &mut Dice| dice.between(-self.perspective, self.perspective) * side;
            let (x, y) = (x - middle.0 + push(side.0, dice), y - middle.1 + push(side.1, dice));
            (centre.0 + (x * cosine - y * sine) * scale, centre.1 + (x * sine + y * cosine) * scale)
        });
        ((frame.0 as usize, frame.1 as usize), Homography::to_corners(size, corners), scale)
    }

    /// Shadow, vignette and glare.
    fn light(&self, frame: &mut Frame, place: &Homography, dice: &mut Dice) {
        let (width, height) = (frame.width as f32, frame.height as f32);
        if dice.chance(0.7) {
            let (sine, cosine) = dice.between(0.0, core::f32::consts::TAU).sin_cos();
            let offset = dice.between(-0.4, 0.4) * width;
            let (half, soft) = (dice.between(0.1, 0.4) * width, dice.between(8.0, 60.0));
            let depth = dice.between(0.25, 0.55);
            frame.change(|(x, y), pixel| {
                let across = ((x - width / 2.0) * cosine + (y - height / 2.0) * sine - offset).abs();
                let inside = 1.0 / (1.0 + ((across - half) * 1.7 / soft).exp());
                pixel.iter_mut().for_each(|level| *level *= 1.0 - depth * inside);
            });
        }
        let fall = dice.between(0.0, 0.25);
        frame.change(|(x, y), pixel| {
            let (x, y) = ((x / width - 0.5) * 2.0, (y / height - 0.5) * 2.0);
            pixel.iter_mut().for_each(|level| *level *= 1.0 - fall * (x * x + y * y) / 2.0);
        });
        for _ in 0..dice.whole(0, 2) {
            self.glare(frame, place, dice);
        }
    }

    /// One ellipse of light.
    fn glare(&self, frame: &mut Frame, place: &Homography, dice: &mut Dice) {
        let (width, height) = (frame.width as f32, frame.height as f32);
        let centre = (dice.between(0.1, 0.9) * width, dice.between(0.1, 0.9) * height);
        let radii = (dice.between(0.03, 0.15) * width, dice.between(0.03, 0.15) * width);
        let peak = dice.between(0.5, 0.95);
        let (low, high) = self.sheltered;
        let back = place.inverse();
        frame.change(|(x, y), pixel| {
            let away = ((x - centre.0) / radii.0).hypot((y - centre.1) / radii.1);
            if away < 2.5 {
                let at = back.at((x, y));
                let sheltered = (low.0..=high.0).contains(&at.0) && (low.1..=high.1).contains(&at.1);
                let limit: f32 = if sheltered { 0.55 } else { 1.0 };
                let strength = (peak * (-away * away).exp()).min(limit);
                pixel.iter_mut().for_each(|level| *level += (255.0 - *level) * strength);
            }
        });
    }
}

/// White balance, exposure, noise and the telephone's own sharpening.
fn expose(frame: &mut Frame, dice: &mut Dice) {
    let exposure = dice.between(0.7, 1.1);
    let gains = [dice.between(0.8, 1.25) * exposure, exposure, dice.between(0.8, 1.25) * exposure];
    frame.change(|_, pixel| {
        for (level, gain) in pixel.iter_mut().zip(gains) {
            *level = (*level * gain).min(255.0);
        }
    });
    let sigma = dice.between(2.0, 8.0);
    let mut cloud = Frame { width: frame.width, height: frame.height, pixels: vec![[0.0; 3]; frame.pixels.len()] };
    cloud.noise(sigma * 1.5, dice);
    cloud.blur(0.8);
    for (pixel, cloud) in frame.pixels.iter_mut().zip(&cloud.pixels) {
        let grain = sigma * dice.normal();
        for (level, cloud) in pixel.iter_mut().zip(cloud) {
            *level += grain + cloud;
        }
    }
    frame.sharpen(dice.between(0.0, 0.8), 1.2);
}

/// A desk of two colours with grain.
struct Desk {
    colours: [Colour; 2],
    normal: Point,
    offset: f32,
}

impl Desk {
    fn drawn(size: (usize, usize), dice: &mut Dice) -> Self {
        let colours = [0; 2].map(|_| [0; 3].map(|_| dice.between(30.0, 200.0)));
        let (sine, cosine) = dice.between(0.0, core::f32::consts::TAU).sin_cos();
        let middle = size.0 as f32 / 2.0 * cosine + size.1 as f32 / 2.0 * sine;
        Self { colours, normal: (cosine, sine), offset: middle + dice.between(-0.3, 0.3) * size.0 as f32 }
    }

    fn at(&self, column: usize, row: usize, dice: &mut Dice) -> Colour {
        let side = column as f32 * self.normal.0 + row as f32 * self.normal.1 > self.offset;
        let grain = dice.normal() * 6.0;
        self.colours[usize::from(side)].map(|level| level + grain)
    }
}

impl Shot {
    /// Turns the picture, and with it the place of the sheet, by quarter turns, clockwise.
    pub fn turn(&mut self, quarters: usize, sheet: &Sheet) {
        let size = (sheet.width as f32 / sheet.density, sheet.height as f32 / sheet.density);
        for _ in 0..quarters % 4 {
            let height = self.frame.height as f32;
            let corners = [(0.0, 0.0), (size.0, 0.0), size, (0.0, size.1)].map(|corner| {
                let (x, y) = self.place.at(corner);
                (height - y, x)
            });
            self.frame.turn(1);
            self.place = Homography::to_corners(size, corners);
        }
    }
}
