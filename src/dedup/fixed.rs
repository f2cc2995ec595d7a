//! Numbers with twelve binary places: every machine computes the same.

/// One.
pub const ONE: i32 = 1 << 12;

/// Steps of the table of logarithms.
const STEPS: usize = 64;

/// log2(1 + i / 64) with 16 binary places.
const LOG2: [u32; STEPS + 1] = log2_table();

const fn log2_table() -> [u32; STEPS + 1] {
    let mut table = [0; STEPS + 1];
    let mut step = 0;
    while step <= STEPS {
        // Bit by bit: squaring a mantissa doubles its logarithm.
        let mut mantissa = ((STEPS + step) as u64) << 24;
        let one = (STEPS as u64) << 24;
        let mut log = 0;
        let mut bit = 0;
        if step == STEPS {
            table[step] = 1 << 16;
            break;
        }
        while bit < 16 {
            mantissa = ((mantissa as u128 * mantissa as u128) / one as u128) as u64;
            log <<= 1;
            if mantissa >= 2 * one {
                mantissa /= 2;
                log |= 1;
            }
            bit += 1;
        }
        table[step] = log;
        step += 1;
    }
    table
}

/// Natural logarithm of a number above 0 with twelve places; of 0, that of the least number.
pub fn ln(number: u32) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The fraction above the leading bit, with 16 places.
    let fraction = ((u64::from(number) << 32 >> whole) as u32) >> 16;
    let (step, rest) = ((fraction >> 10) as usize, fraction & 0x3ff);
    let between = LOG2[step] + (((LOG2[step + 1] - LOG2[step]) * rest) >> 10);
    let log2 = (i64::from(whole) - 12) * (1 << 16) + i64::from(between);
    // ln 2 with 30 places.
    ((log2 * 744_261_118) >> 34) as i32
}

/// `part / whole` with twelve places, at most one; nothing of nothing.
pub fn share(part: u32, whole: u32) -> i32 {
    if whole == 0 {
        return 0;
    }
    ((u64::from(part.min(whole)) << 12) / u64::from(whole)) as i32
}

/// The product of two numbers, rounded down. It must be a number of this kind itself, so below 2^19.
pub fn times(a: i32, b: i32) -> i32 {
    ((i64::from(a) * i64::from(b)) >> 12) as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_that_of_the_real_numbers() {
        for number in (1..5000u32).chain((5000..4_000_000).step_by(997)).chain([u32::MAX]) {
            let exact = (f64::from(number) / 4096.0).ln();
            let error = (f64::from(ln(number)) / 4096.0 - exact).abs();
            assert!(error < 0.001, "{number}: {error}");
        }
        assert_eq!(ln(ONE as u32), 0);
        assert_eq!(ln(0), ln(1));
    }

    /// Golden: decisions that lie in logs were made with these, and every worker must make the same. The values come from
    /// a program in another language, from the exact logarithms of the 64 steps.
    #[test]
    fn golden_logarithms() {
        for (number, ln_of_it) in [
            (1, -34_070),
            (2, -31_231),
            (3, -29_570),
            (10, -24_639),
            (1000, -5776),
            (4095, -2),
            (4096, 0),
            (4097, 0),
            (5000, 816),
            (8191, 2838),
            (12_288, 4499),
            (65_535, 11_356),
            (1_000_000, 22_518),
            (1 << 31, 53_943),
            (u32::MAX, 56_782),
        ] {
            assert_eq!(ln(number), ln_of_it, "{number}");
        }
    }

    #[test]
    fn a_greater_number_has_no_lesser_logarithm() {
        let everywhere = (0..200_000).chain((1..32).flat_map(|bit| (1u32 << bit) - 1..=(1 << bit) + 1));
        for number in everywhere {
            assert!(ln(number) <= ln(number + 1), "{number}");
        }
    }

    #[test]
    fn shares_and_products_are_rounded_down() {
        assert_eq!((share(1, 3), share(2, 3), share(0, 7)), (1365, 2730, 0));
        assert_eq!(
            (share(u32::MAX, u32::MAX), share(1, u32::MAX), share(u32::MAX - 1, u32::MAX)),
            (ONE, 0, ONE - 1)
        );
        assert_eq!((times(ONE, ONE), times(ONE / 2, ONE / 2), times(1, 1)), (ONE, ONE / 4, 0));
        assert_eq!((times(-1, 1), times(-ONE, 3), times(i32::MAX, ONE)), (-1, -3, i32::MAX));
    }

    #[test]
    fn a_share_is_at_most_one() {
        assert_eq!((share(1, 2), share(3, 2), share(0, 0), share(5, 0)), (ONE / 2, ONE, 0, 0));
    }
}
