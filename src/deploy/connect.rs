//! From a table of `postil.toml` to a target.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, S3ConditionalPut};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::{ClientOptions, Error, ObjectStore, RetryConfig};

use super::fault::{Fault, Kind};
use super::file::Folder;
use super::git::Branch;
use super::object::Objects;
use super::profile;
use super::secret::Secrets;
use super::ssh::Machine;
use super::target::Target;
use crate::read::deploy::{Address, Store, TargetConfig};
use crate::text::Spanned;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(15);

/// The project that a site belongs to.
#[derive(Debug, Clone)]
pub struct Project {
    /// Its folder.
    pub root: PathBuf,
    /// Folders in and beside it that no target may touch.
    pub own: Vec<PathBuf>,
}

/// Makes a target ready; nothing is asked of it yet.
///
/// # Errors
///
/// When the settings or credentials are not enough, or a program is missing.
pub fn connect(address: &Address, config: &TargetConfig, project: &Project) -> Result<Box<dyn Target>, Fault> {
    let name = address.to_string();
    let secrets = Secrets::of_environment();
    match address {
        Address::File(folder) => {
            let path = project.root.join(folder);
            Ok(Box::new(Folder::new(&path, name, &project.root, &project.own)?))
        }
        Address::Store { store, bucket, folder } => objects(*store, bucket, folder, config, name, secrets),
        Address::Git(repository) => {
            let root = if project.root.as_os_str().is_empty() { Path::new(".") } else { &project.root };
            Ok(Box::new(Branch::new(repository, config.branch(), name, root, secrets)?))
        }
        Address::Ssh { host, port, folder } => Ok(Box::new(Machine::new(host, *port, folder, config.timeout, name, secrets))),
    }
}

fn objects(
    store: Store,
    bucket: &str,
    folder: &str,
    config: &TargetConfig,
    name: String,
    mut secrets: Secrets,
) -> Result<Box<dyn Target>, Fault> {
    // The library has no provider of its own; a second call finds the first one's, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (made, known) = match store {
        Store::S3 => s3(bucket, config, &mut secrets)?,
        Store::Gs => (gs(bucket, config), true),
        Store::Az => (az(bucket, config), true),
    };
    let store = made.map_err(|error| {
        let said = secrets.hide(&error.to_string());
        Fault::new(Kind::Denied, format!("cannot use `{name}`: {said}"))
    })?;
    Ok(Box::new(Objects::new(store, folder, name, secrets, known)?))
}

/// Requests are tried again by us, for all targets in one way.
fn once() -> RetryConfig {
    RetryConfig { max_retries: 0, ..RetryConfig::default() }
}

fn client(config: &TargetConfig, endpoint: Option<&str>) -> ClientOptions {
    let plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
    ClientOptions::new()
        .with_timeout(Duration::from_secs(config.timeout))
        .with_connect_timeout(CONNECT)
        .with_allow_http(plain)
        .with_user_agent(object_store::HeaderValue::from_static(concat!("postil/", env!("CARGO_PKG_VERSION"))))
}

fn text(value: Option<&Spanned<String>>) -> Option<&str> {
    value.map(|value| value.value.as_str())
}

type Made = Result<Arc<dyn ObjectStore>, Error>;

/// The store, and whether credentials for it were found.
fn s3(bucket: &str, config: &TargetConfig, secrets: &mut Secrets) -> Result<(Made, bool), Fault> {
    let mut builder = AmazonS3Builder::from_env();
    let chosen = text(config.profile.as_ref());
    let named = builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_some() && chosen.is_none();
    let profile = if named { None } else { profile::read(chosen) };
    if let (Some(chosen), None) = (chosen, &profile) {
        return Err(Fault::new(Kind::Denied, format!("there is no profile `{chosen}` in the files of the AWS programs")));
    }
    let profile = profile.unwrap_or_default();
    for (key, option) in [
        ("aws_access_key_id", AmazonS3ConfigKey::AccessKeyId),
        ("aws_secret_access_key", AmazonS3ConfigKey::SecretAccessKey),
        ("aws_session_token", AmazonS3ConfigKey::Token),
        ("region", AmazonS3ConfigKey::Region),
        ("endpoint_url", AmazonS3ConfigKey::Endpoint),
    ] {
        if let Some(value) = profile.get(key) {
            if key.starts_with("aws_") {
                secrets.add(value);
            }
            builder = builder.with_config(option, value);
        }
    }
    if let Some(region) = text(config.region.as_ref()) {
        builder = builder.with_region(region);
    }
    if let Some(endpoint) = text(config.endpoint.as_ref()) {
        builder = builder.with_endpoint(endpoint);
    }
    let roles = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    let known =
        builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_some() || roles.iter().any(|role| std::env::var_os(role).is_some());
    let endpoint = builder.get_config_value(&AmazonS3ConfigKey::Endpoint);
    let builder = builder.with_bucket_name(bucket).with_conditional_put(S3ConditionalPut::ETagMatch).with_retry(once());
    let made =
        builder.with_client_options(client(config, endpoint.as_deref())).build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>);
    Ok((made, known))
}

fn gs(bucket: &str, config: &TargetConfig) -> Made {
    let mut builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket).with_retry(once());
    let endpoint = text(config.endpoint.as_ref());
    if let Some(endpoint) = endpoint {
        builder = builder.with_base_url(endpoint);
    }
    builder.with_client_options(client(config, endpoint)).build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>)
}

fn az(container: &str, config: &TargetConfig) -> Made {
    let mut builder = MicrosoftAzureBuilder::from_env().with_container_name(container).with_retry(once());
    if let Some(account) = text(config.account.as_ref()) {
        builder = builder.with_account(account);
    }
    let endpoint = text(config.endpoint.as_ref());
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint.to_owned());
    }
    builder.with_client_options(client(config, endpoint)).build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>)
}
