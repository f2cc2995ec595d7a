//! What is allowed: ranges, settings that depend on each other, properties that the worker owns, and what is printed.

use copydesk::config::*;

fn load(set: &[&str]) -> Result<Loaded, SettingsErrors> {
    Sources::new().set(set.iter().copied()).load()
}

fn message(set: &[&str]) -> String {
    let errors = load(set).unwrap_err();
    assert_eq!(errors.errors().len(), 1, "{errors}");
    errors.errors()[0].to_string()
}

#[test]
fn values_out_of_range_are_refused_with_what_is_allowed() {
    let cases = [
        ("kafka.sessionTimeoutMs=0", "must be from 1000 to 1800000"),
        ("worker.budgetBytes=1048575", "must be from 1048576 to"),
        ("topics.partitions=0", "must be from 1 to 10000"),
        ("topics.replicationFactor=-1", "must be from 1 to 100"),
        ("dedup.window.articles=0", "must be from 1 to 12000000"),
        ("dedup.window.articles=12000001", "must be from 1 to 12000000"),
        ("dedup.unavailable=drop", "must be one of pause, pass"),
        ("dedup.unavailableMs=999", "must be from 1000 to 3600000"),
        ("kafka.compression=brotli", "must be one of none, lz4, zstd, snappy, gzip"),
        (
            "input.dialect=schema",
            "must be one of auto, copydesk, newsapi, webz, ninjs, schema.org, news-please",
        ),
        ("kafka.groupId=", "must be a name, not empty"),
        ("kafka.bootstrapServers=localhost", "must be HOST:PORT"),
        ("kafka.bootstrapServers=a:9092,,b:9092", "must be HOST:PORT"),
        ("http.listen=8080", "must be HOST:PORT"),
        ("input.maxDepth=257", "must be from 1 to 256"),
        ("input.topic=a topic", "must be a topic's name"),
        ("log.filter=info,,=x=y", "must be a filter as in RUST_LOG"),
        ("repair.enabled=maybe", "must be true or false"),
        ("worker.threads=1.5", "must be a whole number"),
        ("kafka.librdkafka.security.protocol=tls", "must be a value that librdkafka takes: Invalid value"),
    ];
    for (set, allowed) in cases {
        let (key, _) = set.split_once('=').unwrap();
        let message = message(&[set]);
        assert!(message.starts_with(&format!("{key} = ")), "{message}");
        assert!(message.contains("(--set)") && message.contains(allowed), "{set}: {message}");
    }
}

#[test]
fn every_mistake_is_in_one_report() {
    let errors = load(&["worker.threads=-1", "kafka.compression=x", "worker.shutdownMs=5000", "nothing=1"])
        .unwrap_err();
    assert_eq!(errors.errors().len(), 4, "{errors}");
}

#[test]
fn choices_are_matched_without_regard_to_case() {
    let settings =
        load(&["kafka.compression=LZ4", "input.dialect=Schema.org", "input.onGap=STOP"]).unwrap().settings;
    assert_eq!(settings.kafka.compression, Compression::Lz4);
    assert_eq!(settings.input.dialect, InputDialect::SchemaOrg);
    assert_eq!(settings.input.on_gap, OnGap::Stop);
}

/// The comments of the settings file are the documentation of the choices.
#[test]
fn the_page_names_every_choice() {
    fn names<C: Choice>() -> Vec<&'static str> {
        C::ALL.iter().map(|choice| choice.as_str()).collect()
    }
    let page = reference();
    for (key, names) in [
        ("kafka.groupProtocol", names::<GroupProtocolName>()),
        ("kafka.brokerAddressFamily", names::<BrokerAddressFamily>()),
        ("kafka.compression", names::<Compression>()),
        ("input.format", names::<InputFormat>()),
        ("input.dialect", names::<InputDialect>()),
        ("input.onGap", names::<OnGap>()),
        ("output.key", names::<OutputKey>()),
        ("dedup.copies", names::<Copies>()),
        ("dedup.time", names::<ArticleTime>()),
        ("dedup.unavailable", names::<OnUnavailable>()),
        ("log.format", names::<LogFormat>()),
    ] {
        let row = page.lines().find(|line| line.starts_with(&format!("| `{key}` |"))).unwrap();
        for name in names {
            assert!(row.contains(&format!("\"{name}\"")), "{name} is not in {row}");
            load(&[&format!("{key}={name}")]).unwrap();
        }
    }
}

