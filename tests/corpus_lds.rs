//! Chip files of others, where the folder `LANDFALL_CORPUS` holds them: the reference data set of BSI TR-03105-5, the
//! face data of ISO/IEC 39794 and synthetic security objects. Without the variable nothing is read, and that is said.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use landfall::Part;
use landfall::cms::SignedData;
use landfall::deviation::{Deviation, Deviations};
use landfall::lds::{Content, DataGroup, ElementaryFile, ImageFormat, Kind, recognise};
use sha2::Digest;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the corpus, or `None` after saying so.
fn corpus(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("LANDFALL_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        println!("not run: {what} (LANDFALL_CORPUS is not set)");
    }
    folder
}

/// Every file below a folder, by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if !name.ends_with(".md") {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn hash(algorithm: &str, bytes: &[u8]) -> Vec<u8> {
    match algorithm {
        "1.3.14.3.2.26" => sha1::Sha1::digest(bytes).to_vec(),
        "2.16.840.1.101.3.4.2.1" => sha2::Sha256::digest(bytes).to_vec(),
        "2.16.840.1.101.3.4.2.3" => sha2::Sha512::digest(bytes).to_vec(),
        other => panic!("hash algorithm {other}"),
    }
}

/// What a file's name says it is.
fn expected(name: &str) -> Option<String> {
    let stem = name.strip_suffix(".bin")?;
    let group = stem.strip_prefix("Datagroup").or(stem.strip_prefix("EF_DG"));
    match group {
        Some(number) => Some(format!("dg{number}")),
        None if stem.starts_with("dg2_") => Some("dg2".into()),
        None => Some(stem.to_lowercase()),
    }
}

#[test]
fn every_file_of_the_reference_data_set_is_recognised_and_read() {
    let Some(corpus) = corpus("reference data set") else {
        return;
    };
    let files = files(&corpus.join("pki/bsi_silver"));
    assert!(files.len() >= 20);
    for (name, bytes) in &files {
        let mut seen = Deviations::new();
        let file = ElementaryFile::read(bytes, &mut seen).unwrap();
        assert_eq!(Some(file.kind().to_string()), expected(name));
        assert_eq!(file.bytes(), bytes, "{name} has nothing behind it");
        let content = file.content(&mut seen).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!matches!(content, Content::Raw(_)), "{name}");
        let noted: Vec<_> = seen.iter().map(|found| found.deviation.name()).collect();
        println!("{name}: {} {noted:?}", file.kind());
    }
}

#[test]
fn hashes_in_the_security_object_are_compared_with_the_files() {
    let Some(corpus) = corpus("hashes of the reference data set") else {
        return;
    };
    let files = files(&corpus.join("pki/bsi_silver"));
    let mut seen = Deviations::new();
    let file = ElementaryFile::read(&files["EF_SOD.bin"], &mut seen).unwrap();
    let Content::Sod(sod) = file.content(&mut seen).unwrap() else { panic!("EF.SOD is read as something else") };
    let algorithm = sod.object.hash_algorithm().unwrap().to_string();
    let (mut same, mut different) = (Vec::new(), Vec::new());
    for listed in &sod.object.hashes {
        let name = format!("EF_DG{}.bin", listed.group.number());
        let other = format!("Datagroup{}.bin", listed.group.number());
        let agrees = |name: &str| files.get(name).is_some_and(|bytes| hash(&algorithm, bytes) == *listed.hash.reveal());
        if agrees(&name) || agrees(&other) {
            same.push(listed.group);
        } else {
            different.push(listed.group);
        }
    }
    println!("{algorithm}: files with the hash that is signed {same:?}, with another hash {different:?}");
    assert!(same.len() >= 4 && different.is_empty());
    let content = sod.signed.content.as_ref().unwrap();
    let attributes = sod.signed.signers[0].attributes.as_ref().unwrap();
    let digest = attributes.message_digest.as_deref().unwrap();
    assert_eq!(digest, hash(&algorithm, &content.octets), "the content octets are exactly what was signed");
}

