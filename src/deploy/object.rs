//! Object stores: S3 and what speaks like it, Google Cloud Storage, Azure Blob Storage. The only file that knows them.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{
    Attribute, AttributeValue, Attributes, Error, GetResult, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::answer::fault;
use super::fault::{Fault, Kind};
use super::headers::Headers;
use super::secret::Secrets;
use super::target::{Abilities, Condition, Fetched, Found, Target, Upload, Version, kept_path};

/// Requests at the same time.
const WORKERS: usize = 8;
/// The longest key of all three.
const LONGEST: usize = 1_024;
/// The largest object that one request puts there, in S3 and what speaks like it.
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;

/// A folder of a bucket.
#[derive(Debug)]
pub(super) struct Objects {
    store: Arc<dyn ObjectStore>,
    folder: String,
    name: String,
    secrets: Secrets,
    /// Whether credentials were found; else the machine itself is asked for some.
    known: bool,
    runtime: Runtime,
}

impl Objects {
    pub(super) fn new(store: Arc<dyn ObjectStore>, folder: &str, name: String, secrets: Secrets, known: bool) -> Result<Self, Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| Fault::new(Kind::Other, format!("cannot begin to use the network: {error}")))?;
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(Self { store, folder, name, secrets, known, runtime })
    }

    fn wait<T>(&self, doing: &str, what: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        self.runtime.block_on(what).map_err(|error| self.fault(doing, &error))
    }

    fn fault(&self, doing: &str, error: &Error) -> Fault {
        let mut fault = fault(error);
        if !self.known && matches!(fault.kind, Kind::Denied | Kind::Passing) {
            fault = Fault::new(Kind::Denied, format!("no credentials were found, and this machine gives none ({})", fault.message));
        }
        Fault { message: self.secrets.hide(&format!("cannot {doing}: {}", fault.message)), ..fault }
    }

    fn key(&self, path: &str) -> Result<Path, Fault> {
        Path::parse(format!("{}{path}", self.folder))
            .map_err(|error| Fault::new(Kind::Limit, format!("`{path}` cannot be the name of an object: {error}")))
    }

    fn get(&self, path: &str) -> Result<Option<Fetched>, Fault> {
        let key = self.key(path)?;
        let get = async {
            let found: GetResult = match self.store.get(&key).await {
                Err(Error::NotFound { .. }) => return Ok(None),
                found => found?,
            };
            let headers = headers(&found.attributes);
            let version = Version { tag: found.meta.e_tag.clone(), number: found.meta.version.clone() };
            let bytes = found.bytes().await?.to_vec();
            Ok(Some(Fetched { bytes, headers: Some(headers), version }))
        };
        self.wait(&format!("read `{path}`"), get)
    }

    fn put(&self, upload: &Upload, mode: PutMode) -> Result<Option<String>, Fault> {
        let key = self.key(&upload.path)?;
        let options = PutOptions { mode, attributes: attributes(&upload.headers), ..PutOptions::default() };
        let payload = PutPayload::from(upload.bytes.clone());
        let put = self.wait(&format!("put `{}` there", upload.path), self.store.put_opts(&key, payload, options))?;
        Ok(put.e_tag.as_deref().map(plain))
    }
}

impl Target for Objects {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn abilities(&self) -> Abilities {
        let longest_path = LONGEST.saturating_sub(self.folder.len());
        Abilities { headers: true, workers: WORKERS, longest_path, longest_part: LONGEST, largest: LARGEST, ..Abilities::PLAIN }
    }

    fn list(&self) -> Result<BTreeMap<String, Found>, Fault> {
        let prefix = Path::parse(self.folder.trim_end_matches('/')).map_err(|error| Fault::new(Kind::Limit, error.to_string()))?;
        let prefix = Some(&prefix).filter(|_| !self.folder.is_empty());
        let listed: Vec<_> = self.wait("list what is there", self.store.list(prefix).try_collect())?;
        let found = listed.into_iter().filter_map(|meta| {
            let path = meta.location.as_ref().strip_prefix(&self.folder)?.to_owned();
            Some((path, Found { size: meta.size, tag: meta.e_tag.as_deref().map(plain) }))
        });
        Ok(found.collect())
    }

    fn read(&self, paths: &[&str]) -> Result<Vec<Option<Fetched>>, Fault> {
        paths.iter().map(|path| self.get(path)).collect()
    }

    fn write(&self, uploads: &[Upload]) -> Result<Vec<Option<String>>, Fault> {
        uploads.iter().map(|upload| self.put(upload, PutMode::Overwrite)).collect()
    }

    fn write_if(&self, upload: &Upload, condition: &Condition) -> Result<(), Fault> {
        let mode = match condition {
            Condition::Absent => PutMode::Create,
            Condition::Still(Version { tag, number }) => PutMode::Update(UpdateVersion { e_tag: tag.clone(), version: number.clone() }),
        };
        self.put(upload, mode).map(drop)
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Fault> {
        let keys = paths.iter().map(|path| self.key(path)).collect::<Result<Vec<_>, Fault>>()?;
        let remove = async {
            let mut removed = self.store.delete_stream(stream::iter(keys.into_iter().map(Ok)).boxed());
            while let Some(one) = removed.next().await {
                match one {
                    Err(Error::NotFound { .. }) => {}
                    one => drop(one?),
                }
            }
            Ok(())
        };
        self.wait("remove what is gone", remove)
    }

    fn keep(&self, paths: &[&str]) -> Result<(), Fault> {
        for path in paths {
            let (from, to) = (self.key(path)?, self.key(&kept_path(path))?);
            match self.wait(&format!("keep `{path}`"), async {
                match self.store.copy(&from, &to).await {
                    Err(Error::NotFound { .. }) => Ok(()),
                    copied => copied,
                }
            }) {
                // A store that cannot copy by itself is sent what it has.
                Err(Fault { kind: Kind::Unknown, .. }) => {
                    if let Some(found) = self.get(path)? {
                        let headers = found.headers.unwrap_or_else(Headers::own);
                        self.put(&Upload { path: kept_path(path), bytes: found.bytes, headers }, PutMode::Overwrite)?;
                    }
                }
                other => other?,
            }
        }
        Ok(())
    }
}

/// A tag as all requests tell it: some put it into quotation marks, and some do not.
fn plain(tag: &str) -> String {
    tag.trim_matches('"').to_owned()
}

fn attributes(headers: &Headers) -> Attributes {
    let value = |text: &str| AttributeValue::from(text.to_owned());
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, value(&headers.content_type));
    attributes.insert(Attribute::CacheControl, value(&headers.cache));
    if let Some(encoding) = &headers.encoding {
        attributes.insert(Attribute::ContentEncoding, value(encoding));
    }
    attributes
}

fn headers(attributes: &Attributes) -> Headers {
    let value = |attribute: &Attribute| attributes.get(attribute).map(|value| value.as_ref().to_owned());
    Headers {
        content_type: value(&Attribute::ContentType).unwrap_or_default(),
        cache: value(&Attribute::CacheControl).unwrap_or_default(),
        encoding: value(&Attribute::ContentEncoding).filter(|encoding| !encoding.is_empty()),
    }
}
