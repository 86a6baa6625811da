//! A look over trust material: how much there is, what verifies and by which way, which algorithms, what deviates.
//!
//! The files are taken together. Each different certificate is counted once, and its issuer is looked for among all of
//! them: by key identifier, by name, in its country, by trial. Nothing is trusted and no time is looked at.

use super::certificate::Certificate;
use super::crl::RevocationList;
use super::import::{Kind, Material, Piece};
use super::issuer::{FoundBy, Index, NotFound, Scope, Search};
use super::profile::{Role, clause, examine};
use crate::crypto::sha256;
use crate::deviation::{Deviation, Deviations};
use crate::error::{Error, Result};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// How many signatures are verified for one certificate, at most.
const MAX_TRIALS: usize = 1024;

/// What was found in one file.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum AuditedFile {
    /// It was read.
    Read {
        /// What it is.
        kind: &'static str,
        /// How many certificates it holds.
        certificates: usize,
        /// How many of them cannot be read.
        unreadable: usize,
    },
    /// It was not.
    Unread {
        /// Why.
        error: Error,
    },
}

/// How many certificate signatures verified, by which way led to the issuer.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Ways {
    /// By the authority key identifier.
    pub key_identifier: usize,
    /// By the issuer's name.
    pub name: usize,
    /// By another key of the same country.
    pub country: usize,
    /// By trying all others.
    pub trial: usize,
}

/// A certificate whose signature was not verified.
#[derive(Debug, Clone, Serialize)]
pub struct Unverified {
    /// The SHA-256 of the subject's name as encoded, in hexadecimal.
    pub subject_hash: String,
    /// The SHA-256 of the certificate, in hexadecimal.
    pub certificate: String,
    /// Why: `no_issuer`, or the failure of the most telling candidate.
    pub reason: String,
}

/// A revocation list, and who of the certificates signed it.
#[derive(Debug, Clone, Serialize)]
pub struct AuditedList {
    /// The country of its issuer.
    pub country: Option<String>,
    /// Its number, in hexadecimal.
    pub number: Option<String>,
    /// When it was issued.
    pub this_update: String,
    /// When the next is due.
    pub next_update: String,
    /// How many certificates it revokes.
    pub revoked: usize,
    /// Whether it speaks of a part of the certificates only.
    pub partial: bool,
    /// The SHA-256 of the certificate whose key signed it.
    pub signer: Option<String>,
}

/// The signatures of all different certificates.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Signatures {
    /// How many verified.
    pub verified: usize,
    /// By which way their issuers were found.
    pub by: Ways,
    /// The others.
    pub unverified: Vec<Unverified>,
}

/// In how many certificates a deviation was met, and what it deviates from.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Deviating {
    /// How many certificates.
    pub certificates: usize,
    /// The clause of the standard.
    pub clause: &'static str,
}

/// A look over trust material.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Audit {
    /// How many certificates stand in all files together.
    pub occurrences: usize,
    /// How many of them are different.
    pub certificates: usize,
    /// How many of those can be read.
    pub parsed: usize,
    /// Their signatures.
    pub signatures: Signatures,
    /// How many are signed with each algorithm.
    pub algorithms: BTreeMap<String, usize>,
    /// How many hold each type and size of key.
    pub keys: BTreeMap<String, usize>,
    /// What deviates from the standard.
    pub deviations: BTreeMap<&'static str, Deviating>,
    /// The revocation lists.
    pub revocation_lists: Vec<AuditedList>,
    /// The files, in the order given.
    pub files: Vec<AuditedFile>,
}

/// Looks over files of trust material: certificates and master lists.
#[must_use]
pub fn audit<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> Audit {
    let mut collection = Collection::default();
    for bytes in files {
        collection.add_file(bytes);
    }
    collection.look()
}

#[derive(Default)]
struct Collection {
    audit: Audit,
    known: HashSet<[u8; 32]>,
    pool: Vec<Certificate>,
    index: Index,
    lists: Vec<RevocationList>,
}

impl Collection {
    fn add_file(&mut self, bytes: &[u8]) {
        let file = match Material::read(bytes, &mut Deviations::new()) {
            Ok(material) => self.add_material(material),
            Err(error) => AuditedFile::Unread { error },
        };
        self.audit.files.push(file);
    }

