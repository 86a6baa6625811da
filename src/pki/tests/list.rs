//! Master lists and their signatures; audits.

use super::Authority;
use super::draft::{Draft, ECDSA_SHA256, algorithm, element};
use crate::asn1::{Oid, Tag, Writer, oid};
use crate::cms::SignedData;
use crate::crypto::HashAlgorithm;
use crate::crypto::tests::Signer;
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Part};
use crate::pki::signed::{SignerFailure, certificates, signer_certificate, verify_signer};
use crate::pki::{Certificate, Kind, MASTER_LIST, Source, TrustStore, Voucher, audit};

const SIGNED_DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 2);
const DATA: Oid<'static> = oid!(1, 2, 840, 113549, 1, 7, 1);
const CONTENT_TYPE: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 3);
const MESSAGE_DIGEST: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 4);
const SIGNING_TIME: Oid<'static> = oid!(1, 2, 840, 113549, 1, 9, 5);

fn bare(certificates: &[&Certificate]) -> Vec<u8> {
    let encodings = certificates.iter().map(|one| one.as_bytes().to_vec()).collect();
    element(Tag::SEQUENCE, |out| {
        out.integer(0).set_of(encodings);
    })
}

fn attribute(kind: Oid<'_>, fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    element(Tag::SEQUENCE, |out| {
        out.oid(kind).constructed(Tag::SET, fill);
    })
}

/// A list of these certificates that `publisher` signed.
pub fn signed_list(publisher: &Authority, certificates: &[&Certificate], signed: Time) -> Vec<u8> {
    let key = Signer::new();
    let signer = publisher.list_signer(&key).issue(&publisher.signer);
    Wrap::at(MASTER_LIST, bare(certificates), signed).sign(&[(&signer, &key)])
}

/// Any content that one signer signed.
pub fn signed_content(kind: Oid<'static>, content: Vec<u8>, signed: Time, signer: (&Certificate, &Signer)) -> Vec<u8> {
    Wrap::at(kind, content, signed).sign(&[signer])
}

/// Signed content with every part open to change.
#[derive(Clone)]
struct Wrap {
    content_type: Oid<'static>,
    content: Vec<u8>,
    /// Attributes in the order in which they stand and are hashed; `None` signs the content itself.
    attributes: Option<Vec<Vec<u8>>>,
    /// Hash the attributes in another order than they stand.
    hash_sorted: bool,
}

impl Wrap {
    fn of(content_type: Oid<'static>, content: Vec<u8>) -> Self {
        Self::at(content_type, content, Time::parse("2026-05-01").unwrap())
    }

    fn at(content_type: Oid<'static>, content: Vec<u8>, signed: Time) -> Self {
        let digest = HashAlgorithm::Sha256.digest(&content);
        let attributes = vec![
            attribute(CONTENT_TYPE, |out| {
                out.oid(content_type);
            }),
            attribute(SIGNING_TIME, |out| {
                out.time(signed);
            }),
            attribute(MESSAGE_DIGEST, |out| {
                out.octet_string(digest.as_bytes());
            }),
        ];
        Self { content_type, content, attributes: Some(attributes), hash_sorted: false }
    }

    fn signer_info(&self, certificate: &Certificate, key: &Signer) -> Vec<u8> {
        let signed = match &self.attributes {
            None => self.content.clone(),
            Some(attributes) if self.hash_sorted => {
                let mut writer = Writer::new();
                writer.set_of(attributes.clone());
                writer.into_bytes()
            }
            Some(attributes) => element(Tag::SET, |out| {
                out.raw(&attributes.concat());
            }),
        };
        element(Tag::SEQUENCE, |out| {
            out.integer(1).constructed(Tag::SEQUENCE, |out| {
                out.raw(certificate.issuer().as_bytes());
                out.primitive(Tag::INTEGER, certificate.serial());
            });
            out.raw(&algorithm(HashAlgorithm::Sha256.oid()));
            if let Some(attributes) = &self.attributes {
                out.primitive(Tag::context_constructed(0), &attributes.concat());
            }
            out.raw(&algorithm(ECDSA_SHA256)).octet_string(&key.sign(&signed));
        })
    }

    fn sign(&self, signers: &[(&Certificate, &Signer)]) -> Vec<u8> {
        element(Tag::SEQUENCE, |out| {
            out.oid(SIGNED_DATA).constructed(Tag::context_constructed(0), |out| {
                out.constructed(Tag::SEQUENCE, |out| {
                    out.integer(3).set_of(vec![algorithm(HashAlgorithm::Sha256.oid())]);
                    out.constructed(Tag::SEQUENCE, |out| {
                        out.oid(self.content_type);
                        out.constructed(Tag::context_constructed(0), |out| {
                            out.octet_string(&self.content);
                        });
                    });
                    out.constructed(Tag::context_constructed(0), |out| {
                        signers.iter().for_each(|(certificate, _)| {
                            out.raw(certificate.as_bytes());
                        });
                    });
                    let infos = signers.iter().map(|(one, key)| self.signer_info(one, key));
                    out.set_of(infos.collect());
                });
            });
        })
    }
}

