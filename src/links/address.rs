//! Addresses as a briefing names them, and the targets that are asked for: without fragment, each once.

use std::collections::{BTreeMap, BTreeSet};

use url::{Host, Url};

use crate::text::Place;

/// An outside address, and where the briefing names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address, as written.
    pub url: String,
    /// The places that name it.
    pub places: Vec<Place>,
}

/// An address that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// What is asked for.
    pub url: Url,
    /// All that lead there; the spelling is that of the first.
    pub address: Address,
}

impl Target {
    /// The name that the cache knows it by.
    pub(super) fn key(&self) -> &str {
        self.url.as_str()
    }
}

/// The addresses of a briefing, sorted out.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// Those to ask for, in order of their keys.
    pub targets: Vec<Target>,
    /// Those that nobody can ask for, with the reason.
    pub unreadable: Vec<(Address, String)>,
    /// How many were left out because they begin like one of the list.
    pub skipped: usize,
}

/// Folds addresses that differ only in fragment or spelling into one. Of other schemes than http nothing can be said.
pub(super) fn fold(addresses: Vec<Address>, skip: &[String]) -> Folded {
    let mut targets: BTreeMap<String, Target> = BTreeMap::new();
    let mut skipped: BTreeSet<String> = BTreeSet::new();
    let mut unreadable: BTreeMap<String, (Address, String)> = BTreeMap::new();
    for address in addresses.into_iter().filter(|address| is_web(&address.url)) {
        let parsed = Url::parse(&address.url).map(without_fragment);
        let begins = |prefix: &String| address.url.starts_with(prefix) || parsed.as_ref().is_ok_and(|url| url.as_str().starts_with(prefix));
        match parsed {
            _ if skip.iter().any(begins) => _ = skipped.insert(address.url),
            Ok(url) => match targets.get_mut(url.as_str()) {
                Some(target) => target.address.places.extend(address.places),
                None => _ = targets.insert(url.as_str().to_owned(), Target { url, address }),
            },
            Err(error) => match unreadable.get_mut(&address.url) {
                Some((known, _)) => known.places.extend(address.places),
                None => _ = unreadable.insert(address.url.clone(), (address, format!("it is no address: {error}"))),
            },
        }
    }
    Folded { targets: targets.into_values().collect(), unreadable: unreadable.into_values().collect(), skipped: skipped.len() }
}

fn is_web(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// Where an address sends its reader: the next address, or why there is none.
pub(super) fn next(from: &Url, location: &str) -> Result<Url, String> {
    let to =
        from.join(location).map(without_fragment).map_err(|error| format!("it leads to `{location}`, which is no address: {error}"))?;
    if !["http", "https"].contains(&to.scheme()) {
        return Err(format!("it leads to `{to}`, which is not on the web"));
    }
    if is_local(&to) && !is_local(from) {
        return Err(format!("it leads to `{to}`, which is on this machine or in its own network"));
    }
    Ok(to)
}

/// Whether an address names this machine or the network that it stands in. No site outside may send us there.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => {
            let inner = ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback() || ip.is_private() || ip.is_link_local());
            inner || ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified()
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn address(url: &str, at: usize) -> Address {
        Address { url: url.to_owned(), places: vec![Place::new("content/a.md", Span::new(at, at + 1))] }
    }

    #[test]
    fn one_target_for_each_page() {
        let addresses = ["https://example.org/a#one", "HTTPS://EXAMPLE.org/a", "https://example.org/b", "mailto:a@example.org"];
        let folded = fold(addresses.iter().zip(0..).map(|(url, at)| address(url, at)).collect(), &[]);
        let found: Vec<(&str, usize)> = folded.targets.iter().map(|target| (target.key(), target.address.places.len())).collect();
        assert_eq!(found, [("https://example.org/a", 2), ("https://example.org/b", 1)]);
        assert_eq!(folded.targets[0].address.url, "https://example.org/a#one");
    }

    #[test]
    fn skipped_and_unreadable() {
        let skip = ["https://example.org/private/".to_owned()];
        let addresses = ["https://example.org/private/x", "https://Example.org/private/y#z", "https://[::1", "https://例え.jp/路"];
        let folded = fold(addresses.iter().map(|url| address(url, 0)).collect(), &skip);
        assert_eq!((folded.skipped, folded.unreadable.len()), (2, 1));
        assert_eq!(folded.targets[0].key(), "https://xn--r8jz45g.jp/%E8%B7%AF");
    }

    #[test]
    fn nobody_is_sent_into_the_local_network() {
        let from = Url::parse("https://example.org/a/b").expect("an address");
        assert_eq!(next(&from, "../c#d").expect("an address").as_str(), "https://example.org/c");
        assert_eq!(next(&from, "//example.com/").expect("an address").as_str(), "https://example.com/");
        for bad in
            ["http://127.0.0.1/", "http://localhost:80/", "http://10.0.0.8/", "http://[fe80::1]/", "http://169.254.1.1/", "file:///etc"]
        {
            assert!(next(&from, bad).is_err(), "{bad}");
        }
        let local = Url::parse("http://127.0.0.1:8000/").expect("an address");
        assert!(next(&local, "/there").is_ok());
    }
}
