//! Specimens as the rooms below read them: no deviation in a genuine one, one fault in each other.

use super::*;
use crate::crypto::{PublicKey, SignatureAlgorithm, sha256, verify};
use crate::deviation::Deviations;
use crate::lds::{Content, DataGroup, ElementaryFile, LdsSecurityObject};
use crate::lds::{SecurityInfo, SecurityObjectFile};
use crate::pki::profile::{Role, examine};
use crate::pki::signed::{certificates, verify_signer};
use crate::pki::{Certificate, MasterList, Purposes, TrustStore, Validity, Voucher};
use std::collections::BTreeSet;

/// Calls `then` with what the file holds; a deviation is a failure.
fn read<T>(folder: &Folder, name: &str, then: impl FnOnce(&Content<'_>) -> T) -> T {
    let mut seen = Deviations::new();
    let bytes = folder.file(name).unwrap();
    let file = ElementaryFile::read(bytes, &mut seen).unwrap();
    assert_eq!(file.bytes().len(), bytes.len(), "{name}");
    let content = file.content(&mut seen).unwrap();
    let result = then(&content);
    assert!(seen.is_empty(), "{name}: {seen:?}");
    result
}

fn with_sod<T>(folder: &Folder, then: impl FnOnce(&SecurityObjectFile<'_>) -> T) -> T {
    read(folder, "EF.SOD", |content| match content {
        Content::Sod(sod) => then(sod),
        other => panic!("{other:?}"),
    })
}

fn certificate(der: &[u8], role: Role) -> Certificate {
    let mut seen = Deviations::new();
    let certificate = Certificate::parse(der, &mut seen).unwrap();
    examine(&certificate, role, &mut seen);
    assert!(seen.is_empty(), "{seen:?}");
    certificate
}

/// The document signer's certificate, after its signature over the security object was verified.
fn signer(folder: &Folder) -> Certificate {
    with_sod(folder, |sod| {
        let mut seen = Deviations::new();
        let along = certificates(&sod.signed, &mut seen);
        let [signer] = along.as_slice() else { panic!() };
        let [info] = sod.signed.signers.as_slice() else { panic!() };
        let _verified = verify_signer(&sod.signed, info, signer, &mut seen).unwrap();
        assert!(seen.is_empty(), "{seen:?}");
        certificate(signer.as_bytes(), Role::DocumentSigner)
    })
}

fn store() -> TrustStore {
    let mut store = TrustStore::new();
    let voucher = Voucher { test: true, ..Voucher::new("the issuer of specimens") };
    for anchor in [anchor(), second_anchor()] {
        assert_eq!(store.import(anchor, &voucher).unwrap().added, 1);
    }
    store
}

fn groups(folder: &Folder) -> impl Iterator<Item = (DataGroup, &File)> {
    folder.files().iter().filter_map(|file| {
        let number = file.name.strip_prefix("DG")?.parse().unwrap();
        Some((DataGroup::new(number).unwrap(), file))
    })
}

/// Holds the files against the signed hashes.
fn hash_faults(folder: &Folder, object: &LdsSecurityObject) -> Vec<String> {
    let fault = |(group, file): (DataGroup, &File)| match object.hash(group) {
        None => Some(format!("{} is not listed", file.name)),
        Some(hash) if hash != sha256(&file.bytes) => Some(format!("{} is altered", file.name)),
        Some(_) => None,
    };
    groups(folder).filter_map(fault).collect()
}

/// Whether the recorded answer is that of the key in DG15.
fn answer_is_right(folder: &Folder) -> bool {
    let text = folder.file("active-authentication.json").unwrap();
    let json: serde_json::Value = serde_json::from_slice(text).unwrap();
    let octets = |name: &str| {
        let hex = json["active_authentication"][name].as_str().unwrap();
        HEXLOWER.decode(hex.as_bytes()).unwrap()
    };
    let (challenge, answer) = (octets("challenge"), octets("answer"));
    read(folder, "DG15", |content| {
        let Content::Dg15(info) = content else { panic!() };
        match PublicKey::of(info, &mut Deviations::new()).unwrap() {
            PublicKey::Rsa(_) => answer.len() == 256,
            key => {
                verify(&key, SignatureAlgorithm::Ecdsa(crate::crypto::HashAlgorithm::Sha256), &challenge, &der(&answer))
                    .is_ok()
            }
        }
    })
}

/// `r ‖ s` as the SEQUENCE of two INTEGERs.
fn der(plain: &[u8]) -> Vec<u8> {
    let (r, s) = plain.split_at(32);
    super::key::sequence(|w| {
        w.unsigned(r).unsigned(s);
    })
}

/// Everything that is wrong with a folder, by what is published.
fn faults(folder: &Folder) -> BTreeSet<String> {
    let mut faults = BTreeSet::new();
    faults.extend(with_sod(folder, |sod| hash_faults(folder, &sod.object)));
    let signer = signer(folder);
    let store = store();
    match store.find_path(&signer, Purposes::AUTHORITY) {
        Err(reason) => _ = faults.insert(reason.name().to_owned()),
        Ok(path) if path.country != crate::country::Code::UTOPIA => {
            faults.insert("the signer is of another country".to_owned());
        }
        Ok(path) => assert_eq!(path.anchor.certificate.validity_at(at()), Validity::Valid),
    }
    assert_eq!(signer.validity_at(at()), Validity::Valid);
    let crl = trust(at()).unwrap();
    let crl = crl.file("uto.crl").unwrap();
    if crl.windows(16).any(|octets| octets == signer.serial()) {
        faults.insert("the signer is revoked".to_owned());
    }
    let expiry = read(folder, "DG1", |content| match content {
        Content::Dg1(dg1) => String::from_utf8(dg1.mrz()[44 + 21..44 + 27].to_vec()).unwrap(),
        other => panic!("{other:?}"),
    });
    if expiry.as_str() < "261101" {
        faults.insert("the document is expired".to_owned());
    }
    if !answer_is_right(folder) {
        faults.insert("the chip has another key".to_owned());
    }
    faults
}

#[test]
fn each_kind_has_exactly_its_own_fault() {
    let expected = |kind| match kind {
        Kind::Genuine => "",
        Kind::Altered => "DG11 is altered",
        Kind::Expired => "the document is expired",
        Kind::RevokedSigner => "the signer is revoked",
        Kind::RogueSigner => "the signer is of another country",
        Kind::PhotoSwapped => "DG2 is altered",
        Kind::Cloned => "the chip has another key",
        Kind::UnknownAnchor => "no_issuer",
        Kind::UnlistedDataGroup => "DG13 is not listed",
        Kind::ListedDefect => "DG11 is altered",
    };
    for kind in Kind::ALL {
        let found = faults(&issue(*kind, 1, at()).unwrap());
        let found: Vec<String> = found.into_iter().collect();
        assert_eq!(found.join(", "), expected(*kind), "{kind}");
    }
}

#[test]
fn every_choice_of_an_order_gives_a_specimen_without_fault_or_deviation() {
    for signature in DigitalSignature::ALL {
        for (chip_key, object, seed) in
            [(ChipKey::P256, SecurityObject::V0, 2), (ChipKey::Rsa2048, SecurityObject::V1, 3)]
        {
            let mut order = Order::new(Kind::Genuine, seed, at());
            order.signature = *signature;
            order.chip_key = chip_key;
            order.security_object = object;
            let folder = order.issue().unwrap().folder;
            assert_eq!(faults(&folder), BTreeSet::new(), "{order:?}");
            let version = with_sod(&folder, |sod| sod.object.version);
            assert_eq!(version, u64::from(object.number()));
        }
    }
}

#[test]
fn every_file_is_read_without_deviation_and_says_what_was_ordered() {
    for seed in 1..=6 {
        let folder = issue(Kind::Genuine, seed, at()).unwrap();
        read(&folder, "EF.COM", |content| match content {
            Content::Com(com) => {
                let listed: Vec<u8> = com.data_groups.iter().map(|group| group.number()).collect();
                assert_eq!(listed, [1, 2, 11, 12, 14, 15]);
                assert_eq!(com.lds_version, Some([1, 8]));
            }
            other => panic!("{other:?}"),
        });
        read(&folder, "DG2", |content| match content {
            Content::Dg2(dg2) => {
                let size = dg2.portraits().next().unwrap().image.size().unwrap();
                assert_eq!((size.width, size.height), (240, 320));
            }
            other => panic!("{other:?}"),
        });
        read(&folder, "DG12", |content| match content {
            Content::Dg12(dg12) => assert_eq!(dg12.issue_date.unwrap().to_string(), "2026-10-02"),
            other => panic!("{other:?}"),
        });
        read(&folder, "DG14", |content| match content {
            Content::Dg14(infos) => assert!(
                infos
                    .entries
                    .iter()
                    .any(|entry| { matches!(entry.info, SecurityInfo::ActiveAuthentication { version: 1, .. }) })
            ),
            other => panic!("{other:?}"),
        });
    }
}

#[test]
fn chip_and_page_tell_the_same_person() {
    for seed in 1..=6 {
        let folder = issue(Kind::Genuine, seed, at()).unwrap();
        let page = String::from_utf8(folder.file("mrz.txt").unwrap().to_vec()).unwrap();
        let zone = crate::mrz::parse(&page).unwrap();
        for check in zone.checks(crate::check::Subject::Document(1), at().date()) {
            let specimen = check.id == crate::check::CheckId::DocumentSpecimen;
            assert!(specimen || check.outcome == crate::check::Outcome::Passed, "{check:?}");
        }
        read(&folder, "DG1", |content| match content {
            Content::Dg1(dg1) => assert!(dg1.mrz() == page.replace('\n', "").as_bytes()),
            other => panic!("{other:?}"),
        });
        read(&folder, "DG11", |content| match content {
            Content::Dg11(dg11) => {
                let personal = dg11.personal_number.as_ref().unwrap().reveal();
                assert!(page.contains(personal.as_str()));
                let birth = dg11.birth_date.unwrap().to_string().replace('-', "");
                assert!(page.contains(birth.get(2..).unwrap()));
                let name = dg11.full_name.as_ref().unwrap().reveal();
                assert!(!name.is_ascii() && name.contains("<<"), "its own script");
            }
            other => panic!("{other:?}"),
        });
    }
}

#[test]
fn authorities_and_their_list_follow_the_profile() {
    let root = certificate(anchor(), Role::Root);
    assert_eq!(root.country(), Some(crate::country::Code::UTOPIA));
    certificate(second_anchor(), Role::Root);
    certificate(&unpublished_anchor().unwrap(), Role::Root);

    let folder = trust(at()).unwrap();
    let mut seen = Deviations::new();
    let list = MasterList::read(folder.file("uto.ml").unwrap(), &mut seen).unwrap();
    let signer = list.verify(&root, &mut seen).unwrap();
    assert!(signer.signing_time.unwrap() < at());
    assert_eq!(list.entries.len(), 2);
    let signed = list.signed.as_ref().unwrap();
    let along = certificates(signed, &mut seen);
    let signer = along.iter().find(|one| one.fingerprint() == signer.fingerprint).unwrap();
    examine(signer, Role::MasterListSigner, &mut seen);
    let bare = MasterList::read(folder.file("bare.ml").unwrap(), &mut seen).unwrap();
    assert_eq!(bare.entries.len(), 2);
    assert!(seen.is_empty(), "{seen:?}");
}

#[test]
fn an_answer_of_the_rsa_chip_opens_to_the_challenge_and_the_clones_does_not() {
    use rsa::traits::PublicKeyParts;
    let mut order = Order::new(Kind::Genuine, 1, at());
    order.chip_key = ChipKey::Rsa2048;
    let key = super::key::Shipped::Chip.key().unwrap();
    let challenge = *b"8 octets";
    let open = |chip: &Chip| {
        let answer = chip.active_authentication(&challenge).unwrap();
        assert_eq!(answer.len(), key.size());
        let number = rsa::BoxedUint::from_be_slice(&answer, 2048).unwrap();
        rsa::hazmat::rsa_encrypt(&key, &number).unwrap().to_be_bytes().to_vec()
    };
    let opened = open(&order.issue().unwrap().chip);
    let (m1, rest) = opened[1..].split_at(256 - 1 - 34);
    assert_eq!((opened[0], &rest[32..]), (0x6A, &[0x34, 0xCC][..]));
    assert_eq!(rest[..32], sha256(&[m1, &challenge].concat()));
    order.kind = Kind::Cloned;
    assert_ne!(open(&order.issue().unwrap().chip)[254..], [0x34, 0xCC]);
}
