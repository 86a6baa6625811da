//! Signatures whose two multiples u₁ and u₂ are chosen: short, long, of one bit, equal or opposite multiples of G.
//!
//! A message's hash cannot be chosen, a key can: for any nonce k and any u₂ there is a private key d = (k - u₁)/u₂ that
//! makes the signature right.

use crate::{Bench, Choice, Nonce};
use openssl::bn::BigNum;

/// One case, and one that leads to the neutral element.
pub fn ask(bench: &mut Bench, nonce: &Nonce, choice: &mut Choice) {
    let message = bench.message(choice);
    let e = bench.number_of(&message.digest);
    let (u1, u2, d, right) = match choice.below(6) {
        0 | 1 => {
            // u₂ is chosen; s = r/u₂.
            let u2 = number(bench, choice);
            let s = bench.over(&nonce.r, &u2);
            let u1 = bench.over(&e, &s);
            let rest = bench.minus(&nonce.k, &u1);
            let d = bench.over(&rest, &u2);
            (u1, u2, d, true)
        }
        2 | 3 => {
            // u₁ is chosen; s = e/u₁.
            let u1 = number(bench, choice);
            let s = bench.over(&e, &u1);
            let u2 = bench.over(&nonce.r, &s);
            let rest = bench.minus(&nonce.k, &u1);
            let d = bench.over(&rest, &u2);
            (u1, u2, d, true)
        }
        4 => {
            // u₁·G = u₂·Q: the sum is a doubling.
            let two = BigNum::from_u32(2).unwrap();
            let u1 = bench.over(&nonce.k, &two);
            let s = bench.over(&e, &u1);
            let u2 = bench.over(&nonce.r, &s);
            let d = bench.over(&u1, &u2);
            (u1, u2, d, true)
        }
        _ => {
            // u₁·G = -u₂·Q: the sum is the neutral element.
            let u1 = bench.random();
            let s = bench.over(&e, &u1);
            let u2 = bench.over(&nonce.r, &s);
            let opposite = &bench.order - &u1;
            let d = bench.over(&opposite, &u2);
            (u1, u2, d, false)
        }
    };
    if d.num_bits() == 0 || u1.num_bits() == 0 || u2.num_bits() == 0 {
        return;
    }
    let s = bench.over(&nonce.r, &u2);
    let pair = bench.pair(d);
    let r = (*nonce.r).to_owned().unwrap();
    bench.ask(&pair, &message, r, s, Some(right));
    // A key that is a small multiple of G or its opposite: the tables of the two points overlap.
    let d = number(bench, choice);
    let secret = bench.times(&nonce.r, &d);
    let sum = bench.plus(&e, &secret);
    let s = bench.times(&nonce.inverse, &sum);
    let pair = bench.pair(d);
    let r = (*nonce.r).to_owned().unwrap();
    bench.ask(&pair, &message, r, s, Some(true));
}

/// A number with few or many bits, above 0 and below the order.
fn number(bench: &Bench, choice: &mut Choice) -> BigNum {
    let order = &bench.order;
    let small = BigNum::from_u32(1 + choice.below(40) as u32).unwrap();
    let mut power = BigNum::new().unwrap();
    power.set_bit(choice.below(order.num_bits() as usize - 1) as i32).unwrap();
    let mut other = BigNum::new().unwrap();
    other.set_bit(choice.below(order.num_bits() as usize - 1) as i32).unwrap();
    let chosen = match choice.below(6) {
        0 => small,
        1 => order - &small,
        2 => power,
        3 => &power + &small,
        4 => order - &power,
        _ => &power - &other,
    };
    let fits = chosen.num_bits() > 0 && !chosen.is_negative() && chosen < *order;
    if fits { chosen } else { BigNum::from_u32(1).unwrap() }
}
