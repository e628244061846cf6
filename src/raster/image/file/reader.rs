//! Bytes in order: each is asked for, and what is not there is a fault.

use super::ImageFault;

/// What is said of a file that was cut off.
const CUT: ImageFault = ImageFault::Broken("it ends in the middle of its data");

/// The bytes of a file, and how far they are read.
pub(super) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    /// Reads from a place on.
    pub(super) const fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Whether nothing is left.
    pub(super) const fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Where the next byte stands.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// What was read since a place.
    pub(super) fn since(&self, start: usize) -> &'b [u8] {
        &self.bytes[start..self.at]
    }

    /// What is left, unread.
    pub(super) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], ImageFault> {
        let taken = self.rest().get(..count).ok_or(CUT)?;
        self.at += count;
        Ok(taken)
    }

    /// The next byte.
    pub(super) fn byte(&mut self) -> Result<u8, ImageFault> {
        Ok(self.take(1)?[0])
    }

    /// The next number, of so many bytes, the greatest first.
    pub(super) fn big(&mut self, count: usize) -> Result<usize, ImageFault> {
        Ok(self.take(count)?.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    /// The next number, of so many bytes, the least first.
    pub(super) fn little(&mut self, count: usize) -> Result<usize, ImageFault> {
        Ok(self.take(count)?.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }
}

/// Two numbers as a size that a picture may have.
pub(super) fn size(width: usize, height: usize) -> Result<(u32, u32), ImageFault> {
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    super::checked(narrow(width), narrow(height))
}
