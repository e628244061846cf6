//! The one place that turns any text into an address or an attribute.

use pulldown_cmark_escape::{escape_href as write_href, escape_html};

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The text with `<`, `>`, `&` and both quotation marks escaped: fit for element content and quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing into a String cannot fail.
    let _ = escape_html(&mut out, text);
    out
}

/// An address for an `href` in double quotation marks: what is not allowed there is percent-encoded or escaped.
#[must_use]
pub fn escape_href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    // Writing into a String cannot fail.
    let _ = write_href(&mut out, address);
    out
}

/// A path as a part of a full address: all but letters of ASCII, digits and a few signs is percent-encoded.
#[must_use]
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The path of a full address, from its first slash on; one slash where it has none.
#[must_use]
pub fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

/// Whether an address is safe to print as a link: relative, or with a scheme of the allow-list. Control characters,
/// which browsers drop before they read the scheme, make it unsafe.
#[must_use]
pub fn safe_url(address: &str) -> bool {
    if address.chars().any(char::is_control) || address.starts_with("//") || address.trim() != address {
        return false;
    }
    match scheme(address) {
        Some(scheme) => SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)),
        None => true,
    }
}

/// The scheme of an address: what stands before the first colon, if no slash, question mark or hash comes first.
#[must_use]
pub(super) fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then(|| &address[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_schemes_pass() {
        for good in ["https://a.b/?q=x:y", "mailto:a@b", "a/b.md#c", "#x", "", "TEL:1"] {
            assert!(safe_url(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
            "//evil",
            " javascript:x",
            "javascript&colon;x:y",
        ] {
            assert!(!safe_url(bad), "{bad}");
        }
    }
}
