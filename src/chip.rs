//! The chip itself: whether it is the one that was issued, and how it let the reader in (Doc 9303-11 §4, §6).
//!
//! Signed files can be copied; a private key cannot. What speaks for the chip is an answer that only its key makes:
//!
//! ```text
//! active authentication    the engine issues a challenge, verifies the answer with the key of DG15       seen here
//! chip authentication      the reader's next secured response proves the key of DG14                     reported
//! PACE with CAM            the same in one step, with the key of EF.CardSecurity                         reported
//! ```
//!
//! [`authentic`] makes `chip.authentic` from all that was tried, [`access`] says whether the chip was opened in the best
//! way that it offers, and [`files`] what became of files that a reader could not get. A key counts only if its
//! issuer vouches for it ([`Vouched`]): passive authentication decides on DG14 and DG15 and is handed in, the key of
//! EF.CardSecurity is verified here ([`vouches_for_card_security`]).
//!
//! Not done: the protocols themselves (commands, secure messaging), terminal authentication.
//!
//! Hostile input could replay an answer from elsewhere (only a challenge that this inspection issued makes an answer
//! count in favour), bring a key with which anybody can answer (exponent 1, a foreign base point: refused), a key that
//! nobody signed (it proves nothing), leave DG14 and DG15 out (EF.SOD lists them, and what is listed was expected), or
//! answer at great length (bounded by [`MAX_ANSWER`]).

mod access;
mod active;
mod authority;
mod proof;
mod recovery;

pub use access::{access, card_access, files};
pub use active::{Answered, MAX_ANSWER, verify};
pub use authority::vouches_for_card_security;
pub use proof::{Encounter, Exchange, Proof, Vouched, authentic};

/// The length of a challenge, in bytes (Doc 9303-11 §6.1.2: RND.IFD).
pub const CHALLENGE_LEN: usize = 8;

/// A challenge: random bytes that the host drew and the chip is to sign.
pub type Challenge = [u8; CHALLENGE_LEN];

#[cfg(test)]
mod tests;
