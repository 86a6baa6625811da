//! Security objects as the world signs them: every curve, hash, salt and way to write CMS passes, in DER and in BER, and
//! what is not as the standard asks is noted.

use super::outside::{Attributes, Signer, answer, certify, elliptic, genuine, judged, pkcs1, pss, sod, store};
use crate::asn1::{Oid, Tag, Writer, oid};
use crate::check::{CheckId, Outcome, Reason};
use crate::crypto::HashAlgorithm::{self, Sha1, Sha224, Sha256, Sha384, Sha512};
use crate::deviation::Deviation;
use crate::specimen::ber::{Extent, loosened};
use crate::specimen::certificate::Role;
use crate::specimen::key::{Outside, Shipped, SigningKey, p256, sequence};
use crate::specimen::seed::Seed;
use crate::specimen::trust::Csca;

const LDS: Oid<'static> = oid!(2, 23, 136, 1, 1, 1);

/// Issues a security object with these two keys, and looks whether signature and path pass as DER, as BER, and as BER
/// whose attributes are BER too.
fn check(name: &str, csca: &SigningKey, key: &SigningKey, hash: HashAlgorithm) {
    let root = certify(Csca::Utopia, csca, Role::Csca, csca);
    let certificate = certify(Csca::Utopia, csca, Role::DocumentSigner, key);
    let (store, (_, content)) = (store(&[&root]), genuine());
    let der = sod(LDS, &content, &[&certificate], &[Signer::new(key, &certificate, hash)]);
    for (form, bytes) in [
        ("DER", der.clone()),
        ("BER", loosened(&der, Extent::Around).unwrap()),
        ("BER throughout", loosened(&der, Extent::Throughout).unwrap()),
    ] {
        let (checks, seen) = judged(&bytes, &store);
        for id in [CheckId::SodSignature, CheckId::SodPath, CheckId::SodDataGroupHash, CheckId::SodCountry] {
            let (outcome, reason) = answer(&checks, id);
            assert_eq!(outcome, Outcome::Passed, "{name}, {form}: {id} {reason:?}");
        }
        let profile = answer(&checks, CheckId::SodProfile).0;
        assert_eq!(profile == Outcome::Passed, seen.is_empty(), "{name}, {form}: {seen:?}");
        assert_eq!(form != "DER", seen.contains(&Deviation::IndefiniteLength), "{name}, {form}: {seen:?}");
    }
    let mut spoilt = loosened(&der, Extent::Throughout).unwrap();
    let place = spoilt.len() - 40;
    spoilt[place] ^= 1;
    assert_ne!(answer(&judged(&spoilt, &store).0, CheckId::SodSignature).0, Outcome::Passed, "{name}");
}

#[test]
fn rsa_with_every_hash_and_salt_passes_in_der_and_ber() {
    for hash in HashAlgorithm::ALL {
        let [csca, key] = [Shipped::MasterListSigner, Shipped::Signer].map(|shipped| pkcs1(shipped, hash));
        check(&format!("PKCS #1 {hash:?}"), &csca, &key, hash);
    }
    for (hash, salt) in [(Sha1, 20), (Sha224, 0), (Sha256, 32), (Sha256, 64), (Sha384, 20), (Sha512, 32), (Sha512, 190)]
    {
        let [csca, key] = [Shipped::MasterListSigner, Shipped::Signer].map(|shipped| pss(shipped, hash, salt));
        check(&format!("PSS {hash:?} {salt}"), &csca, &key, hash);
    }
}

#[test]
fn every_curve_passes_with_explicit_parameters_in_der_and_ber() {
    let curves = [
        ("prime192v1", Sha1),
        ("secp224r1", Sha224),
        ("prime256v1", Sha512),
        ("secp384r1", Sha256),
        ("secp521r1", Sha512),
        ("brainpoolP224r1", Sha224),
        ("brainpoolP256r1", Sha256),
        ("brainpoolP320r1", Sha384),
        ("brainpoolP384r1", Sha384),
        ("brainpoolP512r1", Sha512),
    ];
    for (curve, hash) in curves {
        let keys = ["csca", "signer"].map(|label| elliptic(curve, hash, label));
        let [Some(csca), Some(key)] = keys else {
            println!("not run: {curve}");
            continue;
        };
        check(curve, &csca, &key, hash);
    }
}

