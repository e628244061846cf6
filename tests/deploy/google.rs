//! Google Cloud Storage, as far as this machine can have it. No program that can be had speaks its XML dialect whole, but
//! that dialect is the one of S3 with other names for copies, conditions and versions; so `moto_server` stands behind a
//! translation of these. The requests and the signed token are those that go to Google; Google's own answers are not met.

use std::process::Command;

use crate::hosts::{Host, Ready, done, moto, needed};
use crate::proxy::{Dialect, Proxy, refusal};

/// A bucket. Without conditions it is like a store that does not know them.
pub fn google(conditions: bool) -> Ready {
    let moto = moto()?;
    let asked = if conditions { translated } else { without_conditions };
    let proxy = Proxy::speaking(moto.port(), Some(Dialect { asked, answered: with_generation }));
    let key = moto.folder.path().join("key.pem");
    let openssl = needed("openssl")?;
    done(Command::new(openssl).args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out"]).arg(&key))?;
    let key = std::fs::read_to_string(key).map_err(|error| error.to_string())?;
    let account = moto.folder.path().join("account.json");
    let text = serde_json::json!({
        "type": "service_account", "private_key": key, "private_key_id": "0123456789", "client_email": "deploy@example.org",
    });
    std::fs::write(&account, text.to_string()).map_err(|error| error.to_string())?;
    Ok(Host {
        toml: format!("[deploy.live]\nto = \"gs://site/a/b\"\nendpoint = \"http://127.0.0.1:{}\"\n", proxy.port),
        env: vec![("GOOGLE_APPLICATION_CREDENTIALS".to_owned(), account.display().to_string())],
        secrets: key.lines().filter(|line| !line.starts_with('-')).map(str::to_owned).collect(),
        ..moto
    })
}

/// Whoever asks the store; it looks at the form alone.
const SOMEBODY: &str =
    "Authorization: AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00\r\n";

/// A request in the words of S3.
fn translated(head: &str) -> Result<String, Vec<u8>> {
    let mut said = String::new();
    let mut known = false;
    for line in head.split_inclusive("\r\n") {
        let (name, value) = line.split_once(": ").map_or(("", ""), |(name, value)| (name, value.trim_end()));
        match name.to_ascii_lowercase().as_str() {
            // A token that Google takes has three parts, of which the last is the signature.
            "authorization" => {
                known = value.strip_prefix("Bearer ").is_some_and(|token| token.split('.').count() == 3);
                said.push_str(SOMEBODY);
            }
            "x-goog-copy-source" => said.push_str(&format!("x-amz-copy-source: {value}\r\n")),
            "x-goog-if-generation-match" if value == "0" => said.push_str("If-None-Match: *\r\n"),
            "x-goog-if-generation-match" => match value.parse::<u128>() {
                Ok(generation) => said.push_str(&format!("If-Match: \"{generation:032x}\"\r\n")),
                Err(_) => return Err(refusal("400 Bad Request", "InvalidArgument")),
            },
            _ => said.push_str(line),
        }
    }
    if known { Ok(said) } else { Err(refusal("401 Unauthorized", "AuthenticationRequired")) }
}

fn without_conditions(head: &str) -> Result<String, Vec<u8>> {
    translated(head).map(|said| said.split_inclusive("\r\n").filter(|line| !line.starts_with("If-")).collect())
}

/// An answer with the number of a version, which here is the tag in other digits.
fn with_generation(answer: Vec<u8>) -> Vec<u8> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_default();
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let tag =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("etag:").map(|tag| tag.trim().trim_matches('"').to_owned()));
    let Some(generation) = tag.and_then(|tag| u128::from_str_radix(&tag, 16).ok()) else { return answer };
    [head.as_bytes(), format!("\r\nx-goog-generation: {generation}").as_bytes(), &answer[end..]].concat()
}
