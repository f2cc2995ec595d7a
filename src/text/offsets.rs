//! From byte offsets to code-point offsets, the unit of the output.
//!
//! One pass over the text sets a checkpoint every [`STEP`] bytes; a lookup counts at most [`STEP`] bytes from the
//! nearest one, so it is O(1) in any order. An ASCII text needs neither: there a byte is a code point.

use super::Span;

/// Bytes between two checkpoints: small enough for a lookup to stay in a few cache lines, large enough for the
/// checkpoints to cost 3 % of the text.
const STEP: usize = 256;

/// Converts byte offsets of one text to code-point offsets.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    bytes: &'t [u8],
    /// Code points before byte `i * STEP`; empty for an ASCII text.
    checkpoints: Vec<usize>,
    total: usize,
}

impl<'t> CodePoints<'t> {
    /// Prepares the converter: one pass over the text.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        if text.is_ascii() {
            return Self { bytes, checkpoints: Vec::new(), total: bytes.len() };
        }
        let mut checkpoints = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut total = 0;
        for chunk in bytes.chunks(STEP) {
            checkpoints.push(total);
            total += starts(chunk);
        }
        Self { bytes, checkpoints, total }
    }

    /// How many code points lie before byte `offset`; an offset past the end counts as the end.
    pub fn at(&self, offset: usize) -> usize {
        if offset >= self.bytes.len() {
            return self.total;
        }
        match self.checkpoints.get(offset / STEP) {
            Some(before) => before + starts(&self.bytes[offset / STEP * STEP..offset]),
            None => offset,
        }
    }

    /// The span's start and end (exclusive) in code points.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.at(span.start), self.at(span.end))
    }

    /// How many code points the text has.
    pub fn total(&self) -> usize {
        self.total
    }
}

/// The characters that start in `bytes`: all bytes but UTF-8's continuation bytes (10xxxxxx). The plain loop is
/// what the compiler turns into vector code.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count()
}
