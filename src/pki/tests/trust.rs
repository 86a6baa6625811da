//! Whom the store believes: paths, scope, imports, and attempts to be believed.

use super::Authority;
use super::draft::{Draft, name, read, time};
use crate::asn1::Tag;
use crate::crypto::tests::Signer;
use crate::crypto::{Defect, VerifyFailure};
use crate::error::ErrorKind;
use crate::pki::extension as id;
use crate::pki::name::country_code;
use crate::pki::name::tests::write as write_name;
use crate::pki::name::{COMMON_NAME, COUNTRY};
use crate::pki::{Anchor, Certificate, FoundBy, Kind, NoPath, Purposes, Source, TrustStore, Voucher};
use data_encoding::BASE64;

const UTOPIA: &str = "UT";

fn store(anchors: &[&Certificate]) -> TrustStore {
    let mut store = TrustStore::new();
    for anchor in anchors {
        let imported = store.import(anchor.as_bytes(), &Voucher::new("a test"));
        assert_eq!(imported.unwrap().added, 1);
    }
    store
}

fn path_of(store: &TrustStore, signer: &Certificate) -> Result<(FoundBy, [u8; 32]), NoPath> {
    let path = store.find_path(signer, Purposes::DOCUMENT)?;
    Ok((path.found_by, path.anchor.fingerprint))
}

#[test]
fn a_signer_is_led_to_its_anchor_by_identifier_then_name_then_country() {
    let (csca, key) = (Authority::new(UTOPIA, "CSCA"), Signer::new());
    let root = csca.root();
    let store = store(&[&Authority::new(UTOPIA, "CSCA 0").root(), &root]);
    let draft = csca.document_signer(&key);
    let without = draft.clone().without(id::AUTHORITY_KEY_IDENTIFIER);
    let rows = [
        (draft, FoundBy::KeyIdentifier),
        (Draft { issuer: name("ut", " csca"), ..without.clone() }, FoundBy::Name),
        (Draft { issuer: name(UTOPIA, "Other"), ..without }, FoundBy::Country),
    ];
    for (draft, way) in rows {
        let signer = draft.issue(&csca.signer);
        assert_eq!(path_of(&store, &signer), Ok((way, root.fingerprint())));
    }
}

#[test]
fn the_right_key_is_found_among_many_of_the_same_name() {
    let keys: Vec<_> = (0..6).map(|_| Authority::new(UTOPIA, "CSCA")).collect();
    let roots: Vec<_> = keys.iter().map(Authority::root).collect();
    let store = store(&roots.iter().collect::<Vec<_>>());
    let key = Signer::new();
    for (authority, root) in keys.iter().zip(&roots) {
        let draft = authority.document_signer(&key).without(id::AUTHORITY_KEY_IDENTIFIER);
        let signer = draft.issue(&authority.signer);
        assert_eq!(path_of(&store, &signer), Ok((FoundBy::Name, root.fingerprint())));
    }
}

#[test]
fn no_anchor_for_the_country_is_a_reason_of_its_own() {
    let (csca, other, key) = (Authority::new(UTOPIA, "CSCA"), Authority::new("NZ", "CSCA"), Signer::new());
    let store = store(&[&other.root()]);
    let signer = csca.document_signer(&key).issue(&csca.signer);
    let country = country_code(UTOPIA).unwrap();
    assert_eq!(path_of(&store, &signer), Err(NoPath::NoAnchorForCountry(country)));
    let missing =
        Draft { issuer: write_name(&[(COMMON_NAME, Tag::UTF8_STRING, "CSCA")]), ..csca.document_signer(&key) };
    assert_eq!(path_of(&store, &missing.issue(&csca.signer)), Err(NoPath::NoCountry));
}