#[test]
fn an_empty_text_means_not_set() {
    let settings = load(&["http.listen=", "kafka.groupInstanceId=", "deadLetters.topic="]).unwrap().settings;
    assert_eq!(settings.http.listen, None);
    assert_eq!(settings.kafka.group_instance_id, None);
    let settings = load(&["deadLetters.topic=", "input.topic=wire"]).unwrap().settings;
    assert_eq!(settings.dead_letters.topic, "wire.dead-letters");
    assert_eq!(load(&["deadLetters.topic=bad"]).unwrap().settings.dead_letters.topic, "bad");
}

#[test]
fn settings_that_do_not_go_together_are_refused() {
    let cases: &[(&[&str], &str, &str)] = &[
        (
            &["worker.drainMs=50000", "worker.shutdownMs=60000"],
            "worker.drainMs = 50000",
            "kafka.sessionTimeoutMs = 45000",
        ),
        (&["worker.shutdownMs=10000"], "worker.drainMs = 10000", "worker.shutdownMs = 10000"),
        (
            &["kafka.maxPollIntervalMs=10250", "kafka.sessionTimeoutMs=10200"],
            "worker.drainMs = 10000",
            "kafka.maxPollIntervalMs = 10250",
        ),
        (
            &["kafka.maxPollIntervalMs=40000"],
            "kafka.sessionTimeoutMs = 45000",
            "kafka.maxPollIntervalMs = 40000",
        ),
        (
            &["kafka.commitIntervalMs=5000", "worker.stallMs=5000"],
            "kafka.commitIntervalMs = 5000",
            "worker.stallMs = 5000",
        ),
        (
            &["kafka.messageTimeoutMs=1000", "kafka.lingerMs=1000"],
            "kafka.lingerMs = 1000",
            "kafka.messageTimeoutMs = 1000",
        ),
        (
            &["dedup.unavailable=pass", "dedup.unavailableMs=60000", "worker.stallMs=60000"],
            "dedup.unavailableMs = 60000",
            "worker.stallMs = 60000",
        ),
        (&["dedup.window.hours=85"], "dedup.log.retentionHours = 168", "dedup.window.hours = 85"),
        (
            &["kafka.maxMessageBytes=10485759"],
            "kafka.maxMessageBytes = 10485759",
            "input.maxBytes = 10485760",
        ),
        (&["output.topic=articles.raw"], "input.topic = \"articles.raw\"", "output.topic = \"articles.raw\""),
        (&["output.topic=articles_raw"], "input.topic = ", "names differ only in"),
        (&["dedup.log.topic=articles.raw.dead-letters"], "deadLetters.topic = ", "dedup.log.topic = "),
        (
            &["kafka.groupProtocol=consumer", "kafka.librdkafka.heartbeat.interval.ms=1000"],
            "kafka.groupProtocol = \"consumer\"",
            "kafka.librdkafka.heartbeat.interval.ms",
        ),
    ];
    for (set, first, second) in cases {
        let message = message(set);
        assert!(
            message.starts_with(first) && message.contains(second) && message.contains("--set"),
            "{set:?}: {message}"
        );
    }
}

#[test]
fn a_dead_letter_topic_that_is_made_has_a_legal_name_too() {
    let long = format!("input.topic={}", "x".repeat(237));
    assert!(message(&[&long]).contains("250 characters"));
    load(&[&long, "deadLetters.topic=bad"]).unwrap();
    load(&[&long[..long.len() - 1]]).unwrap();
}

#[test]
fn limits_are_kept_to_the_last_unit() {
    load(&["kafka.maxPollIntervalMs=10251", "kafka.sessionTimeoutMs=10250"]).unwrap();
    load(&["worker.shutdownMs=10001"]).unwrap();
    load(&["dedup.window.hours=84"]).unwrap();
    load(&["dedup.window.articles=12000000"]).unwrap();
    load(&["kafka.maxMessageBytes=10485760"]).unwrap();
    load(&["worker.budgetBytes=1048576"]).unwrap();
}

#[test]
fn what_is_off_is_not_checked() {
    load(&["dedup.window.hours=1000", "dedup.enabled=false"]).unwrap();
    // Articles that pause wait for as long as it takes.
    let slow = ["dedup.unavailableMs=60000", "worker.stallMs=60000"];
    load(&slow).unwrap();
    load(&["dedup.unavailable=pass", "dedup.enabled=false", slow[0], slow[1]]).unwrap();
    // With the new group protocol the broker decides on the session.
    let set = ["kafka.groupProtocol=consumer", "worker.drainMs=50000", "worker.shutdownMs=60000"];
    assert_eq!(load(&set).unwrap().settings.kafka.group_protocol, GroupProtocol::Consumer);
}

