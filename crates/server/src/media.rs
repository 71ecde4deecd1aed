//! Where pictures are kept: in a folder, or in a bucket of S3 or of what speaks like it.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use object_store::{
    ClientConfigKey, ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, AmazonS3ConfigKey},
    local::LocalFileSystem,
    prefix::PrefixStore,
};

use crate::Failed;

/// A bucket that does not answer is told to whoever waits for a picture within seconds: the tries, each with its time to connect, end then.
const CONNECT: Duration = Duration::from_secs(2);
const TRIES: RetryConfig = RetryConfig {
    backoff: object_store::BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(1), base: 2.0 },
    max_retries: 2,
    retry_timeout: Duration::from_secs(5),
};
/// Between two pieces of a picture. No limit for all of it: it goes to the client as slowly as that reads.
const SILENCE: Duration = Duration::from_secs(10);

/// A place for pictures, as `MEDIA_URL` names it.
#[derive(Clone)]
pub enum Place {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Bucket),
}

/// A bucket, and how to get in.
#[derive(Clone)]
pub struct Bucket {
    name: String,
    /// What the names of all files begin with; empty for none.
    prefix: String,
    /// Keys, region and the like: `AWS_*`.
    settings: Vec<(AmazonS3ConfigKey, String)>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => folder.display().fmt(f),
            Self::Bucket(Bucket { name, prefix, .. }) if prefix.is_empty() => write!(f, "s3://{name}"),
            Self::Bucket(Bucket { name, prefix, .. }) => write!(f, "s3://{name}/{prefix}"),
        }
    }
}

impl Place {
    /// `file:///absolute/folder`, `s3://bucket` or `s3://bucket/prefix`.
    pub(crate) fn parse(url: &str, values: &BTreeMap<String, String>) -> Option<Self> {
        if let Some(folder) = url.strip_prefix("file://").map(PathBuf::from) {
            return folder.is_absolute().then_some(Self::Folder(folder));
        }
        let (name, prefix) = url.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
        let prefix = prefix.trim_end_matches('/');
        let fits = (3..=63).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'));
        // A blank or doubled slash would make another name of it than the one that is written there.
        let plain = prefix.is_empty() || prefix.split('/').all(|part| !part.is_empty() && !part.contains(char::is_whitespace));
        if !fits || !plain || object_store::path::Path::parse(prefix).is_err() {
            return None;
        }
        Some(Self::Bucket(Bucket { name: name.to_owned(), prefix: prefix.to_owned(), settings: settings(values) }))
    }

    /// A command that copies every picture out of here.
    pub(crate) fn copy_out(&self) -> String {
        match self {
            Self::Folder(_) => format!("tar --create --zstd --file=pictures.tar.zst --directory={self} ."),
            Self::Bucket(_) => format!("aws s3 sync {self} pictures"),
        }
    }

    /// The command that copies them back.
    pub(crate) fn copy_in(&self) -> String {
        match self {
            Self::Folder(_) => format!("tar --extract --zstd --file=pictures.tar.zst --directory={self}"),
            Self::Bucket(_) => format!("aws s3 sync pictures {self}"),
        }
    }

    /// The folder, where it is one.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::Folder(folder) => Some(folder),
            Self::Bucket(_) => None,
        }
    }

    /// Opens it. A bucket is not asked yet: the shop sells without pictures, and `/readyz` tells of it.
    pub(crate) fn open(&self) -> Result<Arc<dyn ObjectStore>, Failed> {
        match self {
            Self::Folder(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| Failed::new(format!("The folder {} (MEDIA_URL) cannot be made: {error}.", folder.display())))?;
                let store = LocalFileSystem::new_with_prefix(folder);
                Ok(Arc::new(store.map_err(|error| Failed::new(format!("The image folder cannot be used: {error}.")))?))
            }
            Self::Bucket(bucket) => bucket.open().map_err(|error| Failed::new(format!("The bucket {self} (MEDIA_URL) cannot be used: {error}."))),
        }
    }
}

