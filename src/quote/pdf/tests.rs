//! PDFs written by hand: a page, its fonts, and what it shows.

use super::text;

/// A file of these objects, numbered from one; the first is the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.7\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    for place in &places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1));
    out.into_bytes()
}

fn stream(dict: &str, content: &str) -> String {
    format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A file of one page that does this; object 6 and further may be named in it.
fn page(content: &str, further: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources << /Font << /F 5 0 R /C 6 0 R >> /XObject << /X 6 0 R >> >> >>"
            .to_owned(),
        stream("", content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    objects.extend_from_slice(further);
    file(&objects)
}

fn read(content: &str, further: &[String]) -> String {
    text(&page(content, further)).expect("a text layer")
}

fn message(bytes: &[u8]) -> String {
    text(bytes).expect_err("it cannot be read").0
}

#[test]
fn lines_and_words_come_from_their_places() {
    let words = "BT /F 12 Tf 20 300 Td (Output fell) Tj 0 -14 Td [(by) -400 (3.2) 20 (%)] TJ T* ET";
    assert_eq!(read(words, &[]), "Output fell\nby 3.2%\n");
    let placed = "BT /F 12 Tf 1 0 0 1 20 300 Tm (one) Tj 1 0 0 1 60 300 Tm (two) Tj ET BT 1 0 0 1 20 280 Tm (three) Tj ET";
    assert_eq!(read(placed, &[]), "one two\nthree\n");
    assert_eq!(read("q .1 0 0 .1 0 0 cm BT /F 120 Tf 140 TL 200 3000 Td (a) Tj (b) ' ET Q", &[]), "a\nb\n");
    assert_eq!(read("BT /F 12 Tf 0 1 -1 0 300 20 Tm (up) Tj [-300 (right)] TJ ET", &[]), "up right\n");
    assert_eq!(read("BT /F 12 Tf 3 Tc 20 300 Td (Title) Tj ET", &[]), "Title\n", "spaced out");
    assert_eq!(read("BT 3 Tr /F 12 Tf 20 300 Td (recognised) Tj ET", &[]), "recognised\n", "not painted");
}

#[test]
fn a_raised_digit_is_the_number_of_a_note() {
    let note = "BT /F 12 Tf 20 300 Td (growth) Tj /F 7 Tf 5 Ts (12) Tj /F 12 Tf 0 Ts ( in) Tj ET";
    assert_eq!(read(note, &[]), "growth¹² in\n");
}

#[test]
fn bold_by_drawing_twice_is_read_once() {
    assert_eq!(read("BT /F 12 Tf 20 300 Td (x) Tj 0.3 0 Td (x) Tj ET", &[]), "x\n");
}

#[test]
fn chinese_is_read_without_a_map_of_its_own() {
    let font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font /Subtype \
        /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >>";
    assert_eq!(read("BT /C 12 Tf 20 300 Td <4E2D6587> Tj ET", &[font.to_owned()]), "中文\n");
}

#[test]
fn drawings_in_drawings_are_read_and_bounded() {
    let form = |next: usize, content: &str| {
        let dict = "/Type /XObject /Subtype /Form /BBox [0 0 400 400] /Resources << /Font << /F 5 0 R >> /XObject";
        stream(&format!("{dict} << /X {next} 0 R >> >>"), content)
    };
    let text = "BT /F 12 Tf 20 300 Td (inside) Tj ET";
    assert_eq!(read("/X Do", &[form(6, text)]), "inside\n");
    assert_eq!(read("q 2 0 0 2 0 0 cm /X Do Q", &[form(7, "/X Do"), form(6, &format!("{text} /X Do"))]), "inside\n");
    let bomb: Vec<String> = (7..20).map(|next| form(next, &"/X Do ".repeat(50))).collect();
    assert!(message(&page("/X Do", &bomb)).contains("too long"));
}

#[test]
fn what_has_no_text_says_so() {
    assert!(message(&page("0 0 100 100 re f", &[])).contains("no text layer"));
    assert!(message(b"no PDF").contains("not a PDF"));
    assert!(message(b"").contains("not a PDF"));
    let mute = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 \
        /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>";
    assert!(message(&page("BT /C 12 Tf <00010002> Tj ET", &[mute.to_owned()])).contains("which letters"));
}

#[test]
fn broken_files_are_no_end() {
    let whole = page("BT /F 12 Tf 20 300 Td (Output fell) Tj ET", &[]);
    for end in (0..whole.len()).step_by(7) {
        let _ = text(&whole[..end]);
        let mut spoilt = whole.clone();
        spoilt[end] = spoilt[end].wrapping_add(37);
        let _ = text(&spoilt);
    }
}
