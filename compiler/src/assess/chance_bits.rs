//! Random numbers keyed by name: the same cause has the same luck in every world, view, deployment and run.
//!
//! In: a name, a seed, a probability. Out: 64 worlds at a time, one bit each. Never: a generator with a state; any part can be
//! computed by itself, so threads cannot matter.

/// The key of a variable's random numbers: FNV-1a over its name (Fowler, Noll, Vo), mixed with the seed.
pub fn key(name: &str, seed: u64) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    mixed(hash ^ mixed(seed))
}

/// In which of the 64 worlds of block `word` a variable of probability `p` is true.
///
/// Each world compares a uniform number, drawn bit by bit from the key, with `p`: a larger `p` is true wherever a smaller one
/// was. Usually eight draws settle all 64 worlds.
pub fn worlds(key: u64, word: u64, p: f64) -> u64 {
    const BITS: u32 = 53;
    let threshold = (p.clamp(0.0, 1.0) * (1_u64 << BITS) as f64) as u64;
    if threshold >> BITS != 0 {
        return u64::MAX;
    }
    let (mut below, mut open) = (0_u64, u64::MAX);
    for bit in 0..BITS {
        let draw = mixed(key.wrapping_add((word * u64::from(BITS) + u64::from(bit)).wrapping_mul(GOLDEN)));
        if threshold >> (BITS - 1 - bit) & 1 == 1 {
            below |= open & !draw;
            open &= draw;
        } else {
            open &= !draw;
        }
        let rest_is_zero = threshold & ((1_u64 << (BITS - 1 - bit)) - 1) == 0;
        if open == 0 || rest_is_zero {
            break;
        }
    }
    below
}

/// 2^64 over the golden ratio, as SplitMix64 counts.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
