//! Signed content of Utopia, in DER, in BER, and wrong.

use super::*;
use crate::asn1::Writer;
use crate::date::Time;
use crate::error::Part;
use proptest::prelude::*;

const LDS_SECURITY_OBJECT: Oid<'static> = oid!(2, 23, 136, 1, 1, 1);
const SHA256: Oid<'static> = oid!(2, 16, 840, 1, 101, 3, 4, 2, 1);
const ECDSA_SHA256: Oid<'static> = oid!(1, 2, 840, 10045, 4, 3, 2);
const ATTRIBUTES: [Oid<'static>; 3] =
    [oid!(1, 2, 840, 113549, 1, 9, 3), oid!(1, 2, 840, 113549, 1, 9, 4), oid!(1, 2, 840, 113549, 1, 9, 5)];

fn algorithm(writer: &mut Writer, oid: Oid<'_>) {
    writer.constructed(Tag::SEQUENCE, |w| {
        w.oid(oid);
    });
}

fn attribute(kind: Oid<'_>, fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SEQUENCE, |w| {
        w.oid(kind).constructed(Tag::SET, fill);
    });
    writer.into_bytes()
}

fn usual_attributes() -> Vec<Vec<u8>> {
    let time = Time::parse("2026-01-02T03:04:05Z").unwrap();
    vec![
        attribute(ATTRIBUTES[0], |w| {
            w.oid(LDS_SECURITY_OBJECT);
        }),
        attribute(ATTRIBUTES[1], |w| {
            w.octet_string(&[7; 32]);
        }),
        attribute(ATTRIBUTES[2], |w| {
            w.time(time);
        }),
    ]
}

fn signer(writer: &mut Writer, attributes: &[Vec<u8>], by_key: bool) {
    writer.constructed(Tag::SEQUENCE, |w| {
        w.integer(if by_key { 3 } else { 1 });
        if by_key {
            w.primitive(Tag::context(0), &[0xAB; 20]);
        } else {
            w.constructed(Tag::SEQUENCE, |w| {
                w.constructed(Tag::SEQUENCE, |_| {}).integer(77);
            });
        }
        algorithm(w, SHA256);
        w.primitive(Tag::context_constructed(0), &attributes.concat());
        algorithm(w, ECDSA_SHA256);
        w.octet_string(&[0x5A; 70]);
    });
}

/// Signed data in DER with two signers.
fn signed_data(attributes: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.constructed(Tag::SEQUENCE, |w| {
        w.oid(SIGNED_DATA);
        w.constructed(Tag::context_constructed(0), |w| {
            w.constructed(Tag::SEQUENCE, |w| {
                w.integer(3);
                w.constructed(Tag::SET, |w| algorithm(w, SHA256));
                w.constructed(Tag::SEQUENCE, |w| {
                    w.oid(LDS_SECURITY_OBJECT);
                    w.constructed(Tag::context_constructed(0), |w| {
                        w.octet_string(b"content");
                    });
                });
                w.constructed(Tag::context_constructed(0), |w| {
                    w.constructed(Tag::SEQUENCE, |w| {
                        w.integer(1);
                    });
                    w.constructed(Tag::context_constructed(1), |_| {});
                });
                w.constructed(Tag::SET, |w| {
                    signer(w, attributes, false);
                    signer(w, attributes, true);
                });
            });
        });
    });
    writer.into_bytes()
}

/// The same element with indefinite lengths everywhere and octet strings cut in two.
fn to_ber(bytes: &[u8]) -> Vec<u8> {
    let mut seen = Deviations::new();
    let mut reader = Reader::new(bytes, Part::Input, Profile::Der);
    let mut writer = Writer::new();
    while let Some(tlv) = reader.next(&mut seen).unwrap() {
        if tlv.tag.is_constructed() {
            writer.indefinite(tlv.tag, |w| {
                w.raw(&to_ber(tlv.value));
            });
        } else if matches!(tlv.tag, Tag::OCTET_STRING | Tag(0x80)) {
            let (one, two) = tlv.value.split_at(tlv.value.len() / 2);
            writer.indefinite(tlv.tag.constructed(), |w| {
                w.octet_string(one).octet_string(two);
            });
        } else {
            writer.raw(tlv.raw);
        }
    }
    writer.into_bytes()
}

#[test]
fn der_signed_data_is_taken_apart_and_only_what_deviates_is_noted() {
    let bytes = signed_data(&usual_attributes());
    let mut seen = Deviations::new();
    let signed = SignedData::read(&bytes, Part::Sod, &mut seen).unwrap();
    assert_eq!(signed.content_type, LDS_SECURITY_OBJECT);
    let content = signed.content.unwrap();
    assert!(matches!(content.octets.0, Cow::Borrowed(b"content")));
    assert_eq!(bytes.get(content.offset..content.offset + 7), Some(&b"content"[..]));
    assert_eq!(signed.certificates.len(), 1);
    assert_eq!(signed.certificates[0].raw, [0x30, 3, 2, 1, 1]);
    let [by_serial, by_key] = &signed.signers[..] else { panic!("two signers were written") };
    assert!(matches!(
        by_serial.identifier,
        SignerIdentifier::IssuerAndSerial { serial, .. } if serial.to_u64() == Some(77)
    ));
    assert!(matches!(&by_key.identifier, SignerIdentifier::KeyIdentifier(key) if **key == [0xAB; 20]));
    let attributes = by_key.attributes.as_ref().unwrap();
    assert_eq!(attributes.content_type, Some(LDS_SECURITY_OBJECT));
    assert_eq!(attributes.message_digest.as_deref(), Some(&[7; 32][..]));
    let time = attributes.signing_time.unwrap().to_string();
    assert_eq!(time, "2026-01-02T03:04:05Z");
    let noted: Vec<_> = seen.iter().map(|found| found.deviation).collect();
    assert_eq!(noted, [Deviation::CmsOtherCertificate, Deviation::SetOrder]);
}

