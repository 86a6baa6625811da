//! Signatures on every curve of the table with keys that everybody may know: those of specimens (FIPS 186-4 §6.3).
//!
//! The arithmetic is that of verification, so that its running time tells the private key. Nothing that is worth
//! anything may be signed with it, and nothing outside the specimens can reach it.

use super::curve::Curve;
use super::ecdsa;
use super::hash::HashAlgorithm;
use crate::asn1::{Tag, Writer};
use core::fmt;

/// How often a number is drawn before that is given up; half of all draws at worst are no scalars.
const DRAWS: usize = 256;

/// A private key that is no secret.
#[derive(Clone)]
pub struct PublishedKey {
    curve: Curve,
    private: Vec<u8>,
}

impl fmt::Debug for PublishedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublishedKey({})", self.curve.name())
    }
}

impl PublishedKey {
    /// The key that follows from what `fill` fills octets with; `None` if that never becomes one.
    pub fn draw(curve: Curve, fill: impl FnMut(&mut [u8])) -> Option<Self> {
        Some(Self { curve, private: scalar(curve, fill)? })
    }

    /// The curve.
    pub const fn curve(&self) -> Curve {
        self.curve
    }

    /// The public point, uncompressed (X9.62 §4.3.6).
    pub fn point(&self) -> Option<Vec<u8>> {
        let [x, y] = ecdsa::public(self.curve, &self.private)?;
        Some([&[4], x.as_slice(), &y].concat())
    }

    /// Signs `message`, its nonce drawn from what `fill` fills octets with: the SEQUENCE of two INTEGERs (RFC 3279 §2.2.3).
    pub fn sign(&self, hash: HashAlgorithm, message: &[u8], fill: impl FnMut(&mut [u8])) -> Option<Vec<u8>> {
        let nonce = scalar(self.curve, fill)?;
        let [r, s] = ecdsa::sign(self.curve, &self.private, &nonce, &hash.digest(message))?;
        let mut writer = Writer::new();
        writer.constructed(Tag::SEQUENCE, |w| {
            w.unsigned(&r).unsigned(&s);
        });
        Some(writer.into_bytes())
    }
}

/// A number above 0 and below the order.
fn scalar(curve: Curve, mut fill: impl FnMut(&mut [u8])) -> Option<Vec<u8>> {
    let order = curve.domain().n;
    let mut number = vec![0; order.len()];
    (0..DRAWS).find_map(|_| {
        fill(&mut number);
        let (first, limit) = (number.first_mut()?, order.first()?);
        *first &= u8::MAX >> limit.leading_zeros();
        let fits = number.as_slice() < order && number.iter().any(|octet| *octet != 0);
        fits.then(|| number.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::{EcKey, Parameters, PublicKey, SignatureAlgorithm, verify};

    #[test]
    fn what_is_signed_on_every_curve_verifies_and_nothing_else_does() {
        for curve in Curve::ALL {
            let mut next = 0_u8;
            let mut fill = |octets: &mut [u8]| {
                for octet in octets {
                    next = next.wrapping_mul(167).wrapping_add(13);
                    *octet = next;
                }
            };
            let key = PublishedKey::draw(curve, &mut fill).unwrap();
            let point = key.point().unwrap();
            let public = PublicKey::Ec(EcKey { parameters: Parameters::Explicit(curve), point: &point });
            for hash in HashAlgorithm::ALL {
                let signature = key.sign(hash, b"Utopia", &mut fill).unwrap();
                let algorithm = SignatureAlgorithm::Ecdsa(hash);
                assert!(verify(&public, algorithm, b"Utopia", &signature).is_ok(), "{key:?}");
                assert!(verify(&public, algorithm, b"utopia", &signature).is_err(), "{key:?}");
            }
        }
    }

    #[test]
    fn a_source_that_gives_zeros_alone_makes_no_key() {
        assert!(PublishedKey::draw(Curve::P521, |octets| octets.fill(0)).is_none());
        assert!(PublishedKey::draw(Curve::P384, |octets| octets.fill(0xFF)).is_none());
    }
}
