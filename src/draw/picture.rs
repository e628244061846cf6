//! A picture as a page offers it: with its size, so that the page keeps its place before the picture is there, and with
//! smaller files and newer formats, of which a browser takes the one that fits.

use crate::parse::escape_href;
use crate::raster;

/// A size in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// A picture that pages show. Addresses count from the root of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file that every browser reads.
    pub path: String,
    /// Its size, where the file tells it.
    pub size: Option<Size>,
    /// The same picture in newer formats, the best first.
    pub sources: Vec<Source>,
}

/// A picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The format as a media type.
    pub media_type: &'static str,
    /// The files, each with its width in pixels, from the narrowest to the widest.
    pub files: Vec<(u32, String)>,
}

/// The width of a column of text: in a window that is wide enough, the text is never wider.
const COLUMN: &str = "(min-width: 41rem) 38.25rem, 100vw";
/// The same in CSS pixels. A narrower picture keeps its own width.
const COLUMN_PIXELS: u32 = 612;

impl Picture {
    /// A picture that is offered as one file.
    #[must_use]
    pub fn plain(path: &str, size: Option<Size>) -> Self {
        Self { path: path.to_owned(), size, sources: Vec::new() }
    }

    /// The picture in a page, from which `root` leads to the root of the site.
    #[must_use]
    pub fn html(&self, root: &str, alt: &str, title: &str) -> String {
        let img = super::img(&format!("{root}{}", self.path), self.size, alt, title);
        if self.sources.is_empty() {
            return img;
        }
        let sizes = match self.size {
            Some(Size { width, .. }) if width < COLUMN_PIXELS => format!("(min-width: {width}px) {width}px, 100vw"),
            _ => COLUMN.to_owned(),
        };
        let sources: String = self.sources.iter().map(|source| source.html(root, &sizes)).collect();
        format!("<picture>{sources}{img}</picture>")
    }
}

impl Source {
    fn html(&self, root: &str, sizes: &str) -> String {
        // A comma would end an address in this list.
        let address = |path: &str| escape_href(&format!("{root}{path}")).replace(',', "%2C");
        let files: Vec<String> = self.files.iter().map(|(width, path)| format!("{} {width}w", address(path))).collect();
        format!("<source type=\"{}\" srcset=\"{}\" sizes=\"{sizes}\">", self.media_type, files.join(", "))
    }
}

/// Whether a file is an SVG file, by its name.
#[must_use]
pub fn is_svg(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".svg")
}

/// Reads the size out of the head of the file; `None` where the file does not tell.
#[must_use]
pub fn size(path: &str, bytes: &[u8]) -> Option<Size> {
    if is_svg(path) {
        return std::str::from_utf8(bytes).ok().and_then(svg_size);
    }
    raster::bare(bytes).ok().map(|picture| Size { width: picture.width, height: picture.height })
}

/// The `width` and `height` of the root element, or else its `viewBox`.
fn svg_size(text: &str) -> Option<Size> {
    let document = roxmltree::Document::parse(text).ok()?;
    let root = document.root_element();
    let number = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|number| (1.0..100_000.0).contains(number));
    let own = root.attribute("width").and_then(number).zip(root.attribute("height").and_then(number));
    let boxed = || {
        let numbers: Vec<&str> = root.attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        number(numbers.get(2)?).zip(number(numbers.get(3)?))
    };
    let (width, height) = own.or_else(boxed)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked just before")]
    let whole = |number: f64| number.round() as u32;
    Some(Size { width: whole(width), height: whole(height) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_of_every_file() {
        let size = Some(Size { width: 900, height: 600 });
        let files = vec![(480, "a, b-480.webp".to_owned()), (900, "a, b-900.webp".to_owned())];
        let picture = Picture { sources: vec![Source { media_type: "image/webp", files }], ..Picture::plain("a, b.jpg", size) };
        let expected = "<picture><source type=\"image/webp\" srcset=\"../a%2C%20b-480.webp 480w, ../a%2C%20b-900.webp 900w\" \
                        sizes=\"(min-width: 41rem) 38.25rem, 100vw\"><img src=\"../a,%20b.jpg\" alt=\"A &lt; B\" width=\"900\" \
                        height=\"600\" loading=\"lazy\" decoding=\"async\"></picture>";
        assert_eq!(picture.html("../", "A < B", ""), expected);
        let narrow = Picture { size: Some(Size { width: 300, height: 200 }), ..picture };
        assert!(narrow.html("", "", "").contains("sizes=\"(min-width: 300px) 300px, 100vw\""));
        assert!(Picture::plain("a.gif", None).html("", "", "").starts_with("<img src=\"a.gif\""));
    }

    #[test]
    fn svg_tells_by_attributes_or_view_box() {
        let by = |text: &str| size("a.svg", text.as_bytes());
        assert_eq!(by("<svg width=\"30px\" height='20'/>"), Some(Size { width: 30, height: 20 }));
        assert_eq!(by("<svg viewBox=\"0 0 640 320\"/>"), Some(Size { width: 640, height: 320 }));
        assert_eq!(by("<svg width=\"100%\"/>"), None);
    }
}
