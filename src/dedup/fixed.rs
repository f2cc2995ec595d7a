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

/// The product of two numbers.
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

    #[test]
    fn a_share_is_at_most_one() {
        assert_eq!((share(1, 2), share(3, 2), share(0, 0), share(5, 0)), (ONE / 2, ONE, 0, 0));
    }
}
