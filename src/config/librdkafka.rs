//! `[kafka.librdkafka]`: properties that go to librdkafka as they are. Three laws: a property on which a promise of
//! copydesk rests cannot be set; a name or value that librdkafka does not take is found when settings are checked, not
//! when the worker connects; a secret is not printed, in no form.

use std::collections::BTreeMap;
use std::fmt;

use rdkafka::config::ClientConfig;
use rdkafka::error::KafkaError;
use rdkafka::types::RDKafkaConfRes;

use super::librdkafka_names::{CONSUMER, OWNED, PRODUCER, SHARED};
use super::names::closest;

/// What is printed in place of a secret.
pub const REDACTED: &str = "(redacted)";

/// Properties for librdkafka that were checked: none that the worker owns, all known to librdkafka. `Debug` redacts.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Librdkafka(BTreeMap<String, String>);

impl Librdkafka {
    pub(super) fn new(properties: BTreeMap<String, String>) -> Self {
        Self(properties)
    }

    /// All properties, secrets in clear, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The properties that concern a consumer. librdkafka warns of one that is meant for a producer.
    pub fn for_consumer(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(name, _)| !PRODUCER.contains(name))
    }

    /// The properties that concern a producer.
    pub fn for_producer(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(name, _)| !CONSUMER.contains(name))
    }

    /// The properties that concern any client, such as an admin client.
    pub fn for_admin(&self) -> impl Iterator<Item = (&str, &str)> {
        self.for_consumer().filter(|(name, _)| !CONSUMER.contains(name))
    }

    /// One property.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl fmt::Debug for Librdkafka {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.0.iter().map(|(name, value)| (name, redacted(name, value.clone())));
        f.debug_map().entries(shown).finish()
    }
}

/// Whether the value of this property is a secret. Wider than need be: a token's URL may hold a password.
pub fn is_secret(name: &str) -> bool {
    const PARTS: [&str; 8] =
        ["password", "passphrase", "secret", "token", "key.pem", "private", "credential", "oauthbearer"];
    let name = canonical_name(name);
    // Everything of OAUTHBEARER but these two: `sasl.oauthbearer.config` holds client secrets under free names.
    let harmless = ["sasl.oauthbearer.method", "sasl.oauthbearer.scope"];
    !harmless.contains(&name.as_str()) && (name == "ssl_key" || PARTS.iter().any(|part| name.contains(part)))
}

/// The value of this property as it may be printed.
pub(super) fn redacted(name: &str, value: String) -> String {
    if is_secret(name) { REDACTED.to_owned() } else { value }
}

/// The right spelling of a property. An environment variable has no dots, so `SECURITY_PROTOCOL` is
/// `security.protocol`; a name that is not known here is left to librdkafka.
pub(super) fn canonical_name(name: &str) -> String {
    let wanted = bare(name);
    let known = known().chain(OWNED.iter().map(|(owned, _)| *owned)).find(|known| bare(known) == wanted);
    match known {
        Some(known) => known.to_owned(),
        None if name.contains('.') || name.ends_with("_cb") => name.to_owned(),
        None => name.to_ascii_lowercase().replace('_', "."),
    }
}

/// The property of this name, if anyone may set it.
pub(super) fn free_name(name: &str) -> Option<&'static str> {
    let wanted = bare(name);
    known().find(|known| bare(known) == wanted)
}

fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Why the worker sets this property itself; `None` if anyone may set it.
pub(super) fn owned(name: &str) -> Option<&'static str> {
    let listed = OWNED.iter().find(|(owned, _)| *owned == name).map(|(_, reason)| *reason);
    listed.or_else(|| name.ends_with("_cb").then_some("a callback cannot be set from text"))
}

/// What librdkafka itself finds wrong with a property.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// There is no such property. With the nearest one.
    Name(Option<String>),
    /// It does not take this value, for this reason.
    Value(String),
}

/// Asks librdkafka whether it takes this property.
pub(super) fn try_out(name: &str, value: &str) -> Result<(), Wrong> {
    let error = match ClientConfig::new().set(name, value).create_native_config() {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    match error {
        KafkaError::ClientConfig(RDKafkaConfRes::RD_KAFKA_CONF_UNKNOWN, ..) => {
            Err(Wrong::Name(closest(name, known()).map(ToOwned::to_owned)))
        }
        // The description quotes the value, unless it says that this build is without the feature.
        KafkaError::ClientConfig(_, description, ..)
            if !is_secret(name) || description.contains("not supported in this build") =>
        {
            Err(Wrong::Value(format!("a value that librdkafka takes: {description}")))
        }
        _ => Err(Wrong::Value("a value that librdkafka takes".to_owned())),
    }
}

fn known() -> impl Iterator<Item = &'static str> {
    SHARED.iter().chain(CONSUMER).chain(PRODUCER).copied()
}
