//! Object stores, made ready by settings, environment and profile files. Nothing is asked of them yet.

use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, S3ConditionalPut};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::{ClientOptions, Error, ObjectStore, RetryConfig};

use super::fault::{Fault, Kind};
use super::profile;
use super::secret::Secrets;
use crate::read::deploy::{Store, TargetConfig, is_endpoint, is_word};
use crate::text::Spanned;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(15);
/// What the library says where a file of Google's is no such file; after that it may quote from it.
const NO_ACCOUNT: &str = "Unable to decode service account file";

type Made = Result<Arc<dyn ObjectStore>, Error>;

/// A store, and whether credentials for it were found; else the machine itself will be asked for some.
pub(super) fn ready(
    store: Store,
    bucket: &str,
    config: &TargetConfig,
    secrets: &mut Secrets,
) -> Result<(Arc<dyn ObjectStore>, bool), Fault> {
    one_line(match store {
        Store::S3 => "AWS_",
        Store::Gs => "GOOGLE_",
        Store::Az => "AZURE_",
    })?;
    // The library has no provider of its own; a second call finds the first one's, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (made, known) = match store {
        Store::S3 => s3(bucket, config, secrets)?,
        Store::Gs => gs(bucket, config)?,
        Store::Az => az(bucket, config)?,
    };
    Ok((made.map_err(|error| unfit(&error, secrets))?, known))
}

/// Refuses variables that cannot be sent. A line break at the end is what a secret often has that was stored from a file.
fn one_line(owner: &str) -> Result<(), Fault> {
    let ours = |name: &std::ffi::OsString| name.to_str().is_some_and(|name| name.starts_with(owner));
    for (name, value) in std::env::vars_os().filter(|(name, _)| ours(name)) {
        // A whole file of Google's may stand in a variable.
        let text = value.to_string_lossy();
        if text.chars().any(char::is_control) && !text.contains('{') {
            let message = format!("the variable `{}` holds a line break, and no credential has one: set it again without", name.display());
            return Err(Fault::new(Kind::Denied, message));
        }
    }
    Ok(())
}

/// Why a store cannot be made ready.
fn unfit(error: &Error, secrets: &Secrets) -> Fault {
    let said = error.to_string();
    let said = match said.split_once(" error: ") {
        Some((kind, rest)) if kind.starts_with("Generic ") => rest,
        _ => &said,
    };
    let said = if said.contains(NO_ACCOUNT) { "the file of the service account holds none" } else { said };
    Fault::new(Kind::Denied, format!("cannot be used: {}", secrets.hide(said)))
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

/// An address from wherever it was written; postil.toml is not the only place.
fn endpoint(found: Option<&str>) -> Result<Option<String>, Fault> {
    match found {
        Some(found) if !is_endpoint(found) => {
            // It is not shown, since it may hold a password.
            let message =
                "the address of the store, from the environment or a profile file, is no full address such as https://storage.example.org";
            Err(Fault::new(Kind::NoPlace, message))
        }
        found => Ok(found.map(|found| found.trim_end_matches('/').to_owned())),
    }
}

/// Refuses what would make no address.
fn word(what: &str, found: Option<&str>) -> Result<(), Fault> {
    match found.filter(|found| !is_word(found)) {
        Some(found) => Err(Fault::new(Kind::NoPlace, format!("`{found}` is no name of {what}"))),
        None => Ok(()),
    }
}

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
    let endpoint = endpoint(builder.get_config_value(&AmazonS3ConfigKey::Endpoint).as_deref())?;
    word("a region", builder.get_config_value(&AmazonS3ConfigKey::Region).as_deref())?;
    if let Some(endpoint) = &endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    let builder = builder.with_bucket_name(bucket).with_conditional_put(S3ConditionalPut::ETagMatch).with_retry(once());
    let made =
        builder.with_client_options(client(config, endpoint.as_deref())).build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>);
    Ok((made, known))
}

fn gs(bucket: &str, config: &TargetConfig) -> Result<(Made, bool), Fault> {
    use GoogleConfigKey::{ApplicationCredentials, BearerToken, ServiceAccount, ServiceAccountKey};
    let mut builder = GoogleCloudStorageBuilder::from_env().with_bucket_name(bucket).with_retry(once());
    let own = text(config.endpoint.as_ref()).map(str::to_owned);
    let endpoint = endpoint(own.or_else(|| builder.get_config_value(&GoogleConfigKey::BaseUrl)).as_deref())?;
    if let Some(endpoint) = &endpoint {
        builder = builder.with_base_url(endpoint);
    }
    let keys = [ServiceAccount, ServiceAccountKey, ApplicationCredentials, BearerToken];
    let set_up = std::env::home_dir().is_some_and(|home| home.join(".config/gcloud/application_default_credentials.json").is_file());
    let known = set_up || keys.iter().any(|key| builder.get_config_value(key).is_some());
    let builder = builder.with_client_options(client(config, endpoint.as_deref()));
    Ok((builder.build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>), known))
}

fn az(container: &str, config: &TargetConfig) -> Result<(Made, bool), Fault> {
    use AzureConfigKey::{AccessKey, ClientSecret, FabricSessionToken, FederatedTokenFile, MsiEndpoint, SasKey, Token};
    let mut builder = MicrosoftAzureBuilder::from_env().with_container_name(container).with_retry(once());
    if let Some(account) = text(config.account.as_ref()) {
        builder = builder.with_account(account);
    }
    let account = builder.get_config_value(&AzureConfigKey::AccountName);
    if account.is_none() {
        let message = "no account is named: write `account = \"NAME\"` in its table, or set AZURE_STORAGE_ACCOUNT_NAME";
        return Err(Fault::new(Kind::NoPlace, message));
    }
    word("an account", account.as_deref())?;
    let own = text(config.endpoint.as_ref()).map(str::to_owned);
    let endpoint = endpoint(own.or_else(|| builder.get_config_value(&AzureConfigKey::Endpoint)).as_deref())?;
    if let Some(endpoint) = &endpoint {
        builder = builder.with_endpoint(endpoint.clone());
    }
    let keys = [AccessKey, ClientSecret, FabricSessionToken, FederatedTokenFile, MsiEndpoint, SasKey, Token];
    let program = builder.get_config_value(&AzureConfigKey::UseAzureCli).is_some_and(|asked| asked == "true");
    let known = program || keys.iter().any(|key| builder.get_config_value(key).is_some());
    let builder = builder.with_client_options(client(config, endpoint.as_deref()));
    Ok((builder.build().map(|store| Arc::new(store) as Arc<dyn ObjectStore>), known))
}
