//! The little HTML that citations are made of.

/// Escapes a text for use in HTML, also inside a double-quoted attribute.
pub(super) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// A text, escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

/// Writes a link where the address is one of the web, and else the bare text.
pub(super) fn link(address: &str, text: &str, html: &mut String) {
    let is_web = ["https://", "http://"].iter().any(|scheme| address.get(..scheme.len()).is_some_and(|a| a.eq_ignore_ascii_case(scheme)));
    if is_web && !address.contains(|c: char| c.is_control() || c.is_whitespace()) {
        html.push_str("<a href=\"");
        escape(address, html);
        html.push_str("\">");
        escape(text, html);
        html.push_str("</a>");
    } else {
        escape(text, html);
    }
}

/// The text of HTML that this room has written.
pub(super) fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (index, part) in html.split('<').enumerate() {
        let part = if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
        text.push_str(part);
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_become_links() {
        let made = |address| {
            let mut html = String::new();
            link(address, "a<b", &mut html);
            html
        };
        assert_eq!(made("https://x.org/?a=1&b=\"2"), "<a href=\"https://x.org/?a=1&amp;b=&quot;2\">a&lt;b</a>");
        for address in ["javascript:alert(1)", "data:x", "", "https:/x", " https://x"] {
            assert_eq!(made(address), "a&lt;b", "{address}");
        }
    }

    #[test]
    fn text_is_html_without_tags() {
        assert_eq!(text("<em>a &lt; b</em> &amp;amp; <a href=\"x\">c</a>"), "a < b &amp; c");
    }
}
