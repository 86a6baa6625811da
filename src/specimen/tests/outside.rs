//! Signers with keys and algorithms that no specimen has, and security objects written as the field writes them.
//!
//! Keys on curves and signatures with them come from OpenSSL's command; RSA signatures from the shipped keys.

use super::openssl::{openssl, scratch};
use crate::asn1::{Oid, Tag, Writer, oid};
use crate::check::{Check, CheckId, Outcome, Reason, Subject};
use crate::crypto::HashAlgorithm;
use crate::date::{Date, Time};
use crate::deviation::{Deviation, Deviations};
use crate::lds::ElementaryFile;
use crate::passive::{Terms, verify_noting};
use crate::pki::{Certificate, TrustStore, Voucher};
use crate::specimen::certificate::{Issuer, Period, Request, Role, certificate};
use crate::specimen::file;
use crate::specimen::key::{Outside, Shipped, SigningKey, sequence};
use crate::specimen::seed::Seed;
use crate::specimen::trust::Csca;
use crate::specimen::{Folder, Kind, issue};

/// The arcs below which the combinations with a hash stand.
const ECDSA: [Oid<'static>; 5] = [
    oid!(1, 2, 840, 10045, 4, 1),
    oid!(1, 2, 840, 10045, 4, 3, 1),
    oid!(1, 2, 840, 10045, 4, 3, 2),
    oid!(1, 2, 840, 10045, 4, 3, 3),
    oid!(1, 2, 840, 10045, 4, 3, 4),
];
const PKCS1: [Oid<'static>; 5] = [
    oid!(1, 2, 840, 113549, 1, 1, 5),
    oid!(1, 2, 840, 113549, 1, 1, 14),
    oid!(1, 2, 840, 113549, 1, 1, 11),
    oid!(1, 2, 840, 113549, 1, 1, 12),
    oid!(1, 2, 840, 113549, 1, 1, 13),
];
const PSS: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 10);
const MGF1: Oid<'static> = oid!(1, 2, 840, 113549, 1, 1, 8);

