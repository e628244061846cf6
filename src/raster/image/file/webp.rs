//! WebP: a RIFF of chunks, each with a name, a length, data and a byte to make it even.

use super::reader::size;
use super::{File, Format, ImageFault, Reader, Turn};

/// In the flags of an extended file: it has Exif, and it has XMP.
const NOTES: u8 = 0x08 | 0x04;
/// In the same flags: it has Exif.
const EXIF: u8 = 0x08;
/// In the same flags: it moves.
const MOVES: u8 = 0x02;

/// Walks over the chunks.
pub(super) fn walk(bytes: &[u8]) -> Result<File, ImageFault> {
    let length = Reader::new(bytes, 4).little(4)?;
    Reader::new(bytes, 8).take(length)?;
    let mut reader = Reader::new(&bytes[..8 + length], 12);
    let mut bare = bytes[..12].to_vec();
    let (mut found, mut flags_at) = (None, None);
    let (mut moves, mut turn) = (false, Turn::NONE);
    while !reader.is_done() {
        let start = reader.at();
        let name = reader.take(4)?;
        let length = reader.little(4)?;
        let data = reader.take(length)?;
        reader.take(length % 2)?;
        match name {
            b"VP8X" if found.is_none() => {
                found = Some(canvas(data)?);
                moves = data[0] & MOVES != 0;
                flags_at = Some(bare.len() + 8);
            }
            b"VP8 " => found = found.or(Some(lossy(data)?)),
            b"VP8L" => found = found.or(Some(lossless(data)?)),
            b"EXIF" => turn = Turn::of(data),
            _ => {}
        }
        if !matches!(name, b"EXIF" | b"XMP ") {
            bare.extend_from_slice(reader.since(start));
        }
    }
    if let Some(alone) = turn.alone() {
        bare.extend_from_slice(b"EXIF\x1a\0\0\0");
        bare.extend_from_slice(&alone);
    }
    if let Some(at) = flags_at {
        bare[at] = bare[at] & !NOTES | if turn.is_none() { 0 } else { EXIF };
    }
    let length = u32::try_from(bare.len() - 8).unwrap_or(u32::MAX);
    bare[4..8].copy_from_slice(&length.to_le_bytes());
    let (width, height) = found.ok_or(ImageFault::Broken("it does not tell its size"))?;
    Ok(File { format: Format::WebP, width, height, moves, inks: false, turn, bare })
}

/// The size of an extended file: flags, three bytes of nothing, then width and height less one.
fn canvas(data: &[u8]) -> Result<(u32, u32), ImageFault> {
    let mut reader = Reader::new(data, 4);
    size(reader.little(3)? + 1, reader.little(3)? + 1)
}

/// The size of a lossy frame: three bytes of head, three of a sign, then fourteen bits each.
fn lossy(data: &[u8]) -> Result<(u32, u32), ImageFault> {
    let mut reader = Reader::new(data, 3);
    if reader.take(3)? != b"\x9d\x01\x2a" {
        return Err(ImageFault::Broken("its frame does not begin as a frame"));
    }
    size(reader.little(2)? & 0x3fff, reader.little(2)? & 0x3fff)
}

/// The size of a lossless frame: a sign, then fourteen bits each, less one.
fn lossless(data: &[u8]) -> Result<(u32, u32), ImageFault> {
    let mut reader = Reader::new(data, 0);
    if reader.byte()? != 0x2f {
        return Err(ImageFault::Broken("its frame does not begin as a frame"));
    }
    let bits = reader.little(4)?;
    size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1)
}
