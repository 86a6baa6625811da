//! Targets of what a post keeps and takes in: the store's file, directory files, deviation lists, answers of a chip, and
//! seals whose signer is known.

use super::{STORE, at};
use landfall::asn1::{self, Reader, SubjectPublicKeyInfo, Tag, Writer};
use landfall::check::Subject;
use landfall::chip;
use landfall::cms::SignedData;
use landfall::crypto::HashAlgorithm;
use landfall::deviation::Deviations;
use landfall::error::Part;
use landfall::lds::SecurityInfos;
use landfall::payload;
use landfall::pki::{
    Certificate, DEVIATION_LIST, DeviationList, DirectoryImport, DirectoryReport, DocumentFacts, TrustStore, Voucher,
};
use landfall::seal;
use std::sync::LazyLock;

const HEAD: usize = 72;
const HASHED: usize = 40;

/// A store is opened as it is and with a head that fits; whatever opens is used, written, and opens as the same.
pub fn store(data: &[u8]) {
    let _ = TrustStore::open(data.to_vec());
    let Some(file) = with_fitting_head(data) else { return };
    let Ok(store) = TrustStore::open(file) else { return };
    let _ = (store.readiness(at()), store.conflicts().len(), store.damaged(), store.newest());
    for (country, _) in store.countries() {
        store.of_country(country).for_each(drop);
    }
    if let Ok(written) = store.to_bytes(at()) {
        let again = TrustStore::open(written.clone()).expect("a written store");
        assert!(again.len() == store.len() && again.records() == store.records() && again.events() == store.events());
        assert!(again.damaged() == 0);
        // Only the revision, and with it the hash of the head, tells the two files apart.
        let twice = again.to_bytes(at()).expect("it was written before");
        assert!(twice[HEAD..] == written[HEAD..]);
    }
}

/// The file with the version, lengths and hash that its bytes call for.
fn with_fitting_head(data: &[u8]) -> Option<Vec<u8>> {
    let mut file = data.to_vec();
    let behind = file.len().checked_sub(HEAD)?;
    let stated = u32::from_be_bytes(file.get(12..16)?.try_into().ok()?) as usize;
    let directory = stated.min(behind);
    file[..12].copy_from_slice(b"LFTRUST\n\0\0\0\x01");
    file[12..16].copy_from_slice(&(directory as u32).to_be_bytes());
    file[32..HASHED].copy_from_slice(&((behind - directory) as u64).to_be_bytes());
    let hash = HashAlgorithm::Sha256.digest_parts(&[&file[..HASHED], &file[HEAD..HEAD + directory]]);
    file[HASHED..HEAD].copy_from_slice(hash.as_bytes());
    Some(file)
}

/// What a directory file brings is the same in one piece and in many.
pub fn ldif(data: &[u8]) {
    let import = |size: usize| {
        let mut store = TrustStore::new();
        let mut import = DirectoryImport::new(Voucher::new("fuzzing")).expect("no pin");
        data.chunks(size).for_each(|piece| import.feed(&mut store, piece));
        let report = import.finish(&mut store);
        (store, report)
    };
    let whole = import(data.len().max(1));
    let cut = import(1 + usize::from(data.last().copied().unwrap_or_default()));
    let sum = |(store, report): &(TrustStore, DirectoryReport)| {
        let DirectoryReport { entries, signers, known_signers, master_lists, wrong_count, .. } = *report;
        (store.len(), entries, signers, known_signers, master_lists, wrong_count, report.wrong.clone())
    };
    assert!(sum(&whole) == sum(&cut));
}

/// A document signer of the specimens.
static SIGNER: LazyLock<Certificate> = LazyLock::new(|| {
    let seen = &mut Deviations::new();
    let file = include_bytes!("../../fixtures/specimens/utopia-trust/csca-uto.der");
    Certificate::parse(file, seen).expect("a certificate")
});

/// The content of a deviation list, and the same bytes as what a store takes in.
pub fn deviation_list(data: &[u8]) {
    let seen = &mut Deviations::new();
    let _ = TrustStore::new().import_deviation_list(data, "fuzzing", seen);
    let file = around(data);
    let Ok(signed) = SignedData::read(&file, Part::DeviationList, seen) else { return };
    let Ok(list) = DeviationList::of_signed(&signed, seen) else { return };
    let facts = DocumentFacts {
        signer: &SIGNER,
        document_type: Some("P"),
        issued: Some(at().date()),
        number: Some("L898902C"),
    };
    assert!(list.of(&facts).len() <= data.len());
    let _ = (format!("{list:?}"), list.is_empty());
}

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";

/// Signed data without signers around the content of a deviation list.
fn around(content: &[u8]) -> Vec<u8> {
    let mut out = Writer::new();
    out.constructed(Tag::SEQUENCE, |out| {
        out.primitive(Tag::OID, SIGNED_DATA).constructed(Tag::context_constructed(0), |out| {
            out.constructed(Tag::SEQUENCE, |out| {
                out.integer(3).constructed(Tag::SET, |_| {}).constructed(Tag::SEQUENCE, |out| {
                    out.oid(DEVIATION_LIST).constructed(Tag::context_constructed(0), |out| {
                        out.octet_string(content);
                    });
                });
                out.constructed(Tag::SET, |_| {});
            });
        });
    });
    out.into_bytes()
}

/// A key as in DG15, the infos of DG14 or nothing, a challenge of eight bytes, and the answer to it.
pub fn chip(data: &[u8]) {
    let seen = &mut Deviations::new();
    let mut reader = Reader::new(data, Part::Dg(15), asn1::Profile::Ber);
    let Ok(key) = SubjectPublicKeyInfo::read(&mut reader, seen) else { return };
    let rest = data.get(key.tlv.raw.len()..).unwrap_or_default();
    let set = Reader::new(rest, Part::Dg(14), asn1::Profile::Ber).take(Tag::SET, seen).ok();
    let infos = set.as_ref().and_then(|set| SecurityInfos::read(set, seen).ok());
    let rest = rest.get(set.map_or(0, |set| set.raw.len())..).unwrap_or_default();
    let Some((challenge, answer)) = rest.split_first_chunk() else { return };
    let with = chip::verify(&key, infos.as_ref(), challenge, answer, seen);
    let without = chip::verify(&key, None, challenge, answer, seen);
    // Without a name of the hash every hash is tried: what is right with one is right then too.
    assert!(with != chip::Answered::Right || without == chip::Answered::Right);
}

/// A store with the anchors and the signers of seals of the specimens.
static SEALS: LazyLock<TrustStore> = LazyLock::new(|| {
    let mut store = TrustStore::new();
    store.absorb(&STORE);
    let second = include_bytes!("../../fixtures/specimens/utopia-trust/csca-yto.der");
    let signers = include_bytes!("../../fixtures/specimens/utopia-trust/seal-signer-uto.der");
    let list = include_bytes!("../../fixtures/specimens/utopia-trust/uto.crl");
    for file in [second.as_slice(), signers, list] {
        store.import(file, &Voucher::new("fuzzing")).expect("trust material");
    }
    store
});

/// Every check of a seal is answered.
pub fn seal(data: &[u8]) {
    let Ok(payload) = payload::read(data) else { return };
    let checks = seal::verify(&payload, &SEALS, at(), Subject::Payload(1));
    assert!(checks.is_empty() || checks.len() >= 7);
    let _ = seal::trust_level(&checks);
}
