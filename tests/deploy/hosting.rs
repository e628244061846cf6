//! Servers of files, set up as the guide says, with the Henan briefing deployed below a path of theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use postil::publish::{POLICY, is_fingerprinted};
use scraper::{Html, Selector};
use serde_json::json;

use crate::chromium::Browser;
use crate::google::google;
use crate::hosts::{self, Host};
use crate::page::Page;
use crate::project::{Project, files_of};
use crate::server::{Server, ask, free_port, start};
use crate::site::{Files, of_the_site};

/// Where the briefing stands on its host, as its `base_url` says.
const PATH: &str = "/briefings/henan/";
const GUIDE: &str = include_str!("../../docs/content/10-publishing.md");

#[test]
fn nginx_serves_the_site_as_the_guide_sets_it_up() {
    hosted("nginx", nginx);
}

fn nginx(program: &Path, www: &Path, folder: &Path, port: u16) -> Command {
    let snippet = fenced("nginx").replace("listen 80;", &format!("listen 127.0.0.1:{port};"));
    let snippet = snippet.replace("/srv/www", &www.display().to_string()).replace("include mime.types;", "include /etc/nginx/mime.types;");
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path tmp;\n")).concat();
    let config = format!("daemon off;\nmaster_process off;\npid pid;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}{snippet}}}\n");
    fs::write(folder.join("nginx.conf"), config).expect("a file");
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).args(["-c", "nginx.conf", "-e", "error.log"]);
    command
}

#[test]
fn caddy_serves_the_site_as_the_guide_sets_it_up() {
    hosted("caddy", caddy);
}

fn caddy(program: &Path, www: &Path, folder: &Path, port: u16) -> Command {
    let snippet = fenced("text").replace("example.org {", &format!("http://127.0.0.1:{port} {{"));
    let config = format!("{{\n\tadmin off\n\tauto_https off\n}}\n{}", snippet.replace("/srv/www", &www.display().to_string()));
    fs::write(folder.join("Caddyfile"), config).expect("a file");
    let mut command = Command::new(program);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder);
    command
}

/// The first block of the guide's page in this language.
fn fenced(language: &str) -> String {
    let (_, rest) = GUIDE.split_once(&format!("```{language}\n")).expect("a block in the guide");
    rest.split("\n```").next().unwrap_or_default().to_owned() + "\n"
}

/// The command of a server: its program, the folder with all sites, one for itself, and its port.
type Setup = fn(&Path, &Path, &Path, u16) -> Command;

/// Deploys the briefing into a folder, serves that, and reads all of it back.
fn hosted(name: &str, setup: Setup) {
    let Some(host) = served(name, setup) else { return };
    all_is_there(&host.server, &host.files);
    every_link_resolves(&host.server, &host.files);
    what_is_missing_is_said(&host.server);
}

/// The deployed briefing and its server, for as long as this is held.
struct Hosted {
    server: Server,
    files: Files,
    project: Project,
}

fn served(name: &str, setup: Setup) -> Option<Hosted> {
    let program = hosts::there("the hosted briefing", hosts::needed(name))?;
    let project = henan();
    project.run(&["deploy", "--yes"]).ends(0);
    let (www, folder, port) = (project.beside("www"), project.beside(name), free_port());
    fs::create_dir(&folder).expect("a folder");
    let server = start(port, &mut setup(&program, &www, &folder, port)).expect("the server starts");
    let files = files_of(&www.join(PATH.trim_matches('/')));
    assert!(files.len() > 200, "{} files", files.len());
    Some(Hosted { server, files, project })
}

/// Tells the console of whatever the policy does not let through.
const LISTEN: &str = "addEventListener('securitypolicyviolation', event => \
    console.error(location.pathname, event.effectiveDirective, event.blockedURI, event.lineNumber))";

#[test]
fn no_page_breaks_the_policy_in_a_browser() {
    let Some(browser) = Browser::shared() else { return };
    let Some(host) = served("nginx", nginx) else { return };
    let url = |path: &str| format!("http://127.0.0.1:{}{PATH}{}", host.server.port, encoded(path));
    let open = |paths: &[&str]| {
        let mut page = Page::new(browser, 1280, 900);
        page.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": LISTEN }));
        for path in paths {
            page.open(&url(path));
        }
        page.complaints()
    };
    let pages: Vec<&str> = host.files.keys().map(String::as_str).filter(|path| path.ends_with(".html")).collect();
    assert!(pages.len() > 30, "{} pages", pages.len());
    assert_eq!(open(&pages), [""; 0]);
    // And what breaks it is noticed, each by itself.
    let broken = [
        "<p style='color: red'>",
        "<style>p { color: red }</style>",
        "<script>1</script>",
        "<p onclick='1'>",
        "<img src='http://127.0.0.1:9/a.png'>",
    ];
    for markup in broken {
        let page = format!("<!doctype html><html lang='en'><title>A</title>{markup}");
        fs::write(host.project.beside("www").join(PATH.trim_matches('/')).join("broken.html"), page).expect("a file");
        let complaints = open(&["broken.html"]);
        let told = |words: &str| complaints.iter().any(|one| one.contains(words));
        assert!(told("/briefings/henan/broken.html") && told("Content Security Policy"), "{markup}: {complaints:?}");
    }
}

