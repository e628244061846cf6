//! JPEG: segments, each with a marker and mostly a length; after `SOS` stands coded data up to the next marker.

use super::{File, Format, ImageFault, Reader, Turn};

/// Walks over the segments. What stands after the end of the picture, where some cameras put a film, is left behind.
pub(super) fn walk(bytes: &[u8]) -> Result<File, ImageFault> {
    let mut reader = Reader::new(bytes, 2);
    let mut bare = bytes[..2].to_vec();
    let mut size = None;
    let (mut inks, mut turn) = (false, Turn::NONE);
    loop {
        let marker = marker(&mut reader)?;
        if marker == 0xd9 {
            bare.extend_from_slice(&[0xff, 0xd9]);
            break;
        }
        if matches!(marker, 0x00..=0x01 | 0xd0..=0xd8) {
            return Err(ImageFault::Broken("its parts are not in order"));
        }
        let start = reader.at();
        let length = reader.big(2)?.checked_sub(2).ok_or(ImageFault::Broken("one of its parts has no length"))?;
        let data = reader.take(length)?;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                size = size.or(Some(frame(data)?));
                inks = data.get(5) == Some(&4);
            }
            0xe1 if data.starts_with(b"Exif\0\0") => {
                turn = Turn::of(data);
                if let Some(alone) = turn.alone() {
                    bare.extend_from_slice(&[0xff, 0xe1, 0, 34]);
                    bare.extend_from_slice(b"Exif\0\0");
                    bare.extend_from_slice(&alone);
                }
            }
            _ => {}
        }
        if shows(marker, data) {
            bare.extend_from_slice(&[0xff, marker]);
            bare.extend_from_slice(reader.since(start));
        }
        if marker == 0xda {
            bare.extend_from_slice(coded(&mut reader)?);
        }
    }
    let (width, height) = size.ok_or(ImageFault::Broken("it does not tell its size"))?;
    Ok(File { format: Format::Jpeg, width, height, moves: false, inks, turn, bare })
}

/// The next marker; any number of `FF` may stand before it.
fn marker(reader: &mut Reader<'_>) -> Result<u8, ImageFault> {
    if reader.byte()? != 0xff {
        return Err(ImageFault::Broken("its parts are not in order"));
    }
    loop {
        match reader.byte()? {
            0xff => {}
            marker => return Ok(marker),
        }
    }
}

/// The size in the head of a frame: after its depth, the height stands first, and the number of its colours last.
fn frame(data: &[u8]) -> Result<(u32, u32), ImageFault> {
    let (height, width) = match data {
        [_, a, b, c, d, ..] => (u16::from_be_bytes([*a, *b]), u16::from_be_bytes([*c, *d])),
        _ => return Err(ImageFault::Broken("it does not tell its size")),
    };
    super::checked(width.into(), height.into())
}

/// Whether a segment is needed to show the picture: of those for applications, the density, the colour profile, and
/// what tells how colours are stored.
fn shows(marker: u8, data: &[u8]) -> bool {
    match marker {
        0xe0 => data.starts_with(b"JFIF\0"),
        0xe2 => data.starts_with(b"ICC_PROFILE\0"),
        0xee => data.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// Coded data, up to a marker that is none of theirs: a stuffed zero or a restart.
fn coded<'b>(reader: &mut Reader<'b>) -> Result<&'b [u8], ImageFault> {
    let start = reader.at();
    loop {
        let rest = reader.rest();
        let next = memchr::memchr(0xff, rest).unwrap_or(rest.len());
        reader.take(next)?;
        match reader.rest() {
            [0xff, 0x00 | 0xd0..=0xd7, ..] => reader.take(2)?,
            [0xff, 0xff, ..] => reader.take(1)?,
            [0xff, _, ..] => return Ok(reader.since(start)),
            _ => reader.take(2)?,
        };
    }
}
