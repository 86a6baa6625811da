//! Files of the ICAO directory, as the three are made up: signers and revocation lists, master lists, and what is wrong.

use super::Authority;
use super::draft::time;
use crate::crypto::tests::Signer;
use crate::error::ErrorKind;
use crate::pki::{DirectoryImport, Kind, Purposes, TrustStore, Voucher};
use data_encoding::BASE64;

/// A value in base64, folded after 76 characters.
fn value(attribute: &str, bytes: &[u8]) -> String {
    let text = format!("{attribute}:: {}", BASE64.encode(bytes));
    let lines: Vec<_> = text.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!("{}\n", lines.join("\n "))
}

struct Files {
    store: TrustStore,
    file: String,
    signer: crate::pki::Certificate,
}

fn files() -> Files {
    let (csca, publisher) = (Authority::new("UT", "CSCA"), Authority::new("FR", "CSCA"));
    let signer = csca.document_signer(&Signer::new()).issue(&csca.signer);
    let other = csca.document_signer(&Signer::new()).issue(&csca.signer);
    let list = super::list::signed_list(&publisher, &[&csca.root()], time("2026-01-01"));
    let mut broken = list.clone();
    let end = broken.len() - 9;
    broken[end] ^= 1;
    let mut file = "version: 1\n\ndn: dc=data\ndc: data\nobjectClass: domain\n\n".to_owned();
    file += "dn: cn=CSCA\\,1,o=dsc,c=UT,dc=data\npkdVersion: 1\nsn: 1\n";
    file += &value("userCertificate;binary", signer.as_bytes());
    file += &value("userCertificate;binary", other.as_bytes());
    file += "\ndn: o=crl,c=UT,dc=data\n";
    file += &value("certificateRevocationList;binary", &super::crl::plain_list(&csca));
    file += "\ndn: o=ml,c=FR,dc=data\n";
    file += &value("pkdMasterListContent", &list);
    file += "\ndn: o=ml,c=FR,dc=wrong\n";
    file += &value("pkdMasterListContent", &broken);
    file += "\ndn: o=dsc,c=UT,dc=wrong\nuserCertificate;binary:: MIIB\njpegPhoto:: /9j/4A==\ndescription:: *\n";
    Files { store: TrustStore::new(), file, signer }
}

#[test]
fn the_directory_is_taken_in_pieces_and_what_is_wrong_is_named() {
    for size in [1, 500, 1 << 20] {
        let Files { mut store, file, signer } = files();
        let mut import = DirectoryImport::new(Voucher::new("a test")).unwrap();
        for piece in file.as_bytes().chunks(size) {
            import.feed(&mut store, piece);
        }
        let report = import.finish(&mut store);
        assert_eq!((report.entries, report.signers, report.known_signers, report.master_lists), (6, 2, 0, 1));
        assert_eq!((report.imported.added, report.wrong_count), (1, 2));
        let wrong: Vec<_> = report.wrong.iter().map(|wrong| (wrong.entry, &*wrong.name, wrong.error.kind)).collect();
        let [(5, "o=ml,c=FR,dc=wrong", ErrorKind::TrustListSignature), (6, "o=dsc,c=UT,dc=wrong", _)] = wrong[..]
        else {
            panic!("{wrong:?}")
        };
        assert!(store.find_path(&signer, Purposes::DOCUMENT).is_ok());
        let lists = store.revocation_lists();
        assert_eq!((lists.kept().len(), lists.waiting().len()), (1, 0), "it came before its anchor");
    }
}

#[test]
fn a_directory_file_is_recognised_and_its_signers_are_no_anchors() {
    let Files { mut store, file, signer } = files();
    let imported = store.import(file.as_bytes(), &Voucher::new("a test")).unwrap();
    assert_eq!((imported.kind, imported.signers, imported.added), (Kind::Directory, 2, 1));
    assert_eq!(imported.refused.len(), 2);
    assert!(store.anchor(&signer.fingerprint()).is_none());
    assert_eq!(store.len(), 1);
    let pinned = Voucher { pin: Some([0; 32]), ..Voucher::new("a test") };
    assert!(store.import(file.as_bytes(), &pinned).is_err());
}
