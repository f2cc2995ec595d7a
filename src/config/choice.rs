//! Settings that take one of a few names.

/// A setting that takes one of a few names.
pub trait Choice: Copy + Sized + 'static {
    /// All values, in the order of the settings file's comment.
    const ALL: &'static [Self];

    /// The name in the settings.
    fn as_str(self) -> &'static str;

    /// The value of this name, without regard to case.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.as_str().eq_ignore_ascii_case(name.trim()))
    }
}

macro_rules! choices {
    ($($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $variant),* }

        impl Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

choices! {
    /// `kafka.groupProtocol` as it stands in the settings; the checked type is
    /// [`GroupProtocol`](super::GroupProtocol).
    GroupProtocolName {
        /// The protocol of every broker.
        Classic = "classic",
        /// KIP-848.
        Consumer = "consumer",
    }
    /// Which addresses of a broker's name are tried.
    BrokerAddressFamily {
        /// Whatever the resolver gives.
        Any = "any",
        /// IPv4 only.
        V4 = "v4",
        /// IPv6 only.
        V6 = "v6",
    }
    /// The codec of what is produced.
    Compression {
        /// Not compressed.
        None = "none",
        /// LZ4.
        Lz4 = "lz4",
        /// Zstandard.
        Zstd = "zstd",
        /// Snappy.
        Snappy = "snappy",
        /// Gzip.
        Gzip = "gzip",
    }
    /// How raw articles are written.
    InputFormat {
        /// Each value is looked at.
        Auto = "auto",
        /// JSON objects.
        Json = "json",
        /// Plain text, one paragraph a line.
        Text = "text",
        /// HTML pages.
        Html = "html",
    }
    /// The names of fields in JSON articles.
    InputDialect {
        /// Each article's own fields tell.
        Auto = "auto",
        /// copydesk's own.
        Copydesk = "copydesk",
        /// NewsAPI.
        NewsApi = "newsapi",
        /// Webz.io.
        Webz = "webz",
        /// IPTC ninjs.
        Ninjs = "ninjs",
        /// schema.org NewsArticle.
        SchemaOrg = "schema.org",
        /// The news-please crawler.
        NewsPlease = "news-please",
    }
    /// What happens when retention removed records that were not read yet.
    OnGap {
        /// It is logged as ERROR and counted, and the worker goes on.
        Continue = "continue",
        /// The worker stops.
        Stop = "stop",
    }
    /// The key of an enriched record.
    OutputKey {
        /// The raw record's key.
        Input = "input",
        /// The article's id.
        Id = "id",
        /// The id of the first article of the cluster.
        Cluster = "cluster",
    }
    /// What is written for a copy.
    Copies {
        /// The whole record.
        Annotate = "annotate",
        /// Head, repair and dedup only.
        Link = "link",
        /// No record.
        Drop = "drop",
    }
    /// Which time of an article counts for the window.
    ArticleTime {
        /// The Kafka record's timestamp.
        Record = "record",
        /// `datePublished`, else the record's timestamp.
        Published = "published",
    }
    /// What articles do while the sketch log gives no verdicts.
    OnUnavailable {
        /// They wait.
        Pause = "pause",
        /// They go on with the verdict `off` and a warning.
        Pass = "pass",
    }
    /// How log lines look.
    LogFormat {
        /// For people.
        Text = "text",
        /// One JSON object a line.
        Json = "json",
    }
}
