//! Whether a zone is spaced, and lies on its page, as the standard says: ten characters an inch, lines 6.35 mm apart (4.23 mm on TD1),
//! the last one 9.40 mm (7.27 mm) above the lower edge and the first character 4 mm (5 mm) from the left one (Doc 9303-3 §4.5, -4 to -7).
//!
//! It takes a picture of known resolution. The standard's tolerances are those of printers; how much a scanner adds is assumed, so that
//! there is a stretch between passing and failing that decides nothing. Not done: the height of characters, zones of other layouts.

use super::Zone;
use super::window::Point;
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::mrz::Layout;

/// Millimetres an inch.
const INCH: f32 = 25.4;
/// Millimetres from one character to the next.
const PITCH: f32 = 2.54;
/// How far the mean pitch may be off for passing, and from where on it fails: printers keep to 1 %, scanners add as much.
const PITCH_OFF: (f32, f32) = (0.06, 0.20);
/// The same for the distance of two lines.
const LINES_OFF: (f32, f32) = (0.25, 0.60);
/// The same for the place on the page: the standard allows 1 mm to the left or right, and 0.75 mm for the page itself.
const PLACE_OFF: (f32, f32) = (1.5, 3.0);
/// Skew, as height by length, up to which places are measured from the edges: half a degree, a millimetre over a page.
const MOST_SKEW: f32 = 0.009;

/// Where a layout has its zone, in millimetres: from line to line, from the left edge to the centre of the first character, and from
/// the lower edge to the centre of the last line. None where no part of Doc 9303 says so.
const fn form(layout: Layout) -> Option<(f32, f32, f32)> {
    match layout {
        Layout::Td1 => Some((4.23, 5.0 + PITCH / 2.0, 7.27)),
        Layout::Td2 | Layout::Td3 | Layout::MrvA | Layout::MrvB => Some((6.35, 4.0 + PITCH / 2.0, 9.40)),
        _ => None,
    }
}

/// `optical.mrz_geometry`: whether pitch, distance of lines and place of a zone are those of its layout.
///
/// `ppi` are the pixels an inch of the picture in which the zone was read, and `page` its sides in pixels if it ends where the page ends;
/// without them the place is not looked at. None for a layout whose geometry no part of Doc 9303 fixes.
#[must_use]
pub fn geometry(subject: Subject, zone: &Zone, ppi: u32, page: Option<(usize, usize)>) -> Option<Check> {
    let (apart, left, below) = form(zone.layout())?;
    let millimetre = ppi.max(1) as f32 / INCH;
    let mut off = vec![(zone.pitch() / millimetre - PITCH, PITCH_OFF)];
    off.extend(distances(zone).map(|distance| (distance / millimetre - apart, LINES_OFF)));
    if let Some((along, first, last)) = ends(zone).filter(|(along, ..)| skew(*along) <= MOST_SKEW)
        && let Some(page) = page
    {
        let down = (-along.1, along.0);
        off.push((behind(first, along, page) / millimetre - left, PLACE_OFF));
        off.push((behind(last, (-down.0, -down.1), page) / millimetre - below, PLACE_OFF));
    } else if page.is_some() {
        // The page stands askew, and nobody says where its edges run.
        off.push((PLACE_OFF.0 * 1.01, PLACE_OFF));
    }
    let (outcome, reason) = if off.iter().any(|(off, (_, fail))| off.abs() > *fail) {
        (Outcome::Failed, Reason::ZoneMisplaced)
    } else if off.iter().any(|(off, (pass, _))| off.abs() > *pass) {
        (Outcome::Undetermined, Reason::ZonePlaceInDoubt)
    } else {
        (Outcome::Passed, Reason::Confirmed)
    };
    Some(Check::new(CheckId::OpticalMrzGeometry, subject, outcome, reason))
}

/// The way of reading as a vector of length one, the first character of the first line, and the first of the last.
fn ends(zone: &Zone) -> Option<(Point, Point, Point)> {
    let lines = zone.layout().lines().len();
    let (top, bottom) = (zone.centres(0), zone.centres(lines.checked_sub(1)?));
    let (first, end) = (*top.first()?, *top.last()?);
    let (x, y) = (end.0 - first.0, end.1 - first.1);
    let length = x.hypot(y);
    (length > 0.0).then_some(((x / length, y / length), first, *bottom.first()?))
}

/// How far a direction is from the nearest side of the picture: height by length.
fn skew((x, y): Point) -> f32 {
    x.abs().min(y.abs())
}

/// The distances of neighbouring lines, at their middles, in pixels.
fn distances(zone: &Zone) -> impl Iterator<Item = f32> {
    let lines = zone.layout().lines().len();
    (1..lines).filter_map(|line| {
        let (above, below) = (zone.centres(line - 1), zone.centres(line));
        let (start, end) = (*above.first()?, *above.last()?);
        let middle = *below.get(below.len() / 2)?;
        let (x, y) = (end.0 - start.0, end.1 - start.1);
        let away = (middle.0 - start.0, middle.1 - start.1);
        Some((x * away.1 - y * away.0).abs() / x.hypot(y).max(1e-3))
    })
}

/// How far the edge of the picture is that lies behind a place for one who looks along a direction.
fn behind((x, y): Point, (right, down): Point, (width, height): (usize, usize)) -> f32 {
    if right.abs() > down.abs() {
        if right > 0.0 { x } else { width as f32 - x }
    } else if down > 0.0 {
        y
    } else {
        height as f32 - y
    }
}