#[test]
fn properties_that_the_worker_owns_are_refused_with_the_reason() {
    let cases = [
        ("enable.auto.commit", "ledger"),
        ("enable.auto.offset.store", "ledger"),
        ("enable.partition.eof", "poll thread"),
        ("auto.offset.reset", "earliest"),
        ("group.id", "set kafka.groupId instead"),
        ("group.protocol", "set kafka.groupProtocol instead"),
        ("group.instance.id", "set kafka.groupInstanceId instead"),
        ("partition.assignment.strategy", "cooperative-sticky"),
        ("isolation.level", "read_committed"),
        ("enable.idempotence", "order"),
        ("acks", "replicas"),
        ("request.required.acks", "replicas"),
        ("bootstrap.servers", "set kafka.bootstrapServers instead"),
        ("metadata.broker.list", "set kafka.bootstrapServers instead"),
        ("client.id", "set kafka.clientId instead"),
        ("max.in.flight", "order"),
        ("max.in.flight.requests.per.connection", "order"),
        ("retries", "kafka.messageTimeoutMs"),
        ("transactional.id", "transactions"),
        ("message.timeout.ms", "set kafka.messageTimeoutMs instead"),
        ("delivery.timeout.ms", "set kafka.messageTimeoutMs instead"),
        ("message.max.bytes", "set kafka.maxMessageBytes instead"),
        ("linger.ms", "set kafka.lingerMs instead"),
        ("compression.type", "set kafka.compression instead"),
        ("compression.codec", "set kafka.compression instead"),
        ("session.timeout.ms", "set kafka.sessionTimeoutMs instead"),
        ("max.poll.interval.ms", "set kafka.maxPollIntervalMs instead"),
        ("auto.commit.interval.ms", "set kafka.commitIntervalMs instead"),
        ("broker.address.family", "set kafka.brokerAddressFamily instead"),
        ("partitioner", "murmur2_random"),
        ("allow.auto.create.topics", "set topics.autoCreate instead"),
        ("rebalance_cb", "callback"),
        ("opaque", "cannot be set"),
    ];
    for (name, reason) in cases {
        let message = message(&[&format!("kafka.librdkafka.{name}=1")]);
        assert!(
            message.starts_with(&format!("kafka.librdkafka.{name} (--set): the worker owns this property")),
            "{message}"
        );
        assert!(message.contains(reason), "{message}");
    }
    let by_environment =
        Sources::new().environment([("COPYDESK__KAFKA__LIBRDKAFKA__ENABLE_AUTO_COMMIT", "true")]).load();
    assert!(
        by_environment
            .unwrap_err()
            .to_string()
            .contains("kafka.librdkafka.enable.auto.commit (environment variable")
    );
}

/// Every setting that a message sends the reader to is a setting.
#[test]
fn the_settings_named_in_reasons_exist() {
    for name in [
        "bootstrapServers",
        "brokerAddressFamily",
        "clientId",
        "groupId",
        "groupInstanceId",
        "groupProtocol",
        "sessionTimeoutMs",
        "maxPollIntervalMs",
        "messageTimeoutMs",
        "lingerMs",
        "compression",
        "maxMessageBytes",
        "commitIntervalMs",
    ] {
        assert!(load(&[]).unwrap().effective.value(&format!("kafka.{name}")).is_some(), "kafka.{name}");
    }
}

#[test]
fn secrets_are_not_printed() {
    let secrets = [
        "sasl.password",
        "ssl.key.password",
        "ssl.keystore.password",
        "ssl.key.pem",
        "sasl.oauthbearer.config",
    ];
    let set: Vec<String> = secrets.iter().map(|name| format!("kafka.librdkafka.{name}=hunter2")).collect();
    let loaded = Sources::new().set(set).load().unwrap();
    for name in secrets {
        assert_eq!(loaded.settings.kafka.librdkafka.get(name), Some("hunter2"), "{name}");
        assert!(is_secret(name), "{name}");
        assert!(loaded.effective.to_string().contains(&format!("\"{name}\" = \"{REDACTED}\"")), "{name}");
    }
    assert!(!loaded.effective.to_string().contains("hunter2"));
    assert!(!format!("{loaded:?} {loaded:#?}").contains("hunter2"));
    let sources =
        Sources::new().set(["kafka.librdkafka.sasl.password=hunter2"]).environment([("X", "hunter2")]);
    assert!(!format!("{sources:?}").contains("hunter2"));
    for name in
        ["security.protocol", "sasl.username", "ssl.ca.location", "sasl.mechanisms", "fetch.min.bytes"]
    {
        assert!(!is_secret(name), "{name}");
    }
}