impl Bucket {
    fn open(&self) -> Result<Arc<dyn ObjectStore>, object_store::Error> {
        let client = ClientOptions::new().with_connect_timeout(CONNECT).with_timeout_disabled().with_read_timeout(SILENCE);
        let builder = AmazonS3Builder::new().with_client_options(client).with_retry(TRIES);
        let builder = self.settings.iter().fold(builder, |builder, (key, value)| builder.with_config(*key, value));
        let store = builder.with_bucket_name(&self.name).build()?;
        Ok(if self.prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, self.prefix.as_str())) })
    }
}

/// Every `AWS_*` that the library knows, under the names that AWS' own tools use. Those that ECS, EKS and EC2 set for a role are among them.
fn settings(values: &BTreeMap<String, String>) -> Vec<(AmazonS3ConfigKey, String)> {
    let known = |(name, value): (&String, &String)| {
        let key = name.starts_with("AWS_").then(|| name.to_ascii_lowercase().parse().ok())??;
        (!value.trim().is_empty()).then(|| (key, value.trim().to_owned()))
    };
    values.iter().filter_map(known).collect()
}

/// What is wrong with the `AWS_*` of a bucket, in words for whoever set them.
pub(crate) fn mistakes(place: &Place, values: &BTreeMap<String, String>) -> Vec<String> {
    let Place::Bucket(bucket) = place else { return Vec::new() };
    let set = |wanted: AmazonS3ConfigKey| bucket.settings.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value.as_str());
    let mut mistakes = Vec::new();
    let plain = set(AmazonS3ConfigKey::Endpoint).is_some_and(|endpoint| endpoint.starts_with("http://"));
    if plain && set(AmazonS3ConfigKey::Client(ClientConfigKey::AllowHttp)) != Some("true") {
        mistakes.push("AWS_ENDPOINT_URL is without TLS: take https://, or set AWS_ALLOW_HTTP=true where the network is yours alone.".into());
    }
    if set(AmazonS3ConfigKey::AccessKeyId).is_some() != set(AmazonS3ConfigKey::SecretAccessKey).is_some() {
        mistakes.push("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together: set both, or neither where the machine has a role.".into());
    }
    if values.get("AWS_ALLOW_HTTP").is_some_and(|value| !["", "true", "false"].contains(&value.trim())) {
        mistakes.push("AWS_ALLOW_HTTP must be `true` or `false`.".into());
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_place_is_a_folder_or_a_bucket() {
        let shown = |url: &str| Place::parse(url, &BTreeMap::new()).map(|place| place.to_string());
        assert_eq!(shown("file:///srv/media").as_deref(), Some("/srv/media"));
        assert_eq!(shown("s3://pictures").as_deref(), Some("s3://pictures"));
        assert_eq!(shown("s3://my.pictures-1/shop/main/").as_deref(), Some("s3://my.pictures-1/shop/main"));
        for wrong in ["file://media", "s3://", "s3://ab", "s3://Bucket", "s3://bucket//x", "s3://bu_cket", "https://bucket", "pictures"] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn half_an_account_and_an_endpoint_without_tls_are_told() {
        let told = |pairs: &[(&str, &str)]| {
            let values = values(pairs);
            mistakes(&Place::parse("s3://bucket", &values).unwrap(), &values).join(" ")
        };
        assert_eq!(told(&[]), "");
        assert!(told(&[("AWS_ACCESS_KEY_ID", "id")]).contains("belong together"));
        assert!(told(&[("AWS_ENDPOINT_URL", "http://store:9000")]).contains("AWS_ALLOW_HTTP=true"));
        assert_eq!(told(&[("AWS_ENDPOINT_URL", "http://store:9000"), ("AWS_ALLOW_HTTP", "true"), ("AWS_REGION", "")]), "");
        assert!(told(&[("AWS_ALLOW_HTTP", "yes")]).contains("`true` or `false`"));
    }
}
