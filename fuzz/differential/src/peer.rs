//! RustCrypto, for the curves that it has.

use landfall::crypto::Curve;
use p256::ecdsa::signature::hazmat::PrehashVerifier;

macro_rules! peers {
    ($($name:ident $key:ty, $signature:ty;)*) => {
        /// A key that RustCrypto has read.
        pub enum Peer {
            $($name(Box<$key>),)*
            None,
        }

        impl Peer {
            pub fn new(curve: Curve, point: &[u8]) -> Self {
                match curve {
                    $(Curve::$name => Self::$name(Box::new(<$key>::from_sec1_bytes(point).unwrap())),)*
                    _ => Self::None,
                }
            }

            /// Its answer. It demands digests of half the order's length at least.
            pub fn verify(&self, digest: &[u8], encoded: &[u8]) -> Option<bool> {
                match self {
                    $(Self::$name(_) if digest.len() * 2 < Curve::$name.field_len() => None,
                    Self::$name(key) => {
                        let signature = <$signature>::from_der(encoded);
                        Some(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
                    })*
                    Self::None => None,
                }
            }
        }
    };
}

peers! {
    P192 p192::ecdsa::VerifyingKey, p192::ecdsa::Signature;
    P224 p224::ecdsa::VerifyingKey, p224::ecdsa::Signature;
    P256 p256::ecdsa::VerifyingKey, p256::ecdsa::Signature;
    P384 p384::ecdsa::VerifyingKey, p384::ecdsa::Signature;
    P521 p521::ecdsa::VerifyingKey, p521::ecdsa::Signature;
    BrainpoolP256r1 ecdsa::VerifyingKey<bp256::r1::BrainpoolP256r1>, bp256::r1::ecdsa::Signature;
    BrainpoolP384r1 ecdsa::VerifyingKey<bp384::r1::BrainpoolP384r1>, bp384::r1::ecdsa::Signature;
}