fn of(table: &[Oid<'static>; 5], hash: HashAlgorithm) -> Oid<'static> {
    let index = HashAlgorithm::ALL.iter().position(|one| *one == hash);
    table[index.unwrap()]
}

/// A hash algorithm with NULL or without parameters.
pub fn digest_algorithm(hash: HashAlgorithm, null: bool) -> Vec<u8> {
    sequence(|w| {
        w.oid(hash.oid());
        if null {
            w.null();
        }
    })
}

/// An algorithm with NULL or without parameters.
fn algorithm(oid: Oid<'_>, null: bool) -> Vec<u8> {
    sequence(|w| {
        w.oid(oid);
        if null {
            w.null();
        }
    })
}

/// RSASSA-PSS with one hash throughout.
pub fn pss_algorithm(hash: HashAlgorithm, salt: usize) -> Vec<u8> {
    sequence(|w| {
        w.oid(PSS).constructed(Tag::SEQUENCE, |w| {
            w.primitive(Tag::context_constructed(0), &digest_algorithm(hash, true));
            w.constructed(Tag::context_constructed(1), |w| {
                w.constructed(Tag::SEQUENCE, |w| {
                    w.oid(MGF1).raw(&digest_algorithm(hash, true));
                });
            });
            w.constructed(Tag::context_constructed(2), |w| {
                w.integer(salt.try_into().unwrap());
            });
        });
    })
}

/// SubjectPublicKeyInfo of an RSA key.
pub fn rsa_info(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let numbers = sequence(|w| {
        w.unsigned(modulus).unsigned(exponent);
    });
    sequence(|w| {
        w.raw(&algorithm(oid!(1, 2, 840, 113549, 1, 1, 1), true)).bit_string(&numbers);
    })
}

/// DigestInfo of a message (RFC 8017 §9.2).
fn digest_info(hash: HashAlgorithm, message: &[u8]) -> Vec<u8> {
    sequence(|w| {
        w.raw(&digest_algorithm(hash, true)).octet_string(hash.digest(message).as_bytes());
    })
}

/// EMSA-PKCS1-v1_5 in `length` octets.
pub fn emsa_pkcs1(hash: HashAlgorithm, message: &[u8], length: usize) -> Vec<u8> {
    let info = digest_info(hash, message);
    let padding = vec![0xFF; length - info.len() - 3];
    [&[0, 1], &padding[..], &[0], &info].concat()
}

/// A shipped key that signs with PKCS #1 v1.5.
pub fn pkcs1(shipped: Shipped, hash: HashAlgorithm) -> SigningKey {
    let key = shipped.key().unwrap();
    let public = crate::specimen::key::rsa_public(&key);
    let sign = move |message: &[u8]| {
        let info = digest_info(hash, message);
        key.sign(rsa::Pkcs1v15Sign::new_unprefixed(), &info).unwrap()
    };
    SigningKey::Outside(Outside { public, algorithm: algorithm(of(&PKCS1, hash), true), sign: Box::new(sign) })
}

/// A shipped key that signs with PSS.
pub fn pss(shipped: Shipped, hash: HashAlgorithm, salt: usize) -> SigningKey {
    let key = shipped.key().unwrap();
    let public = crate::specimen::key::rsa_public(&key);
    let sign = move |message: &[u8]| {
        let digest = hash.digest(message);
        let digest = digest.as_bytes();
        let rng = &mut Seed::of("salt", 1).generator();
        let signed = match hash {
            HashAlgorithm::Sha1 => key.sign_with_rng(rng, rsa::Pss::<sha1::Sha1>::new_with_salt(salt), digest),
            HashAlgorithm::Sha224 => key.sign_with_rng(rng, rsa::Pss::<sha2::Sha224>::new_with_salt(salt), digest),
            HashAlgorithm::Sha256 => key.sign_with_rng(rng, rsa::Pss::<sha2::Sha256>::new_with_salt(salt), digest),
            HashAlgorithm::Sha384 => key.sign_with_rng(rng, rsa::Pss::<sha2::Sha384>::new_with_salt(salt), digest),
            HashAlgorithm::Sha512 => key.sign_with_rng(rng, rsa::Pss::<sha2::Sha512>::new_with_salt(salt), digest),
        };
        signed.unwrap()
    };
    SigningKey::Outside(Outside { public, algorithm: pss_algorithm(hash, salt), sign: Box::new(sign) })
}

/// A new key on a curve by OpenSSL's name of it, domain parameters explicit; `None` if there is no OpenSSL.
pub fn elliptic(curve: &str, hash: HashAlgorithm, label: &str) -> Option<SigningKey> {
    let folder = scratch(&format!("{curve}-{label}"));
    let run = |command: &str| {
        let arguments: Vec<&str> = command.split(' ').collect();
        let output = openssl(&arguments, &folder)?;
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        Some(())
    };
    run(&format!("ecparam -name {curve} -genkey -noout -param_enc explicit -out key.pem"))?;
    run("ec -in key.pem -pubout -outform DER -param_enc explicit -out public.der")?;
    let public = std::fs::read(folder.join("public.der")).unwrap();
    let dgst = format!("dgst -{} -sign key.pem -out signature message", hash.name());
    let sign = move |message: &[u8]| {
        std::fs::write(folder.join("message"), message).unwrap();
        let arguments: Vec<&str> = dgst.split(' ').collect();
        let output = openssl(&arguments, &folder).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        std::fs::read(folder.join("signature")).unwrap()
    };
    let algorithm = algorithm(of(&ECDSA, hash), false);
    Some(SigningKey::Outside(Outside { public, algorithm, sign: Box::new(sign) }))
}

pub fn at() -> Time {
    super::at()
}

fn period() -> Period {
    let time = |text| Time::parse(text).unwrap();
    Period { from: time("2026-01-01"), until: time("2038-01-01") }
}

/// The certificate of a key, issued by `issuer` in the name of `csca`.
pub fn certify(csca: Csca, issuer: &SigningKey, role: Role, key: &SigningKey) -> Vec<u8> {
    let authority = csca.authority();
    let common_name = if role == Role::Csca { authority.common_name } else { "Utopia Document Signer of the Test" };
    let public = key.public();
    let request = Request { role, common_name, validity: period(), key_use: period(), public: &public };
    certificate(&Issuer { authority, key: issuer }, &request).unwrap()
}

/// A store that trusts these certificates.
pub fn store(certificates: &[&[u8]]) -> TrustStore {
    let mut store = TrustStore::new();
    for certificate in certificates {
        store.import(certificate, &Voucher::new("the test")).unwrap();
    }
    store
}

/// How the attributes of a signer stand, and over which bytes it signs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Attributes {
    /// In the order of DER.
    Sorted,
    /// In another order, and signed so.
    AsTheyStand,
    /// In another order, and signed in that of DER.
    SignedSorted,
    /// None: the content is signed.
    None,
}

/// One signer.
#[derive(Clone)]
pub struct Signer<'a> {
    pub key: &'a SigningKey,
    pub certificate: &'a [u8],
    pub hash: HashAlgorithm,
    pub null: bool,
    pub by_key: bool,
    pub attributes: Attributes,
    /// The AlgorithmIdentifier that is written, if not the key's.
    pub algorithm: Option<Vec<u8>>,
}

impl<'a> Signer<'a> {
    pub fn new(key: &'a SigningKey, certificate: &'a [u8], hash: HashAlgorithm) -> Self {
        Self { key, certificate, hash, null: false, by_key: false, attributes: Attributes::Sorted, algorithm: None }
    }

