//! The domain parameters of the known curves, as numbers (FIPS 186-4 App. D.1.2, RFC 5639 §3).
//!
//! All are prime curves y² = x³ + ax + b of cofactor 1.

/// The parameters of one curve: unsigned numbers, most significant octet first, of field length.
pub struct Domain {
    /// The prime of the field.
    pub p: &'static [u8],
    /// Coefficient a.
    pub a: &'static [u8],
    /// Coefficient b.
    pub b: &'static [u8],
    /// The base point, first coordinate.
    pub gx: &'static [u8],
    /// The base point, second coordinate.
    pub gy: &'static [u8],
    /// The order of the base point.
    pub n: &'static [u8],
    /// Where a is not -3: a number z with a·z⁴ = -3. It leads to the twisted curve, on which doubling costs less:
    /// (x, y) becomes (x·z², y·z³) (RFC 5639 §2.2).
    pub twist: Option<&'static [u8]>,
}

/// The octets of a hexadecimal number of exactly `2 * N` digits. Runs at compile time only.
const fn octets<const N: usize>(digits: &str) -> [u8; N] {
    assert!(digits.len() == 2 * N, "a number of another length");
    let mut out = [0; N];
    let mut index = 0;
    while index < 2 * N {
        let digit = digits.as_bytes()[index];
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            _ => digit - b'a' + 10,
        };
        assert!(value < 16, "not a hexadecimal digit");
        out[index / 2] = out[index / 2] << 4 | value;
        index += 1;
    }
    out
}

macro_rules! domain {
    ($length:literal, p $p:literal, a $a:literal, b $b:literal, gx $gx:literal, gy $gy:literal,
     n $n:literal, $(twist $twist:literal,)?) => {
        Domain {
            p: &const { octets::<$length>($p) },
            a: &const { octets::<$length>($a) },
            b: &const { octets::<$length>($b) },
            gx: &const { octets::<$length>($gx) },
            gy: &const { octets::<$length>($gy) },
            n: &const { octets::<$length>($n) },
            twist: domain!(@twist $length $(, $twist)?),
        }
    };
    (@twist $length:literal, $twist:literal) => {
        Some(&const { octets::<$length>($twist) })
    };
    (@twist $length:literal) => {
        None
    };
}

pub static P192: Domain = domain!(
    24,
    p "fffffffffffffffffffffffffffffffeffffffffffffffff",
    a "fffffffffffffffffffffffffffffffefffffffffffffffc",
    b "64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1",
    gx "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
    gy "07192b95ffc8da78631011ed6b24cdd573f977a11e794811",
    n "ffffffffffffffffffffffff99def836146bc9b1b4d22831",
);
pub static P224: Domain = domain!(
    28,
    p "ffffffffffffffffffffffffffffffff000000000000000000000001",
    a "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
    b "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    gx "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
    gy "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
    n "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
);
pub static P256: Domain = domain!(
    32,
    p "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    a "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
    b "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    gx "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    gy "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    n "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
);
pub static P384: Domain = domain!(
    48,
    p "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
    a "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
    b "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
    gx "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
    gy "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
    n "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
);
pub static P521: Domain = domain!(
    66,
    p "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    a "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc",
    b "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
    gx "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
    gy "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650",
    n "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
);
pub static BRAINPOOL_P224R1: Domain = domain!(
    28,
    p "d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
    a "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
    b "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
    gx "0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d",
    gy "58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd",
    n "d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f",
    twist "2df271e14427a346910cf7a2e6cfa7b3f484e5c2cce1c8b730e28b3f",
);
pub static BRAINPOOL_P256R1: Domain = domain!(
    32,
    p "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
    a "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
    b "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
    gx "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
    gy "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
    n "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7",
    twist "3e2d4bd9597b58639ae7aa669cab9837cf5cf20a2c852d10f655668dfc150ef0",
);
pub static BRAINPOOL_P320R1: Domain = domain!(
    40,
    p "d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27",
    a "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4",
    b "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6",
    gx "43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611",
    gy "14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1",
    n "d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311",
    twist "15f75caf668077f7e85b42eb01f0a81ff56ecd6191d55cb82b7d861458a18fefc3e5ab7496f3c7b1",
);
pub static BRAINPOOL_P384R1: Domain = domain!(
    48,
    p "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53",
    a "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826",
    b "04a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c11",
    gx "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aaef87b2e247d4af1e",
    gy "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e4646217791811142820341263c5315",
    n "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565",
    twist "41dfe8dd399331f7166a66076734a89cd0d2bcdb7d068e44e1f378f41ecbae97d2d63dbc87bccddccc5da39e8589291c",
);
pub static BRAINPOOL_P512R1: Domain = domain!(
    64,
    p "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
    a "7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
    b "3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723",
    gx "81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822",
    gy "7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892",
    n "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069",
    twist "12ee58e6764838b69782136f0f2d3ba06e27695716054092e60a80bedb212b64e585d90bce13761f85c3f1d2a64e3be8fea2220f01eba5eeb0f35dbd29d922ab",
);
