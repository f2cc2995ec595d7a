//! The settings as the sources give them: the right names and kinds, nothing checked yet. The structs follow
//! `config/copydesk.toml` key by key: serde refuses a key that is not here, and misses one that is not there.

use std::collections::BTreeMap;

use serde::Deserialize;

macro_rules! raw {
    ($($name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {$(
        #[derive(Debug, Clone, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub(super) struct $name { $(pub $field: $kind),* }
    )*};
}

raw! {
    RawSettings {
        kafka: RawKafka,
        input: RawInput,
        output: RawOutput,
        dead_letters: RawDeadLetters,
        repair: RawRepair,
        extract: RawExtract,
        dedup: RawDedup,
        worker: RawWorker,
        topics: RawTopics,
        http: RawHttp,
        log: RawLog,
        drill: RawDrill,
    }
    RawKafka {
        bootstrap_servers: String,
        group_id: String,
        client_id: String,
        group_instance_id: String,
        group_protocol: String,
        broker_address_family: String,
        session_timeout_ms: i64,
        max_poll_interval_ms: i64,
        commit_interval_ms: i64,
        message_timeout_ms: i64,
        linger_ms: i64,
        compression: String,
        max_message_bytes: i64,
        librdkafka: Option<BTreeMap<String, String>>,
    }
    RawInput {
        topic: String,
        format: String,
        dialect: String,
        max_bytes: i64,
        max_depth: i64,
        on_gap: String,
        fields: Option<BTreeMap<String, String>>,
    }
    RawOutput { topic: String, key: String }
    RawDeadLetters { topic: String, max_run: i64 }
    RawRepair { enabled: bool, boilerplate: bool, repeats: bool }
    RawExtract { aliases: Option<BTreeMap<String, Vec<String>>>, gazetteers: RawGazetteers }
    RawGazetteers { people: Vec<String>, organizations: Vec<String>, places: Vec<String> }
    RawDedup {
        enabled: bool,
        copies: String,
        stories: bool,
        time: String,
        unavailable: String,
        unavailable_ms: i64,
        window: RawWindow,
        log: RawSketchLog,
    }
    RawWindow { articles: i64, hours: i64 }
    RawSketchLog { topic: String, retention_hours: i64 }
    RawWorker {
        threads: i64,
        budget_articles: i64,
        budget_bytes: i64,
        pause_after_ms: i64,
        drain_ms: i64,
        shutdown_ms: i64,
        stall_ms: i64,
    }
    RawTopics { auto_create: bool, partitions: i64, replication_factor: i64 }
    RawHttp { listen: String }
    RawLog { format: String, filter: String }
    RawDrill { panic_marker: String }
}