#[test]
fn ber_signed_data_reads_the_same_and_its_canonical_attributes_are_those_of_der() {
    let der = signed_data(&usual_attributes());
    let ber = to_ber(&der);
    let (mut plain, mut seen) = (Deviations::new(), Deviations::new());
    let expected = SignedData::read(&der, Part::Sod, &mut plain).unwrap();
    let signed = SignedData::read(&ber, Part::Sod, &mut seen).unwrap();
    assert!(seen.contains(Deviation::IndefiniteLength) && seen.contains(Deviation::ConstructedString));
    assert_eq!(*signed.content.unwrap().octets, *b"content");
    for (one, other) in signed.signers.iter().zip(&expected.signers) {
        let [one, other] = [one, other].map(|signer| signer.attributes.as_ref().unwrap());
        assert_eq!(one.canonical(), other.canonical());
        assert_eq!(one.message_digest, other.message_digest);
        assert_ne!(one.as_received(), other.as_received());
    }
}

#[test]
fn attributes_are_given_out_as_received_and_sorted() {
    let mut elements = usual_attributes();
    let bytes = signed_data(&elements);
    let signed = SignedData::read(&bytes, Part::Sod, &mut Deviations::new()).unwrap();
    let attributes = signed.signers[0].attributes.as_ref().unwrap();
    let set = |elements: &[Vec<u8>]| Writer::new().primitive(Tag::SET, &elements.concat()).clone().into_bytes();
    assert_eq!(attributes.as_received(), set(&elements));
    elements.sort();
    assert_eq!(attributes.canonical().unwrap(), set(&elements));
    assert_ne!(attributes.canonical().unwrap(), attributes.as_received());
}

#[test]
fn an_attribute_that_two_readers_could_read_differently_is_refused() {
    let digest = |bytes: u8| {
        attribute(ATTRIBUTES[1], |w| {
            w.octet_string(&[bytes; 32]);
        })
    };
    let two_values = attribute(ATTRIBUTES[1], |w| {
        w.octet_string(&[1; 32]).octet_string(&[2; 32]);
    });
    for wrong in [vec![digest(1), digest(2)], vec![two_values]] {
        let bytes = signed_data(&wrong);
        let answer = SignedData::read(&bytes, Part::Sod, &mut Deviations::new());
        assert_eq!(answer.map(|_| ()).map_err(|e| e.kind), Err(ErrorKind::CmsAttribute));
    }
}

#[test]
fn a_signing_time_that_cannot_be_read_counts_as_absent_and_is_noted() {
    let wrong = attribute(ATTRIBUTES[2], |w| {
        w.text(Tag::UTC_TIME, "261322000000Z");
    });
    let bytes = signed_data(&[wrong]);
    let mut seen = Deviations::new();
    let signed = SignedData::read(&bytes, Part::Sod, &mut seen).unwrap();
    assert_eq!(signed.signers[0].attributes.as_ref().unwrap().signing_time, None);
    assert!(seen.contains(Deviation::CmsSigningTime));
}

#[test]
fn other_content_and_too_many_signers_are_refused() {
    let data = Writer::new()
        .constructed(Tag::SEQUENCE, |w| {
            w.oid(oid!(1, 2, 840, 113549, 1, 7, 1));
        })
        .clone()
        .into_bytes();
    let read =
        |bytes: &[u8]| SignedData::read(bytes, Part::Sod, &mut Deviations::new()).map(|_| ()).map_err(|e| e.kind);
    assert_eq!(read(&data), Err(ErrorKind::CmsNotSignedData));
    let mut many = Writer::new();
    many.constructed(Tag::SEQUENCE, |w| {
        w.oid(SIGNED_DATA);
        w.constructed(Tag::context_constructed(0), |w| {
            w.constructed(Tag::SEQUENCE, |w| {
                w.integer(3).constructed(Tag::SET, |_| {});
                w.constructed(Tag::SEQUENCE, |w| {
                    w.oid(LDS_SECURITY_OBJECT);
                });
                w.constructed(Tag::SET, |w| (0..=MAX_SIGNERS).for_each(|_| signer(w, &[], true)));
            });
        });
    });
    assert_eq!(read(&many.into_bytes()), Err(ErrorKind::BudgetExceeded));
}

#[test]
fn content_that_is_a_set_of_attributes_is_recognised_in_der_and_ber() {
    let set = Writer::new().primitive(Tag::SET, &usual_attributes().concat()).clone().into_bytes();
    assert!(is_attribute_set(&set) && is_attribute_set(&to_ber(&set)));
    assert!(!is_attribute_set(&[0x31, 0]) && !is_attribute_set(b"content") && !is_attribute_set(&[]));
}

proptest! {
    #[test]
    fn damaged_signed_data_never_panics(at in any::<prop::sample::Index>(), to in any::<u8>(), ber in any::<bool>()) {
        let mut bytes = signed_data(&usual_attributes());
        if ber {
            bytes = to_ber(&bytes);
        }
        let at = at.index(bytes.len());
        bytes[at] = to;
        let signed = SignedData::read(&bytes, Part::Sod, &mut Deviations::new());
        for signer in signed.iter().flat_map(|signed| &signed.signers) {
            if let Some(attributes) = &signer.attributes {
                prop_assert!(attributes.as_received().len() <= bytes.len() + 8);
                let _ = attributes.canonical();
            }
        }
    }
}
