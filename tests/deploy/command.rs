//! What the command says of settings, sites and credentials that are not as they should be, before anything is changed.

use crate::google;
use crate::hosts;
use crate::project::Project;
use crate::site;

#[test]
fn targets_must_be_known() {
    Project::new("", &[]).run(&["deploy"]).ends(2).says("no target is declared").says("[deploy.live]");
    let two = Project::new("[deploy.live]\nto = \"file:/nowhere/a\"\n[deploy.draft]\nto = \"file:/nowhere/b\"\n", &[]);
    two.run(&["deploy"]).ends(2).says("name one of `draft`, `live`");
    two.run(&["deploy", "drfat"]).ends(2).says("did you mean `draft`?");
    let wrong = Project::new("[deploy.live]\nto = \"ftp://host/\"\n", &[]);
    wrong.run(&["deploy"]).ends(2).says("the way `ftp:` is not known");
    let wrong = Project::new("[deploy.live]\nto = \"s3://bucket\"\nbucket = \"b\"\nbranch = \"main\"\n", &[]);
    wrong.run(&["deploy"]).ends(2).says("the key `bucket` is not known here").says("`branch` means nothing for `s3:`");
    Project::new("[deploy.live]\nregion = \"x\"\n", &[]).run(&["deploy"]).ends(2).says("has no address");
}

#[test]
fn a_torn_site_goes_nowhere() {
    let host = hosts::folder();
    let project = host.project();
    project.write(&site::site(10, 1));
    std::fs::write(project.root().join("output/index.html"), "edited").expect("it is written");
    project.deploy().ends(3).says("`index.html` has been changed").says("postil build");
    assert!(!host.folder.path().join("www").exists());
}

#[test]
fn a_site_is_built_where_there_is_none() {
    let host = hosts::folder();
    let project = host.project();
    std::fs::create_dir(project.root().join("content")).expect("a folder");
    std::fs::write(project.root().join("content/a.md"), "+++\ntitle = \"A\"\n+++\n\nText.\n").expect("a file");
    project.deploy().ends(0).says("holds the site of");
    assert!(host.folder.path().join("www/a/index.html").is_file());
}

#[test]
fn no_folder_of_the_briefing_is_a_target() {
    for folder in ["content", "output/www", ".", "..", "themes/x"] {
        let project = Project::new(&format!("[deploy.live]\nto = \"file:{folder}\"\n"), &[]);
        project.write(&site::site(10, 1));
        project.deploy().ends(3).says("cannot be a target");
    }
}

#[cfg(unix)]
#[test]
fn a_link_at_the_target_is_not_followed() {
    let host = hosts::folder();
    let (www, elsewhere) = (host.folder.path().join("www"), host.folder.path().join("elsewhere"));
    std::fs::create_dir(&www).and_then(|()| std::fs::create_dir(&elsewhere)).expect("folders");
    std::os::unix::fs::symlink(&elsewhere, www.join("img")).expect("a link");
    let project = host.project();
    project.write(&site::site(10, 1));
    project.deploy().ends(3).says("a link or a file");
    assert_eq!(std::fs::read_dir(&elsewhere).expect("a folder").count(), 0);
}

#[test]
fn a_store_that_is_not_there_or_says_no_is_told_plainly() {
    let nobody = hosts::s3(crate::server::free_port(), "AKIAKEY", "a-secret-that-nobody-knows");
    let project = Project::new(&format!("{}retries = 0\n", nobody.toml), &nobody.env);
    project.write(&site::site(10, 1));
    let ran = project.deploy().ends(3).says("cannot list what is there").says("help");
    assert!(!ran.err.contains("a-secret-that-nobody-knows"), "{}", ran.err);
    let profile = Project::new(&format!("{}profile = \"news\"\n", nobody.toml), &[]);
    profile.write(&site::site(10, 1));
    profile.deploy().ends(3).says("there is no profile `news`");
    let nothing =
        Project::new(&format!("{}retries = 0\n", nobody.toml), &[("AWS_METADATA_ENDPOINT".to_owned(), "http://127.0.0.1:9".to_owned())]);
    nothing.write(&site::site(10, 1));
    nothing.deploy().ends(3).says("no credentials were found");
    if let Some(moto) = hosts::there("moto says no", hosts::moto()) {
        let project = Project::new(&moto.toml.replace("s3://site", "s3://missing"), &moto.env);
        project.write(&site::site(10, 1));
        project.deploy().ends(3).says("NoSuchBucket").says("make it");
    }
    if let Some(azurite) = hosts::there("azurite says no", hosts::azurite()) {
        let wrong = "YS1rZXktdGhhdC1pcy1ub3QtdGhlLXJpZ2h0LW9uZQ==";
        let project = Project::new(&azurite.toml, &[("AZURE_STORAGE_ACCOUNT_KEY".to_owned(), wrong.to_owned())]);
        project.write(&site::site(10, 1));
        let ran = project.deploy().ends(3).says("credentials");
        assert!(!ran.err.contains(wrong) && !ran.err.contains("SharedKey"), "{}", ran.err);
    }
}

