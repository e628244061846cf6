//! Addresses in an SVG file: to a part of the file itself, to a picture within it, or of a link.

use std::borrow::Cow;

/// Pictures that may stand within the file.
const PICTURES: [&str; 4] = ["png", "jpeg", "gif", "webp"];

/// The address of an element as it may be written; `None` where it may not lead there.
pub(super) fn of<'v>(element: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let value = value.trim_matches(|one: char| one.is_ascii_whitespace());
    match element {
        _ if is_within(value) => Some(Cow::Borrowed(value)),
        "a" if is_site(value) => Some(Cow::Borrowed(value)),
        "image" | "feImage" => picture(value).map(Cow::Owned),
        _ => None,
    }
}

/// Whether an address of a style leads to a part of the file or a picture within it.
pub(super) fn in_style(value: &str) -> bool {
    let value = value.trim_matches(|one: char| one.is_ascii_whitespace());
    is_within(value) || picture(value).is_some()
}

/// A part of the file: nothing but a sign and an id.
fn is_within(value: &str) -> bool {
    value.starts_with('#') && !value.contains(|one: char| one.is_whitespace() || one.is_control())
}

/// A site, said in full. A control or a space within could be read as another address than is seen.
fn is_site(value: &str) -> bool {
    let lower = value.get(..8).unwrap_or(value).to_ascii_lowercase();
    let site = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    site.is_some() && !value.contains(|one: char| one.is_whitespace() || one.is_control() || one == '\\')
}

/// A picture within the file, without the line ends that some programs put into it.
fn picture(value: &str) -> Option<String> {
    let (head, data) = value.split_once(',')?;
    let head = head.to_ascii_lowercase();
    let kind = head.strip_prefix("data:image/")?.strip_suffix(";base64")?;
    let data: String = data.chars().filter(|one| !one.is_ascii_whitespace()).collect();
    let coded = data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
    (PICTURES.contains(&kind) && coded).then(|| format!("data:image/{kind};base64,{data}"))
}
