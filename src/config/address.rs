//! Addresses of the form HOST:PORT.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// A host name or IP address with a port. `Display` gives back `HOST:PORT`, which `tokio::net::TcpListener::bind` and
/// librdkafka take.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostPort {
    host: String,
    port: u16,
}

/// A text that is not HOST:PORT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("HOST:PORT, such as localhost:9092 or [::1]:9092")]
pub struct NotHostPort;

impl HostPort {
    /// The host, without the brackets of an IPv6 address.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port. 0 asks the system for a free one when it is listened on.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl FromStr for HostPort {
    type Err = NotHostPort;

    fn from_str(text: &str) -> Result<Self, NotHostPort> {
        let (host, port) = text.trim().rsplit_once(':').ok_or(NotHostPort)?;
        // `+80` is a number to Rust, but not a port to anyone.
        let port = Some(port).filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
        let port = port.and_then(|port| port.parse().ok()).ok_or(NotHostPort)?;
        let host = match host.strip_prefix('[') {
            Some(bracketed) => {
                let inner = bracketed.strip_suffix(']').ok_or(NotHostPort)?;
                inner.parse::<Ipv6Addr>().map_err(|_| NotHostPort)?;
                inner
            }
            None => host,
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let named = !host.is_empty() && host.chars().all(plain);
        if !named && host.parse::<Ipv6Addr>().is_err() {
            return Err(NotHostPort);
        }
        // `::1:9092` could be read in two ways, so IPv6 needs its brackets.
        if host.contains(':') && !text.trim().starts_with('[') {
            return Err(NotHostPort);
        }
        Ok(Self { host: host.to_owned(), port })
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}