/// A signer on P-256 under an authority on P-256.
struct World {
    key: SigningKey,
    root: Vec<u8>,
    certificate: Vec<u8>,
    content: Vec<u8>,
}

impl World {
    fn new() -> Self {
        let [csca, key] =
            ["field csca", "field signer"].map(|label| SigningKey::EcdsaP256(p256(&Seed::of(label, 0)).unwrap()));
        let root = certify(Csca::Utopia, &csca, Role::Csca, &csca);
        let certificate = certify(Csca::Utopia, &csca, Role::DocumentSigner, &key);
        Self { key, root, certificate, content: genuine().1 }
    }

    fn signer(&self) -> Signer<'_> {
        Signer::new(&self.key, &self.certificate, Sha256)
    }

    /// The answer about the signature, and what was noted.
    fn judge(
        &self,
        kind: Oid<'_>,
        certificates: &[&[u8]],
        signers: &[Signer<'_>],
    ) -> ((Outcome, Reason), Vec<Deviation>) {
        let bytes = sod(kind, &self.content, certificates, signers);
        let (checks, seen) = judged(&bytes, &store(&[&self.root]));
        (answer(&checks, CheckId::SodSignature), seen)
    }
}

const PASSED: (Outcome, Reason) = (Outcome::Passed, Reason::Confirmed);

#[test]
fn attributes_count_as_they_stand_and_failing_that_sorted_which_is_noted() {
    let world = World::new();
    for attributes in [Attributes::Sorted, Attributes::AsTheyStand, Attributes::SignedSorted] {
        let signer = Signer { attributes, ..world.signer() };
        let (told, seen) = world.judge(LDS, &[&world.certificate], &[signer]);
        assert_eq!(told, PASSED, "{seen:?}");
        assert_eq!(seen.contains(&Deviation::CmsAttributesSorted), attributes == Attributes::SignedSorted);
        assert_eq!(seen.is_empty(), attributes == Attributes::Sorted, "{seen:?}");
    }
}

#[test]
fn all_four_content_types_and_both_names_of_a_signer_pass_with_and_without_null() {
    let world = World::new();
    let kinds = [LDS, oid!(1, 3, 27, 1, 1, 1), oid!(1, 2, 528, 1, 1006, 1, 20, 1), oid!(1, 2, 840, 113549, 1, 7, 1)];
    for kind in kinds {
        for (null, by_key) in [(false, false), (true, false), (false, true), (true, true)] {
            let signer = Signer { null, by_key, ..world.signer() };
            let (told, seen) = world.judge(kind, &[&world.certificate], &[signer]);
            assert_eq!(told, PASSED, "{seen:?}");
            let expected: &[Deviation] = if kind == LDS { &[] } else { &[Deviation::SodContentType] };
            assert_eq!(seen, expected);
        }
    }
    let bare = Signer { attributes: Attributes::None, ..world.signer() };
    let (told, seen) = world.judge(LDS, &[&world.certificate], core::slice::from_ref(&bare));
    assert_eq!((told, seen), (PASSED, vec![Deviation::CmsAttributesMissing]));
}

#[test]
fn a_certificate_that_is_missing_or_not_the_one_named_is_open_or_noted() {
    let world = World::new();
    let missing = (Outcome::Undetermined, Reason::SignerCertificateMissing);
    assert_eq!(world.judge(LDS, &[], &[world.signer()]).0, missing);
    // The signer names another certificate than the only one that came along.
    let other = SigningKey::EcdsaP256(p256(&Seed::of("field other", 0)).unwrap());
    let stranger = certify(Csca::Second, &other, Role::DocumentSigner, &other);
    let named = Signer { certificate: &stranger, ..world.signer() };
    let (told, seen) = world.judge(LDS, &[&world.certificate], core::slice::from_ref(&named));
    assert_eq!(told, PASSED);
    assert!(seen.contains(&Deviation::CmsSignerNotNamed), "{seen:?}");
    // An authority signs no document, so that one certificate beside it is meant.
    let beside_root = world.judge(LDS, &[&world.certificate, &world.root], core::slice::from_ref(&named));
    assert_eq!(beside_root.0, PASSED);
    assert!(beside_root.1.contains(&Deviation::CmsSignerNotNamed));
    // Of two signers the number decides if it is one's alone, and else nothing does.
    let third = certify(Csca::Second, &world.key, Role::DocumentSigner, &world.key);
    assert_eq!(world.judge(LDS, &[&world.certificate, &third], &[named]).0, missing);
}

