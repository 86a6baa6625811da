//! Certificates as asked for, as found, and broken.

use super::Authority;
use super::draft::{Draft, ECDSA_SHA256, algorithm, element, extension, name, read, time};
use crate::asn1::{Oid, Tag, oid};
use crate::crypto::tests::{Naming, Signer};
use crate::crypto::{Defect, VerifyFailure};
use crate::deviation::{Deviation, Deviations};
use crate::pki::extension as id;
use crate::pki::name::tests::write as write_name;
use crate::pki::name::{COMMON_NAME, COUNTRY};
use crate::pki::profile::{Role, clause, examine};
use crate::pki::{Certificate, Validity};
use proptest::prelude::*;

fn deviations(bytes: &[u8], role: Role) -> Vec<Deviation> {
    let mut seen = Deviations::new();
    let certificate = Certificate::parse(bytes, &mut seen).unwrap();
    examine(&certificate, role, &mut seen);
    seen.iter().map(|found| found.deviation).collect()
}

#[test]
fn certificates_as_the_standard_asks_have_no_deviation() {
    let (csca, next, key) = (Authority::new("UT", "CSCA"), Authority::new("UT", "CSCA"), Signer::new());
    let rows = [
        (csca.authority(&csca), Role::Root),
        (csca.authority(&next), Role::Link),
        (csca.document_signer(&key), Role::DocumentSigner),
        (csca.list_signer(&key), Role::MasterListSigner),
    ];
    for (draft, role) in rows {
        let bytes = draft.sign(&csca.signer);
        assert_eq!(deviations(&bytes, role), [], "{role:?}");
        assert_eq!(Role::claimed(&read(&bytes)), role);
    }
}

#[test]
fn what_a_certificate_says_is_read() {
    let (csca, key) = (Authority::new("UT", "CSCA"), Signer::new());
    let root = csca.root();
    let signer = csca.document_signer(&key).issue(&csca.signer);
    assert_eq!(root.subject_key_identifier(), Some(&csca.key_identifier()[..]));
    assert_eq!(signer.authority_key_identifier(), root.subject_key_identifier());
    assert_eq!(signer.document_types(), Some(vec!["P"]));
    assert_eq!(signer.mrz_code(id::ISSUER_ALTERNATIVE_NAME).as_deref(), Some("UTO"));
    assert_eq!(signer.country().map(|code| code.to_string()).as_deref(), Some("UTO"));
    assert!(root.is_authority() && root.is_self_issued() && !signer.is_authority());
    assert!(signer.verify_issued_by(&root).is_ok());
    assert_eq!(root.verify_issued_by(&signer), Err(VerifyFailure::Bad(Defect::Signature)));
    let moments = ["2023-12-31", "2024-01-01", "2039-01-01", "2039-01-02"];
    let expected = [Validity::NotYet, Validity::Valid, Validity::Valid, Validity::Expired];
    assert_eq!(moments.map(|moment| root.validity_at(time(moment))), expected);
}

/// A way to deviate, and how that is called.
type Row = (fn(Draft) -> Draft, Deviation);

fn replaced(mut draft: Draft, id: Oid<'static>, critical: bool, value: &[u8]) -> Draft {
    for (found, encoding) in &mut draft.extensions {
        if *found == id {
            *encoding = extension(id, critical, value).1;
        }
    }
    draft
}

