//! An issuer for tests: certificates and lists with every part open to change, signed with keys made for the moment.

use crate::asn1::{Oid, Tag, Writer, oid};
use crate::crypto::HashAlgorithm;
use crate::crypto::tests::{Naming, Signer};
use crate::date::Time;
use crate::deviation::Deviations;
use crate::pki::Certificate;
use crate::pki::extension as id;
use crate::pki::name::tests::write as write_name;
use crate::pki::name::{COMMON_NAME, COUNTRY, LOCALITY};

pub const ECDSA_SHA256: Oid<'static> = oid!(1, 2, 840, 10045, 4, 3, 2);

/// One element, filled.
pub fn element(tag: Tag, fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(tag, fill);
    writer.into_bytes()
}

pub fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

pub fn name(country: &str, common: &str) -> Vec<u8> {
    write_name(&[(COUNTRY, Tag::PRINTABLE_STRING, country), (COMMON_NAME, Tag::UTF8_STRING, common)])
}

/// One extension, complete.
pub fn extension<'a>(id: Oid<'a>, critical: bool, value: &[u8]) -> (Oid<'a>, Vec<u8>) {
    let encoding = element(Tag::SEQUENCE, |out| {
        out.oid(id);
        if critical {
            out.boolean(true);
        }
        out.octet_string(value);
    });
    (id, encoding)
}

/// A certificate before it is signed.
#[derive(Clone)]
pub struct Draft {
    pub version: u64,
    pub serial: Vec<u8>,
    pub issuer: Vec<u8>,
    pub subject: Vec<u8>,
    pub validity: Vec<u8>,
    pub key: Vec<u8>,
    pub extensions: Vec<(Oid<'static>, Vec<u8>)>,
    pub inner_algorithm: Vec<u8>,
}

pub fn algorithm(oid: Oid<'_>) -> Vec<u8> {
    element(Tag::SEQUENCE, |out| {
        out.oid(oid);
    })
}

impl Draft {
    pub fn without(mut self, id: Oid<'_>) -> Self {
        self.extensions.retain(|(found, _)| *found != id);
        self
    }

    pub fn with(mut self, id: Oid<'static>, critical: bool, value: &[u8]) -> Self {
        self.extensions.push(extension(id, critical, value));
        self
    }

    pub fn sign(&self, signer: &Signer) -> Vec<u8> {
        let body = element(Tag::SEQUENCE, |out| {
            if self.version > 1 {
                out.constructed(Tag::context_constructed(0), |out| {
                    out.integer(self.version - 1);
                });
            }
            out.primitive(Tag::INTEGER, &self.serial);
            out.raw(&self.inner_algorithm);
            out.raw(&self.issuer).raw(&self.validity).raw(&self.subject).raw(&self.key);
            out.constructed(Tag::context_constructed(3), |out| {
                out.constructed(Tag::SEQUENCE, |out| {
                    self.extensions.iter().for_each(|(_, one)| {
                        out.raw(one);
                    });
                });
            });
        });
        element(Tag::SEQUENCE, |out| {
            let signature = signer.sign(&body);
            out.raw(&body).raw(&algorithm(ECDSA_SHA256)).bit_string(&signature);
        })
    }

    pub fn issue(&self, signer: &Signer) -> Certificate {
        read(&self.sign(signer))
    }
}

pub fn read(bytes: &[u8]) -> Certificate {
    Certificate::parse(bytes, &mut Deviations::new()).unwrap()
}

/// An authority with its key, and drafts of what it issues: all as Doc 9303-12 asks.
pub struct Authority {
    pub signer: Signer,
    pub country: &'static str,
    pub name: Vec<u8>,
}

impl Authority {
    pub fn new(country: &'static str, common: &str) -> Self {
        Self { signer: Signer::new(), country, name: name(country, common) }
    }

    pub fn key_identifier(&self) -> Vec<u8> {
        HashAlgorithm::Sha1.digest(self.signer.point()).as_bytes().to_vec()
    }

    fn draft(&self, subject: &[u8], key: &Signer) -> Draft {
        let alternative = |out: &mut Writer| {
            out.constructed(Tag::context_constructed(4), |out| {
                out.raw(&write_name(&[(LOCALITY, Tag::PRINTABLE_STRING, "UTO")]));
            });
            out.text(Tag::context(1), "csca@example.org");
        };
        let alternative = element(Tag::SEQUENCE, alternative);
        let points = element(Tag::SEQUENCE, |out| {
            out.constructed(Tag::SEQUENCE, |out| {
                out.constructed(Tag::context_constructed(0), |out| {
                    out.constructed(Tag::context_constructed(0), |out| {
                        out.text(Tag::context(6), "https://example.org/UTO.crl");
                    });
                });
            });
        });
        let period = element(Tag::SEQUENCE, |out| {
            out.generalized_time(Tag::context(0), time("2024-01-01"));
            out.generalized_time(Tag::context(1), time("2028-01-01"));
        });
        let authority = element(Tag::SEQUENCE, |out| {
            out.primitive(Tag::context(0), &self.key_identifier());
        });
        Draft {
            version: 3,
            serial: vec![1, 2, 3],
            issuer: self.name.clone(),
            subject: subject.to_vec(),
            validity: element(Tag::SEQUENCE, |out| {
                out.time(time("2024-01-01")).time(time("2039-01-01"));
            }),
            key: key.info(Naming::Explicit),
            extensions: vec![
                extension(id::AUTHORITY_KEY_IDENTIFIER, false, &authority),
                extension(id::SUBJECT_ALTERNATIVE_NAME, false, &alternative),
                extension(id::ISSUER_ALTERNATIVE_NAME, false, &alternative),
                extension(id::CRL_DISTRIBUTION_POINTS, false, &points),
                extension(id::PRIVATE_KEY_USAGE_PERIOD, false, &period),
            ],
            inner_algorithm: algorithm(ECDSA_SHA256),
        }
    }

    /// The certificate that this authority issues to itself or, under the same name, to the key that follows.
    pub fn authority(&self, next: &Authority) -> Draft {
        let mut writer = Writer::new();
        writer.octet_string(&next.key_identifier());
        let constraints = element(Tag::SEQUENCE, |out| {
            out.boolean(true).integer(0);
        });
        self.draft(&next.name, &next.signer)
            .with(id::SUBJECT_KEY_IDENTIFIER, false, &writer.into_bytes())
            .with(id::KEY_USAGE, true, &[3, 2, 1, 6])
            .with(id::BASIC_CONSTRAINTS, true, &constraints)
    }

    pub fn root(&self) -> Certificate {
        self.authority(self).issue(&self.signer)
    }

    pub fn document_signer(&self, key: &Signer) -> Draft {
        let types = element(Tag::SEQUENCE, |out| {
            out.integer(0).constructed(Tag::SET, |out| {
                out.text(Tag::PRINTABLE_STRING, "P");
            });
        });
        self.draft(&name(self.country, "DS 1"), key).with(id::KEY_USAGE, true, &[3, 2, 7, 0x80]).with(
            id::DOCUMENT_TYPES,
            false,
            &types,
        )
    }

    pub fn list_signer(&self, key: &Signer) -> Draft {
        let uses = element(Tag::SEQUENCE, |out| {
            out.oid(id::MASTER_LIST_SIGNER);
        });
        self.draft(&name(self.country, "Master List Signer"), key).with(id::KEY_USAGE, true, &[3, 2, 7, 0x80]).with(
            id::EXTENDED_KEY_USAGE,
            true,
            &uses,
        )
    }
}
