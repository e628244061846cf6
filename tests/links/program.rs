//! `postil links` as a user runs it.

use postil::links::CACHE;

use crate::common::program::Briefing;
use crate::server::{Server, closed};

#[test]
fn the_program_tells_what_is_dead_and_what_has_moved() {
    let server = Server::new(|request| {
        match request.path.as_str() {
            "/old" => "301 Moved Permanently\r\nLocation: /new",
            "/dead" => "404 Not Found",
            _ => "200 OK",
        }
        .to_owned()
    });
    let source = format!("[[sources]]\nid = \"s\"\ntitle = \"S\"\nurl = \"{}\"\n", server.url("/dead"));
    let links = ["/old", "/good#part", "/dead", "/private/a"].map(|path| format!("[words]({})", server.url(path))).join(" ");
    let section = format!("+++\ntitle = \"A\"\n{source}+++\n\nWords [@s], {links}, [post](mailto:desk@example.org).\n");
    let config = format!("[links]\nskip = [\"{}\"]\n", server.url("/private/"));
    let briefing = Briefing::new(&[("postil.toml", &config), ("content/index.md", &section)]);
    let args = ["links", "--delay", "0", "--patience", "0"];
    briefing.run(&args).ends(0).is_silent_on_stdout().says("warning[moved-url]").says(&server.url("/new")).says("1 in doubt");
    let second = briefing.run(&args);
    second.ends(1).says("error[dead-url]").says("no such page (status 404)").says("it is named here, too");
    second.says("outside addresses: 1 good, 1 moved, 1 dead, 1 skipped; 2 from the cache");
    assert!(!second.err.contains("example.org"), "{}", second.err);
    assert!(!server.requests().iter().any(|request| request.contains("private")), "{:?}", server.requests());
    let cache = briefing.read(CACHE);
    assert!(cache.contains("\"strikes\": 2"), "{cache}");
}

#[test]
fn the_program_says_that_it_needs_the_network() {
    let urls = ["127.0.0.1", "localhost"].map(|name| format!("<http://{name}:{}/>", closed())).join(" ");
    let briefing = Briefing::new(&[("content/index.md", &format!("+++\ntitle = \"A\"\n+++\n\n{urls}\n"))]);
    briefing.run(&["links", "--delay", "0"]).ends(3).says("no host answers");
    let help = briefing.run(&["links", "--help"]);
    assert!(help.out.contains("needs the network"), "{}", help.out);
    // Without an address there is nothing to ask for.
    briefing.write("content/index.md", b"+++\ntitle = \"A\"\n+++\n\nNone.\n");
    briefing.run(&["links"]).ends(0).says("there are no outside addresses");
}
