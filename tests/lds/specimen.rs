//! The chip files of an invented Utopian passport, written element by element.

use landfall::asn1::{Oid, Tag, Writer};

/// The content octets of an object identifier given by its arcs.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().unwrap()).collect();
    let folded = std::iter::once(arcs[0] * 40 + arcs[1]).chain(arcs[2..].iter().copied());
    let mut content = Vec::new();
    for arc in folded {
        let groups = (64 - arc.leading_zeros()).div_ceil(7).max(1);
        for group in (0..groups).rev() {
            let more = if group > 0 { 0x80 } else { 0 };
            content.push((arc >> (7 * group) & 0x7F) as u8 | more);
        }
    }
    content
}

pub fn write_oid(writer: &mut Writer, dotted: &str) {
    writer.oid(Oid::from_content(&oid(dotted)).unwrap());
}

pub fn algorithm(writer: &mut Writer, dotted: &str) {
    writer.constructed(Tag::SEQUENCE, |w| write_oid(w, dotted));
}

/// What `fill` writes.
pub fn built(fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    fill(&mut writer);
    writer.into_bytes()
}

/// A file of this tag whose content `fill` writes.
pub fn file(tag: u32, fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    built(|w| {
        w.constructed(Tag(tag), fill);
    })
}

/// The content of a file, without tag and length.
pub fn objects(list: &[(u32, &[u8])]) -> Vec<u8> {
    built(|w| {
        for (tag, content) in list {
            w.primitive(Tag(*tag), content);
        }
    })
}

pub const COM: [u8; 24] = [
    0x60, 0x16, 0x5F, 0x01, 0x04, 0x30, 0x31, 0x30, 0x37, 0x5F, 0x36, 0x06, 0x30, 0x34, 0x30, 0x30, 0x30, 0x30, 0x5C,
    0x04, 0x61, 0x75, 0x76, 0x6C,
];

pub const MRZ: &str = "P<UTOLINDQVIST<<TUVA<<<<<<<<<<<<<<<<<<<<<<<<U0000017<3UTO8005129F3101018<<<<<<<<<<<<<<00";

pub fn dg1(mrz: &str) -> Vec<u8> {
    file(0x61, |w| {
        w.primitive(Tag(0x5F1F), mrz.as_bytes());
    })
}

/// A JPEG 2000 image of 413 by 531 pixels as far as its header: nothing follows.
pub const JP2: &[u8] =
    b"\0\0\0\x0CjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 \0\0\0\x2Djp2h\0\0\0\x16ihdr\0\0\x02\x13\0\0\x01\x9D\0\x03\x07\x07\0\0";

/// A JPEG image of 413 by 531 pixels as far as its frame header.
pub const JPEG: &[u8] = &[0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0x02, 0x13, 0x01, 0x9D, 3, 0, 0, 0];

