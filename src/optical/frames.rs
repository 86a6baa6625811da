//! One reading from several pictures of the same print: frames of a webcam, or a page in several lights.
//!
//! ```text
//! pictures → zones of each → those of one print, at most one of each picture → one zone
//! ```
//!
//! Zones are matched by what they say, as a hand that holds a page moves it from frame to frame. What the characters look like
//! in each picture adds up before `mrz::repair` sees it, so that two blurred looks can settle what neither does alone.
//!
//! Not done: making one picture of several; a zone of which each picture shows a part stays unread.

use super::zone::{self, Reading};
use super::{Reader, Zone};
use crate::image::View;

impl Reader {
    /// Every zone that is printed on a page, from several pictures of it, the best read first. One result for each print: of two
    /// readings that cannot be matched the better one stays.
    ///
    /// # Examples
    /// ```
    /// use landfall::image::{PixelFormat, View};
    /// use landfall::optical::Reader;
    ///
    /// // Two frames of a camera, here of an empty desk.
    /// let pixels = vec![200; 640 * 480];
    /// let frame = View::new(&pixels, PixelFormat::Grey8, 640, 480, 0)?;
    /// assert!(Reader::new().read_frames(&[frame, frame]).is_empty());
    /// # Ok::<(), landfall::Error>(())
    /// ```
    pub fn read_frames(&mut self, frames: &[View<'_>]) -> Vec<Zone> {
        let mut prints: Vec<Vec<Zone>> = Vec::new();
        let mut most = 0;
        for frame in frames {
            let zones = self.read(frame);
            most = most.max(zones.len());
            join(&mut prints, zones);
        }
        prints.sort_by_key(|print| core::cmp::Reverse(print.len()));
        prints.truncate(most);
        let mut zones: Vec<Zone> = prints.into_iter().filter_map(one).collect();
        zones.sort_by(|a, b| b.confidence().total_cmp(&a.confidence()));
        zones
    }
}

/// Puts the zones of one more picture to those of the same prints; what is new begins a print of its own.
fn join(prints: &mut Vec<Vec<Zone>>, zones: Vec<Zone>) {
    let mut open = vec![true; prints.len()];
    for zone in zones {
        let known = prints
            .iter()
            .zip(&open)
            .position(|(print, open)| *open && print.first().is_some_and(|first| first.is_same_print(&zone)));
        match known.and_then(|at| Some((prints.get_mut(at)?, open.get_mut(at)?))) {
            Some((print, open)) => {
                print.push(zone);
                *open = false;
            }
            None => {
                prints.push(vec![zone]);
                open.push(false);
            }
        }
    }
}

/// The one reading of a print.
fn one(mut print: Vec<Zone>) -> Option<Zone> {
    if print.len() < 2 {
        return print.pop();
    }
    Zone::combined(&print.iter().collect::<Vec<_>>())
}

impl Zone {
    /// Whether two readings are likely of the same print: of one shape, and alike in more than half of what is no filler.
    /// Zones of two persons are alike in about a fifth of it.
    #[must_use]
    pub fn is_same_print(&self, other: &Self) -> bool {
        let count = self.layout().characters();
        let pairs = self.reading.text.iter().zip(&other.reading.text).take(count);
        let (mut alike, mut said) = (0, 0);
        for (own, other) in pairs.filter(|pair| *pair != (&b'<', &b'<')) {
            said += 1;
            alike += usize::from(own == other);
        }
        self.layout().lines() == other.layout().lines() && alike * 2 > said
    }

    /// One reading from several pictures of the same zone; places are those of the first. None if there is no picture, or if they
    /// show zones of different shapes.
    ///
    /// Pictures of one print share its faults: a second one counts as two thirds of an independent look.
    #[must_use]
    pub fn combined(zones: &[&Self]) -> Option<Self> {
        let (first, rest) = zones.split_first()?;
        let lengths = first.layout().lines();
        let shape = (lengths.len(), *lengths.first()?);
        if rest.iter().any(|other| other.layout().lines() != lengths) {
            return None;
        }
        let mut costs = first.reading.costs.clone();
        let count = zones.len() as f32;
        for (position, row) in costs.iter_mut().enumerate() {
            for (glyph, cost) in row.iter_mut().enumerate() {
                let of = |zone: &&Self| zone.reading.costs.get(position).and_then(|row| row.get(glyph)).copied();
                let sum: f32 = zones.iter().filter_map(of).map(f32::from).sum();
                *cost = (sum * (1.0 + 2.0 * count) / (3.0 * count)).min(4500.0) as u16;
            }
        }
        let Reading { centres, quad, pitch, .. } = &first.reading;
        zone::conclude(shape, costs, centres.clone(), *quad, *pitch).map(Self::of)
    }
}
