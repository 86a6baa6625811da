//! RSA verification of every kind that documents bring and `ring` does not have (RFC 8017 §5.2.2, §8, §9).
//!
//! RSASSA-PSS with a salt of any length and any two hashes, RSASSA-PKCS1-v1_5 with any hash, moduli from 1024 bits,
//! exponents of up to 512 bits. For public data only. Whether a key is fit to verify anything was decided before.
//!
//! Encodings are compared, never parsed: what a signature opens to has to be, byte for byte, what the algorithm makes
//! of the digest. For PKCS #1 v1.5 that is two encodings, the hash being named with NULL or without parameters
//! (RFC 8017 §9.2, §A.2.4).

use super::algorithm::Pss;
use super::hash::HashAlgorithm;
use super::key::RsaKey;
use super::montgomery::{self as m, Modulus, bit, bits};
use crate::asn1::{Tag, Writer};

/// The longest exponent that is computed with, in bits.
pub const MAX_EXPONENT_BITS: u32 = 512;
const EXPONENT_WORDS: usize = MAX_EXPONENT_BITS as usize / 64;

/// `number^e mod n` as the octets of the modulus; `None` if `number` is not below the modulus or of another length, or
/// the key is too large.
pub fn open(key: &RsaKey<'_>, number: &[u8]) -> Option<Vec<u8>> {
    if number.len() != key.modulus.len() {
        return None;
    }
    match key.bits().div_ceil(64) {
        0..=16 => power::<16>(key, number),
        17..=32 => power::<32>(key, number),
        33..=48 => power::<48>(key, number),
        49..=64 => power::<64>(key, number),
        65..=96 => power::<96>(key, number),
        97..=128 => power::<128>(key, number),
        _ => None,
    }
}

fn power<const N: usize>(key: &RsaKey<'_>, number: &[u8]) -> Option<Vec<u8>> {
    let modulus = Modulus::<N>::new(m::from_octets(key.modulus)?)?;
    let exponent = m::from_octets::<EXPONENT_WORDS>(key.exponent)?;
    let base = modulus.enter_octets(number)?;
    let mut power = base;
    // Most exponents have two bits that are set, so that nothing better than bit by bit pays.
    for index in (0..bits(&exponent).checked_sub(1)?).rev() {
        power = modulus.square(&power);
        if bit(&exponent, index) {
            power = modulus.multiply(&power, &base);
        }
    }
    let mut octets = vec![0; key.modulus.len()];
    m::to_octets(&modulus.leave(&power), &mut octets);
    Some(octets)
}

/// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2.2).
pub fn verify_pkcs1(key: &RsaKey<'_>, hash: HashAlgorithm, message: &[u8], signature: &[u8]) -> bool {
    let Some(opened) = open(key, signature) else {
        return false;
    };
    let digest = hash.digest(message);
    [true, false].into_iter().any(|null| {
        let encoded = encode_pkcs1(hash, null, digest.as_bytes(), opened.len());
        encoded.is_some_and(|encoded| encoded == opened)
    })
}

/// EMSA-PKCS1-v1_5 (RFC 8017 §9.2): `00 01 FF … FF 00 DigestInfo`, at least eight `FF`.
fn encode_pkcs1(hash: HashAlgorithm, null: bool, digest: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SEQUENCE, |info| {
        info.constructed(Tag::SEQUENCE, |algorithm| {
            algorithm.oid(hash.oid());
            if null {
                algorithm.null();
            }
        });
        info.octet_string(digest);
    });
    let info = writer.into_bytes();
    let padding = length.checked_sub(info.len() + 3).filter(|padding| *padding >= 8)?;
    let mut encoded = vec![0, 1];
    encoded.resize(2 + padding, 0xFF);
    encoded.push(0);
    encoded.extend_from_slice(&info);
    Some(encoded)
}

/// RSASSA-PSS (RFC 8017 §8.1.2, §9.1.2).
pub fn verify_pss(key: &RsaKey<'_>, pss: Pss, message: &[u8], signature: &[u8]) -> bool {
    let opened = open(key, signature);
    opened.is_some_and(|opened| is_pss(&opened, key.bits(), pss, message).is_some())
}

/// EMSA-PSS-VERIFY: `Some` if `opened` is an encoding of `message` for a modulus of `modulus_bits`.
fn is_pss(opened: &[u8], modulus_bits: u32, pss: Pss, message: &[u8]) -> Option<()> {
    let hash_len = pss.hash.output_len();
    let salt_len = usize::try_from(pss.salt_len).ok()?;
    let encoded_bits = modulus_bits.checked_sub(1)?;
    // An encoding that is an octet shorter than the modulus has a zero before it.
    let unused = opened.len().checked_sub(encoded_bits.div_ceil(8) as usize)?;
    let (zeros, encoded) = opened.split_at_checked(unused)?;
    let (masked, rest) = encoded.split_at_checked(encoded.len().checked_sub(hash_len + 1)?)?;
    let (digest, trailer) = rest.split_at_checked(hash_len)?;
    let mut block = masked.to_vec();
    mask(&mut block, digest, pss.mask_hash);
    let top_bits = (8 - encoded_bits % 8) % 8;
    let top = 0xFF_u8.checked_shr(top_bits)?;
    let first = block.first_mut()?;
    *first &= top;
    let padding = block.len().checked_sub(salt_len.checked_add(1)?)?;
    let (zero, one_and_salt) = block.split_at_checked(padding)?;
    let (one, salt) = one_and_salt.split_first()?;
    let clean = zeros.iter().chain(zero).all(|octet| *octet == 0)
        && masked.first()? & !top == 0
        && *one == 1
        && trailer == [0xBC];
    let of_message = pss.hash.digest(message);
    let expected = pss.hash.digest_parts(&[&[0; 8], of_message.as_bytes(), salt]);
    (clean && expected.as_bytes() == digest).then_some(())
}

/// Takes the mask MGF1 of `seed` (RFC 8017 §B.2.1) from `block`.
fn mask(block: &mut [u8], seed: &[u8], hash: HashAlgorithm) {
    for (counter, chunk) in (0_u32..).zip(block.chunks_mut(hash.output_len())) {
        let pad = hash.digest_parts(&[seed, &counter.to_be_bytes()]);
        for (octet, pad) in chunk.iter_mut().zip(pad.as_bytes()) {
            *octet ^= pad;
        }
    }
}