/// A face record of ISO/IEC 19794-5 with one face and one feature point.
pub fn iso19794(image: &[u8], data_type: u8, width: u16, height: u16) -> Vec<u8> {
    let block = 20 + 8 + 12 + u32::try_from(image.len()).unwrap();
    let mut record = [&b"FAC\x00010\0"[..], &(14 + block).to_be_bytes(), &[0, 1]].concat();
    record.extend(block.to_be_bytes());
    record.extend([0, 1, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    record.extend([1, 0x2C, 0, 100, 0, 120, 0, 0]);
    record.extend([1, data_type]);
    record.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
    record.extend([1, 2, 0, 0, 0, 0]);
    record.extend_from_slice(image);
    record
}

/// A face image data block of ISO/IEC 39794-5 with one picture.
pub fn iso39794(image: &[u8], format: u8, size: Option<(u16, u16)>) -> Vec<u8> {
    let constructed = |number: u8| Tag::context_constructed(number);
    file(0x65, |w| {
        w.primitive(constructed(0), &objects(&[(0x80, &[3]), (0x81, &[0x07, 0xE3])]));
        w.constructed(constructed(1), |w| {
            w.constructed(Tag::SEQUENCE, |w| {
                w.primitive(Tag::context(0), &[1]);
                w.constructed(constructed(1), |w| {
                    w.constructed(constructed(0), |w| {
                        w.constructed(constructed(0), |w| {
                            w.primitive(Tag::context(0), image);
                            w.constructed(constructed(1), |w| {
                                w.primitive(constructed(0), &objects(&[(0x80, &[format])]));
                                if let Some((width, height)) = size {
                                    let sides = [width.to_be_bytes(), height.to_be_bytes()];
                                    let sides = objects(&[(0x80, &sides[0]), (0x81, &sides[1])]);
                                    w.primitive(constructed(7), &sides);
                                }
                            });
                        });
                    });
                });
            });
        });
    })
}

/// A biometric data group with these records, each with its tag.
pub fn biometric(tag: u32, declared: u64, format: u16, records: &[(u32, Vec<u8>)], filler: &[u8]) -> Vec<u8> {
    file(tag, |w| {
        w.constructed(Tag(0x7F61), |w| {
            w.integer(declared);
            for (tag, record) in records {
                w.constructed(Tag(0x7F60), |w| {
                    let header = [(0x81, &[2][..]), (0x87, &[1, 1]), (0x88, &format.to_be_bytes())];
                    w.primitive(Tag(0xA1), &objects(&header));
                    w.primitive(Tag(*tag), record);
                });
            }
        });
        if !filler.is_empty() {
            w.primitive(Tag(0x53), filler);
        }
    })
}

pub fn dg2() -> Vec<u8> {
    biometric(0x75, 1, 8, &[(0x5F2E, iso19794(JP2, 1, 413, 531))], &[])
}

pub fn dg2_39794() -> Vec<u8> {
    let block = iso39794(JPEG, 2, Some((413, 531)));
    let wrapped = file(0xA1, |w| {
        w.raw(&block);
    });
    biometric(0x75, 1, 0x2A, &[(0x7F2E, wrapped)], &[])
}

pub fn dg11() -> Vec<u8> {
    let tags =
        b"\x5F\x0E\x5F\x0F\x5F\x10\x5F\x2B\x5F\x11\x5F\x42\x5F\x12\x5F\x13\x5F\x14\x5F\x15\x5F\x16\x5F\x17\x5F\x18";
    let name = "Lindqvist<<T\u{fc}va";
    file(0x6B, |w| {
        w.raw(&objects(&[(0x5C, tags), (0x5F0E, name.as_bytes())]));
        w.primitive(Tag(0xA0), &objects(&[(2, &[2]), (0x5F0F, b"T<LINDQVIST"), (0x5F0F, b"TUVALI")]));
        w.raw(&objects(&[(0x5F10, b"19800512-0017"), (0x5F2B, b"19800512"), (0x5F11, b"SVEA<UTOPIA")]));
        w.raw(&objects(&[(0x5F42, b"1 MAIN STREET<SVEA"), (0x5F12, b"+999 1"), (0x5F13, b"BAKER")]));
        w.raw(&objects(&[(0x5F14, b"DR"), (0x5F15, b"SUMMARY"), (0x5F16, JPEG)]));
        w.raw(&objects(&[(0x5F17, b"U0000018<U0000019"), (0x5F18, b"NONE")]));
    })
}

pub fn dg12() -> Vec<u8> {
    let tags = b"\x5F\x19\x5F\x26\x5F\x1A\x5F\x1B\x5F\x1C\x5F\x1D\x5F\x1E\x5F\x55\x5F\x56";
    file(0x6C, |w| {
        w.raw(&objects(&[(0x5C, tags), (0x5F19, b"UTOPIA CITY"), (0x5F26, b"20210102")]));
        w.primitive(Tag(0xA0), &objects(&[(2, &[1]), (0x5F1A, b"LINDQVIST<<OLE")]));
        w.raw(&objects(&[(0x5F1B, b"NONE"), (0x5F1C, b"PAID"), (0x5F1D, JPEG), (0x5F1E, JP2)]));
        w.raw(&objects(&[(0x5F55, b"20210102030405"), (0x5F56, b"SYSTEM 7")]));
    })
}

pub fn dg16() -> Vec<u8> {
    file(0x70, |w| {
        w.integer(1);
        let person = [(0x5F50, &b"20210102"[..]), (0x5F51, b"LINDQVIST<<OLE"), (0x5F52, b"+999 2"), (0x5F53, b"SVEA")];
        w.primitive(Tag(0xA1), &objects(&person));
    })
}

/// A public key on a curve that is named by its standardised number, or by an object identifier.
pub fn public_key(writer: &mut Writer, standardized: Option<u64>) {
    writer.constructed(Tag::SEQUENCE, |w| {
        w.constructed(Tag::SEQUENCE, |w| match standardized {
            Some(number) => {
                write_oid(w, "0.4.0.127.0.7.1.2");
                w.integer(number);
            }
            None => {
                write_oid(w, "1.2.840.10045.2.1");
                write_oid(w, "1.2.840.10045.3.1.7");
            }
        });
        w.bit_string(&[4; 65]);
    });
}

pub fn dg15() -> Vec<u8> {
    file(0x6F, |w| public_key(w, None))
}

const BSI: &str = "0.4.0.127.0.7.2.2";

/// One security info of this protocol.
pub fn info(protocol: &str, fill: impl FnOnce(&mut Writer)) -> Vec<u8> {
    built(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            write_oid(w, protocol);
            fill(w);
        });
    })
}

