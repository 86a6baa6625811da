//! Alert lists to matches: whose entry could this traveller be, how strongly does the evidence say so, and why.
//!
//! ```text
//! query ──► tokens ──► spellings on the list ──► candidates ──► evidence for each ──► the best, in order
//!                      (keys, noisy channel)     (postings,      name, birth date, sex,
//!                                                 dates, numbers) nationality, number
//! ```
//! Every part of the evidence is a log-likelihood ratio in centibans (1/100 of a decimal logarithm): how much likelier
//! is what was read if the traveller is the listed person than if not. Parts add up; nothing saturates. What
//! is missing on either side says nothing, or little. Only integers are used: the same query gives the same score anywhere.
//!
//! # Hostile input
//! Names are cut to a number of tokens and letters; candidates have a ceiling, and the strongest are kept.

mod background;
mod birth;
mod build;
mod centiban;
mod complete;
mod covert;
mod distance;
mod document;
mod evidence;
mod filed;
mod key;
mod name;
mod nickname;
mod normal;
mod number;
mod opened;
mod promise;
mod record;
mod root;
mod search;
mod spelling;
mod store;
mod unit;

pub use build::{build, package};
pub use complete::{Shortfall, shortfalls};
pub use covert::Authority;
pub use evidence::{DocumentHit, Hit, Owner, PartKind, ScorePart, Screened};
pub use nickname::Nicknames;
pub use opened::{AlertList, Description};
pub use root::{FORMAT, Labels, MINIMUM_READER};
pub use search::names_alike;
pub use store::ReadAt;

#[cfg(test)]
mod tests;
