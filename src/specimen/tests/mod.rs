//! Specimens as files: reproducible, accepted by others, and wrong in one thing only.

use super::*;
use std::collections::BTreeSet;

mod answering;
mod field;
mod forgery;
mod openssl;
mod outside;
mod reading;
#[cfg(feature = "barcode")]
mod seal;

fn root() -> std::path::PathBuf {
    std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn blessing() -> bool {
    std::env::var_os("LANDFALL_BLESS").is_some()
}

/// Compares with a committed file; with `LANDFALL_BLESS` set it writes that file.
fn compare(path: &str, bytes: &[u8]) {
    let path = root().join(path);
    if blessing() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    let committed = std::fs::read(&path).unwrap_or_default();
    assert!(committed == bytes, "{} differs", path.display());
}

/// The names of the files in which two folders differ, or that only one of them has.
fn differences(one: &Folder, other: &Folder) -> Vec<String> {
    let names = |folder: &Folder| folder.files().iter().map(|file| file.name.clone()).collect();
    let (mut all, others): (BTreeSet<String>, BTreeSet<String>) = (names(one), names(other));
    all.extend(others);
    let differs = |name: &String| one.file(name) != other.file(name);
    all.into_iter().filter(differs).collect()
}

#[test]
fn the_compiled_in_anchors_are_what_their_authorities_issue() {
    compare("src/specimen/keys/csca-utopia.der", &Csca::Utopia.certificate().unwrap());
    compare("src/specimen/keys/csca-second.der", &Csca::Second.certificate().unwrap());
}

/// The time of the committed specimens.
fn at() -> Time {
    Time::parse("2026-11-01T12:00:00Z").unwrap()
}

/// Where the committed folder of this kind stands.
fn folder_of(kind: Kind) -> String {
    let name = match kind {
        Kind::Genuine => String::new(),
        other => format!("-{}", other.name().replace('_', "-")),
    };
    format!("fixtures/specimens/utopia-passport{name}")
}

fn compare_folder(path: &str, folder: &Folder) {
    for file in folder.files() {
        compare(&format!("{path}/{}", file.name), &file.bytes);
    }
    let committed = std::fs::read_dir(root().join(path)).unwrap().count();
    assert_eq!(committed, folder.files().len(), "{path} holds other files too");
    let size: usize = folder.files().iter().map(|file| file.bytes.len()).sum();
    assert!(size < 60 << 10, "{path} has {size} bytes");
}

#[test]
fn the_committed_specimens_are_what_is_issued() {
    for kind in Kind::ALL {
        compare_folder(&folder_of(*kind), &issue(*kind, 1, at()).unwrap());
    }
    compare_folder("fixtures/specimens/utopia-trust", &trust(at()).unwrap());
    #[cfg(feature = "barcode")]
    for kind in Papers::ALL {
        let path = format!("fixtures/specimens/utopia-{}", kind.name().replace('_', "-"));
        compare_folder(&path, &papers(*kind, 1, at()).unwrap());
    }
    #[cfg(feature = "barcode")]
    for kind in Sealed::ALL {
        let path = format!("fixtures/specimens/utopia-{}", kind.name().replace('_', "-"));
        compare_folder(&path, &sealed(*kind, 1, at()).unwrap());
    }
}

#[test]
fn each_kind_differs_from_the_genuine_one_in_nothing_but_what_it_says() {
    let genuine = issue(Kind::Genuine, 1, at()).unwrap();
    let expected = |kind| match kind {
        Kind::Genuine => "",
        Kind::Altered => "DG11",
        Kind::Expired => "DG1 DG12 DG2 EF.SOD mrz.txt",
        Kind::RevokedSigner => "EF.SOD uto.crl",
        Kind::RogueSigner | Kind::UnknownAnchor => "EF.SOD",
        Kind::PhotoSwapped => "DG2",
        Kind::Cloned => "active-authentication.json",
        Kind::UnlistedDataGroup => "DG13",
        Kind::ListedDefect => "DG1 DG12 DG2 EF.SOD mrz.txt",
    };
    for kind in Kind::ALL {
        let folder = issue(*kind, 1, at()).unwrap();
        assert_eq!(differences(&genuine, &folder).join(" "), expected(*kind), "{kind}");
    }
}

#[test]
fn another_seed_is_another_person_and_the_same_seed_the_same_at_another_time() {
    let [one, other, again] = [1, 2, 7].map(|seed| issue(Kind::Genuine, seed, at()).unwrap());
    for pair in [(&one, &other), (&one, &again), (&other, &again)] {
        let differing = differences(pair.0, pair.1).join(" ");
        let all = "DG1 DG11 DG14 DG15 DG2 EF.SOD active-authentication.json mrz.txt";
        assert_eq!(differing, all);
    }
    let later = Time::parse("2026-12-01T00:00:00Z").unwrap();
    let later = issue(Kind::Genuine, 1, later).unwrap();
    for same in ["DG11", "DG14", "DG15", "EF.COM"] {
        assert_eq!(later.file(same), one.file(same), "{same}");
    }
}

#[test]
fn specimens_can_be_shown_from_autumn_2025_to_2038_and_at_no_other_time() {
    let kinds = |moment: &str| {
        let moment = Time::parse(moment).unwrap();
        let issued = Kind::ALL.iter().filter(|kind| issue(**kind, 1, moment).is_ok());
        (issued.count(), trust(moment).is_ok())
    };
    assert_eq!(kinds("2025-10-01T00:00:00Z"), (Kind::ALL.len(), true));
    assert_eq!(kinds("2038-08-01T00:00:00Z"), (Kind::ALL.len(), true));
    assert_eq!(kinds("2024-08-01T00:00:00Z"), (0, false));
    assert_eq!(kinds("2039-08-01T00:00:00Z"), (1, true));
    let refused = issue(Kind::Genuine, 1, Time::parse("2024-08-01T00:00:00Z").unwrap());
    assert_eq!(refused.unwrap_err().kind, ErrorKind::BadArgument);
}

#[test]
fn a_security_object_can_be_signed_over_other_files() {
    let order = Order::new(Kind::Genuine, 1, at());
    let folder = order.issue().unwrap().folder;
    let groups: Vec<(u8, Vec<u8>)> =
        [1, 2, 11, 12, 14, 15].map(|number| (number, folder.file(&format!("DG{number}")).unwrap().to_vec())).to_vec();
    assert!(Some(order.sign(&groups).unwrap().as_slice()) == folder.file("EF.SOD"));
    assert!(Some(order.sign(&groups[..2]).unwrap().as_slice()) != folder.file("EF.SOD"));
}
