//! Pixels of a card packed as a PNG file wants them: in the form of zlib (RFC 1950 and 1951).
//!
//! A card is paper but for a few lines of words, and whole rows are as the row above. Libraries look at each byte of them
//! all the same; here a row that is as the one above costs one comparison, which makes packing ten times as fast.

/// The filter of a row that is told by what differs from the row above.
const UP: u8 = 2;
/// Zeros from which on a run is told by its length.
const RUN: usize = 4;
/// The longest run that one sign can tell.
const LONGEST: usize = 258;

/// Rows of `stride` bytes, packed.
pub(super) fn pack(bytes: &[u8], stride: usize) -> Vec<u8> {
    let mut out = Packed::new();
    let blank = vec![0; stride];
    let mut above: &[u8] = &blank;
    let mut same = 0;
    for row in bytes.chunks_exact(stride) {
        if row == above {
            same += 1;
            continue;
        }
        out.rows_above(same, stride);
        same = 0;
        out.literal(UP);
        out.differences(row, above);
        above = row;
    }
    out.rows_above(same, stride);
    out.finish()
}

/// What is written: signs of the fixed code, and the sum that stands at the end.
struct Packed {
    bytes: Vec<u8>,
    bits: u64,
    count: u32,
    /// The two sums of Adler.
    sums: (u64, u64),
}

impl Packed {
    /// The head of the form, and that of one block in the fixed code, which is the last.
    fn new() -> Self {
        let mut packed = Self { bytes: vec![0x78, 0x01], bits: 0, count: 0, sums: (1, 0) };
        packed.put(0b011, 3);
        packed
    }

    /// Bits, the lowest first.
    fn put(&mut self, bits: u64, count: u32) {
        self.bits |= bits << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push((self.bits & 0xff) as u8);
            self.bits >>= 8;
            self.count -= 8;
        }
    }

    /// A sign of a code, whose highest bit comes first.
    fn sign(&mut self, code: u64, count: u32) {
        self.put(code.reverse_bits() >> (64 - count), count);
    }

    /// A byte as it is.
    fn literal(&mut self, byte: u8) {
        self.sum(byte);
        match u64::from(byte) {
            low @ 0..144 => self.sign(0x30 + low, 8),
            high => self.sign(0x190 + high - 144, 9),
        }
    }

    /// A byte is a part of what is told.
    fn sum(&mut self, byte: u8) {
        self.sums.0 += u64::from(byte);
        self.sums.1 += self.sums.0;
        self.reduce();
    }

    /// The same for zeros, which change the second sum alone.
    fn sum_zeros(&mut self, count: usize) {
        self.sums.1 += self.sums.0 * count as u64;
        self.reduce();
    }

    fn reduce(&mut self) {
        self.sums = (self.sums.0 % 65_521, self.sums.1 % 65_521);
    }

    /// Again what stands so far back, for a length from 3 to [`LONGEST`].
    fn again(&mut self, length: usize, back: usize) {
        let (code, extra, bits) = if length == LONGEST { (285, 0, 0) } else { length_code(length as u64 - 3) };
        let (code, count) = if code < 280 { (code - 256, 7) } else { (0xc0 + code - 280, 8) };
        self.sign(code, count);
        self.put(extra, bits);
        let (code, extra, bits) = distance_code(back as u64 - 1);
        self.sign(code, 5);
        self.put(extra, bits);
    }

    /// The same for any length; what is left over is never less than three.
    fn again_all(&mut self, mut length: usize, back: usize) {
        while length > 0 {
            let next = if length > LONGEST && length < LONGEST + 3 { LONGEST - 3 } else { length.min(LONGEST) };
            self.again(next, back);
            length -= next;
        }
    }

    fn zeros(&mut self, count: usize) {
        if count < RUN {
            (0..count).for_each(|_| self.literal(0));
        } else {
            self.literal(0);
            self.again_all(count - 1, 1);
            self.sum_zeros(count - 1);
        }
    }

    /// So many rows that are as the row above them.
    fn rows_above(&mut self, rows: usize, stride: usize) {
        if rows == 0 {
            return;
        }
        let rest = (rows - 1) * (stride + 1);
        // What is shorter than a sign can tell is told as it is.
        let plain = if rest < 3 { rows } else { 1 };
        for _ in 0..plain {
            self.literal(UP);
            self.zeros(stride);
        }
        if plain < rows {
            self.again_all(rest, stride + 1);
            for _ in plain..rows {
                self.sum(UP);
                self.sum_zeros(stride);
            }
        }
    }

    fn differences(&mut self, row: &[u8], above: &[u8]) {
        let mut zeros = 0;
        for (one, other) in row.iter().zip(above) {
            match one.wrapping_sub(*other) {
                0 => zeros += 1,
                difference => {
                    self.zeros(std::mem::take(&mut zeros));
                    self.literal(difference);
                }
            }
        }
        self.zeros(zeros);
    }

    /// The end of the block, and the sum.
    fn finish(mut self) -> Vec<u8> {
        self.sign(0, 7);
        self.put(0, (8 - self.count % 8) % 8);
        let sum = self.sums.1 << 16 | self.sums.0;
        self.bytes.extend_from_slice(&sum.to_be_bytes()[4..]);
        self.bytes
    }
}

