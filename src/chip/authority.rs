//! Whether the issuer vouches for the key of EF.CardSecurity (Doc 9303-11 §9.2, §4.4.3.5).
//!
//! EF.CardSecurity is signed like EF.SOD and not listed in it: its signature, its path and its country are verified
//! here, or PACE with chip authentication mapping would prove a key that anybody could have put there.

use super::proof::holds_key;
use crate::country::{Entry, Sameness, same_country};
use crate::crypto::HashAlgorithm;
use crate::deviation::Deviations;
use crate::lds::{CardSecurity, Content, ElementaryFile, Kind};
use crate::pki::profile::Role;
use crate::pki::signed::{certificates, signer_certificate, verify_signer};
use crate::pki::{Certificate, Purposes, TrustStore};

/// Whether EF.CardSecurity holds a key of the chip and every signer of it leads to an anchor of `issuer`, the country of
/// the document.
#[must_use]
pub fn vouches_for_card_security(
    files: &[ElementaryFile<'_>],
    store: &TrustStore,
    issuer: Option<&'static Entry>,
) -> bool {
    let mut signed = files.iter().filter(|file| file.kind() == Kind::CardSecurity).peekable();
    signed.peek().is_some()
        && signed.all(|file| match file.content(&mut Deviations::new()) {
            Ok(Content::CardSecurity(content)) => is_vouched_for(&content, store, issuer),
            _ => false,
        })
}

fn is_vouched_for(content: &CardSecurity<'_>, store: &TrustStore, issuer: Option<&'static Entry>) -> bool {
    let seen = &mut Deviations::new();
    let certificates = certificates(&content.signed, seen);
    let holds = content.security_infos(seen).is_ok_and(|infos| holds_key(&infos));
    let signers = &content.signed.signers;
    holds
        && !signers.is_empty()
        && signers.iter().all(|signer| {
            let strong = HashAlgorithm::from_oid(signer.digest_algorithm.oid) != Some(HashAlgorithm::Sha1);
            let certificate = signer_certificate(signer, &certificates, seen);
            strong
                && certificate.is_some_and(|certificate| {
                    verify_signer(&content.signed, signer, certificate, seen).is_ok()
                        && leads_home(certificate, store, issuer)
                })
        })
}

/// Whether a document signer leads to an anchor of this country.
fn leads_home(certificate: &Certificate, store: &TrustStore, issuer: Option<&'static Entry>) -> bool {
    Role::claimed(certificate) == Role::DocumentSigner
        && store
            .find_path(certificate, Purposes::DOCUMENT)
            .is_ok_and(|path| same_country(path.country.entry(), issuer) == Sameness::Same)
}