    fn set_of_attributes(&self, kind: Oid<'_>, content: &[u8]) -> [Vec<u8>; 3] {
        let attribute = |kind: Oid<'_>, fill: &dyn Fn(&mut Writer)| {
            sequence(|w| {
                w.oid(kind).constructed(Tag::SET, |w| fill(w));
            })
        };
        [
            attribute(oid!(1, 2, 840, 113549, 1, 9, 3), &|w| {
                w.oid(kind);
            }),
            attribute(oid!(1, 2, 840, 113549, 1, 9, 5), &|w| {
                w.time(at());
            }),
            attribute(oid!(1, 2, 840, 113549, 1, 9, 4), &|w| {
                w.octet_string(self.hash.digest(content).as_bytes());
            }),
        ]
    }

    /// The SET of attributes as it stands, and the octets that are signed.
    pub fn signed_octets(&self, kind: Oid<'_>, content: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let attributes = self.set_of_attributes(kind, content);
        let set = |sorted: bool| {
            let mut all = attributes.to_vec();
            all.sort();
            if !sorted {
                all.reverse();
            }
            let mut writer = Writer::new();
            writer.primitive(Tag::SET, &all.concat());
            writer.into_bytes()
        };
        match self.attributes {
            Attributes::Sorted => (set(true), set(true)),
            Attributes::AsTheyStand => (set(false), set(false)),
            Attributes::SignedSorted => (set(false), set(true)),
            Attributes::None => (Vec::new(), content.to_vec()),
        }
    }

    fn info(&self, kind: Oid<'_>, content: &[u8]) -> Vec<u8> {
        let (mut standing, message) = self.signed_octets(kind, content);
        let signature = self.key.sign(&message).unwrap();
        let certificate = Certificate::parse(self.certificate, &mut Deviations::new()).unwrap();
        sequence(|w| {
            if self.by_key {
                w.integer(3).primitive(Tag::context(0), certificate.subject_key_identifier().unwrap());
            } else {
                w.integer(1).constructed(Tag::SEQUENCE, |w| {
                    w.raw(certificate.issuer().as_bytes()).primitive(Tag::INTEGER, certificate.serial());
                });
            }
            w.raw(&digest_algorithm(self.hash, self.null));
            if let Some(tag) = standing.first_mut() {
                *tag = 0xA0;
                w.raw(&standing);
            }
            w.raw(&self.algorithm.clone().unwrap_or(self.key.algorithm())).octet_string(&signature);
        })
    }
}

/// EF.SOD with any content type, certificates and signers.
pub fn sod(kind: Oid<'_>, content: &[u8], certificates: &[&[u8]], signers: &[Signer<'_>]) -> Vec<u8> {
    let infos: Vec<Vec<u8>> = signers.iter().map(|signer| signer.info(kind, content)).collect();
    let data = oid!(1, 2, 840, 113549, 1, 7, 1);
    let version = if kind == data && signers.iter().all(|signer| !signer.by_key) { 1 } else { 3 };
    let body = sequence(|w| {
        w.integer(version);
        w.constructed(Tag::SET, |w| {
            let mut digests: Vec<_> = signers.iter().map(|one| digest_algorithm(one.hash, one.null)).collect();
            digests.sort();
            digests.dedup();
            w.raw(&digests.concat());
        });
        w.constructed(Tag::SEQUENCE, |w| {
            w.oid(kind).constructed(Tag::context_constructed(0), |w| {
                w.octet_string(content);
            });
        });
        if !certificates.is_empty() {
            w.primitive(Tag::context_constructed(0), &certificates.concat());
        }
        w.set_of(infos.clone());
    });
    file::sod(&sequence(|w| {
        w.oid(oid!(1, 2, 840, 113549, 1, 7, 2)).primitive(Tag::context_constructed(0), &body);
    }))
}

/// The security object over the data groups of a genuine specimen, and the specimen.
pub fn genuine() -> (Folder, Vec<u8>) {
    let folder = issue(Kind::Genuine, 1, at()).unwrap();
    let groups: Vec<_> =
        [1_u8, 2].iter().map(|number| (*number, folder.file(&format!("DG{number}")).unwrap().to_vec())).collect();
    let content = file::security_object(crate::specimen::SecurityObject::V1, &groups);
    (folder, content)
}

/// What passive authentication says of `sod` and DG1 of a genuine specimen. Weak algorithms are as good as any.
pub fn judged(sod: &[u8], store: &TrustStore) -> (Vec<Check>, Vec<Deviation>) {
    let (folder, _) = genuine();
    let seen = &mut Deviations::new();
    let files = [sod, folder.file("DG1").unwrap()];
    let files: Vec<_> = files.iter().filter_map(|bytes| ElementaryFile::read(bytes, seen).ok()).collect();
    let terms = Terms { at: at(), weak_until: Date::new(2099, 1, 1).unwrap() };
    let checks = verify_noting(&files, store, &terms, Subject::Document(1), seen);
    (checks, seen.iter().map(|found| found.deviation).collect())
}

/// Outcome and reason of one check.
pub fn answer(checks: &[Check], id: CheckId) -> (Outcome, Reason) {
    let check = checks.iter().find(|check| check.id == id).unwrap();
    (check.outcome, check.reason)
}
