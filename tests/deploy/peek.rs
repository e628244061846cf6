//! A look at a target with nothing but the plain requests, in a process of its own that has the credentials.

use std::path::Path;
use std::process::Command;

use postil::deploy::{Headers, Upload, connect};
use postil::read::config::Config;
use postil::read::deploy::Address;
use postil::read::snapshot::Snapshot;
use postil::text::Diagnostics;
use serde_json::{Map, Value, json};

use crate::project::Project;
use crate::site::{Files, of_the_site};

const ORDER: &str = "POSTIL_PEEK";

/// Does this at a target (`["put", path, text]`, `["remove", path]`), and lists all that is there then.
pub fn peek(project: &Project, orders: &[[&str; 3]]) -> Files {
    let answer = project.beside("answer.json");
    let order = json!({ "root": project.root(), "answer": answer, "orders": orders });
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "peek::the_other_process", "--ignored"]).env("RUST_BACKTRACE", "0");
    project.environment(&mut command);
    let output = command.env(ORDER, order.to_string()).output().expect("this program runs");
    assert!(output.status.success(), "{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&answer).expect("an answer");
    let found: Map<String, Value> = serde_json::from_str(&text).expect("JSON");
    let bytes = |value: &Value| value.as_str().expect("text").as_bytes().to_vec();
    found.iter().map(|(path, value)| (path.clone(), bytes(value))).collect()
}

/// What is there of the site.
pub fn site_of(project: &Project) -> Files {
    of_the_site(peek(project, &[]))
}

#[test]
#[ignore = "it is the other half of `peek`, and is run by it"]
fn the_other_process() {
    let Ok(order) = std::env::var(ORDER) else { return };
    let order: Value = serde_json::from_str(&order).expect("JSON");
    let root = Path::new(order["root"].as_str().expect("a path"));
    let config = Config::read(&Snapshot::read(root, &[]), &mut Diagnostics::default());
    let target = &config.deploy.first_key_value().expect("a target").1.value;
    let address = Address::read(&target.to.as_ref().expect("an address").value).expect("an address");
    let project = postil::deploy::Project { root: root.to_owned(), own: Vec::new() };
    let target = connect(&address, target, &project).expect("a target");
    let orders = order["orders"].as_array().expect("orders");
    target.list().expect("a listing");
    for order in orders {
        let word = |at: usize| order[at].as_str().expect("a word");
        if word(0) == "put" {
            let headers = Headers { content_type: "text/plain".to_owned(), cache: "no-store".to_owned(), encoding: None };
            let upload = Upload { path: word(1).to_owned(), bytes: word(2).as_bytes().to_vec(), headers };
            target.write(&[upload]).expect("it is put there");
        } else {
            target.remove(&[word(1)]).expect("it is removed");
        }
    }
    if !orders.is_empty() {
        target.finish().expect("it is done");
    }
    let listed = target.list().expect("a listing");
    let paths: Vec<&str> = listed.keys().map(String::as_str).collect();
    let read = target.read(&paths).expect("the files");
    let text = |bytes: Vec<u8>| Value::String(String::from_utf8_lossy(&bytes).into_owned());
    let found: Map<String, Value> =
        paths.iter().zip(read).filter_map(|(path, file)| Some(((*path).to_owned(), text(file?.bytes)))).collect();
    std::fs::write(order["answer"].as_str().expect("a path"), Value::Object(found).to_string()).expect("an answer");
}
