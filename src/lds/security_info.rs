//! Security infos: what the chip says about its protocols, in DG14, EF.CardAccess and EF.CardSecurity
//! (Doc 9303-11 §9.2, BSI TR-03110-3 §A.1).
//!
//! ```text
//! SecurityInfos ::= SET OF SEQUENCE { protocol OBJECT IDENTIFIER, requiredData ANY, optionalData ANY OPTIONAL }
//! ```
//! A protocol that is not known (and those of German identity cards: restricted identification, card information,
//! privileged terminals) is kept as it is. So is one whose data do not have the structure of its protocol, with a note.
//! EF.CardAccess is not signed: it counts once it was found again in DG14.

use super::field::MAX_ITEMS;
use crate::asn1::{AlgorithmIdentifier, Oid, Reader, SubjectPublicKeyInfo, Tag, Tlv, oid};
use crate::deviation::{Deviation, Deviations};
use crate::error::{ErrorKind, Result};
use crate::numbered::numbered;

/// id-PK: below it 1 for DH, 2 for ECDH.
const PUBLIC_KEY: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 2, 2, 1);
/// id-TA.
const TERMINAL_AUTHENTICATION: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 2, 2, 2);
/// id-CA: below it the key agreement, below that the cipher.
const CHIP_AUTHENTICATION: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 2, 2, 3);
/// id-PACE: below it agreement and mapping, below that the cipher.
const PACE: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 2, 2, 4);
/// standardizedDomainParameters.
const STANDARDIZED: Oid<'static> = oid!(0, 4, 0, 127, 0, 7, 1, 2);
/// id-AA.
const ACTIVE_AUTHENTICATION: Oid<'static> = oid!(2, 23, 136, 1, 1, 5);
/// id-EFDIR.
const EF_DIR: Oid<'static> = oid!(2, 23, 136, 1, 1, 13);
/// id-EFDIR in the arc that ICAO used before.
const LEGACY_EF_DIR: Oid<'static> = oid!(1, 3, 27, 1, 1, 13);

numbered! {
    /// How chip and reader agree on a key.
    pub enum KeyAgreement {
        /// Diffie-Hellman in a group of integers.
        Dh = 1, "dh";
        /// Diffie-Hellman on an elliptic curve.
        Ecdh = 2, "ecdh";
    }
}

numbered! {
    /// How PACE maps its nonce to a generator (Doc 9303-11 §4.4.3.3).
    pub enum Mapping {
        /// Generic mapping.
        Generic = 1, "generic";
        /// Integrated mapping.
        Integrated = 2, "integrated";
        /// Chip authentication mapping, on curves alone.
        ChipAuthentication = 3, "chip_authentication";
    }
}

numbered! {
    /// The ciphers of secure messaging.
    pub enum Cipher {
        /// 3DES with two keys, CBC and retail MAC.
        TripleDes = 1, "3des_cbc_cbc";
        /// AES with 128 bits, CBC and CMAC.
        Aes128 = 2, "aes_cbc_cmac_128";
        /// AES with 192 bits.
        Aes192 = 3, "aes_cbc_cmac_192";
        /// AES with 256 bits.
        Aes256 = 4, "aes_cbc_cmac_256";
    }
}

numbered! {
    /// Standardised domain parameters (Doc 9303-11 §9.5.1, table 12); the other numbers are reserved.
    pub enum DomainParameters {
        /// RFC 5114 §2.1.
        Modp1024Order160 = 0, "modp1024_160";
        /// RFC 5114 §2.2.
        Modp2048Order224 = 1, "modp2048_224";
        /// RFC 5114 §2.3.
        Modp2048Order256 = 2, "modp2048_256";
        /// NIST P-192.
        P192 = 8, "p192";
        /// brainpoolP192r1.
        Bp192r1 = 9, "bp192r1";
        /// NIST P-224; not for integrated mapping.
        P224 = 10, "p224";
        /// brainpoolP224r1.
        Bp224r1 = 11, "bp224r1";
        /// NIST P-256.
        P256 = 12, "p256";
        /// brainpoolP256r1.
        Bp256r1 = 13, "bp256r1";
        /// brainpoolP320r1.
        Bp320r1 = 14, "bp320r1";
        /// NIST P-384.
        P384 = 15, "p384";
        /// brainpoolP384r1.
        Bp384r1 = 16, "bp384r1";
        /// brainpoolP512r1.
        Bp512r1 = 17, "bp512r1";
        /// NIST P-521.
        P521 = 18, "p521";
    }
}

