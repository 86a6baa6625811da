//! Revocation lists: read, verified, kept in order, and asked; and attempts to slip one in.

use super::Authority;
use super::draft::{Draft, ECDSA_SHA256, algorithm, element, extension, time};
use crate::asn1::{Oid, Tag, Writer, oid};
use crate::crypto::tests::Signer;
use crate::date::Time;
use crate::deviation::{Deviation, Deviations};
use crate::error::ErrorKind;
use crate::pki::extension as id;
use crate::pki::{Certificate, ListFate, Purposes, RevocationList, Standing, TrustStore, Voucher};

const NUMBER: Oid<'static> = oid!(2, 5, 29, 20);
const DELTA: Oid<'static> = oid!(2, 5, 29, 27);
const REASON: Oid<'static> = oid!(2, 5, 29, 21);
const ISSUER: Oid<'static> = oid!(2, 5, 29, 29);

/// A revocation list before it is signed.
#[derive(Clone)]
struct ListDraft {
    issuer: Vec<u8>,
    from: &'static str,
    until: Option<&'static str>,
    number: Option<u64>,
    entries: Vec<Vec<u8>>,
    extensions: Vec<Vec<u8>>,
}

fn entry(serial: &[u8], extensions: &[(Oid<'static>, Vec<u8>)]) -> Vec<u8> {
    element(Tag::SEQUENCE, |out| {
        out.primitive(Tag::INTEGER, serial).time(time("2026-02-01"));
        if !extensions.is_empty() {
            out.constructed(Tag::SEQUENCE, |out| {
                for (id, value) in extensions {
                    out.raw(&extension(*id, false, value).1);
                }
            });
        }
    })
}

impl ListDraft {
    fn of(csca: &Authority, number: u64, from: &'static str) -> Self {
        let identifier = element(Tag::SEQUENCE, |out| {
            out.primitive(Tag::context(0), &csca.key_identifier());
        });
        Self {
            issuer: csca.name.clone(),
            from,
            until: Some("2026-06-01"),
            number: Some(number),
            entries: Vec::new(),
            extensions: vec![extension(id::AUTHORITY_KEY_IDENTIFIER, false, &identifier).1],
        }
    }

    fn revoking(mut self, serial: &[u8]) -> Self {
        self.entries.push(entry(serial, &[]));
        self
    }

    fn sign(&self, signer: &Signer) -> Vec<u8> {
        let body = element(Tag::SEQUENCE, |out| {
            out.integer(1).raw(&algorithm(ECDSA_SHA256)).raw(&self.issuer).time(time(self.from));
            if let Some(until) = self.until {
                out.time(time(until));
            }
            if !self.entries.is_empty() {
                out.primitive(Tag::SEQUENCE, &self.entries.concat());
            }
            let mut extensions = self.extensions.clone();
            if let Some(number) = self.number {
                let mut value = Writer::new();
                value.integer(number);
                extensions.push(extension(NUMBER, false, &value.into_bytes()).1);
            }
            out.constructed(Tag::context_constructed(0), |out| {
                out.primitive(Tag::SEQUENCE, &extensions.concat());
            });
        });
        element(Tag::SEQUENCE, |out| {
            out.raw(&body).raw(&algorithm(ECDSA_SHA256)).bit_string(&signer.sign(&body));
        })
    }
}

/// A list of this authority that revokes one certificate.
pub fn plain_list(csca: &Authority) -> Vec<u8> {
    ListDraft::of(csca, 1, "2026-03-01").revoking(&[9]).sign(&csca.signer)
}

struct Post {
    csca: Authority,
    signer: Certificate,
    store: TrustStore,
}

impl Post {
    /// A store with one anchor, and a signer below it with the serial number 01 02 03.
    fn new(country: &'static str) -> Self {
        let (csca, key) = (Authority::new(country, "CSCA"), Signer::new());
        let signer = csca.document_signer(&key).issue(&csca.signer);
        let mut post = Self { csca, signer, store: TrustStore::new() };
        let root = post.csca.root();
        assert_eq!(post.import(root.as_bytes()).unwrap(), None);
        post
    }

    fn import(&mut self, bytes: &[u8]) -> Result<Option<ListFate>, ErrorKind> {
        let imported = self.store.import(bytes, &Voucher::new("a test"));
        imported.map(|done| done.revocation_lists.first().copied()).map_err(|error| error.kind)
    }

    fn list(&mut self, draft: &ListDraft) -> Result<Option<ListFate>, ErrorKind> {
        let list = draft.sign(&self.csca.signer);
        self.import(&list)
    }

    fn at(&self, text: &str) -> Standing {
        let path = self.store.find_path(&self.signer, Purposes::DOCUMENT).unwrap();
        self.store.standing(&self.signer, &path, time(text))
    }
}

const IN_TIME: &str = "2026-04-01";
const REVOKED: &[u8] = &[1, 2, 3];

const fn is_revoked(standing: &Standing) -> bool {
    matches!(standing, Standing::Revoked { .. })
}

#[test]
fn four_states_are_told_apart_and_only_a_current_list_clears() {
    let mut post = Post::new("UT");
    assert_eq!(post.at(IN_TIME), Standing::Unobtainable { waiting: false });
    let country = post.signer.country().unwrap();
    post.store.state_never_published(country, "the ministry");
    assert_eq!(post.at(IN_TIME), Standing::NeverPublished);
    let list = ListDraft::of(&post.csca, 7, "2026-03-01").revoking(&[9]);
    assert_eq!(post.list(&list), Ok(Some(ListFate::New)));
    let (issued, due) = (time("2026-03-01"), time("2026-06-01"));
    assert_eq!(post.at(IN_TIME), Standing::Current { issued, due });
    assert_eq!(post.at("2026-06-01"), Standing::Current { issued, due });
    assert_eq!(post.at("2026-06-02"), Standing::Stale { issued, due });
    assert_eq!(post.at("2026-02-01"), Standing::NotYetIssued { issued });
}

#[test]
fn a_named_signer_is_revoked_however_its_number_is_written_and_however_old_the_list_is() {
    for serial in [&[1, 2, 3][..], &[0, 0, 1, 2, 3]] {
        let mut post = Post::new("UT");
        let list = ListDraft::of(&post.csca, 7, "2026-03-01").revoking(&[5]).revoking(serial).revoking(&[9, 9, 9, 9]);
        assert_eq!(post.list(&list), Ok(Some(ListFate::New)));
        assert!(is_revoked(&post.at(IN_TIME)) && is_revoked(&post.at("2031-01-01")));
    }
    let mut post = Post::new("UT");
    let list = ListDraft::of(&post.csca, 7, "2026-03-01").revoking(&[1, 2, 4]).revoking(&[1, 2]).revoking(&[2, 3]);
    assert_eq!(post.list(&list), Ok(Some(ListFate::New)));
    assert!(matches!(post.at(IN_TIME), Standing::Current { .. }));
}

#[test]
fn the_list_of_another_country_never_counts() {
    let mut post = Post::new("UT");
    let other = Authority::new("NZ", "CSCA");
    post.import(other.root().as_bytes()).unwrap();
    let foreign = ListDraft::of(&other, 9, "2026-03-01").revoking(REVOKED);
    assert_eq!(post.import(&foreign.sign(&other.signer)), Ok(Some(ListFate::New)));
    assert_eq!(post.at(IN_TIME), Standing::Unobtainable { waiting: false });
    // In Utopia's name and with its identifier, signed by the other country's authority.
    let forged = ListDraft::of(&post.csca, 9, "2026-03-01");
    assert_eq!(post.import(&forged.sign(&other.signer)), Ok(Some(ListFate::Waiting)));
    assert_eq!(post.at(IN_TIME), Standing::Unobtainable { waiting: true });
}

#[test]
fn a_document_signer_cannot_issue_a_list_and_neither_can_an_anchor_that_had_ended() {
    let mut post = Post::new("UT");
    let key = Signer::new();
    let signer = post.csca.document_signer(&key).issue(&post.csca.signer);
    let list = ListDraft::of(&post.csca, 9, "2026-03-01").sign(&key);
    assert_eq!(post.import(&list), Ok(Some(ListFate::Waiting)));
    drop(signer);
    let late = ListDraft { until: Some("2040-02-01"), ..ListDraft::of(&post.csca, 9, "2040-01-01") };
    assert_eq!(post.list(&late), Ok(Some(ListFate::Waiting)), "the anchor ended in 2039");
}

#[test]
fn a_list_that_came_before_its_anchor_counts_once_the_anchor_is_there() {
    let complete = Post::new("UT");
    let list = ListDraft::of(&complete.csca, 1, "2026-03-01").revoking(REVOKED).sign(&complete.csca.signer);
    let root = complete.csca.root();
    let mut post = Post { store: TrustStore::new(), ..complete };
    assert_eq!(post.import(&list), Ok(Some(ListFate::Waiting)));
    assert_eq!(post.import(&list), Ok(Some(ListFate::Waiting)));
    post.import(root.as_bytes()).unwrap();
    assert!(is_revoked(&post.at(IN_TIME)));
    assert_eq!(post.store.revocation_lists().waiting().len(), 0);
    assert_eq!(post.import(&list), Ok(Some(ListFate::Known)));
}

#[test]
fn the_number_may_not_go_back_and_an_older_list_replaces_nothing() {
    let mut post = Post::new("UT");
    let draft = |number, from| ListDraft::of(&Authority { name: Vec::new(), ..Authority::new("UT", "") }, number, from);
    let of = |post: &Post, number, from| ListDraft { issuer: post.csca.name.clone(), ..draft(number, from) };
    let list = of(&post, 7, "2026-03-01").revoking(REVOKED);
    assert_eq!(post.list(&list), Ok(Some(ListFate::New)), "found by name: the identifier fits nobody");
    let back = of(&post, 6, "2026-03-20");
    assert_eq!(post.list(&back), Err(ErrorKind::TrustCrlNumber));
    let forward = of(&post, 8, "2026-02-20");
    assert_eq!(post.list(&forward), Err(ErrorKind::TrustCrlNumber));
    let older = of(&post, 6, "2026-02-10");
    assert_eq!(post.list(&older), Ok(Some(ListFate::Older)));
    assert!(is_revoked(&post.at(IN_TIME)), "the list that names it still counts");
    let newer = of(&post, 8, "2026-03-20");
    assert_eq!(post.list(&newer), Ok(Some(ListFate::Replaced)));
    assert!(matches!(post.at(IN_TIME), Standing::Current { .. }));
}

#[test]
fn the_newest_key_speaks_for_what_the_earlier_ones_issued() {
    let mut post = Post::new("UT");
    let old = ListDraft::of(&post.csca, 7, "2024-03-01");
    let old = ListDraft { until: Some("2024-06-01"), ..old };
    assert_eq!(post.list(&old), Ok(Some(ListFate::New)));
    assert!(matches!(post.at(IN_TIME), Standing::Stale { .. }));
    let next = Authority::new("UT", "CSCA Utopia, second key");
    let validity = element(Tag::SEQUENCE, |out| {
        out.time(time("2025-01-01")).time(time("2040-01-01"));
    });
    let root = Draft { validity, ..next.authority(&next) }.issue(&next.signer);
    post.import(root.as_bytes()).unwrap();
    let current = ListDraft::of(&next, 1, "2026-03-01");
    assert_eq!(post.import(&current.sign(&next.signer)), Ok(Some(ListFate::New)));
    assert!(matches!(post.at(IN_TIME), Standing::Current { .. }));
    let naming = ListDraft::of(&next, 2, "2026-03-10").revoking(REVOKED);
    assert_eq!(post.import(&naming.sign(&next.signer)), Ok(Some(ListFate::Replaced)));
    assert!(is_revoked(&post.at(IN_TIME)));
}

#[test]
fn a_partial_list_can_revoke_and_never_clears() {
    let mut post = Post::new("UT");
    let mut delta = ListDraft::of(&post.csca, 7, "2026-03-01");
    delta.extensions.push(extension(DELTA, true, &[2, 1, 6]).1);
    assert_eq!(post.list(&delta), Ok(Some(ListFate::New)));
    assert_eq!(post.at(IN_TIME), Standing::Partial);
    let unknown = ListDraft {
        extensions: vec![extension(oid!(2, 5, 29, 99), true, &[5, 0]).1],
        ..ListDraft::of(&post.csca, 8, "2026-03-02").revoking(REVOKED)
    };
    assert_eq!(post.list(&unknown), Ok(Some(ListFate::New)));
    assert!(is_revoked(&post.at(IN_TIME)));
}

#[test]
fn an_entry_for_another_issuer_revokes_nobody_of_this_one() {
    let mut post = Post::new("UT");
    let issuer = |name: &[u8]| {
        element(Tag::SEQUENCE, |out| {
            out.primitive(Tag::context_constructed(4), name);
        })
    };
    let other = super::draft::name("UT", "Another authority");
    let mut list = ListDraft::of(&post.csca, 7, "2026-03-01");
    list.entries = vec![entry(&[7], &[(ISSUER, issuer(&other))]), entry(REVOKED, &[(REASON, vec![10, 1, 1])])];
    assert_eq!(post.list(&list), Ok(Some(ListFate::New)));
    assert!(matches!(post.at(IN_TIME), Standing::Current { .. }), "the issuer holds for the entries after it");
    let own = post.csca.name.clone();
    let mut list = ListDraft::of(&post.csca, 8, "2026-03-02");
    list.entries = vec![entry(REVOKED, &[(ISSUER, issuer(&own)), (REASON, vec![10, 1, 1])])];
    assert_eq!(post.list(&list), Ok(Some(ListFate::Replaced)));
    let Standing::Revoked { entry, .. } = post.at(IN_TIME) else { unreachable!() };
    assert_eq!(entry.reason, 1);
}

#[test]
fn a_list_as_the_standard_asks_deviates_in_nothing_and_others_in_what_they_do() {
    let csca = Authority::new("UT", "CSCA");
    let seen = |draft: &ListDraft| {
        let mut seen = Deviations::new();
        RevocationList::parse(&draft.sign(&csca.signer), &mut seen).unwrap();
        seen.iter().map(|found| found.deviation).collect::<Vec<_>>()
    };
    let plain = ListDraft { until: Some("2026-05-30"), ..ListDraft::of(&csca, 7, "2026-03-01") }.revoking(&[4]);
    assert_eq!(seen(&plain), []);
    let without = |number| ListDraft { number, ..plain.clone() };
    assert_eq!(seen(&without(None)), [Deviation::CrlNumberMissing]);
    assert_eq!(seen(&ListDraft { until: None, ..plain.clone() }), [Deviation::CrlNextUpdateMissing]);
    assert_eq!(seen(&ListDraft { until: Some("2026-07-01"), ..plain.clone() }), [Deviation::CrlPeriodTooLong]);
    let bare = ListDraft { extensions: Vec::new(), ..plain.clone() };
    assert_eq!(seen(&bare), [Deviation::AuthorityKeyIdentifierMissing]);
    let reason = ListDraft { entries: vec![entry(&[4], &[(REASON, vec![10, 1, 4])])], ..plain };
    assert_eq!(seen(&reason), [Deviation::CrlEntryExtension]);
}

#[test]
fn every_flipped_byte_of_a_list_keeps_it_from_counting() {
    let mut post = Post::new("UT");
    let list = ListDraft::of(&post.csca, 7, "2026-03-01").revoking(&[9]).sign(&post.csca.signer);
    let step = if cfg!(debug_assertions) { 3 } else { 1 };
    for place in (0..list.len()).step_by(step) {
        let mut bytes = list.clone();
        bytes[place] ^= 1;
        let mut store = post.store.clone();
        let _ = store.import(&bytes, &Voucher::new("a test"));
        // Of the bytes outside the signed part, some say the same in another way.
        let kept = store.revocation_lists().kept();
        assert!(kept.iter().all(|kept| kept.list.number() == Some(&[7][..]) && kept.list.len() == 1), "{place}");
    }
    assert_eq!(post.import(&list), Ok(Some(ListFate::New)));
}

#[test]
fn what_is_cut_short_is_refused() {
    let csca = Authority::new("UT", "CSCA");
    let list = ListDraft::of(&csca, 7, "2026-03-01").revoking(REVOKED).sign(&csca.signer);
    for length in 0..list.len() {
        assert!(RevocationList::parse(&list[..length], &mut Deviations::new()).is_err());
    }
    let read = RevocationList::parse(&list, &mut Deviations::new()).unwrap();
    assert_eq!((read.len(), read.is_empty(), read.is_partial()), (1, false, false));
    let unix = |time: Time| time.unix();
    assert_eq!(unix(read.next_update()), unix(time("2026-06-01")));
}