/// Every security info that passports know, and one that they do not.
pub fn security_infos() -> Vec<u8> {
    let pace = |below: &str, id: u64| {
        info(&format!("{BSI}.4.{below}"), |w| {
            w.integer(2).integer(id);
        })
    };
    let elements = vec![
        pace("2.2", 13),
        pace("6.4", 16),
        pace("1.1", 0),
        info(&format!("{BSI}.4.2"), |w| {
            algorithm(w, "1.2.840.10045.2.1");
            w.integer(40);
        }),
        info(&format!("{BSI}.3.2.4"), |w| {
            w.integer(1).integer(5);
        }),
        info(&format!("{BSI}.1.2"), |w| {
            public_key(w, Some(13));
            w.integer(5);
        }),
        info(&format!("{BSI}.2"), |w| {
            w.integer(1);
        }),
        info("2.23.136.1.1.5", |w| {
            w.integer(1);
            write_oid(w, "0.4.0.127.0.7.1.1.4.1.3");
        }),
        info("2.23.136.1.1.13", |w| {
            w.octet_string(&[0x61, 2, 0x4F, 0]);
        }),
        info(&format!("{BSI}.8"), |w| {
            w.constructed(Tag::SEQUENCE, |_| {}).integer(9);
        }),
    ];
    built(|w| {
        w.set_of(elements);
    })
}

pub fn dg14() -> Vec<u8> {
    file(0x6E, |w| {
        w.raw(&security_infos());
    })
}

/// Signed content of this type by one signer, who signs nothing really.
pub fn signed(content_type: &str, content: &[u8]) -> Vec<u8> {
    let context = Tag::context_constructed(0);
    built(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            write_oid(w, "1.2.840.113549.1.7.2");
            w.constructed(context, |w| {
                w.constructed(Tag::SEQUENCE, |w| {
                    w.integer(3);
                    w.constructed(Tag::SET, |w| algorithm(w, "2.16.840.1.101.3.4.2.1"));
                    w.constructed(Tag::SEQUENCE, |w| {
                        write_oid(w, content_type);
                        w.constructed(context, |w| {
                            w.octet_string(content);
                        });
                    });
                    w.constructed(context, |w| {
                        w.constructed(Tag::SEQUENCE, |w| {
                            w.integer(1);
                        });
                    });
                    w.constructed(Tag::SET, |w| signer(w, content_type));
                });
            });
        });
    })
}

