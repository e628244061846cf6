//! The files in which the AWS programs keep credentials and regions: `~/.aws/credentials` and `~/.aws/config`.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a profile says.
pub(super) type Profile = BTreeMap<String, String>;

/// The profile of this name, or of the environment's choice, or `default`; and whether it is in any file.
pub(super) fn read(chosen: Option<&str>) -> Option<Profile> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let name = chosen.map(str::to_owned).or_else(|| variable("AWS_PROFILE")).unwrap_or_else(|| "default".to_owned());
    let home = std::env::home_dir().map(|home| home.join(".aws"));
    let file = |named: &str, usual: &str| variable(named).map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(usual)));
    let text = |path: Option<PathBuf>| path.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let config = section(&text(file("AWS_CONFIG_FILE", "config")), &[&name, &format!("profile {name}")]);
    let credentials = section(&text(file("AWS_SHARED_CREDENTIALS_FILE", "credentials")), &[&name]);
    if config.is_none() && credentials.is_none() {
        return None;
    }
    let mut profile = config.unwrap_or_default();
    profile.extend(credentials.unwrap_or_default());
    Some(profile)
}

/// The keys of a section that has one of these names.
fn section(text: &str, names: &[&str]) -> Option<Profile> {
    let mut found: Option<Profile> = None;
    let mut inside = false;
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.split_once(']')).map(|(name, _)| name.trim()) {
            inside = names.contains(&name);
            if inside {
                found.get_or_insert_default();
            }
        } else if let Some((key, value)) = line.split_once('=').filter(|_| inside && !line.starts_with(['#', ';'])) {
            found.get_or_insert_default().insert(key.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let text = "# a comment\n[default]\nregion = eu-1\n\n[profile news]\naws_access_key_id=ID\n; no = thing\nAWS_Secret_Access_Key = a=b\n[other]\nregion=x\n";
        let news = section(text, &["news", "profile news"]).expect("it is there");
        assert_eq!(news.get("aws_access_key_id").map(String::as_str), Some("ID"));
        assert_eq!(news.get("aws_secret_access_key").map(String::as_str), Some("a=b"));
        assert_eq!(news.len(), 2);
        assert!(section(text, &["missing"]).is_none());
    }
}