/// The sign for a length less three, and the bits that follow it.
const fn length_code(length: u64) -> (u64, u64, u32) {
    let bits = if length < 8 { 0 } else { length.ilog2() - 2 };
    (257 + ((bits as u64) << 2) + (length >> bits), length & ((1 << bits) - 1), bits)
}

/// The sign for a distance less one, and the bits that follow it.
const fn distance_code(distance: u64) -> (u64, u64, u32) {
    let bits = if distance < 4 { 0 } else { distance.ilog2() - 1 };
    (((bits as u64) << 1) + (distance >> bits), distance & ((1 << bits) - 1), bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_those_of_the_standard() {
        assert_eq!([0, 7, 8, 254].map(length_code), [(257, 0, 0), (264, 0, 0), (265, 0, 1), (284, 30, 5)]);
        assert_eq!([0, 3, 4, 600, 32_767].map(distance_code), [(0, 0, 0), (3, 0, 0), (4, 0, 1), (18, 88, 8), (29, 8_191, 13)]);
    }

    /// Every decoder of PNG holds the bytes to their sum.
    fn opened(bytes: &[u8], stride: usize) -> Vec<u8> {
        let mut file = Vec::new();
        let (width, height) = (u32::try_from(stride).expect("narrow"), u32::try_from(bytes.len() / stride).expect("low"));
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().expect("a head");
        writer.write_chunk(png::chunk::IDAT, &pack(bytes, stride)).expect("a chunk");
        writer.finish().expect("an end");
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a head");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
        reader.next_frame(&mut pixels).expect("pixels");
        pixels
    }

    #[test]
    #[expect(clippy::cast_possible_truncation, reason = "chance has no size")]
    fn what_is_packed_can_be_opened() {
        let mut seed = 1_u64;
        for stride in [1, 2, 3, 4, 5, 7, 64, 257, 258, 259, 260, 261, 600] {
            for height in [1_usize, 2, 3, 9, 200] {
                let row = |seed: &mut u64| {
                    let mut next = || {
                        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                        (*seed >> 56) as u8
                    };
                    let kind = next();
                    (0..stride).map(|_| if kind < 90 { 0 } else { next() & if kind < 180 { 0x80 } else { 0xff } }).collect::<Vec<u8>>()
                };
                let mut bytes: Vec<u8> = Vec::new();
                while bytes.len() < stride * height {
                    let row = row(&mut seed);
                    (0..=seed as usize % 5).for_each(|_| bytes.extend(&row));
                }
                bytes.truncate(stride * height);
                assert!(opened(&bytes, stride) == bytes, "{stride} by {height}");
            }
        }
    }
}
