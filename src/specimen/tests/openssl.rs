//! What OpenSSL's command says of specimens: a reader that shares no line with this project.

use super::*;
use std::path::Path;
use std::process::{Command, Output};

/// Runs `openssl`, or says that it is not there.
pub fn openssl(arguments: &[&str], folder: &Path) -> Option<Output> {
    match Command::new("openssl").args(arguments).current_dir(folder).output() {
        Ok(output) => Some(output),
        Err(error) => {
            println!("not run: openssl cannot be started ({error})");
            None
        }
    }
}

fn says(arguments: &[&str], folder: &Path, expected: &str) -> bool {
    let Some(output) = openssl(arguments, folder) else {
        return false;
    };
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains(expected), "openssl {}: {said}", arguments.join(" "));
    true
}

/// A folder for one test, emptied of what an earlier run left.
pub fn scratch(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("landfall-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The CMS inside EF.SOD: behind tag `77` and a length of three octets.
fn cms(folder: &Folder) -> &[u8] {
    let sod = folder.file("EF.SOD").unwrap();
    assert_eq!(sod[..2], [0x77, 0x82]);
    &sod[4..]
}

fn verify_with_openssl(name: &str, folder: &Folder, ca: &[u8], expected: [&str; 2]) {
    let scratch = scratch(name);
    std::fs::write(scratch.join("sod.der"), cms(folder)).unwrap();
    std::fs::write(scratch.join("ca.der"), ca).unwrap();
    let time = at().unix().to_string();
    let pem = "x509 -inform DER -in ca.der -out ca.pem";
    let cms =
        format!("cms -verify -inform DER -in sod.der -CAfile ca.pem -purpose any -attime {time} -out content.der");
    let certificates = "pkcs7 -inform DER -in sod.der -print_certs -out signer.pem";
    let path = format!("verify -x509_strict -attime {time} -CAfile ca.pem signer.pem");
    for (command, expected) in [(pem, ""), (&cms, expected[0]), (certificates, ""), (&path, expected[1])] {
        let arguments: Vec<&str> = command.split(' ').collect();
        says(&arguments, &scratch, expected);
    }
    std::fs::remove_dir_all(scratch).unwrap();
}

const GOOD: [&str; 2] = ["CMS Verification successful", "signer.pem: OK"];

#[test]
fn openssl_verifies_security_object_and_path_of_a_genuine_specimen() {
    for signature in [DigitalSignature::RsaPkcs1, DigitalSignature::RsaPss] {
        let mut order = Order::new(Kind::Genuine, 1, at());
        order.signature = signature;
        let folder = order.issue().unwrap().folder;
        verify_with_openssl(signature.name(), &folder, anchor(), GOOD);
    }
}

#[test]
fn openssl_refuses_the_path_of_signers_that_utopia_did_not_certify() {
    let refused = ["Verification failure", "signer.pem: verification failed"];
    for kind in [Kind::RogueSigner, Kind::UnknownAnchor] {
        let folder = issue(kind, 1, at()).unwrap();
        verify_with_openssl(kind.name(), &folder, anchor(), refused);
    }
    let rogue = issue(Kind::RogueSigner, 1, at()).unwrap();
    verify_with_openssl("rogue-own", &rogue, second_anchor(), GOOD);
    let unknown = issue(Kind::UnknownAnchor, 1, at()).unwrap();
    let vouched = unpublished_anchor().unwrap();
    verify_with_openssl("unknown-own", &unknown, &vouched, GOOD);
}

#[test]
fn openssl_verifies_master_list_and_revocation_list() {
    let scratch = scratch("published");
    let folder = trust(at()).unwrap();
    for file in folder.files() {
        std::fs::write(scratch.join(&file.name), &file.bytes).unwrap();
    }
    let time = at().unix().to_string();
    let commands = [
        ("x509 -inform DER -in csca-uto.der -out ca.pem", ""),
        (
            &*format!("cms -verify -inform DER -in uto.ml -CAfile ca.pem -purpose any -attime {time} -out list.der"),
            "CMS Verification successful",
        ),
        ("crl -inform DER -in uto.crl -CAfile ca.pem -noout", "verify OK"),
    ];
    let ran =
        commands.iter().all(|(command, expected)| says(&command.split(' ').collect::<Vec<_>>(), &scratch, expected));
    if ran {
        let list = std::fs::read(scratch.join("list.der")).unwrap();
        assert!(Some(list.as_slice()) == folder.file("bare.ml"));
    }
    std::fs::remove_dir_all(scratch).unwrap();
}
