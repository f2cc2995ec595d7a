//! The host of an address.

/// The host name in a URL or in a bare host name, in lower case, without `www.`, user, port and path.
/// `None` where there is no host name with a dot in it.
pub fn domain_of(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = match url.find("//") {
        // "https://host", "//host"; a colon that is no scheme's end belongs to the host's port.
        Some(0) => &url[2..],
        Some(at) if url[..at].ends_with(':') => &url[at + 2..],
        _ if url.contains(':') && !url.contains('.') => return None,
        _ => url,
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let labels_fit = host.contains('.')
        && host.len() <= 253
        && host.split('.').all(|label| !label.is_empty())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'));
    labels_fit.then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::domain_of;

    #[test]
    fn the_host_is_found_in_every_shape_of_address() {
        for (url, host) in [
            ("https://www.Example.com/a?b#c", Some("example.com")),
            ("http://user:word@news.example.co.uk:8080/x", Some("news.example.co.uk")),
            ("//cdn.example.org/x", Some("cdn.example.org")),
            ("www.example.net", Some("example.net")),
            ("example.net:80", Some("example.net")),
            ("https://zeitung.münchen.example/", Some("zeitung.münchen.example")),
            ("urn:newsml:example:1", None),
            ("mailto:desk", None),
            ("/relative/path.html", None),
            ("http://localhost/x", None),
            ("http://..", None),
            ("", None),
        ] {
            assert_eq!(domain_of(url).as_deref(), host, "{url}");
        }
    }
}
