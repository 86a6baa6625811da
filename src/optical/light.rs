//! What other light tells of a page (Doc 9303-2 App. C): the zone in near infrared, and the substrate in ultraviolet.
//!
//! Checks are made here and weighed elsewhere. Not done: tilted light, holograms, patterns of fluorescent print; the levels of dull and
//! glowing paper are assumed, no reader was measured.

use super::Zone;
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::image::{PixelFormat, View};

/// Up to this mean level paper counts as dull in ultraviolet light.
const DULL: u64 = 96;
/// From this mean level on it counts as glowing.
const GLOWING: u64 = 160;

/// `optical.mrz_infrared` (IR,AB,MR): whether the zone that visible light shows is read in near infrared light too, and says the same.
///
/// `infrared` are the zones of the infrared picture, none if there is no such picture.
#[must_use]
pub fn infrared(subject: Subject, visible: Option<&Zone>, infrared: Option<&[Zone]>) -> Check {
    let (outcome, reason) = match (visible, infrared.map(<[Zone]>::first)) {
        (_, None) => (Outcome::NotPerformed, Reason::NothingGiven),
        (Some(visible), Some(None)) if visible.accepted() => (Outcome::Failed, Reason::InfraredBlank),
        (_, Some(None)) => (Outcome::Undetermined, Reason::Unreadable),
        (Some(visible), Some(Some(infrared))) if !visible.lines().eq(infrared.lines()) => {
            let sure = visible.accepted() && infrared.accepted();
            if sure { (Outcome::Failed, Reason::InfraredDiffers) } else { (Outcome::Undetermined, Reason::Unreadable) }
        }
        (_, Some(Some(infrared))) if infrared.accepted() || infrared.printed_wrong() => {
            (Outcome::Passed, Reason::Confirmed)
        }
        _ => (Outcome::Undetermined, Reason::Unreadable),
    };
    Check::new(CheckId::OpticalMrzInfrared, subject, outcome, reason)
}

/// `optical.ultraviolet` (UV,BR,FU): whether the substrate stays dull in ultraviolet light.
///
/// The picture is that of the page alone, its desk cut away; the blue channel counts, in which optical brighteners glow.
#[must_use]
pub fn ultraviolet(subject: Subject, page: Option<&View<'_>>) -> Check {
    let (outcome, reason) = match page.map(mean_blue) {
        None => (Outcome::NotPerformed, Reason::NothingGiven),
        Some(..=DULL) => (Outcome::Passed, Reason::Confirmed),
        Some(GLOWING..) => (Outcome::Failed, Reason::UltravioletGlow),
        Some(_) => (Outcome::Undetermined, Reason::Unreadable),
    };
    Check::new(CheckId::OpticalUltraviolet, subject, outcome, reason)
}

/// The mean of the blue channel, or of the only one.
fn mean_blue(page: &View<'_>) -> u64 {
    let octets = page.format().octets();
    let blue = match page.format() {
        PixelFormat::Rgb8 | PixelFormat::Rgba8 => 2,
        _ => 0,
    };
    let row = |row| page.row(row).iter().skip(blue).step_by(octets).map(|level| u64::from(*level)).sum::<u64>();
    let sum: u64 = (0..page.height()).map(row).sum();
    let count = (page.width() as u64).saturating_mul(page.height() as u64);
    sum.checked_div(count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_passes_without_a_picture() {
        let subject = Subject::Document(1);
        for check in [infrared(subject, None, None), ultraviolet(subject, None)] {
            assert_eq!((check.outcome, check.reason), (Outcome::NotPerformed, Reason::NothingGiven));
        }
        assert_eq!(infrared(subject, None, Some(&[])).outcome, Outcome::Undetermined);
    }

    #[test]
    fn paper_that_glows_fails_and_paper_in_between_tells_nothing() {
        for (level, outcome) in [(20, Outcome::Passed), (120, Outcome::Undetermined), (240, Outcome::Failed)] {
            let pixels = [[level / 2, level / 2, level]; 64].concat();
            let page = View::new(&pixels, PixelFormat::Rgb8, 8, 8, 0).unwrap();
            assert_eq!(ultraviolet(Subject::Document(1), Some(&page)).outcome, outcome, "{level}");
        }
    }
}
