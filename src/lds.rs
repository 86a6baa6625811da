//! Files of the chip: the logical data structure of Doc 9303-10, and what the chip says about its access protocols.
//!
//! A file comes in as bytes of any origin and under any name; [`recognise`] tells by content what it is.
//! [`ElementaryFile`] cuts it out exactly (hashes cover tag, length and value, and nothing after them), and
//! [`ElementaryFile::content`] takes it apart:
//!
//! ```text
//! EF.COM  60   versions and list of data groups, unsigned          DG11  6B  more about the person
//! EF.SOD  77   signed hashes of the data groups                    DG12  6C  more about the document
//! DG1     61   machine-readable zone                               DG13  6D  the issuer's own
//! DG2     75   face: ISO/IEC 19794-5 or ISO/IEC 39794-5            DG14  6E  security infos
//! DG3/4   63/76  fingers, irises: present and protected            DG15  6F  key for active authentication
//! DG5/7   65/67  portrait, signature as displayed                  DG16  70  persons to notify
//! EF.CardAccess 31, EF.CardSecurity 30   security infos, bare and signed
//! ```
//!
//! Everything is read as BER, because the field needs it, and what deviates is noted. Files that are not known, and
//! DG6, DG8 to DG10 and DG13, are kept as bytes. Not done here: hashes, signatures, trust (floors above), pictures
//! (they come out as the bytes they are), LDS2 records, secured biometric templates.
//!
//! Hostile input could declare counts, lengths and nesting that are not there. Nothing is reserved by a declared
//! number, every list has a ceiling ([`MAX_ITEMS`]), and depth and work are bounded by the ASN.1 reader. Types that
//! hold what is printed in a passport show no value to `Debug`; owned text is a [`crate::secret::Secret`].
//!
//! ```
//! use landfall::deviation::Deviations;
//! use landfall::lds::{Content, ElementaryFile, Kind};
//!
//! // The example of EF.COM: LDS 1.7, Unicode 4.0.0, DG1, DG2, DG4 and DG12. Two zeros were read too much.
//! let read = b"\x60\x16\x5F\x01\x040107\x5F\x36\x06040000\x5C\x04\x61\x75\x76\x6C\0\0";
//! let mut seen = Deviations::new();
//! let file = ElementaryFile::read(read, &mut seen)?;
//! assert_eq!((file.kind(), file.bytes().len()), (Kind::Com, 24));
//! if let Content::Com(com) = file.content(&mut seen)? {
//!     assert_eq!(com.lds_version, Some([1, 7]));
//!     assert_eq!(com.data_groups.len(), 4);
//! }
//! assert_eq!(seen.iter().next().map(|found| found.deviation.name()), Some("trailing_padding"));
//! # Ok::<(), landfall::Error>(())
//! ```

mod biometric;
mod com;
mod dg1;
mod dg11;
mod dg12;
mod dg16;
mod displayed;
mod face;
mod field;
mod file;
mod image;
mod iso19794;
mod iso39794;
mod security_info;
mod sod;

pub use biometric::{BiometricHeader, BiometricTemplate, BiometricTemplates, Modality};
pub use com::Com;
pub use dg1::Dg1;
pub use dg11::Dg11;
pub use dg12::Dg12;
pub use dg16::{Dg16, PersonToNotify};
pub use displayed::DisplayedImages;
pub use face::{Dg2, Face, FaceRecord, Portrait};
pub use field::MAX_ITEMS;
pub use file::{Content, DataGroup, ElementaryFile, Kind, recognise};
pub use image::{Image, ImageFormat, ImageSize};
pub use iso19794::Face19794;
pub use iso39794::Face39794;
pub use security_info::{
    Cipher, DomainParameters, KeyAgreement, Mapping, SecurityInfo, SecurityInfoEntry, SecurityInfos,
};
pub use sod::{CardSecurity, DataGroupHash, LdsSecurityObject, SecurityObjectFile, SodContentType};