#[test]
fn the_numbers_of_a_signature_count_in_either_form_and_the_wrong_one_is_noted() {
    let world = World::new();
    let plain_name = sequence(|w| {
        w.oid(oid!(0, 4, 0, 127, 0, 7, 1, 1, 4, 1, 3));
    });
    let SigningKey::EcdsaP256(key) = &world.key else { unreachable!() };
    let key = key.clone();
    let plain = SigningKey::Outside(Outside {
        public: world.key.public(),
        algorithm: world.key.algorithm(),
        sign: Box::new(move |message| SigningKey::EcdsaP256(key.clone()).sign_plain(message).unwrap()),
    });
    for (key, name, noted) in [
        (&plain, Some(plain_name.clone()), false),
        (&plain, None, true),
        (&world.key, Some(plain_name), true),
        (&world.key, None, false),
    ] {
        let signer = Signer { key, algorithm: name, ..world.signer() };
        let (told, seen) = world.judge(LDS, &[&world.certificate], &[signer]);
        assert_eq!(told, PASSED, "{seen:?}");
        assert_eq!(seen.contains(&Deviation::CmsSignatureForm), noted, "{seen:?}");
    }
}

#[test]
fn pss_without_the_hash_that_it_was_made_with_takes_that_of_the_digest_which_is_noted() {
    let world = World::new();
    let salt = |octets: u64| {
        move |w: &mut Writer| {
            w.constructed(Tag::context_constructed(2), |w| {
                w.integer(octets);
            });
        }
    };
    let named = |fill: &dyn Fn(&mut Writer)| {
        sequence(|w| {
            w.oid(oid!(1, 2, 840, 113549, 1, 1, 10));
            fill(w);
        })
    };
    let nothing = named(&|_| {});
    let empty = named(&|w| _ = w.constructed(Tag::SEQUENCE, |_| {}));
    for (made_with, algorithm) in [
        (32, nothing),
        (32, empty.clone()),
        (20, empty),
        (32, named(&|w| _ = w.constructed(Tag::SEQUENCE, salt(32)))),
        (64, named(&|w| _ = w.constructed(Tag::SEQUENCE, salt(64)))),
    ] {
        let key = pss(Shipped::Signer, Sha256, made_with);
        let csca = SigningKey::EcdsaP256(p256(&Seed::of("field csca", 0)).unwrap());
        let certificate = certify(Csca::Utopia, &csca, Role::DocumentSigner, &key);
        let signer = Signer { algorithm: Some(algorithm), ..Signer::new(&key, &certificate, Sha256) };
        let (told, seen) = world.judge(LDS, &[&certificate], &[signer]);
        assert_eq!(told, PASSED, "{made_with} {seen:?}");
        assert!(seen.contains(&Deviation::CmsPssHashFromDigest), "{seen:?}");
    }
}

#[test]
fn several_signers_pass_if_all_do_and_are_of_one_country() {
    let world = World::new();
    let second_key = SigningKey::EcdsaP256(p256(&Seed::of("field second", 0)).unwrap());
    let csca = SigningKey::EcdsaP256(p256(&Seed::of("field csca", 0)).unwrap());
    let foreign_csca = SigningKey::EcdsaP256(p256(&Seed::of("field foreign", 0)).unwrap());
    let foreign_root = certify(Csca::Second, &foreign_csca, Role::Csca, &foreign_csca);
    let rows = [(Csca::Utopia, &csca, Outcome::Passed), (Csca::Second, &foreign_csca, Outcome::Failed)];
    for (issuer, csca, country) in rows {
        let second = certify(issuer, csca, Role::DocumentSigner, &second_key);
        let signers = [world.signer(), Signer::new(&second_key, &second, Sha384)];
        let bytes = sod(LDS, &world.content, &[&world.certificate, &second], &signers);
        let (checks, _) = judged(&bytes, &store(&[&world.root, &foreign_root]));
        assert_eq!(answer(&checks, CheckId::SodSignature), PASSED);
        assert_eq!(answer(&checks, CheckId::SodPath).0, Outcome::Passed);
        assert_eq!(answer(&checks, CheckId::SodCountry).0, country);
    }
}