impl DomainParameters {
    /// The parameters that an AlgorithmIdentifier names by number, if it does
    /// (`standardizedDomainParameters`, Doc 9303-11 §9.5.1).
    #[must_use]
    pub fn named_by(algorithm: &AlgorithmIdentifier<'_>) -> Option<Self> {
        let number = algorithm.parameters.filter(|tlv| tlv.tag == Tag::INTEGER)?;
        let number = number.integer(&mut Deviations::new()).ok()?.to_u64()?;
        let number = u32::try_from(number).ok()?;
        Self::from_number(number).filter(|_| algorithm.oid == STANDARDIZED)
    }
}

/// What one security info says.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum SecurityInfo<'a> {
    /// The chip supports PACE.
    Pace {
        /// How the key is agreed on.
        agreement: KeyAgreement,
        /// How the nonce is mapped.
        mapping: Mapping,
        /// With which cipher.
        cipher: Cipher,
        /// 2 in every document of today.
        version: u64,
        /// The number of standardised or of the chip's own domain parameters.
        parameter_id: Option<u64>,
    },
    /// Domain parameters of the chip's own for PACE. An inspection system must not use explicit ones that it does not
    /// know (Doc 9303-11 §9.2.2).
    PaceDomainParameters {
        /// How the key is agreed on.
        agreement: KeyAgreement,
        /// How the nonce is mapped.
        mapping: Mapping,
        /// The parameters.
        parameters: AlgorithmIdentifier<'a>,
        /// The number by which PACE names them.
        parameter_id: Option<u64>,
    },
    /// The chip supports chip authentication.
    ChipAuthentication {
        /// How the key is agreed on.
        agreement: KeyAgreement,
        /// With which cipher.
        cipher: Cipher,
        /// 1 in passports.
        version: u64,
        /// Which of several keys.
        key_id: Option<u64>,
    },
    /// A key of the chip for chip authentication.
    ChipAuthenticationPublicKey {
        /// How the key is agreed on.
        agreement: KeyAgreement,
        /// The key.
        key: Box<SubjectPublicKeyInfo<'a>>,
        /// Which of several keys.
        key_id: Option<u64>,
    },
    /// The chip asks terminals to authenticate before it gives DG3 and DG4.
    TerminalAuthentication {
        /// 1 in passports.
        version: u64,
        /// Where EF.CVCA is, if it is not at its usual place.
        ef_cvca: Option<Tlv<'a>>,
    },
    /// Which signature the chip makes in active authentication with an elliptic curve.
    ActiveAuthentication {
        /// 1.
        version: u64,
        /// The signature algorithm: an ECDSA of BSI TR-03111.
        signature_algorithm: Oid<'a>,
    },
    /// A copy of EF.DIR, so that it is signed.
    EfDir(Tlv<'a>),
    /// A protocol that is not known, or data that do not have the structure of their protocol.
    Unknown,
}

/// One security info.
#[derive(Debug, Clone)]
pub struct SecurityInfoEntry<'a> {
    /// The protocol as the chip names it.
    pub protocol: Oid<'a>,
    /// What it says.
    pub info: SecurityInfo<'a>,
    /// The whole info as received: EF.CardAccess and DG14 are compared by this.
    pub tlv: Tlv<'a>,
}

/// A set of security infos, in the order received.
#[derive(Debug, Clone)]
pub struct SecurityInfos<'a> {
    /// The infos.
    pub entries: Vec<SecurityInfoEntry<'a>>,
}

impl<'a> SecurityInfos<'a> {
    /// Reads a SET OF SecurityInfo.
    ///
    /// # Errors
    /// Those of the ASN.1 reader if an entry has no protocol, `BudgetExceeded` beyond [`MAX_ITEMS`](super::MAX_ITEMS).
    pub fn read(set: &Tlv<'a>, seen: &mut Deviations) -> Result<Self> {
        if set.tag != Tag::SET {
            return Err(set.error(ErrorKind::Asn1Tag));
        }
        let mut reader = set.children()?;
        let mut entries = Vec::new();
        while !reader.is_empty() {
            if entries.len() == MAX_ITEMS {
                return Err(reader.error(ErrorKind::BudgetExceeded));
            }
            entries.push(SecurityInfoEntry::take(&mut reader, seen)?);
        }
        Ok(Self { entries })
    }
}

impl<'a> SecurityInfoEntry<'a> {
    /// Takes one info. Its protocol must be readable; what follows need not be.
    fn take(reader: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let tlv = reader.take(Tag::SEQUENCE, seen)?;
        let mut data = tlv.children()?;
        let protocol = data.oid(seen)?;
        let info = match SecurityInfo::read(protocol, &mut data, seen) {
            Ok(info) => {
                data.finish_tolerant(seen)?;
                info
            }
            Err(_) => {
                seen.note(Deviation::SecurityInfo, tlv.part(), tlv.offset());
                SecurityInfo::Unknown
            }
        };
        if protocol == LEGACY_EF_DIR {
            seen.note(Deviation::LegacyIdentifier, tlv.part(), tlv.offset());
        }
        Ok(Self { protocol, info, tlv })
    }
}

