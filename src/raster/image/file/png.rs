//! PNG: a signature, then chunks of a length, a name, data and a sum.

use super::reader::size;
use super::{File, Format, ImageFault, Reader, Turn};

/// Chunks that tell of the picture's making and not of its pixels.
const NOTES: [&[u8]; 5] = [b"eXIf", b"iTXt", b"tEXt", b"tIME", b"zTXt"];

/// Walks over the chunks. What stands after the last is left behind too.
pub(super) fn walk(bytes: &[u8]) -> Result<File, ImageFault> {
    let mut reader = Reader::new(bytes, 8);
    let mut bare = bytes[..8].to_vec();
    let mut file = None;
    let (mut moves, mut turn) = (false, Turn::NONE);
    loop {
        let start = reader.at();
        let length = reader.big(4)?;
        let name = reader.take(4)?;
        let data = reader.take(length)?;
        reader.take(4)?;
        match name {
            b"IHDR" => {
                let mut head = Reader::new(data, 0);
                file = file.or(Some(size(head.big(4)?, head.big(4)?)?));
            }
            _ if file.is_none() => return Err(ImageFault::Broken("it does not begin with its size")),
            b"acTL" => moves = true,
            b"eXIf" => {
                turn = Turn::of(data);
                if let Some(alone) = turn.alone() {
                    push(&mut bare, *b"eXIf", &alone);
                }
            }
            _ => {}
        }
        if !NOTES.contains(&name) {
            bare.extend_from_slice(reader.since(start));
        }
        if name == b"IEND" {
            break;
        }
    }
    let (width, height) = file.ok_or(ImageFault::Broken("it does not tell its size"))?;
    Ok(File { format: Format::Png, width, height, moves, inks: false, turn, bare })
}

/// Writes a chunk of our own.
fn push(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend_from_slice(&u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = out.len();
    out.extend_from_slice(&name);
    out.extend_from_slice(data);
    let sum = sum(&out[start..]);
    out.extend_from_slice(&sum.to_be_bytes());
}

/// The sum that ends a chunk: CRC-32, bit by bit, for the one short chunk that is written here.
fn sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_that_of_png() {
        // The last chunk of every file has no data.
        assert_eq!(sum(b"IEND"), 0xae42_6082);
    }
}