fn signer(writer: &mut Writer, content_type: &str) {
    let attribute = |kind: &str, value: &[u8]| {
        info(kind, |w| {
            w.primitive(Tag::SET, value);
        })
    };
    let attributes = [
        attribute("1.2.840.113549.1.9.3", &built(|w| write_oid(w, content_type))),
        attribute("1.2.840.113549.1.9.4", &objects(&[(4, &[7; 32])])),
    ];
    writer.constructed(Tag::SEQUENCE, |w| {
        w.integer(1);
        w.constructed(Tag::SEQUENCE, |w| {
            w.constructed(Tag::SEQUENCE, |_| {}).integer(77);
        });
        algorithm(w, "2.16.840.1.101.3.4.2.1");
        w.primitive(Tag::context_constructed(0), &attributes.concat());
        algorithm(w, "1.2.840.10045.4.3.2");
        w.octet_string(&[0x5A; 70]);
    });
}

/// A security object of this version with these data groups, each hash being the number repeated.
pub fn security_object(version: u64, groups: &[u8], info: Option<(&str, &str)>) -> Vec<u8> {
    built(|w| {
        w.constructed(Tag::SEQUENCE, |w| {
            w.integer(version);
            algorithm(w, "2.16.840.1.101.3.4.2.1");
            w.constructed(Tag::SEQUENCE, |w| {
                for group in groups {
                    w.constructed(Tag::SEQUENCE, |w| {
                        w.integer(u64::from(*group)).octet_string(&[*group; 32]);
                    });
                }
            });
            if let Some((lds, unicode)) = info {
                w.constructed(Tag::SEQUENCE, |w| {
                    w.text(Tag::PRINTABLE_STRING, lds);
                    w.text(Tag::PRINTABLE_STRING, unicode);
                });
            }
        });
    })
}

pub const LDS_SECURITY_OBJECT: &str = "2.23.136.1.1.1";

pub fn sod_of(content_type: &str, object: &[u8]) -> Vec<u8> {
    file(0x77, |w| {
        w.raw(&signed(content_type, object));
    })
}

pub fn sod() -> Vec<u8> {
    let object = security_object(1, &[1, 2, 11, 14], Some(("0108", "040000")));
    sod_of(LDS_SECURITY_OBJECT, &object)
}

pub fn card_security() -> Vec<u8> {
    signed("0.4.0.127.0.7.3.2.1", &security_infos())
}

/// Every file of the passport under the name that its kind has.
pub fn passport() -> Vec<(&'static str, Vec<u8>)> {
    let fingers = |filler| biometric(0x63, 0, 7, &[], filler);
    let displayed = |tag, image| {
        file(tag, |w| {
            w.integer(1).primitive(Tag(image), JPEG);
        })
    };
    vec![
        ("ef_com", COM.to_vec()),
        ("ef_sod", sod()),
        ("dg1", dg1(MRZ)),
        ("dg2", dg2()),
        ("dg2", dg2_39794()),
        ("dg3", fingers(&[0xA5; 16])),
        ("dg4", biometric(0x76, 1, 9, &[(0x5F2E, vec![7; 40])], &[])),
        ("dg5", displayed(0x65, 0x5F40)),
        ("dg7", displayed(0x67, 0x5F43)),
        ("dg11", dg11()),
        ("dg12", dg12()),
        ("dg13", objects(&[(0x6D, b"the issuer's own")])),
        ("dg14", dg14()),
        ("dg15", dg15()),
        ("dg16", dg16()),
        ("ef_card_access", security_infos()),
        ("ef_card_security", card_security()),
        ("ef_cvca", objects(&[(0x42, b"UTCVCA00001")])),
        (
            "ef_dir",
            file(0x61, |w| {
                w.primitive(Tag(0x4F), &[0xA0, 0, 0, 2, 0x47, 0x10, 0x01]);
            }),
        ),
        ("biometric_block", iso39794(JPEG, 2, None)),
    ]
}