/// librdkafka is built without curl, so it cannot fetch tokens itself.
#[test]
fn a_feature_that_is_not_built_in_is_named_and_the_secret_is_not() {
    let message = message(&["kafka.librdkafka.sasl.oauthbearer.client.secret=hunter2"]);
    assert!(message.contains("not supported in this build") && !message.contains("hunter2"), "{message}");
}

#[test]
fn a_wrong_secret_is_not_in_the_message() {
    let (folder, name) = (tempfile::tempdir().unwrap(), "desk.toml");
    let path = folder.path().join(name);
    for text in [
        "[kafka.librdkafka]\nsasl.password = [\"hunter2\"]\n",
        "[kafka.librdkafka]\nsasl.password = \"hunter2\n",
    ] {
        std::fs::write(&path, text).unwrap();
        let message = Sources::new().file(Some(&path)).load().unwrap_err().to_string();
        assert!(!message.contains("hunter2") && message.contains("desk.toml:2"), "{message}");
    }
}

#[test]
fn the_printed_settings_are_a_settings_file() {
    let set = [
        "kafka.groupId=a \"quoted\" # name",
        "kafka.librdkafka.security.protocol=ssl",
        "input.fields.title=meta.headline",
        "dedup.window.hours=48",
        "worker.threads=3",
    ];
    let loaded = load(&set).unwrap();
    let printed = loaded.effective.to_string();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("printed.toml");
    std::fs::write(&path, &printed).unwrap();
    let again = Sources::new().file(Some(path)).load().unwrap();
    assert_eq!(again.settings, loaded.settings);

    let line = |start: &str| {
        printed.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{printed}"))
    };
    assert!(line("hours = 48").ends_with("# --set"));
    assert_eq!(line("lingerMs"), "lingerMs = 5");
    assert_eq!(loaded.effective.changed().count(), set.len());
}

/// The groups and keys stand in the order of the file.
#[test]
fn the_printed_defaults_are_the_file_without_its_comments() {
    let bare = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(ToOwned::to_owned)
            .collect()
    };
    assert_eq!(bare(&load(&[]).unwrap().effective.to_string()), bare(DEFAULTS));
}

#[test]
fn the_time_budget_says_what_holds() {
    let loaded = load(&["worker.stallMs=60000"]).unwrap();
    let text = TimeBudget::of(&loaded.settings).to_string();
    for line in [
        "worker.drainMs 10000 < kafka.sessionTimeoutMs 45000: ok",
        "worker.pauseAfterMs 250 + worker.drainMs 10000 < kafka.maxPollIntervalMs 300000: ok",
        "worker.drainMs 10000 < worker.shutdownMs 25000: ok",
        "kafka.messageTimeoutMs 120000 <= worker.stallMs 60000: ADVICE (/livez would fail",
    ] {
        assert!(text.lines().any(|found| found.starts_with(line)), "{line}\nis not in\n{text}");
    }
    assert!(text.contains("worker.shutdownMs 25000 < the orchestrator's grace period"));
}

#[test]
fn addresses_are_host_and_port() {
    for text in ["localhost:9092", "[::1]:9092", "10.0.0.1:0", "kafka-1.example_net:65535"] {
        assert_eq!(text.parse::<HostPort>().unwrap().to_string(), text);
    }
    for text in [
        "",
        ":9092",
        "localhost",
        "localhost:",
        "localhost:65536",
        "::1:9092",
        "[x]:1",
        "a b:1",
        "a:+1",
        "http://a:1",
    ] {
        assert!(text.parse::<HostPort>().is_err(), "{text}");
    }
    assert_eq!("[::1]:80".parse::<HostPort>().unwrap().host(), "::1");
}

/// `UPDATE_GOLDEN=1 cargo test --test config_checks` writes the page anew.
#[test]
fn the_page_of_settings_is_written_from_the_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/SETTINGS.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, reference()).unwrap();
    }
    let page = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        page,
        reference(),
        "docs/SETTINGS.md is out of date: UPDATE_GOLDEN=1 cargo test --test config_checks"
    );
    assert!(page.contains("| `kafka.groupId` | `\"copydesk\"` | Consumer group."));
    assert!(page.contains("`COPYDESK__DEAD_LETTERS__MAX_RUN`"));
}