impl<'a> SecurityInfo<'a> {
    /// Reads the data of a protocol.
    ///
    /// # Errors
    /// Those of the ASN.1 reader, if the data are not what the protocol asks for.
    fn read(protocol: Oid<'a>, data: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        match protocol {
            ACTIVE_AUTHENTICATION => {
                return Ok(Self::ActiveAuthentication {
                    version: data.small_integer(seen)?,
                    signature_algorithm: data.oid(seen)?,
                });
            }
            EF_DIR | LEGACY_EF_DIR => {
                return data.string(Tag::OCTET_STRING, seen).map(Self::EfDir);
            }
            TERMINAL_AUTHENTICATION => {
                return Ok(Self::TerminalAuthentication {
                    version: data.small_integer(seen)?,
                    ef_cvca: data.next(seen)?,
                });
            }
            _ => {}
        }
        if let Some(below) = protocol.below(PACE) {
            Self::pace(below, data, seen)
        } else if let Some(below) = protocol.below(CHIP_AUTHENTICATION) {
            Self::chip_authentication(below, data, seen)
        } else if let Some([agreement]) = protocol.below(PUBLIC_KEY) {
            Self::public_key(*agreement, data, seen)
        } else {
            Ok(Self::passed_over(data))
        }
    }

    /// An info that is not read any further.
    fn passed_over(data: &mut Reader<'a>) -> Self {
        data.skip_rest();
        Self::Unknown
    }

    /// Reads the data of PACE: with a cipher the protocol, without one its domain parameters. Chip authentication
    /// mapping with 3DES does not exist.
    fn pace(below: &[u8], data: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let family = below.first().and_then(|number| pace_family(*number));
        let Some((agreement, mapping)) = family else {
            return Ok(Self::passed_over(data));
        };
        match below {
            [_] => Ok(Self::PaceDomainParameters {
                agreement,
                mapping,
                parameters: AlgorithmIdentifier::read(data, seen)?,
                parameter_id: optional_integer(data, seen)?,
            }),
            [_, cipher] => match Cipher::from_number((*cipher).into()) {
                Some(cipher) if (mapping, cipher) != (Mapping::ChipAuthentication, Cipher::TripleDes) => {
                    Ok(Self::Pace {
                        agreement,
                        mapping,
                        cipher,
                        version: data.small_integer(seen)?,
                        parameter_id: optional_integer(data, seen)?,
                    })
                }
                _ => Ok(Self::passed_over(data)),
            },
            _ => Ok(Self::passed_over(data)),
        }
    }

    /// Reads ChipAuthenticationInfo.
    fn chip_authentication(below: &[u8], data: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let known = match below {
            [agreement, cipher] => {
                KeyAgreement::from_number((*agreement).into()).zip(Cipher::from_number((*cipher).into()))
            }
            _ => None,
        };
        let Some((agreement, cipher)) = known else {
            return Ok(Self::passed_over(data));
        };
        Ok(Self::ChipAuthentication {
            agreement,
            cipher,
            version: data.small_integer(seen)?,
            key_id: optional_integer(data, seen)?,
        })
    }

    /// Reads ChipAuthenticationPublicKeyInfo.
    fn public_key(agreement: u8, data: &mut Reader<'a>, seen: &mut Deviations) -> Result<Self> {
        let Some(agreement) = KeyAgreement::from_number(agreement.into()) else {
            return Ok(Self::passed_over(data));
        };
        Ok(Self::ChipAuthenticationPublicKey {
            agreement,
            key: Box::new(SubjectPublicKeyInfo::read(data, seen)?),
            key_id: optional_integer(data, seen)?,
        })
    }
}

/// Key agreement and mapping below id-PACE.
const fn pace_family(number: u8) -> Option<(KeyAgreement, Mapping)> {
    match number {
        1 => Some((KeyAgreement::Dh, Mapping::Generic)),
        2 => Some((KeyAgreement::Ecdh, Mapping::Generic)),
        3 => Some((KeyAgreement::Dh, Mapping::Integrated)),
        4 => Some((KeyAgreement::Ecdh, Mapping::Integrated)),
        6 => Some((KeyAgreement::Ecdh, Mapping::ChipAuthentication)),
        _ => None,
    }
}

/// Takes the number of parameters or key that may close an info.
fn optional_integer(data: &mut Reader<'_>, seen: &mut Deviations) -> Result<Option<u64>> {
    if data.is_empty() {
        return Ok(None);
    }
    data.small_integer(seen).map(Some)
}