/// An authority, a master list signer of it, and a list of some authorities.
struct World {
    csca: Authority,
    root: Certificate,
    key: Signer,
    signer: Certificate,
    list: Wrap,
}

impl World {
    fn new() -> Self {
        let (csca, key) = (Authority::new("UT", "CSCA"), Signer::new());
        let root = csca.root();
        let signer = csca.list_signer(&key).issue(&csca.signer);
        let others = [Authority::new("NZ", "CSCA").root(), Authority::new("AU", "CSCA").root()];
        let list = Wrap::of(MASTER_LIST, bare(&[&root, &others[0], &others[1]]));
        Self { root, signer, key, list, csca }
    }

    fn sign(&self) -> Vec<u8> {
        self.list.sign(&[(&self.signer, &self.key)])
    }
}

#[test]
fn a_list_signed_under_the_root_is_imported_with_its_signer() {
    let world = World::new();
    let bytes = world.sign();
    let mut store = TrustStore::new();
    let voucher = Voucher { root: Some(&world.root), ..Voucher::new("a test") };
    let imported = store.import(&bytes, &voucher).unwrap();
    assert_eq!((imported.kind, imported.added), (Kind::SignedList, 3));
    let signer = imported.signer.unwrap();
    assert_eq!(signer.fingerprint, world.signer.fingerprint());
    assert_eq!(signer.signing_time, Some(Time::parse("2026-05-01").unwrap()));
    let source = &store.anchors().next().unwrap().sources[0];
    assert!(matches!(source, Source::List { signer: Some(one), .. } if *one == signer.fingerprint));
}

#[test]
fn without_a_root_the_caller_vouches_and_the_signature_is_not_looked_at() {
    let world = World::new();
    let mut broken = world.sign();
    *broken.last_mut().unwrap() ^= 1;
    let bare = bare(&[&world.root]);
    for (bytes, kind) in [(&broken, Kind::SignedList), (&bare, Kind::BareList)] {
        let mut store = TrustStore::new();
        let imported = store.import(bytes, &Voucher::new("a test")).unwrap();
        assert_eq!((imported.kind, imported.signer), (kind, None));
        let source = &store.anchors().next().unwrap().sources[0];
        assert!(matches!(source, Source::List { signer: None, .. }));
    }
}

#[test]
fn with_a_root_a_list_that_does_not_verify_to_it_is_refused_whole() {
    let world = World::new();
    let stranger = Authority::new("UT", "CSCA");
    let of_stranger = Draft { serial: vec![9], ..stranger.list_signer(&world.key) };
    let of_stranger = of_stranger.issue(&stranger.signer);
    let document_signer = world.csca.document_signer(&world.key).issue(&world.csca.signer);
    let mut altered = world.sign();
    let begin = altered.windows(4).position(|window| window == b"CSCA").unwrap();
    altered[begin] = b'X';
    let rogue = Signer::new();
    let rows = [
        altered,
        world.list.sign(&[(&world.signer, &rogue)]),
        world.list.sign(&[(&of_stranger, &world.key)]),
        world.list.sign(&[(&document_signer, &world.key)]),
        world.list.sign(&[(&world.root, &world.csca.signer)]),
        world.list.sign(&[(&world.signer, &world.key), (&of_stranger, &world.key)]),
        world.list.sign(&[]),
        bare(&[&world.root]),
    ];
    for (index, bytes) in rows.iter().enumerate() {
        let mut store = TrustStore::new();
        let voucher = Voucher { root: Some(&world.root), ..Voucher::new("a test") };
        let refused = store.import(bytes, &voucher).map(|_| ()).map_err(|error| error.kind);
        assert_eq!(refused, Err(ErrorKind::TrustListSignature), "row {index}");
        assert!(store.is_empty());
    }
}

#[test]
fn something_else_that_is_signed_is_no_master_list() {
    let world = World::new();
    let other = Wrap::of(DATA, world.list.content.clone());
    let bytes = other.sign(&[(&world.signer, &world.key)]);
    let refused = TrustStore::new().import(&bytes, &Voucher::new("a test")).map(|_| ()).map_err(|error| error.kind);
    assert_eq!(refused, Err(ErrorKind::TrustContentType));
}