fn renamed(mut draft: Draft, attributes: &[(Oid<'_>, Tag, &str)]) -> Draft {
    draft.subject = write_name(attributes);
    draft
}

const PRINTABLE: Tag = Tag::PRINTABLE_STRING;

const FIELDS: [Row; 16] = [
    (|d| Draft { version: 1, ..d }, Deviation::CertificateVersion),
    (|d| Draft { serial: vec![0x81], ..d }, Deviation::SerialNegative),
    (|d| Draft { serial: vec![0], ..d }, Deviation::SerialZero),
    (|d| Draft { serial: vec![1; 21], ..d }, Deviation::SerialTooLong),
    (|d| Draft { serial: vec![0, 1], ..d }, Deviation::LongInteger),
    (
        |d| Draft { inner_algorithm: algorithm(oid!(1, 2, 840, 10045, 4, 3, 4)), ..d },
        Deviation::SignatureAlgorithmsDiffer,
    ),
    (
        |d| {
            let validity = element(Tag::SEQUENCE, |out| {
                out.generalized_time(Tag::GENERALIZED_TIME, time("2024-01-01"));
                out.time(time("2051-01-01"));
            });
            Draft { validity, ..d }
        },
        Deviation::GeneralizedTimeBefore2050,
    ),
    (
        |d| {
            let validity = element(Tag::SEQUENCE, |out| {
                out.time(time("2024-01-02")).time(time("2024-01-01"));
            });
            Draft { validity, ..d }
        },
        Deviation::ValidityReversed,
    ),
    (|d| renamed(d, &[(COMMON_NAME, PRINTABLE, "CSCA")]), Deviation::CountryMissing),
    (|d| renamed(d, &[(COUNTRY, PRINTABLE, "ut")]), Deviation::CountryLowerCase),
    (|d| renamed(d, &[(COUNTRY, PRINTABLE, "UTO")]), Deviation::CountryLength),
    (|d| renamed(d, &[(COUNTRY, PRINTABLE, "QQ")]), Deviation::CountryUnknown),
    (|d| renamed(d, &[(COUNTRY, PRINTABLE, "DE")]), Deviation::CountriesDiffer),
    (|d| renamed(d, &[(COUNTRY, PRINTABLE, "UT"), (COUNTRY, PRINTABLE, "UT")]), Deviation::CountryRepeated),
    (|d| renamed(d, &[(COUNTRY, PRINTABLE, "UT")]), Deviation::CommonNameMissing),
    (|d| renamed(d, &[(COUNTRY, Tag::UTF8_STRING, "UT")]), Deviation::NameStringType),
];

const EXTENSIONS: [Row; 19] = [
    (|d| Draft { subject: name("UT", "csca "), ..d }, Deviation::NamesDifferInCase),
    (|d| Draft { extensions: vec![], ..d }, Deviation::ExtensionsMissing),
    (|d| d.with(id::KEY_USAGE, true, &[3, 2, 1, 6]), Deviation::ExtensionRepeated),
    (|d| replaced(d, id::KEY_USAGE, true, &[5, 0]), Deviation::ExtensionMalformed),
    (|d| replaced(d, id::KEY_USAGE, false, &[3, 2, 1, 6]), Deviation::ExtensionCriticality),
    (|d| replaced(d, id::KEY_USAGE, true, &[3, 2, 2, 4]), Deviation::KeyUsageBits),
    (|d| d.with(id::EXTENDED_KEY_USAGE, false, &[0x30, 0]), Deviation::ExtensionForbidden),
    (|d| d.with(oid!(2, 16, 840, 1, 113730, 1, 1), false, &[3, 2, 0, 7]), Deviation::ExtensionForbidden),
    (|d| d.with(oid!(2, 999), true, &[5, 0]), Deviation::ExtensionUnknownCritical),
    (|d| d.without(id::SUBJECT_KEY_IDENTIFIER), Deviation::SubjectKeyIdentifierMissing),
    (|d| replaced(d, id::SUBJECT_KEY_IDENTIFIER, false, &[7; 20]), Deviation::SubjectKeyIdentifierBare),
    (|d| d.without(id::KEY_USAGE), Deviation::KeyUsageMissing),
    (|d| d.without(id::BASIC_CONSTRAINTS), Deviation::BasicConstraintsMissing),
    (|d| replaced(d, id::BASIC_CONSTRAINTS, true, &[0x30, 0]), Deviation::NotMarkedAuthority),
    (|d| replaced(d, id::BASIC_CONSTRAINTS, true, &[0x30, 3, 1, 1, 0xFF]), Deviation::PathLengthMissing),
    (|d| replaced(d, id::BASIC_CONSTRAINTS, true, &[0x30, 6, 1, 1, 0xFF, 2, 1, 1]), Deviation::PathLengthNotZero),
    (|d| replaced(d, id::BASIC_CONSTRAINTS, true, &[0x30, 3, 1, 1, 0]), Deviation::ExtensionDefaultEncoded),
    (|d| d.without(id::PRIVATE_KEY_USAGE_PERIOD), Deviation::PrivateKeyUsagePeriodMissing),
    (|d| d.without(id::CRL_DISTRIBUTION_POINTS), Deviation::CrlDistributionPointsMissing),
];

const NAMES_AND_POINTS: [Row; 5] = [
    (|d| d.without(id::SUBJECT_ALTERNATIVE_NAME), Deviation::AlternativeNameMissing),
    (
        |d| replaced(d, id::ISSUER_ALTERNATIVE_NAME, false, &[0x30, 3, 0x82, 1, b'x']),
        Deviation::AlternativeNameWithoutCode,
    ),
    (|d| replaced(d, id::ISSUER_ALTERNATIVE_NAME, false, &[0x30, 3, 0x82, 1, b'x']), Deviation::AlternativeNamesDiffer),
    (|d| replaced(d, id::CRL_DISTRIBUTION_POINTS, false, &[0x30, 0]), Deviation::CrlDistributionPointScheme),
    (|d| replaced(d, id::AUTHORITY_KEY_IDENTIFIER, false, &[0x30, 0]), Deviation::AuthorityKeyIdentifierMissing),
];

#[test]
fn each_deviation_of_a_root_is_read_reported_by_name_and_has_a_clause() {
    let csca = Authority::new("UT", "CSCA");
    for (change, deviation) in FIELDS.iter().chain(&EXTENSIONS).chain(&NAMES_AND_POINTS) {
        let bytes = change(csca.authority(&csca)).sign(&csca.signer);
        let found = deviations(&bytes, Role::Root);
        assert!(found.contains(deviation), "{deviation} in {found:?}");
        assert!(read(&bytes).verify_issued_by(&csca.root()).is_ok(), "{deviation}");
        assert!(!clause(*deviation).is_empty());
    }
}

#[test]
fn what_other_roles_lack_or_have_too_much_is_reported() {
    let (csca, key) = (Authority::new("UT", "CSCA"), Signer::new());
    let signer = csca.document_signer(&key);
    let list = csca.list_signer(&key);
    let constraints = [0x30, 3, 1, 1, 0xFF];
    let rows = [
        (
            signer.clone().without(id::AUTHORITY_KEY_IDENTIFIER),
            Role::DocumentSigner,
            Deviation::AuthorityKeyIdentifierMissing,
        ),
        (signer.clone().without(id::DOCUMENT_TYPES), Role::DocumentSigner, Deviation::DocumentTypesMissing),
        (signer.with(id::BASIC_CONSTRAINTS, true, &constraints), Role::DocumentSigner, Deviation::ExtensionForbidden),
        (list.without(id::EXTENDED_KEY_USAGE), Role::MasterListSigner, Deviation::ExtendedKeyUsageMissing),
    ];
    for (draft, role, deviation) in rows {
        let found = deviations(&draft.sign(&csca.signer), role);
        assert!(found.contains(&deviation), "{deviation} in {found:?}");
    }
}

#[test]
fn a_named_curve_is_reported_and_verifies_and_a_foreign_one_verifies_nothing() {
    let csca = Authority::new("UT", "CSCA");
    for (naming, right) in [(Naming::Named, true), (Naming::Foreign, false)] {
        let draft = Draft { key: csca.signer.info(naming), ..csca.authority(&csca) };
        let bytes = draft.sign(&csca.signer);
        let named = deviations(&bytes, Role::Root).contains(&Deviation::NamedCurve);
        assert_eq!(named, naming == Naming::Named);
        let root = read(&bytes);
        let refused = Err(VerifyFailure::Bad(Defect::ForeignParameters));
        let told = root.verify_issued_by(&root);
        assert_eq!(told.is_ok(), right);
        assert!(right || told == refused);
    }
}

#[test]
fn no_changed_byte_of_the_signed_part_or_the_signature_verifies() {
    let csca = Authority::new("UT", "CSCA");
    let root = csca.root();
    let bytes = root.as_bytes().to_vec();
    for index in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[index] ^= 1;
        if let Ok(certificate) = Certificate::parse(&changed, &mut Deviations::new()) {
            let verified = certificate.verify_issued_by(&root).is_ok();
            let same = certificate.body() == root.body() && certificate.signature() == root.signature();
            assert!(!verified || same, "byte {index}");
        }
    }
}

/// Everything that a certificate can be asked, for its not panicking.
fn ask_everything(bytes: &[u8]) {
    let mut seen = Deviations::new();
    let Ok(certificate) = Certificate::parse(bytes, &mut seen) else {
        return;
    };
    for role in [Role::Root, Role::Link, Role::DocumentSigner, Role::MasterListSigner, Role::BarCodeSigner] {
        examine(&certificate, role, &mut seen);
    }
    let _ = certificate.verify_issued_by(&certificate);
    let _ = (certificate.country(), certificate.issuer().folded(), certificate.is_for(id::BAR_CODE_SIGNER));
    let _ = (certificate.private_key_usage_period(), certificate.document_types(), certificate.public_key());
    assert!(certificate.as_bytes().len() <= bytes.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_mutation_of_a_certificate_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8),
    ) {
        let csca = Authority::new("UT", "CSCA");
        let mut bytes = csca.authority(&csca).sign(&csca.signer);
        for (at, value, how) in changes {
            let at = at.index(bytes.len().max(1));
            match how {
                0 => bytes[at] = value,
                1 => bytes.insert(at, value),
                2 if bytes.len() > 1 => { bytes.remove(at); }
                _ => bytes.truncate(at.max(1)),
            }
        }
        ask_everything(&bytes);
    }

    #[test]
    fn no_random_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        ask_everything(&bytes);
    }
}

#[test]
fn the_algorithm_of_the_tests_is_the_one_meant() {
    let csca = Authority::new("UT", "CSCA");
    assert_eq!(csca.root().algorithm().to_string(), "ecdsa_sha256");
    assert_eq!(ECDSA_SHA256.to_string(), "1.2.840.10045.4.3.2");
}