    fn add_material(&mut self, material: Material<'_>) -> AuditedFile {
        let kind = material.kind();
        let mut revocation_lists = Vec::new();
        let read: Vec<Result<(Certificate, Deviations)>> = match material {
            Material::Pieces(read) => {
                let certificate = |piece| match piece {
                    Ok(Piece::Certificate(certificate, deviations)) => Some(Ok((certificate, deviations))),
                    Ok(Piece::RevocationList(list, deviations)) => {
                        revocation_lists.push((list, deviations));
                        None
                    }
                    Err(error) => Some(Err(error)),
                };
                read.into_iter().filter_map(certificate).collect()
            }
            Material::DeviationList(_) => Vec::new(),
            Material::List(list) => {
                list.entries.into_iter().map(|entry| entry.certificate.map(|one| (one, entry.deviations))).collect()
            }
        };
        let certificates = read.len();
        let mut unreadable = 0;
        for one in read {
            match one {
                Ok((certificate, deviations)) => self.add(certificate, deviations, kind),
                Err(_) => unreadable += 1,
            }
        }
        for (list, deviations) in revocation_lists {
            self.add_revocation_list(list, &deviations);
        }
        self.audit.occurrences += certificates;
        self.audit.certificates += unreadable;
        AuditedFile::Read { kind: kind.name(), certificates, unreadable }
    }

    /// Everything on a list is there as an authority, whatever it says of itself.
    fn add(&mut self, certificate: Certificate, mut deviations: Deviations, kind: Kind) {
        if !self.known.insert(certificate.fingerprint()) {
            return;
        }
        let role = match kind {
            Kind::SignedList | Kind::BareList => Role::authority(&certificate),
            _ => Role::claimed(&certificate),
        };
        examine(&certificate, role, &mut deviations);
        self.note_deviations(&deviations);
        let algorithm = certificate.algorithm().to_string();
        *self.audit.algorithms.entry(algorithm).or_default() += 1;
        *self.audit.keys.entry(certificate.public_key().name()).or_default() += 1;
        let countries: Vec<_> = certificate.country().into_iter().collect();
        self.index.add(self.pool.len(), &certificate, &countries);
        self.pool.push(certificate);
    }

    fn note_deviations(&mut self, deviations: &Deviations) {
        let different: HashSet<Deviation> = deviations.iter().map(|found| found.deviation).collect();
        for deviation in different {
            let row = self.audit.deviations.entry(deviation.name());
            row.or_insert(Deviating { certificates: 0, clause: clause(deviation) }).certificates += 1;
        }
    }

    fn add_revocation_list(&mut self, list: RevocationList, deviations: &Deviations) {
        self.note_deviations(deviations);
        self.lists.push(list);
    }

    /// Who of all certificates signed each revocation list, if any did.
    fn look_at_lists(&self) -> Vec<AuditedList> {
        let row = |list: &RevocationList| {
            let country = list.country();
            let of_country = self.pool.iter().filter(|one| country.is_some() && one.country() == country);
            let signed = |one: &&Certificate| list.verify_with(&one.public_key()).is_ok();
            AuditedList {
                country: country.map(|code| code.to_string()),
                number: list.number().map(hex),
                this_update: list.this_update().to_string(),
                next_update: list.next_update().to_string(),
                revoked: list.len(),
                partial: list.is_partial(),
                signer: of_country.take(MAX_TRIALS).find(signed).map(|one| hex(&one.fingerprint())),
            }
        };
        self.lists.iter().map(row).collect()
    }

    /// Looks for the issuer of every certificate.
    fn look(mut self) -> Audit {
        self.audit.parsed = self.pool.len();
        self.audit.certificates += self.pool.len();
        let mut signatures = Signatures::default();
        for certificate in &self.pool {
            match self.issuer(certificate) {
                Ok(way) => {
                    signatures.verified += 1;
                    *signatures.by.of(way) += 1;
                }
                Err(reason) => signatures.unverified.push(Unverified {
                    subject_hash: hex(&sha256(certificate.subject().as_bytes())),
                    certificate: hex(&certificate.fingerprint()),
                    reason,
                }),
            }
        }
        self.audit.signatures = signatures;
        self.audit.revocation_lists = self.look_at_lists();
        self.audit
    }

    fn issuer(&self, certificate: &Certificate) -> core::result::Result<FoundBy, String> {
        let search = Search {
            certificate,
            index: &self.index,
            pool: |position| self.pool.get(position),
            size: self.pool.len(),
            scope: Scope::Everywhere(certificate.issuer().country()),
            budget: MAX_TRIALS,
        };
        let accepted = |_| Ok::<(), ()>(());
        match search.run(accepted) {
            Ok(issuer) => Ok(issuer.found_by),
            Err(NotFound::Failed(FoundBy::KeyIdentifier, failure)) => Err(failure.to_string()),
            Err(NotFound::Failed(_, failure)) if failure.is_open() => Err(failure.to_string()),
            Err(NotFound::Budget) => Err("too_many_candidates".to_owned()),
            Err(_) => Err("no_issuer".to_owned()),
        }
    }
}

impl Ways {
    const fn of(&mut self, way: FoundBy) -> &mut usize {
        match way {
            FoundBy::KeyIdentifier => &mut self.key_identifier,
            FoundBy::Name => &mut self.name,
            FoundBy::Country => &mut self.country,
            FoundBy::Trial => &mut self.trial,
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
