//! The chip of a specimen: its key for active authentication, and what it answers to a challenge (Doc 9303-11 §6.1).
//!
//! Answers are reproducible, and so these chips are worse than real ones: the recoverable part M1 follows from chip and
//! challenge, where a real chip draws it anew each time. No check depends on that.
//!
//! Not done: the transport around it (commands, access control, secure messaging).

use super::key::{self, Shipped, sequence};
use super::seed::Seed;
use super::{ChipKey, invalid};
use crate::asn1::oid;
use crate::asn1::{Oid, Writer};
use crate::chip::Challenge;
use crate::crypto::HashAlgorithm;
use crate::error::Result;
use p256::ecdsa::signature::Signer as _;
use rsa::BoxedUint;
use rsa::RsaPrivateKey;
use rsa::hazmat::rsa_decrypt_and_check;
use rsa::rand_core::Rng as _;
use rsa::traits::PublicKeyParts;

const ACTIVE_AUTHENTICATION: Oid<'static> = oid!(2, 23, 136, 1, 1, 5);
/// id-PK-ECDH and id-CA-ECDH-AES-CBC-CMAC-128 (BSI TR-03110).
const CHIP_AUTHENTICATION_KEY: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 2, 2, 1, 2);
const CHIP_AUTHENTICATION_AES_128: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 2, 2, 3, 2, 2);
/// ECDSA, r and s plainly one after the other, with SHA-256 (BSI TR-03111 §5.2.1).
const ECDSA_PLAIN_SHA256: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3);

/// First octet of an ISO/IEC 9796-2 message representative with partial recovery and no padding.
const HEADER: u8 = 0x6A;

/// How a chip writes its answer: what the standard allows, and what is met in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Answering {
    /// RSA: the hash, which the trailer names.
    pub hash: HashAlgorithm,
    /// RSA with SHA-1: the trailer of one octet, as the standard asks, and not the one of two.
    pub short_trailer: bool,
    /// RSA: the complement to the modulus, which is the other of the two signatures that mean the same.
    pub complement: bool,
    /// P-256: a DER sequence and not two numbers side by side.
    pub der: bool,
}

impl Answering {
    /// As specimens answer: SHA-256, the power itself, two numbers side by side.
    pub const USUAL: Self = Self { hash: HashAlgorithm::Sha256, short_trailer: false, complement: false, der: false };

    /// The last octets of the message representative.
    const fn trailer(self) -> &'static [u8] {
        match self.hash {
            HashAlgorithm::Sha1 if self.short_trailer => &[0xBC],
            HashAlgorithm::Sha1 => &[0x33, 0xCC],
            HashAlgorithm::Sha224 => &[0x38, 0xCC],
            HashAlgorithm::Sha256 => &[0x34, 0xCC],
            HashAlgorithm::Sha384 => &[0x36, 0xCC],
            HashAlgorithm::Sha512 => &[0x35, 0xCC],
        }
    }
}

/// A specimen's chip. It is known by what it answers; `Debug` shows the kind of key only.
pub struct Chip {
    key: Key,
    seed: Seed,
}

enum Key {
    Rsa(RsaPrivateKey),
    P256(p256::ecdsa::SigningKey),
}

impl core::fmt::Debug for Chip {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self.key {
            Key::Rsa(_) => "Chip(rsa)",
            Key::P256(_) => "Chip(p256)",
        })
    }
}

impl Chip {
    /// The chip of the specimen `seed`, or that of its clone, which has another key.
    pub(super) fn new(kind: ChipKey, seed: u64, is_clone: bool) -> Result<Self> {
        let (shipped, label) =
            if is_clone { (Shipped::CloneChip, "chip of the clone") } else { (Shipped::Chip, "chip") };
        let seed = Seed::of(label, seed);
        let key = match kind {
            ChipKey::Rsa2048 => Key::Rsa(shipped.key()?),
            ChipKey::P256 => Key::P256(key::p256(&seed)?),
        };
        Ok(Self { key, seed })
    }

