//! GIF: a head, then blocks; each ends in a chain of short pieces.

use super::reader::size;
use super::{File, Format, ImageFault, Reader, Turn};

/// Walks over the blocks. Some programs forget the last byte; the file may then end after any block.
pub(super) fn walk(bytes: &[u8]) -> Result<File, ImageFault> {
    let mut reader = Reader::new(bytes, 6);
    let (width, height) = size(reader.little(2)?, reader.little(2)?)?;
    let flags = reader.byte()?;
    reader.take(2 + palette(flags))?;
    let mut bare = reader.since(0).to_vec();
    let mut frames = 0_usize;
    while !reader.is_done() {
        let start = reader.at();
        match reader.byte()? {
            0x3b => break,
            0x2c => {
                reader.take(8)?;
                let flags = reader.byte()?;
                reader.take(palette(flags) + 1)?;
                chain(&mut reader)?;
                frames += 1;
                bare.extend_from_slice(reader.since(start));
            }
            0x21 => {
                let label = reader.byte()?;
                let named = reader.rest().get(1..12).unwrap_or_default();
                let shows = matches!(label, 0x01 | 0xf9) || label == 0xff && matches!(named, b"NETSCAPE2.0" | b"ANIMEXTS1.0");
                chain(&mut reader)?;
                if shows {
                    bare.extend_from_slice(reader.since(start));
                }
            }
            _ => return Err(ImageFault::Broken("its parts are not in order")),
        }
    }
    if frames == 0 {
        return Err(ImageFault::Broken("it has no picture"));
    }
    bare.push(0x3b);
    Ok(File { format: Format::Gif, width, height, moves: frames > 1, inks: false, turn: Turn::NONE, bare })
}

/// Bytes of the palette that the flags tell of.
const fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Pieces of up to 255 bytes, each after its length, up to one without any.
fn chain(reader: &mut Reader<'_>) -> Result<(), ImageFault> {
    loop {
        match reader.byte()? {
            0 => return Ok(()),
            length => reader.take(length.into())?,
        };
    }
}
