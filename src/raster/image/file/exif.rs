//! How a camera was held, the one thing of its notes that is needed to show the picture.

use super::Reader;

/// The tag of the turn in a TIFF directory.
const ORIENTATION: usize = 0x0112;

/// How the stored pixels are to be turned: 1 to 8, as Exif counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Turn(u8);

impl Turn {
    /// As they are.
    pub(super) const NONE: Self = Self(1);

    /// The number that Exif gives it.
    #[cfg(feature = "images")]
    pub(in super::super) const fn number(self) -> u8 {
        self.0
    }

    /// Whether the pixels stand as they are to be shown.
    pub(in super::super) const fn is_none(self) -> bool {
        self.0 == 1
    }

    /// Whether the picture lies on its side.
    pub(in super::super) const fn lies(self) -> bool {
        self.0 >= 5
    }

    /// The turn that a block of Exif asks for; none, where it asks for none or cannot be read.
    pub(super) fn of(exif: &[u8]) -> Self {
        find(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)).unwrap_or(Self::NONE)
    }

    /// A block of Exif that says nothing else; `None` where there is nothing to say.
    pub(super) fn alone(self) -> Option<[u8; 26]> {
        let mut block = *b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
        block[19] = self.0;
        (!self.is_none()).then_some(block)
    }
}

fn find(tiff: &[u8]) -> Option<Turn> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let number = |reader: &mut Reader<'_>, count| if little { reader.little(count) } else { reader.big(count) }.ok();
    let first = number(&mut Reader::new(tiff, 4), 4)?;
    let mut reader = Reader::new(tiff, first);
    for _ in 0..number(&mut reader, 2)? {
        let tag = number(&mut reader, 2)?;
        let shape = reader.take(6).ok()?;
        let value = number(&mut reader, 2)?;
        reader.take(2).ok()?;
        if tag == ORIENTATION && shape.contains(&3) {
            return u8::try_from(value).ok().filter(|value| (1..=8).contains(value)).map(Turn);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_alone_is_read_back() {
        for number in 2..=8 {
            let block = Turn(number).alone().expect("a turn");
            assert_eq!(Turn::of(&block), Turn(number));
            let long = [b"Exif\0\0", &block[..]].concat();
            assert_eq!(Turn::of(&long), Turn(number));
        }
        assert!(Turn::NONE.alone().is_none());
    }

    #[test]
    fn what_is_no_exif_asks_for_no_turn() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(Turn::of(little), Turn(6));
        assert_eq!(Turn::of(b"II*\0\xff\xff\xff\xff"), Turn::NONE);
        assert_eq!(Turn::of(&little[..20]), Turn::NONE);
        assert_eq!(Turn::of(b""), Turn::NONE);
    }
}