    /// SubjectPublicKeyInfo, as DG15 holds it.
    pub(super) fn public(&self) -> Vec<u8> {
        match &self.key {
            Key::Rsa(key) => key::rsa_public(key),
            Key::P256(key) => key::p256_public(key),
        }
    }

    /// The SET OF SecurityInfo of DG14: a key for chip authentication, and for a key on a curve the algorithm of
    /// active authentication, which DG15 alone does not tell (Doc 9303-11 §6.1.4, §9.2).
    pub(super) fn security_infos(&self) -> Result<Vec<u8>> {
        let agreement = key::p256(&self.seed.with(b"chip authentication"))?;
        let mut infos = vec![
            sequence(|w| {
                w.oid(CHIP_AUTHENTICATION_AES_128).integer(1);
            }),
            sequence(|w| {
                w.oid(CHIP_AUTHENTICATION_KEY).raw(&key::p256_public(&agreement));
            }),
        ];
        if let Key::P256(_) = self.key {
            infos.push(sequence(|w| {
                w.oid(ACTIVE_AUTHENTICATION).integer(1).oid(ECDSA_PLAIN_SHA256);
            }));
        }
        let mut writer = Writer::new();
        writer.set_of(infos);
        Ok(writer.into_bytes())
    }

    /// What the chip answers to INTERNAL AUTHENTICATE with this challenge.
    ///
    /// RSA: the signature of ISO/IEC 9796-2 scheme 1 over a recoverable part M1 and the challenge, as long as the modulus:
    ///
    /// ```text
    /// 6A ‖ M1 ‖ SHA-256(M1 ‖ challenge) ‖ 34 CC
    /// ```
    ///
    /// P-256: `r ‖ s`, 32 octets each, over the challenge. The same challenge gets the same answer.
    ///
    /// # Errors
    /// `BadArgument` if the arithmetic of the key fails, which no challenge can cause.
    pub fn active_authentication(&self, challenge: &Challenge) -> Result<Vec<u8>> {
        self.answer(challenge, Answering::USUAL)
    }

    /// The same, written as `how` says.
    ///
    /// # Errors
    /// Those of [`Chip::active_authentication`].
    pub fn answer(&self, challenge: &Challenge, how: Answering) -> Result<Vec<u8>> {
        match &self.key {
            Key::Rsa(key) => self.recoverable(key, challenge, how),
            Key::P256(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(challenge).map_err(|_| invalid())?;
                Ok(if how.der { signature.to_der().as_bytes().to_vec() } else { signature.to_bytes().to_vec() })
            }
        }
    }

    /// The signature with message recovery that [`Chip::active_authentication`] describes: the power itself (ISO/IEC
    /// 9796-2 §B.6), or its complement, which §B.4 takes where it is the smaller.
    fn recoverable(&self, key: &RsaPrivateKey, challenge: &Challenge, how: Answering) -> Result<Vec<u8>> {
        let fixed = 1 + how.hash.output_len() + how.trailer().len();
        let mut m1 = vec![0; key.size().saturating_sub(fixed)];
        self.seed.with(challenge).generator().fill_bytes(&mut m1);
        let digest = how.hash.digest_parts(&[&m1, challenge]);
        let representative = [&[HEADER], m1.as_slice(), digest.as_bytes(), how.trailer()].concat();
        let bits = u32::try_from(key.size() * 8).map_err(|_| invalid())?;
        let number = BoxedUint::from_be_slice(&representative, bits).map_err(|_| invalid())?;
        let no_blinding = None::<&mut rand_chacha::ChaCha20Rng>;
        let power = rsa_decrypt_and_check(key, no_blinding, &number).map_err(|_| invalid())?;
        let signature = if how.complement { key.n().as_ref().wrapping_sub(&power) } else { power };
        let octets = signature.to_be_bytes();
        Ok(octets.iter().skip(octets.len().saturating_sub(key.size())).copied().collect())
    }
}
