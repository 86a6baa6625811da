//! Deviation lists: read, verified to their own country, and held against documents.

use super::Authority;
use super::draft::{element, time};
use crate::asn1::{Oid, Tag, Writer, oid};
use crate::crypto::tests::Signer;
use crate::crypto::{HashAlgorithm, sha256};
use crate::error::ErrorKind;
use crate::pki::extension as id;
use crate::pki::{Certificate, DEVIATION_LIST, DocumentFacts, Kind, ListedDefect, TrustStore, Voucher};

const HASH_WRONG: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 2, 2);
const KEY_KNOWN: Oid<'static> = oid!(2, 23, 136, 1, 1, 7, 1, 4);

/// Which documents, as the fields of an entry.
type Documents<'a> = &'a dyn Fn(&mut Writer);

fn list(documents: Documents<'_>, kind: Oid<'_>, parameter: Option<u64>) -> Vec<u8> {
    element(Tag::SEQUENCE, |out| {
        out.integer(0).constructed(Tag::SEQUENCE, |out| {
            out.oid(HashAlgorithm::Sha256.oid());
        });
        out.constructed(Tag::SET, |out| {
            out.constructed(Tag::SEQUENCE, |out| {
                out.constructed(Tag::SEQUENCE, documents).constructed(Tag::SET, |out| {
                    out.constructed(Tag::SEQUENCE, |out| {
                        out.text(Tag::PRINTABLE_STRING, "why").oid(kind);
                        if let Some(number) = parameter {
                            out.constructed(Tag::context_constructed(0), |out| {
                                out.integer(number);
                            });
                        }
                    });
                });
            });
        });
    })
}

struct Post {
    csca: Authority,
    store: TrustStore,
    signer: Certificate,
}

impl Post {
    fn new() -> Self {
        let csca = Authority::new("UT", "CSCA");
        let mut store = TrustStore::new();
        store.import(csca.root().as_bytes(), &Voucher::new("a test")).unwrap();
        let signer = csca.document_signer(&Signer::new()).issue(&csca.signer);
        Self { csca, store, signer }
    }

    fn import(&mut self, content: Vec<u8>) -> Result<Kind, ErrorKind> {
        let signed = sign(&self.csca, content, id::DEVIATION_LIST_SIGNER, "2026-05-01");
        self.store.import(&signed, &Voucher::new("a test")).map(|done| done.kind).map_err(|error| error.kind)
    }

