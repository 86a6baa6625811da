//! `landfall trust diff` and `export`: two stores against each other, and anchors for other programs.

use super::{hex, open, open_all};
use crate::cli::args::{TrustDiffArgs, TrustExportArgs, TrustForm};
use crate::cli::trust::file::write_whole;
use crate::cli::{Done, Trouble};
use data_encoding::BASE64;
use landfall::asn1::{Tag, Writer};
use landfall::pki::{Anchor, TrustStore, country_code};
use serde::Serialize;
use std::io::Write;
use std::process::ExitCode;

/// One difference.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Difference {
    country: String,
    what: &'static str,
    sha256: String,
    change: &'static str,
}

fn differences(before: &TrustStore, after: &TrustStore) -> Vec<Difference> {
    let mut out = Vec::new();
    for (one, other, change) in [(before, after, "removed"), (after, before, "added")] {
        for anchor in one.anchors().filter(|anchor| other.anchor(&anchor.fingerprint).is_none()) {
            let country = anchor.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            out.push(Difference { country, what: "anchor", sha256: hex(&anchor.fingerprint), change });
        }
        let known = |fingerprint| other.revocation_lists().kept().iter().any(|kept| kept.fingerprint == fingerprint);
        for kept in one.revocation_lists().kept().iter().filter(|kept| !known(kept.fingerprint)) {
            let (country, sha256) = (kept.country.to_string(), hex(&kept.fingerprint));
            out.push(Difference { country, what: "revocation_list", sha256, change });
        }
    }
    for anchor in before.anchors() {
        let scope = |anchor: &Anchor| (anchor.purposes, anchor.test, anchor.distrust_after);
        if after.anchor(&anchor.fingerprint).is_some_and(|other| scope(other) != scope(anchor)) {
            let country = anchor.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            let sha256 = hex(&anchor.fingerprint);
            out.push(Difference { country, what: "anchor", sha256, change: "scope_changed" });
        }
    }
    out.sort();
    out
}

pub(super) fn diff(args: &TrustDiffArgs) -> Done {
    let [before, after] = [&args.before, &args.after].map(|path| open_all(std::slice::from_ref(path)));
    let mut out = std::io::stdout().lock();
    for difference in differences(&before?, &after?) {
        if args.json {
            serde_json::to_writer(&mut out, &difference).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            let Difference { country, what, sha256, change } = &difference;
            writeln!(out, "{change:<13} {what:<15} {country:<4} {sha256}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn export(args: &TrustExportArgs) -> Done {
    let store = open(&args.store)?;
    let code = |text: &String| country_code(text).ok_or_else(|| Trouble::Usage(format!("`{text}` is no code")));
    let countries = args.country.iter().map(code).collect::<Result<Vec<_>, _>>()?;
    let wanted = |anchor: &&Anchor| countries.is_empty() || anchor.countries.iter().any(|one| countries.contains(one));
    let certificates: Vec<&[u8]> = store.anchors().filter(wanted).map(|anchor| anchor.certificate.as_bytes()).collect();
    let bytes = match args.form {
        TrustForm::List => list(&certificates),
        TrustForm::Pem => certificates.iter().flat_map(|one| armoured(one)).collect(),
    };
    write_whole(&args.out, &bytes)?;
    writeln!(std::io::stdout().lock(), "{} certificates", certificates.len())?;
    Ok(ExitCode::SUCCESS)
}

/// A bare CscaMasterList (Doc 9303-12 §9).
fn list(certificates: &[&[u8]]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SEQUENCE, |out| {
        out.integer(0).set_of(certificates.iter().map(|one| one.to_vec()).collect());
    });
    writer.into_bytes()
}

fn armoured(certificate: &[u8]) -> Vec<u8> {
    let text = BASE64.encode(certificate);
    let mut out = b"-----BEGIN CERTIFICATE-----\n".to_vec();
    for line in text.as_bytes().chunks(64) {
        out.extend(line);
        out.push(b'\n');
    }
    out.extend(b"-----END CERTIFICATE-----\n");
    out
}