#[test]
fn a_broken_entry_is_named_and_the_others_are_kept() {
    let root = Authority::new("UT", "CSCA").root();
    let list = element(Tag::SEQUENCE, |out| {
        out.integer(0).constructed(Tag::SET, |out| {
            out.raw(&[0x30, 2, 5, 0]).raw(root.as_bytes());
        });
    });
    let imported = TrustStore::new().import(&list, &Voucher::new("a test")).unwrap();
    assert_eq!((imported.certificates, imported.added), (2, 1));
    let error = imported.refused[0];
    assert_eq!((error.kind, error.part), (ErrorKind::Asn1Tag, Part::MasterList));
    assert_eq!(list[error.offset - 2..error.offset], [0x30, 2]);
}

fn verify(world: &World, wrap: &Wrap) -> (Result<(), SignerFailure>, Deviations) {
    let bytes = wrap.sign(&[(&world.signer, &world.key)]);
    let mut seen = Deviations::new();
    let signed = SignedData::read(&bytes, Part::MasterList, &mut seen).unwrap();
    let along = certificates(&signed, &mut seen);
    let signer = &signed.signers[0];
    let certificate = signer_certificate(signer, &along, &mut seen).unwrap();
    let told = verify_signer(&signed, signer, certificate, &mut seen).map(|_| ());
    (told, seen)
}

#[test]
fn attributes_are_tried_as_they_stand_and_then_sorted() {
    let world = World::new();
    assert_eq!(verify(&world, &world.list).0, Ok(()));
    let mut reversed = world.list.clone();
    reversed.attributes.as_mut().unwrap().reverse();
    let (told, seen) = verify(&world, &reversed);
    assert_eq!(told, Ok(()));
    assert!(!seen.contains(Deviation::CmsAttributesSorted));
    reversed.hash_sorted = true;
    let (told, seen) = verify(&world, &reversed);
    assert_eq!(told, Ok(()));
    assert!(seen.contains(Deviation::CmsAttributesSorted));
}

#[test]
fn attributes_that_speak_of_something_else_are_refused() {
    let world = World::new();
    let content = &world.list.content;
    let other = Wrap::of(DATA, content.clone());
    let rows = [
        (Wrap { content: vec![0x30, 0], ..world.list.clone() }, SignerFailure::Content),
        (Wrap { attributes: other.attributes, ..world.list.clone() }, SignerFailure::ContentType),
        (Wrap { attributes: Some(vec![]), ..world.list.clone() }, SignerFailure::ContentType),
    ];
    for (wrap, failure) in rows {
        assert_eq!(verify(&world, &wrap).0, Err(failure));
    }
    let mut without_digest = world.list.clone();
    without_digest.attributes.as_mut().unwrap().truncate(2);
    assert_eq!(verify(&world, &without_digest).0, Err(SignerFailure::DigestMissing));
}

#[test]
fn a_signature_over_attributes_cannot_be_passed_off_as_one_over_content() {
    let world = World::new();
    let attributes = world.list.attributes.clone().unwrap();
    let content = element(Tag::SET, |out| {
        out.raw(&attributes.concat());
    });
    let confused = Wrap { content, attributes: None, ..world.list.clone() };
    assert_eq!(verify(&world, &confused).0, Err(SignerFailure::AttributesAsContent));
    let honest = Wrap { attributes: None, ..world.list.clone() };
    let (told, seen) = verify(&world, &honest);
    assert_eq!(told, Ok(()));
    assert!(seen.contains(Deviation::CmsAttributesMissing));
}

#[test]
fn an_audit_counts_each_certificate_once_and_says_by_which_way_its_issuer_was_found() {
    let world = World::new();
    let later = Authority::new("UT", "CSCA");
    let link = world.csca.authority(&later).issue(&world.csca.signer);
    let orphan = Authority::new("UT", "Lost").authority(&later).issue(&Signer::new());
    let bare = bare(&[&world.root, &link, &orphan]);
    let list = world.sign();
    let audit = audit([&list[..], &bare, world.signer.as_bytes(), b"nothing"]);
    assert_eq!((audit.occurrences, audit.certificates, audit.parsed), (7, 6, 6));
    let signatures = &audit.signatures;
    assert_eq!((signatures.verified, signatures.by.key_identifier), (5, 5));
    assert_eq!(signatures.unverified[0].reason, "no_issuer");
    assert_eq!(audit.algorithms["ecdsa_sha256"], 6);
}

#[test]
fn an_audit_is_written_as_published() {
    let root = Authority::new("UT", "CSCA").root();
    let json = serde_json::to_value(audit([root.as_bytes(), b"nothing"])).unwrap();
    assert_eq!(json["occurrences"], 1);
    assert_eq!(json["signatures"]["by"]["key_identifier"], 1);
    assert_eq!(json["signatures"]["unverified"], serde_json::json!([]));
    assert_eq!(json["algorithms"], serde_json::json!({ "ecdsa_sha256": 1 }));
    assert_eq!(json["files"][0]["kind"], "certificate");
    assert_eq!(json["files"][1]["error"]["kind"], "unknown_content");
}