#[test]
fn both_face_standards_give_their_portraits() {
    let Some(corpus) = corpus("face data") else {
        return;
    };
    let mut portraits = 0;
    for (name, bytes) in files(&corpus.join("pki")) {
        let mut seen = Deviations::new();
        let Ok(file) = ElementaryFile::read(&bytes, &mut seen) else {
            continue;
        };
        let found = match (file.kind(), file.content(&mut seen)) {
            (Kind::DataGroup(group), Ok(Content::Dg2(dg2))) if group.number() == 2 => dg2.portraits().collect(),
            (Kind::BiometricBlock(_), Ok(Content::FaceBlock(block))) => block.portraits(),
            _ => continue,
        };
        for portrait in found {
            let size = portrait.image.size().unwrap();
            assert_ne!(portrait.image.format(), ImageFormat::Other);
            assert!(size.width >= 240 && size.height >= 320, "{name}");
            println!(
                "{name}: {} {}x{} declared {:?}",
                portrait.image.format(),
                size.width,
                size.height,
                portrait.declared_size
            );
            portraits += 1;
        }
    }
    assert!(portraits >= 7, "{portraits} portraits");
}

#[test]
fn every_file_of_the_face_data_is_recognised() {
    let Some(corpus) = corpus("data of ISO/IEC 39794") else {
        return;
    };
    for (name, bytes) in files(&corpus.join("pki/iso39794")) {
        let kind = recognise(&bytes);
        let expected = if name.ends_with(".dat") { "dg2" } else { "biometric_block" };
        assert_eq!(kind.to_string(), expected, "{name}");
        let mut seen = Deviations::new();
        let file = ElementaryFile::read(&bytes, &mut seen).unwrap();
        file.content(&mut seen).unwrap_or_else(|error| panic!("{name}: {error}"));
        println!("{name}: {kind} {:?}", seen.iter().map(|found| found.deviation.name()).collect::<Vec<_>>());
    }
}

#[test]
fn security_objects_without_their_file_tag_are_read() {
    let Some(corpus) = corpus("synthetic security objects") else {
        return;
    };
    for (name, bytes) in files(&corpus.join("pki/mock")) {
        let text: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let bytes = base64(text["encoded"].as_str().unwrap());
        let mut seen = Deviations::new();
        let file = ElementaryFile::read(&bytes, &mut seen).unwrap();
        let Content::Sod(sod) = file.content(&mut seen).unwrap() else { panic!("{name} is read as something else") };
        assert!(sod.object.hash(DataGroup::new(1).unwrap()).is_some() && seen.contains(Deviation::BareSecurityObject));
        assert_eq!(sod.signed.certificates.len(), 1);
    }
}

#[test]
fn signed_lists_are_taken_apart_and_their_digests_are_those_of_their_content() {
    let Some(corpus) = corpus("master lists") else {
        return;
    };
    let lists = files(&corpus.join("pki/masterlists"));
    for (name, bytes) in lists.iter().filter(|(name, _)| name.ends_with(".ml")) {
        let mut seen = Deviations::new();
        let signed = SignedData::read(bytes, Part::MasterList, &mut seen).unwrap();
        assert_eq!(signed.content_type.to_string(), "2.23.136.1.1.2");
        let content = signed.content.as_ref().unwrap();
        for signer in &signed.signers {
            let digest = signer.attributes.as_ref().and_then(|a| a.message_digest.as_deref());
            let algorithm = signer.digest_algorithm.oid.to_string();
            assert_eq!(digest, Some(&hash(&algorithm, &content.octets)[..]), "{name}");
        }
        let noted: Vec<_> = seen.iter().map(|found| found.deviation.name()).collect();
        println!("{name}: {} certificates, {} signers {noted:?}", signed.certificates.len(), signed.signers.len());
    }
}

/// Decodes base64 without line breaks (RFC 4648 §4).
fn base64(text: &str) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sextets = text.bytes().filter_map(|c| alphabet.iter().position(|of| *of == c));
    let bits: Vec<bool> = sextets.flat_map(|sextet| (0..6).rev().map(move |bit| sextet >> bit & 1 == 1)).collect();
    bits.chunks_exact(8).map(|octet| octet.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}
