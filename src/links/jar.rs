//! The cookies of one way through redirects. Some publishers send whoever brings none round in a circle.

use std::collections::BTreeMap;

/// Cookies by where they go and by their names. One with a dot before its place goes to all hosts below as well.
#[derive(Debug, Default)]
pub(super) struct Jar {
    cookies: BTreeMap<(String, String), String>,
}

impl Jar {
    /// Keeps what a host sets, if it sets it for itself.
    pub(super) fn keep(&mut self, host: &str, cookie: &str) {
        let mut parts = cookie.split(';');
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        if !cookie.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return;
        }
        let domain = parts
            .filter_map(|part| part.split_once('='))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case("domain"))
            .map(|(_, domain)| format!(".{}", domain.trim().trim_start_matches('.').to_ascii_lowercase()));
        let place = domain.unwrap_or_else(|| host.to_owned());
        if reaches(&place, host) {
            self.cookies.insert((place, name.trim().to_owned()), value.trim().to_owned());
        }
    }

    /// What a host is sent.
    pub(super) fn cookies(&self, host: &str) -> String {
        let own = self.cookies.iter().filter(|((place, _), _)| reaches(place, host));
        own.map(|((_, name), value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }
}

fn reaches(place: &str, host: &str) -> bool {
    place.strip_prefix('.').map_or(place == host, |domain| host == domain || host.ends_with(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_go_where_they_belong() {
        let mut jar = Jar::default();
        jar.keep("www.example.org", "own=1; Path=/; HttpOnly");
        jar.keep("www.example.org", "wide=2; domain=Example.org; Secure");
        jar.keep("www.example.org", "strange=3; Domain=example.com");
        jar.keep("www.example.org", "no cookie");
        assert_eq!(jar.cookies("www.example.org"), "wide=2; own=1");
        assert_eq!(jar.cookies("id.example.org"), "wide=2");
        assert_eq!(jar.cookies("notexample.org"), "");
        jar.keep("example.org", "wide=4; Domain=.example.org");
        assert_eq!(jar.cookies("example.org"), "wide=4");
    }
}