    fn of(&self, facts: impl Fn(&mut DocumentFacts<'_>)) -> Vec<(ListedDefect, bool)> {
        let issued = Some(time("2025-03-03").date());
        let signer = &self.signer;
        let mut document = DocumentFacts { signer, document_type: Some("PP"), issued, number: Some("L898902C3") };
        facts(&mut document);
        let country = self.signer.country().unwrap();
        self.store.deviation_list(country).map(|kept| kept.list.of(&document)).unwrap_or_default()
    }
}

fn sign(csca: &Authority, content: Vec<u8>, purpose: Oid<'_>, signed: &str) -> Vec<u8> {
    let key = Signer::new();
    let uses = element(Tag::SEQUENCE, |out| {
        out.oid(purpose);
    });
    let draft = csca.document_signer(&key).without(id::DOCUMENT_TYPES).with(id::EXTENDED_KEY_USAGE, true, &uses);
    let signer = draft.issue(&csca.signer);
    super::list::signed_content(DEVIATION_LIST, content, time(signed), (&signer, &key))
}

fn nothing(_: &mut Writer) {}

#[test]
fn a_list_counts_for_its_own_country_once_its_signer_leads_to_an_anchor() {
    let mut post = Post::new();
    let content = || list(&nothing, KEY_KNOWN, None);
    assert_eq!(post.import(content()), Ok(Kind::DeviationList));
    assert_eq!(post.of(|_| {}), [(ListedDefect::ActiveAuthenticationKey, false)]);
    let refused = |store: &mut TrustStore, bytes: &[u8]| {
        store.import(bytes, &Voucher::new("a test")).map(|_| ()).map_err(|error| error.kind)
    };
    let wrong = Err(ErrorKind::TrustListSignature);
    let by_other_purpose = sign(&post.csca, content(), id::MASTER_LIST_SIGNER, "2026-06-01");
    assert_eq!(refused(&mut post.store, &by_other_purpose), wrong);
    let stranger = Authority::new("UT", "CSCA");
    let by_stranger = sign(&stranger, content(), id::DEVIATION_LIST_SIGNER, "2026-06-01");
    assert_eq!(refused(&mut post.store, &by_stranger), wrong);
    let mut altered = sign(&post.csca, content(), id::DEVIATION_LIST_SIGNER, "2026-06-01");
    let end = altered.len() - 5;
    altered[end] ^= 1;
    assert_eq!(refused(&mut post.store, &altered), wrong);
    let other = Authority::new("NZ", "CSCA");
    post.store.import(other.root().as_bytes(), &Voucher::new("a test")).unwrap();
    let foreign = sign(&other, list(&nothing, HASH_WRONG, Some(2)), id::DEVIATION_LIST_SIGNER, "2026-06-01");
    assert_eq!(refused(&mut post.store, &foreign), Ok(()));
    assert_eq!(post.of(|_| {}), [(ListedDefect::ActiveAuthenticationKey, false)], "it speaks for its own country");
    assert_eq!(post.store.deviation_lists().len(), 2);
    let older = sign(&post.csca, list(&nothing, HASH_WRONG, Some(2)), id::DEVIATION_LIST_SIGNER, "2025-06-01");
    assert_eq!(refused(&mut post.store, &older), Ok(()));
    assert_eq!(post.of(|_| {}).len(), 1, "the newer one stays");
    let bytes = post.store.to_bytes(time("2026-11-01")).unwrap();
    post.store = TrustStore::open(bytes).unwrap();
    assert_eq!(post.of(|_| {}), [(ListedDefect::ActiveAuthenticationKey, false)]);
}

/// The fields of an entry, and whether they name documents by number or day of issue.
type Condition = (Box<dyn Fn(&mut Writer)>, bool);

/// The ways to say which documents are meant. All fit the document of [`Post::of`].
fn conditions(signer: &Certificate) -> [Condition; 6] {
    let (serial, name) = (signer.serial().to_vec(), signer.issuer().as_bytes().to_vec());
    let (digest, wrapped) = (sha256(signer.as_bytes()), (name.clone(), serial.clone()));
    let number = |out: &mut Writer, (name, serial): &(Vec<u8>, Vec<u8>)| {
        out.raw(name).primitive(Tag::INTEGER, serial);
    };
    let plain = (name, serial);
    [
        (Box::new(kind), false),
        (
            Box::new(move |out: &mut Writer| {
                out.constructed(Tag::context_constructed(1), |out| number(out, &plain));
            }),
            false,
        ),
        (
            Box::new(move |out: &mut Writer| {
                out.constructed(Tag::context_constructed(1), |out| {
                    out.constructed(Tag::SEQUENCE, |out| number(out, &wrapped));
                });
            }),
            false,
        ),
        (
            Box::new(move |out: &mut Writer| {
                out.primitive(Tag::context(3), &digest);
            }),
            false,
        ),
        (Box::new(between_two_days), true),
        (Box::new(by_number), true),
    ]
}

fn kind(out: &mut Writer) {
    out.text(Tag::context(0), "PP");
}

fn between_two_days(out: &mut Writer) {
    out.constructed(Tag::context_constructed(4), |out| {
        out.generalized_time(Tag::GENERALIZED_TIME, time("2025-03-01"));
        out.generalized_time(Tag::GENERALIZED_TIME, time("2025-03-03"));
    });
}

fn by_number(out: &mut Writer) {
    out.constructed(Tag::context_constructed(5), |out| {
        out.text(Tag::PRINTABLE_STRING, "L898902C3");
    });
}

#[test]
fn each_way_to_name_documents_is_read_and_tells_whether_it_names_them_one_by_one() {
    let mut post = Post::new();
    for (place, (documents, ranged)) in conditions(&post.signer).iter().enumerate() {
        post.store.deviation_lists.clear();
        assert_eq!(post.import(list(documents, HASH_WRONG, Some(2))), Ok(Kind::DeviationList), "{place}");
        assert_eq!(post.of(|_| {}), [(ListedDefect::DataGroupHash(2), *ranged)], "{place}");
    }
}

#[test]
fn everything_that_an_entry_says_of_its_documents_has_to_hold() {
    let mut post = Post::new();
    let [_, (by_serial, _), ..] = conditions(&post.signer);
    let all = |out: &mut Writer| {
        kind(out);
        by_serial(out);
        between_two_days(out);
        by_number(out);
    };
    post.import(list(&all, HASH_WRONG, Some(2))).unwrap();
    assert_eq!(post.of(|_| {}).len(), 1);
    assert!(post.of(|document| document.document_type = Some("PD")).is_empty());
    assert!(post.of(|document| document.number = Some("L898902C4")).is_empty());
    assert!(post.of(|document| document.number = None).is_empty(), "what is not known does not hold");
    assert!(post.of(|document| document.issued = Some(time("2025-03-04").date())).is_empty());
    let other = post.csca.document_signer(&Signer::new());
    let other = super::draft::Draft { serial: vec![9], ..other }.issue(&post.csca.signer);
    let of_other = DocumentFacts { signer: &other, document_type: Some("PP"), issued: None, number: None };
    let country = post.signer.country().unwrap();
    assert!(post.store.deviation_list(country).unwrap().list.of(&of_other).is_empty());
}

#[test]
fn a_list_with_a_condition_that_nobody_knows_is_refused_and_damaged_ones_never_count() {
    let mut post = Post::new();
    let unknown = |out: &mut Writer| {
        out.primitive(Tag::context(7), &[1]);
    };
    assert!(post.import(list(&unknown, HASH_WRONG, Some(2))).is_err());
    let content = list(&nothing, HASH_WRONG, Some(2));
    for length in (0..content.len()).step_by(3) {
        assert!(post.import(content[..length].to_vec()).is_err(), "{length}");
    }
    assert_eq!(post.store.deviation_lists().len(), 0);
}