#[test]
fn an_unknown_key_of_a_known_country_is_a_missing_issuer_and_no_forgery() {
    let (csca, later, key) = (Authority::new(UTOPIA, "CSCA"), Authority::new(UTOPIA, "CSCA"), Signer::new());
    let store = store(&[&csca.root()]);
    let country = country_code(UTOPIA).unwrap();
    for draft in [later.document_signer(&key), later.document_signer(&key).without(id::AUTHORITY_KEY_IDENTIFIER)] {
        let signer = draft.issue(&later.signer);
        assert_eq!(path_of(&store, &signer), Err(NoPath::NoIssuer(country)));
    }
}

#[test]
fn a_signature_that_the_identified_key_did_not_make_is_told_as_wrong() {
    let (csca, rogue, key) = (Authority::new(UTOPIA, "CSCA"), Signer::new(), Signer::new());
    let store = store(&[&csca.root(), &Authority::new(UTOPIA, "CSCA 2").root()]);
    let signer = csca.document_signer(&key).issue(&rogue);
    let wrong = VerifyFailure::Bad(Defect::Signature);
    assert_eq!(path_of(&store, &signer), Err(NoPath::Signature(FoundBy::KeyIdentifier, wrong)));
}

#[test]
fn another_country_s_authority_vouches_for_no_signer_of_this_country() {
    let (csca, rogue, key) = (Authority::new(UTOPIA, "CSCA"), Authority::new("QQ", "CSCA"), Signer::new());
    let store = store(&[&csca.root(), &rogue.root()]);
    let named = Draft { issuer: csca.name.clone(), ..rogue.document_signer(&key) };
    let country = country_code(UTOPIA).unwrap();
    assert_eq!(path_of(&store, &named.issue(&rogue.signer)), Err(NoPath::NoIssuer(country)));
    let own = rogue.document_signer(&key).issue(&rogue.signer);
    let path = store.find_path(&own, Purposes::DOCUMENT).unwrap();
    assert_eq!(path.country.to_string(), "QQ", "which the document's country is held against");
}

#[test]
fn a_local_anchor_vouches_for_its_own_country_and_remembers_who_vouched_for_it() {
    let csca = Authority::new("PG", "CSCA");
    let root = csca.root();
    let mut store = TrustStore::new();
    let voucher = Voucher { pin: Some(root.fingerprint()), ..Voucher::new("embassy, by hand") };
    store.import(root.as_bytes(), &voucher).unwrap();
    let anchor = store.anchor(&root.fingerprint()).unwrap();
    assert_eq!(anchor.countries, [country_code("PG").unwrap()]);
    assert!(!anchor.purposes.contains(Purposes::MASTER_LIST));
    let source = Source::Local { vouched_by: "embassy, by hand".to_owned(), pinned: true };
    assert_eq!(anchor.sources, [source]);
    let nameless = Draft { subject: write_name(&[]), ..csca.authority(&csca) };
    let nameless = nameless.without(id::SUBJECT_ALTERNATIVE_NAME).issue(&csca.signer);
    let imported = store.import(nameless.as_bytes(), &Voucher::new("a test")).unwrap();
    assert_eq!((imported.added, imported.refused[0].kind), (0, ErrorKind::TrustNoCountry));
}

#[test]
fn a_pin_admits_one_certificate_and_nothing_else() {
    let (csca, other) = (Authority::new(UTOPIA, "CSCA"), Authority::new(UTOPIA, "CSCA"));
    let (root, another) = (csca.root(), other.root());
    let voucher = Voucher { pin: Some(root.fingerprint()), ..Voucher::new("a test") };
    let mut store = TrustStore::new();
    let refused = store.import(another.as_bytes(), &voucher).map(|_| ()).map_err(|error| error.kind);
    assert_eq!(refused, Err(ErrorKind::TrustPin));
    assert!(store.is_empty());
    assert!(store.import(root.as_bytes(), &voucher).is_ok());
}

