//! The size of a picture, so that a page keeps its place before the picture is there.

/// A size in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Reads the size out of the head of the file; `None` where the file does not tell.
#[must_use]
pub fn size(path: &str, bytes: &[u8]) -> Option<Size> {
    if path.to_ascii_lowercase().ends_with(".svg") {
        return std::str::from_utf8(bytes).ok().and_then(svg_size);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    Some(Size { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
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
    fn svg_tells_by_attributes_or_view_box() {
        let by = |text: &str| size("a.svg", text.as_bytes());
        assert_eq!(by("<svg width=\"30px\" height='20'/>"), Some(Size { width: 30, height: 20 }));
        assert_eq!(by("<svg viewBox=\"0 0 640 320\"/>"), Some(Size { width: 640, height: 320 }));
        assert_eq!(by("<svg width=\"100%\"/>"), None);
    }
}
