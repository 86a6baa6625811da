//! Active authentication by chips with keys on every curve, as plain numbers and as a sequence.

use super::outside::elliptic;
use crate::asn1::{Oid, Profile, Reader, SubjectPublicKeyInfo, Tag, Writer, oid};
use crate::chip::{Answered, Challenge, verify};
use crate::crypto::HashAlgorithm::{self, Sha1, Sha224, Sha256, Sha384, Sha512};
use crate::deviation::{Deviation, Deviations};
use crate::error::Part;
use crate::lds::{Content, ElementaryFile};

const CHALLENGE: Challenge = [1, 2, 3, 4, 5, 6, 7, 0x5E];
const ACTIVE_AUTHENTICATION: Oid<'static> = oid!(2, 23, 136, 1, 1, 5);

/// ecdsa-plain with this hash (BSI TR-03111 §5.2.1).
fn plain_with(hash: HashAlgorithm) -> Oid<'static> {
    match hash {
        Sha1 => oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 1),
        Sha224 => oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 2),
        Sha256 => oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3),
        Sha384 => oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 4),
        Sha512 => oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 5),
    }
}

/// DG14 that names the algorithm of active authentication and nothing else.
fn dg14(hash: HashAlgorithm) -> Vec<u8> {
    let mut file = Writer::new();
    file.constructed(Tag::application(14), |file| {
        file.constructed(Tag::SET, |set| {
            set.constructed(Tag::SEQUENCE, |info| {
                info.oid(ACTIVE_AUTHENTICATION).integer(1).oid(plain_with(hash));
            });
        });
    });
    file.into_bytes()
}

/// `r` and `s` of a sequence side by side, each of `width` bytes.
fn side_by_side(sequence: &[u8], width: usize) -> Vec<u8> {
    let seen = &mut Deviations::new();
    let mut body = Reader::new(sequence, Part::Dg(15), Profile::Der).sequence(seen).unwrap();
    let mut number = || {
        let number = body.integer(seen).unwrap();
        let magnitude = number.magnitude().unwrap();
        [vec![0; width - magnitude.len()].as_slice(), magnitude].concat()
    };
    [number(), number()].concat()
}

/// What the key makes of an answer, and what it noted.
fn ask(public: &[u8], named: Option<HashAlgorithm>, answer: &[u8]) -> (Answered, Vec<Deviation>) {
    let mut reader = Reader::new(public, Part::Dg(15), Profile::Ber);
    let key = SubjectPublicKeyInfo::read(&mut reader, &mut Deviations::new()).unwrap();
    let bytes = named.map(dg14);
    let file = bytes.as_ref().map(|bytes| ElementaryFile::read(bytes, &mut Deviations::new()).unwrap());
    let content = file.as_ref().map(|file| file.content(&mut Deviations::new()).unwrap());
    let infos = match &content {
        Some(Content::Dg14(infos)) => Some(infos),
        Some(_) => panic!("DG14 is read as something else"),
        None => None,
    };
    let mut seen = Deviations::new();
    let answered = verify(&key, infos, &CHALLENGE, answer, &mut seen);
    (answered, seen.iter().map(|found| found.deviation).collect())
}

#[test]
fn chips_with_keys_on_every_curve_answer_in_plain_numbers_and_in_a_sequence() {
    let curves = [
        ("prime192v1", 24, Sha1),
        ("secp224r1", 28, Sha224),
        ("prime256v1", 32, Sha256),
        ("secp384r1", 48, Sha384),
        ("secp521r1", 66, Sha512),
        ("brainpoolP224r1", 28, Sha224),
        ("brainpoolP256r1", 32, Sha256),
        ("brainpoolP320r1", 40, Sha256),
        ("brainpoolP384r1", 48, Sha384),
        ("brainpoolP512r1", 64, Sha512),
    ];
    for (curve, width, hash) in curves {
        let Some(key) = elliptic(curve, hash, "chip") else {
            println!("not run: {curve}");
            continue;
        };
        let public = key.public();
        let sequence = key.sign(&CHALLENGE).unwrap();
        let plain = side_by_side(&sequence, width);
        let weak = (hash == Sha1).then_some(Deviation::WeakHash);
        let noted: Vec<_> = weak.into_iter().collect();
        assert_eq!(ask(&public, Some(hash), &plain), (Answered::Right, noted.clone()), "{curve}");
        let noted = [vec![Deviation::ChipSignatureDer], noted].concat();
        assert_eq!(ask(&public, Some(hash), &sequence), (Answered::Right, noted), "{curve}");
        assert_eq!(ask(&public, None, &plain).0, Answered::Right, "{curve}");
        let other = if hash == Sha256 { Sha512 } else { Sha256 };
        assert_eq!(ask(&public, Some(other), &plain).0, Answered::Wrong, "{curve}: another hash than DG14 names");
        for at in (0..plain.len()).step_by(7) {
            let mut flipped = plain.clone();
            flipped[at] ^= 1;
            assert_eq!(ask(&public, Some(hash), &flipped).0, Answered::Wrong, "{curve}, {at}");
        }
        assert_eq!(ask(&public, Some(hash), &plain[1..]).0, Answered::Wrong, "{curve}, too short");
    }
}