fn armoured(certificates: &[&Certificate]) -> Vec<u8> {
    certificates.iter().fold(Vec::new(), |mut text, certificate| {
        text.extend_from_slice(b"-----BEGIN CERTIFICATE-----\n");
        for line in BASE64.encode(certificate.as_bytes()).as_bytes().chunks(64) {
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        text.extend_from_slice(b"-----END CERTIFICATE-----\n");
        text
    })
}

#[test]
fn text_armour_holds_one_or_several_certificates() {
    let roots = [Authority::new(UTOPIA, "1").root(), Authority::new(UTOPIA, "2").root()];
    let mut store = TrustStore::new();
    let one = store.import(&armoured(&[&roots[0]]), &Voucher::new("a test")).unwrap();
    assert_eq!((one.kind, one.added), (Kind::Certificate, 1));
    let two = store.import(&armoured(&[&roots[0], &roots[1]]), &Voucher::new("a test")).unwrap();
    assert_eq!((two.kind, two.added, two.merged), (Kind::Certificates, 1, 1));
}

#[test]
fn what_is_no_trust_material_is_refused_and_changes_nothing() {
    let mut store = TrustStore::new();
    let rows: [(&[u8], ErrorKind); 4] = [
        (b"", ErrorKind::Asn1Missing),
        (b"hello", ErrorKind::UnknownContent),
        (&[4, 1, 1], ErrorKind::UnknownContent),
        (b"-----BEGIN CERTIFICATE-----\n", ErrorKind::TrustArmour),
    ];
    for (bytes, kind) in rows {
        let refused = store.import(bytes, &Voucher::new("a test")).map(|_| ()).map_err(|error| error.kind);
        assert_eq!(refused, Err(kind), "{bytes:?}");
    }
    assert!(store.is_empty());
}

#[test]
fn duplicates_are_merged_with_all_their_sources_and_the_stricter_word_counts() {
    let root = Authority::new(UTOPIA, "CSCA").root();
    let mut store = TrustStore::new();
    let test = Voucher { test: true, ..Voucher::new("exercise") };
    let distrusted = Voucher { distrust_after: Some(time("2026-01-01")), ..Voucher::new("notice") };
    for voucher in [Voucher::new("first"), test, distrusted, Voucher::new("first")] {
        store.import(root.as_bytes(), &voucher).unwrap();
    }
    let [anchor] = store.anchors().collect::<Vec<_>>()[..] else { panic!("one anchor") };
    assert_eq!(anchor.sources.len(), 3);
    assert!(anchor.test && anchor.distrust_after == Some(time("2026-01-01")));
}

#[test]
fn an_anchor_vouches_for_its_purposes_and_until_it_is_distrusted() {
    let (csca, key) = (Authority::new(UTOPIA, "CSCA"), Signer::new());
    let signer = csca.document_signer(&key).issue(&csca.signer);
    let rows = [
        (Voucher { purposes: Purposes::SEAL, ..Voucher::new("") }, Err(NoPath::Purpose)),
        (
            Voucher { distrust_after: Some(time("2023-12-31")), ..Voucher::new("") },
            Err(NoPath::Distrusted(time("2023-12-31"))),
        ),
        (Voucher { distrust_after: Some(time("2024-01-01")), ..Voucher::new("") }, Ok(())),
    ];
    for (voucher, expected) in rows {
        let mut store = TrustStore::new();
        store.import(csca.root().as_bytes(), &voucher).unwrap();
        assert_eq!(store.find_path(&signer, Purposes::DOCUMENT).map(|_| ()), expected);
    }
}

#[test]
fn a_link_certificate_makes_the_next_key_an_anchor_with_the_scope_of_the_one_before() {
    let (csca, next, key) = (Authority::new(UTOPIA, "CSCA"), Authority::new(UTOPIA, "CSCA"), Signer::new());
    let root = csca.root();
    let mut store = store(&[&root]);
    let signer = next.document_signer(&key).issue(&next.signer);
    assert!(path_of(&store, &signer).is_err());
    let link = csca.authority(&next).issue(&csca.signer);
    let adopted = store.adopt_link(link).unwrap();
    assert_eq!(path_of(&store, &signer), Ok((FoundBy::KeyIdentifier, adopted)));
    let source = Source::Link { anchor: root.fingerprint() };
    assert_eq!(store.anchor(&adopted).unwrap().sources, [source]);
}

#[test]
fn neither_a_signer_nor_another_country_nor_a_stranger_becomes_an_anchor_by_a_link() {
    let (csca, rogue, key) = (Authority::new(UTOPIA, "CSCA"), Authority::new("QQ", "CSCA"), Signer::new());
    let mut store = store(&[&csca.root()]);
    let signer = csca.document_signer(&key).issue(&csca.signer);
    assert_eq!(store.adopt_link(signer), Err(NoPath::Purpose));
    let elsewhere = csca.authority(&rogue).issue(&csca.signer);
    assert_eq!(store.adopt_link(elsewhere), Err(NoPath::Purpose));
    let stranger = csca.authority(&rogue).issue(&rogue.signer);
    assert!(matches!(store.adopt_link(stranger), Err(NoPath::Signature(..))));
    assert_eq!(store.len(), 1);
}

#[test]
fn a_search_has_a_budget() {
    let key = Signer::new();
    let mut store = TrustStore::new();
    let issuers: Vec<_> = (0..70).map(|_| Authority::new(UTOPIA, "CSCA")).collect();
    for issuer in &issuers {
        let source = Source::Local { vouched_by: String::new(), pinned: false };
        store.add(Anchor::new(issuer.root(), source));
    }
    let stranger = Authority::new(UTOPIA, "CSCA");
    let signer = stranger.document_signer(&key).issue(&stranger.signer);
    assert_eq!(path_of(&store, &signer), Err(NoPath::Budget));
}

#[test]
fn a_country_in_lower_case_or_three_letters_is_the_same_country() {
    let (csca, key) = (Authority::new(UTOPIA, "CSCA"), Signer::new());
    for country in ["ut", "UTO"] {
        let subject = write_name(&[(COUNTRY, Tag::PRINTABLE_STRING, country), (COMMON_NAME, Tag::UTF8_STRING, "CSCA")]);
        let root = Draft { subject, ..csca.authority(&csca) }.issue(&csca.signer);
        let store = store(&[&root]);
        let signer = csca.document_signer(&key).issue(&csca.signer);
        assert_eq!(path_of(&store, &signer).map(|(_, anchor)| anchor), Ok(root.fingerprint()));
    }
    assert_eq!(read(csca.root().as_bytes()).country(), country_code(UTOPIA));
}

#[test]
fn an_anchor_that_had_ended_introduces_no_key_and_a_link_speaks_for_no_other_country() {
    let (old, next) = (Authority::new(UTOPIA, "CSCA"), Authority::new(UTOPIA, "CSCA"));
    let validity = |from: &str, until: &str| {
        super::draft::element(Tag::SEQUENCE, |out| {
            out.time(time(from)).time(time(until));
        })
    };
    let root = Draft { validity: validity("2024-01-01", "2027-01-01"), ..old.authority(&old) }.issue(&old.signer);
    let mut store = store(&[&root]);
    let late = Draft { validity: validity("2027-06-01", "2039-01-01"), ..old.authority(&next) }.issue(&old.signer);
    assert_eq!(store.adopt_link(late), Err(NoPath::NotValidAtIssue));
    let foreign = Draft { subject: name("NZ", "CSCA"), ..old.authority(&next) }.issue(&old.signer);
    assert_eq!(store.adopt_link(foreign), Err(NoPath::Purpose));
    let key = Signer::new();
    let not_an_authority = old.document_signer(&key).issue(&old.signer);
    assert_eq!(store.adopt_link(not_an_authority), Err(NoPath::Purpose));
    assert_eq!(store.len(), 1);
    let link = old.authority(&next).issue(&old.signer);
    assert!(store.adopt_link(link).is_ok());
    let signer = next.document_signer(&key).issue(&next.signer);
    assert!(store.find_path(&signer, Purposes::DOCUMENT).is_ok());
}
