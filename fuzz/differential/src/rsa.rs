//! RSA: random numbers opened with random odd moduli.

use crate::Choice;
use landfall::crypto::{RsaKey, recover};
use num_bigint::BigUint;
use openssl::bn::{BigNum, BigNumContext};

/// How many numbers were opened, and how many were refused.
#[derive(Default)]
pub struct Tally {
    pub opened: u64,
    pub refused: u64,
}

const EXPONENTS: [&[u8]; 6] = [&[3], &[17], &[1, 0, 1], &[0x94, 0xF1], &[1, 0xA5, 0x7F], &[0xFF; 9]];

/// A modulus of 1024 to 2304 bits, and 64 numbers.
pub fn round(choice: &mut Choice, tally: &mut Tally) {
    let length = 128 + choice.below(160);
    let mut modulus = choice.bytes(length);
    modulus[0] |= 1;
    *modulus.last_mut().unwrap() |= 1;
    let exponent = EXPONENTS[choice.below(EXPONENTS.len())];
    let key = RsaKey { modulus: &modulus, exponent, pss_only: false };
    let mut context = BigNumContext::new().unwrap();
    let [n, e] = [&modulus[..], exponent].map(|octets| BigNum::from_slice(octets).unwrap());
    let [own_n, own_e] = [&modulus[..], exponent].map(BigUint::from_bytes_be);
    for _ in 0..64 {
        let mut number = choice.bytes(modulus.len());
        if choice.below(4) > 0 {
            number[0] = 0;
        }
        let ours = recover(&key, &number).ok();
        let base = BigNum::from_slice(&number).unwrap();
        let theirs = (base < n).then(|| {
            let mut power = BigNum::new().unwrap();
            power.mod_exp(&base, &e, &n, &mut context).unwrap();
            power.to_vec_padded(modulus.len() as i32).unwrap()
        });
        let third = BigUint::from_bytes_be(&number).modpow(&own_e, &own_n).to_bytes_be();
        let same = theirs.as_ref().is_none_or(|padded| BigUint::from_bytes_be(padded).to_bytes_be() == third);
        // Moduli below the smallest key are refused; the highest bits may be zero.
        let expected = if key.bits() < 1024 { None } else { theirs };
        if ours != expected || !same {
            println!("DIFFERENCE in RSA: modulus {modulus:02x?} exponent {exponent:02x?} number {number:02x?}");
            std::process::exit(1);
        }
        *(if ours.is_some() { &mut tally.opened } else { &mut tally.refused }) += 1;
    }
}