#[test]
fn the_briefing_is_the_same_at_every_target() {
    let ready = [
        ("git", hosts::git()),
        ("ssh", hosts::ssh()),
        ("s3", hosts::moto()),
        ("s3rver", hosts::s3rver()),
        ("gs", google(true)),
        ("az", hosts::azurite()),
    ];
    let there: Vec<(&str, Host)> =
        ready.into_iter().filter_map(|(name, ready)| hosts::there(name, ready).map(|host| (name, host))).collect();
    let project = henan();
    project.run(&["deploy", "--yes"]).ends(0);
    let files = files_of(&project.beside("www").join(PATH.trim_matches('/')));
    let site = of_the_site(files);
    for (name, host) in &there {
        // Each has its own variables, and all have one site.
        let other = host.project();
        let built = project.root().join("output");
        hosts::copy(&built, &other.root().join("output"));
        other.deploy().ends(0).says(&format!("{} files sent", site.len()));
        other.run(&["deploy", "--verify"]).ends(0).says(&format!("{0} of {0}", site.len()));
        let read_back = match *name {
            "ssh" => files_of(&host.folder.path().join("www/site")),
            "git" => {
                let (repository, tree) = (host.folder.path().join("site.git"), other.beside("tree"));
                let mut clone = Command::new("git");
                clone.args(["clone", "--quiet", "--branch", "pages"]).arg(repository).arg(&tree);
                hosts::done(&mut clone).expect("git runs");
                fs::remove_dir_all(tree.join(".git")).expect("a folder");
                files_of(&tree)
            }
            // What stores hold was read by `--verify`, byte for byte.
            _ => continue,
        };
        assert!(of_the_site(read_back) == site, "{name} holds another site than the folder");
    }
}

/// A copy of this repository's briefing, with a folder to go to.
fn henan() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = fs::read_to_string(root.join("postil.toml")).expect("the settings");
    let project = Project::new(&format!("{settings}\n[deploy.live]\nto = \"file:../www{}\"\n", PATH.trim_end_matches('/')), &[]);
    let lock = fs::read(root.join("postil.lock")).expect("what was verified");
    fs::write(project.root().join("postil.lock"), lock).expect("a file");
    for (path, bytes) in files_of(&root.join("content")) {
        let file = project.root().join("content").join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("a file");
    }
    project
}

/// Every file comes as it was deployed, with the headers that it must have.
fn all_is_there(server: &Server, files: &Files) {
    for (path, bytes) in files.iter().filter(|(path, _)| !path.split('/').any(|part| part.starts_with('.'))) {
        let answer = Answer::of(server, &format!("{PATH}{}", encoded(path)));
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body == *bytes, "{path} comes with other bytes");
        assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cache-control").contains("immutable"), is_fingerprinted(path), "{path}");
    }
    assert_eq!(Answer::of(server, &format!("{PATH}.postil/manifest.json")).status, 404, "what Postil keeps is nobody's business");
}

fn every_link_resolves(server: &Server, files: &Files) {
    let (links, mut seen) = (Selector::parse("[href], [src]").expect("a selector"), BTreeSet::new());
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = Html::parse_document(&String::from_utf8_lossy(bytes));
        for element in page.select(&links) {
            let Some(address) = element.attr("href").or_else(|| element.attr("src")) else { continue };
            let own = resolved(&format!("{PATH}{path}"), address).filter(|own| seen.insert(own.clone()));
            if let Some(own) = own {
                assert_eq!(Answer::of(server, &own).status, 200, "{address} in {path}");
            }
        }
    }
    assert!(seen.len() > 100, "{} links", seen.len());
}

/// The page for missing addresses comes at any depth, and what it names is there.
fn what_is_missing_is_said(server: &Server) {
    for address in ["nothing", "a/b/c/"] {
        let answer = Answer::of(server, &format!("{PATH}{address}"));
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(answer.status == 404 && text.contains("Page not found"), "{address}: {} {text}", answer.status);
        let page = Html::parse_document(&text);
        for link in page.select(&Selector::parse("link[rel=stylesheet], nav a").expect("a selector")) {
            let href = link.attr("href").unwrap_or_default();
            let own = resolved(&format!("{PATH}{address}"), href).unwrap_or_default();
            assert_eq!(Answer::of(server, &own).status, 200, "{href}");
        }
    }
}

/// The address of this site that a page at an address means; nothing where it means another.
fn resolved(page: &str, address: &str) -> Option<String> {
    let address = address.split('#').next().filter(|address| !address.is_empty())?;
    if address.starts_with('/') {
        return Some(address.to_owned());
    }
    if address.split('/').next()?.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A path as an address has it.
fn encoded(path: &str) -> String {
    let plain = |one: u8| one.is_ascii_alphanumeric() || b"/-._~".contains(&one);
    path.bytes().map(|one| if plain(one) { char::from(one).to_string() } else { format!("%{one:02X}") }).collect()
}

/// What a server answers.
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn of(server: &Server, path: &str) -> Self {
        let whole = ask(server.port, "GET", path);
        let at = whole.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no answer at {path}"));
        let head = String::from_utf8_lossy(&whole[..at]).into_owned();
        let (first, lines) = head.split_once("\r\n").unwrap_or((&head, ""));
        let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Self { status, headers: lines.split("\r\n").filter_map(header).collect(), body: whole[at + 4..].to_vec() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}