#[test]
fn credentials_are_never_printed() {
    let mut runs = 0;
    for ready in [hosts::moto(), hosts::azurite(), google::google(true)] {
        let Some(host) = hosts::there("credentials", ready) else { continue };
        for profile in [false, true] {
            let (toml, env) = if profile && host.toml.contains("s3://") {
                (format!("{}profile = \"news\"\n", host.toml), Vec::new())
            } else {
                (host.toml.clone(), host.env.clone())
            };
            let project = Project::new(&toml, &env);
            let variable = |name: &str| host.env.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
            std::fs::create_dir_all(project.beside(".aws")).expect("a folder");
            let text = format!(
                "[news]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
                variable("AWS_ACCESS_KEY_ID"),
                variable("AWS_SECRET_ACCESS_KEY")
            );
            std::fs::write(project.beside(".aws/credentials"), text).expect("a file");
            project.write(&site::site(10, 1));
            for arguments in [
                &["deploy", "--yes", "--verbose"][..],
                &["deploy", "--dry-run"],
                &["deploy", "--verify"],
                &["deploy", "--rollback", "--yes"],
            ] {
                let ran = project.run(arguments);
                assert_ne!(ran.code, Some(101), "{}", ran.err);
                for secret in &host.secrets {
                    assert!(!ran.err.contains(secret) && !ran.out.contains(secret), "{}{}", ran.out, ran.err);
                }
                runs += 1;
            }
        }
    }
    eprintln!("{runs} runs printed no credential");
}

/// Settings, variables, how a run ends, and what it says.
type Case<'c> = (String, &'c [(&'c str, &'c str)], i32, &'c str);

#[test]
fn credentials_that_are_none_are_told_plainly() {
    let nowhere = "http://127.0.0.1:9";
    let store = |way: &str, more: &str| format!("[deploy.live]\nto = \"{way}://site\"\nretries = 0\n{more}");
    let at = format!("endpoint = \"{nowhere}\"\n");
    let hidden = "hush-hush-0123456789";
    let key = format!("{{\"private_key\": \"{hidden}\"}}");
    let cases: [Case<'_>; 11] = [
        (store("s3", &at), &[("AWS_ACCESS_KEY_ID", "hush-hush-0123456789\n")], 3, "`AWS_ACCESS_KEY_ID` holds a line break"),
        (store("s3", &at), &[("AWS_ACCESS_KEY_ID", hidden)], 3, "Missing SecretAccessKey"),
        (store("s3", ""), &[("AWS_ENDPOINT_URL", "me:hush-hush-0123456789@host")], 3, "no full address"),
        (store("s3", "endpoint = \"https://me:hush-hush-0123456789@host\"\n"), &[], 2, "without a name or password"),
        (store("s3", "").replace("site", "me:hush-hush-0123456789@site"), &[], 2, "take it out"),
        (store("s3", "secret_access_key = \"hush-hush-0123456789\"\n"), &[], 2, "take it out"),
        (store("gs", &at), &[("GCE_METADATA_HOST", "127.0.0.1:9"), ("GCE_METADATA_IP", "127.0.0.1:9")], 3, "no credentials were found"),
        (store("gs", &at), &[("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json")], 3, "/nowhere/key.json"),
        (store("gs", &at), &[("GOOGLE_APPLICATION_CREDENTIALS", &key)], 3, "Unable to open"),
        (store("az", &at), &[], 3, "write `account = "),
        (
            store("az", &format!("{at}account = \"us\"\n")),
            &[("AZURE_STORAGE_ACCOUNT_KEY", "hush-hush-0123456789!")],
            3,
            "Invalid Access Key",
        ),
    ];
    for (toml, env, code, words) in cases {
        let env: Vec<(String, String)> = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let project = Project::new(&toml, &env);
        project.write(&site::site(10, 1));
        let ran = project.deploy().ends(code).says(words).says("help");
        assert!(!ran.err.contains(hidden) && !ran.out.contains(hidden), "{}{}", ran.out, ran.err);
    }
    let nothing = Project::new("[deploy.live]\nto = \"git:origin\"\n", &[]);
    nothing.write(&site::site(10, 1));
    nothing.deploy().ends(3).says("cannot find the remote `origin`").says("mend the address");
}
