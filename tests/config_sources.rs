//! Where settings come from: names, order of the sources, and the messages for what is not a setting.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use copydesk::config::*;

fn load(environment: &[(&str, &str)], set: &[&str]) -> Result<Loaded, SettingsErrors> {
    Sources::new().environment(environment.iter().copied()).set(set.iter().copied()).load()
}

fn messages(environment: &[(&str, &str)], set: &[&str]) -> Vec<String> {
    load(environment, set).unwrap_err().errors().iter().map(ToString::to_string).collect()
}

fn message(environment: &[(&str, &str)], set: &[&str]) -> String {
    let all = messages(environment, set);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.into_iter().next().unwrap()
}

fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.toml");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn the_defaults_pass_the_checks() {
    let settings = Sources::new().load().unwrap().settings;
    assert_eq!(settings.kafka.bootstrap(), "localhost:9092");
    assert_eq!(settings.kafka.group_instance_id, None);
    assert_eq!(
        settings.kafka.group_protocol,
        GroupProtocol::Classic { session_timeout: Duration::from_secs(45) }
    );
    assert_eq!(settings.dead_letters.topic, "articles.raw.dead-letters");
    assert_eq!(settings.dedup.window.time, Duration::from_secs(72 * 3600));
    assert_eq!(settings.worker.threads, None);
    assert!(settings.worker.thread_count() >= NonZeroUsize::MIN);
    assert_eq!(settings.http.listen.unwrap().to_string(), "127.0.0.1:8080");
    assert_eq!(settings.drill.panic_marker, None);
    assert!(TimeBudget::of(&Sources::new().load().unwrap().settings).lines().iter().all(BudgetLine::holds));
}

#[test]
fn a_nested_key_of_two_words_is_set_by_environment() {
    let loaded = load(
        &[
            ("COPYDESK__KAFKA__GROUP_ID", "desk-7"),
            ("COPYDESK__DEDUP__LOG__RETENTION_HOURS", "200"),
            ("COPYDESK__DEAD_LETTERS__MAX_RUN", "0"),
            ("COPYDESK__TOPICS__AUTO_CREATE", "TRUE"),
            ("PATH", "/bin"),
        ],
        &[],
    )
    .unwrap();
    assert_eq!(loaded.settings.kafka.group_id, "desk-7");
    assert_eq!(loaded.settings.dedup.log.retention, Duration::from_secs(200 * 3600));
    assert_eq!(loaded.settings.dead_letters.max_run, None);
    assert!(loaded.settings.topics.auto_create);
    assert_eq!(
        loaded.effective.origin("kafka.groupId"),
        Origin::Environment("COPYDESK__KAFKA__GROUP_ID".to_owned())
    );
}

#[test]
fn the_examples_of_the_command_line_work() {
    let set =
        ["repair.enabled=false", "dedup.enabled=false", "dedup.time=published", "dedup.window.hours=48"];
    let settings = load(&[], &set).unwrap().settings;
    assert!(!settings.repair.enabled);
    assert!(settings.repair.boilerplate);
    assert!(!settings.dedup.enabled);
    assert_eq!(settings.dedup.time, ArticleTime::Published);
    assert_eq!(settings.dedup.window.time, Duration::from_secs(48 * 3600));
    load(
        &[],
        &["repair.enabled=false", "dedup.enabled=false", "dedup.time=published", "dedup.window.hours=72"],
    )
    .unwrap();
}

#[test]
fn case_and_word_separators_do_not_count() {
    for name in ["kafka.groupId", "kafka.group_id", "KAFKA.GROUP_ID", "Kafka.group-id", "kafka.groupid"] {
        let loaded = load(&[], &[&format!("{name}=x=y")]).unwrap();
        assert_eq!(loaded.settings.kafka.group_id, "x=y", "{name}");
    }
    let (_folder, path) = file("[Dead_Letters]\nMAX_RUN = 5\n");
    let loaded = Sources::new().file(Some(path)).load().unwrap();
    assert_eq!(loaded.settings.dead_letters.max_run.unwrap().get(), 5);
}

#[test]
fn later_sources_win() {
    let (_folder, path) = file("[kafka]\ngroupId = \"file\"\nclientId = \"file\"\nlingerMs = 7\n");
    let variables =
        [("COPYDESK__KAFKA__GROUP_ID", "environment"), ("COPYDESK__KAFKA__CLIENT_ID", "environment")];
    let sources = Sources::new().file(Some(&path)).environment(variables);
    let loaded = sources.set(["kafka.groupId=first", "kafka.groupId=last"]).load().unwrap();
    let kafka = &loaded.settings.kafka;
    assert_eq!((kafka.group_id.as_str(), kafka.client_id.as_str()), ("last", "environment"));
    assert_eq!(kafka.linger, Duration::from_millis(7));
    assert_eq!(kafka.compression, Compression::Zstd);
    assert_eq!(loaded.effective.origin("kafka.groupId"), Origin::Set);
    assert_eq!(loaded.effective.origin("kafka.lingerMs").to_string(), format!("{}:4", path.display()));
    assert_eq!(loaded.effective.origin("kafka.compression"), Origin::Default);
}

#[test]
fn the_environment_can_name_the_file_and_the_command_line_wins() {
    let (_folder, named) = file("[kafka]\ngroupId = \"named\"\n");
    let (_folder2, given) = file("[kafka]\ngroupId = \"given\"\n");
    let variables = [(CONFIG_VARIABLE, named.to_str().unwrap().to_owned())];
    let loaded = Sources::new().environment(variables.clone()).load().unwrap();
    assert_eq!(loaded.settings.kafka.group_id, "named");
    let loaded = Sources::new().environment(variables).file(Some(given)).load().unwrap();
    assert_eq!(loaded.settings.kafka.group_id, "given");
    load(&[(CONFIG_VARIABLE, "")], &[]).unwrap();
}

#[test]
fn rust_log_is_the_weaker_name_of_the_filter() {
    let filter =
        |environment: &[(&str, &str)], set: &[&str]| load(environment, set).unwrap().settings.log.filter;
    assert_eq!(filter(&[("RUST_LOG", "debug")], &[]), "debug");
    assert_eq!(filter(&[("COPYDESK__LOG__FILTER", "warn"), ("RUST_LOG", "debug")], &[]), "warn");
    assert_eq!(filter(&[("RUST_LOG", "debug")], &["log.filter=error"]), "error");
    assert_eq!(filter(&[("RUST_LOG", "")], &[]), "info,librdkafka=warn");
}

#[test]
fn properties_of_librdkafka_keep_their_dots() {
    let (_folder, path) = file(
        "[kafka.librdkafka]\nsecurity.protocol = \"sasl_ssl\"\n\"socket.keepalive.enable\" = true\nfetch.min.bytes = 2\n",
    );
    let sources = Sources::new().file(Some(path)).environment([
        ("COPYDESK__KAFKA__LIBRDKAFKA__SSL_CA_LOCATION", "/ca.pem"),
        ("COPYDESK__KAFKA__LIBRDKAFKA__LOG_LEVEL", "3"),
    ]);
    let set = ["kafka.librdkafka.sasl.password=pa=ss.word", "kafka.librdkafka.batch.size=5000"];
    let librdkafka = sources.set(set).load().unwrap().settings.kafka.librdkafka;
    let all: Vec<(&str, &str)> = librdkafka.iter().collect();
    assert_eq!(
        all,
        [
            ("batch.size", "5000"),
            ("fetch.min.bytes", "2"),
            ("log_level", "3"),
            ("sasl.password", "pa=ss.word"),
            ("security.protocol", "sasl_ssl"),
            ("socket.keepalive.enable", "true"),
            ("ssl.ca.location", "/ca.pem"),
        ]
    );
    assert!(librdkafka.for_consumer().all(|(name, _)| name != "batch.size"));
    assert!(librdkafka.for_producer().all(|(name, _)| name != "fetch.min.bytes"));
    assert_eq!(librdkafka.for_admin().count(), 5);
}

#[test]
fn own_field_names_are_split_into_paths() {
    let variables = [("COPYDESK__INPUT__FIELDS__DATE_PUBLISHED", "meta.date")];
    let loaded = load(&variables, &["input.fields.title=headline"]).unwrap();
    let fields = loaded.settings.input.fields;
    assert_eq!(fields["datePublished"], ["meta", "date"]);
    assert_eq!(fields["title"], ["headline"]);
    assert_eq!(
        load(&[], &["input.fields.source.name=site"]).unwrap().settings.input.fields["sourceName"],
        ["site"]
    );
    assert!(message(&[], &["input.fields.titel=x"]).contains("did you mean input.fields.title?"));
    assert!(message(&[], &["input.fields.title=a..b"]).contains("must be the dotted path of a value"));
}

#[test]
fn unknown_names_are_refused_with_the_nearest_right_one() {
    let cases = [
        ("kafka.grupId", "did you mean kafka.groupId?"),
        ("kafka.bootstrap.servers", "did you mean kafka.bootstrapServers?"),
        ("dedup.hours", "did you mean dedup.window.hours?"),
        ("worker.budget_byte", "did you mean worker.budgetBytes?"),
        ("deadLetter.topic", "did you mean deadLetters.topic?"),
        ("kafka.groupId.x", "kafka.groupId is a single value and has nothing below it"),
        ("repair.zzzzzzzz", "the names there are enabled, boilerplate, repeats"),
        ("dedup", "dedup is a group"),
        ("kafka.security.protocol", "did you mean kafka.librdkafka.security.protocol?"),
        ("FETCH_MIN_BYTES", "did you mean kafka.librdkafka.fetch.min.bytes?"),
        ("kafka.group.id", "did you mean kafka.groupId?"),
        ("kafka.librdkafka.sasl.pasword", "did you mean kafka.librdkafka.sasl.password?"),
    ];
    for (name, hint) in cases {
        let message = message(&[], &[&format!("{name}=hunter2")]);
        assert!(message.contains(hint) && message.contains("(--set)"), "{name}: {message}");
        assert!(!message.contains("hunter2"), "{message}");
    }
}

#[test]
fn messages_name_the_place() {
    let (_folder, path) = file("[kafka]\n# a slip\ngruppe = 1\n[worker]\ndrainMs = \"10\"\n");
    let errors = Sources::new()
        .file(Some(&path))
        .environment([("COPYDESK__WORKER__STALL", "5"), ("COPYDESK__WORKER__THREADS", "many")])
        .load()
        .unwrap_err();
    let text = errors.to_string();
    let place = path.display();
    for wanted in [
        "4 settings are wrong:".to_owned(),
        format!("unknown setting kafka.gruppe ({place}:3)"),
        format!("worker.drainMs = \"10\" ({place}:5): must be a whole number"),
        "unknown setting WORKER.STALL (environment variable COPYDESK__WORKER__STALL): did you mean worker.stallMs?".to_owned(),
        "worker.threads = \"many\" (environment variable COPYDESK__WORKER__THREADS): must be a whole number".to_owned(),
    ] {
        assert!(text.contains(&wanted), "{wanted}\nis not in\n{text}");
    }
}

#[test]
fn a_variable_that_is_almost_a_setting_is_not_passed_over() {
    for name in ["COPYDESK_KAFKA__GROUP_ID", "COPYDESK_KAFKA_GROUP_ID"] {
        let message = message(&[(name, "x")], &[]);
        assert!(message.contains("did you mean COPYDESK__KAFKA__GROUP_ID?"), "{message}");
    }
    // Kubernetes makes these for a service of the name `copydesk`.
    load(&[("COPYDESK_SERVICE_HOST", "10.0.0.1"), ("COPYDESK_PORT_8080_TCP_PORT", "8080")], &[]).unwrap();
}

#[test]
fn one_source_does_not_set_a_name_twice() {
    let (_folder, path) = file("[kafka]\ngroupId = \"a\"\ngroup_id = \"b\"\n");
    let errors = Sources::new().file(Some(path)).load().unwrap_err().to_string();
    assert!(
        errors.contains("kafka.groupId is set twice") && errors.contains(":2 and ") && errors.contains(":3"),
        "{errors}"
    );
}

#[test]
fn two_variables_for_one_name_are_refused() {
    let both = [("COPYDESK__KAFKA__GROUPID", "a"), ("COPYDESK__KAFKA__GROUP_ID", "b")];
    let message = message(&both, &[]);
    for (name, _) in both {
        assert!(message.contains("kafka.groupId is set twice") && message.contains(name), "{message}");
    }
}

#[test]
fn what_a_command_decides_wins() {
    let sources =
        Sources::new().set(["kafka.bootstrapServers=a:1"]).fixed("demo", [("kafka.bootstrapServers", "b:2")]);
    let loaded = sources.load().unwrap();
    assert_eq!(loaded.settings.kafka.bootstrap(), "b:2");
    assert!(loaded.effective.to_string().contains("# copydesk demo"));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let errors = Sources::new().file(Some("/nowhere/desk.toml")).load().unwrap_err().to_string();
    assert!(errors.contains("settings file /nowhere/desk.toml: cannot be read"), "{errors}");
    let (_folder, path) = file("[kafka]\ngroupId = \n");
    let errors = Sources::new().file(Some(&path)).load().unwrap_err().to_string();
    assert!(errors.contains(&format!("settings file {}:2: ", path.display())), "{errors}");
}

#[test]
fn an_argument_without_a_value_is_refused() {
    assert_eq!(
        message(&[], &["dedup.enabled"]),
        "--set dedup.enabled: must be KEY=VALUE, such as --set dedup.window.hours=48"
    );
    assert!(message(&[], &["=hunter2"]).starts_with("--set ...: "));
    assert!(message(&[], &["sasl.password:hunter2"]).starts_with("--set sasl.password...: "));
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStringExt;
    let variables = [(OsString::from("COPYDESK__KAFKA__GROUP_ID"), OsString::from_vec(vec![0xff]))];
    let errors = Sources::new().environment(variables).load().unwrap_err().to_string();
    assert!(errors.contains("text that is not UTF-8") && errors.contains("must be text"), "{errors}");
}

proptest::proptest! {
    /// Whatever the sources hold, the answer is settings or a report.
    #[test]
    fn no_source_makes_a_panic(
        text in "(\\[(kafka|input\\.fields|kafka\\.librdkafka)\\]\n)?(([a-zA-Z_.\"]{0,12}|groupId|lingerMs) ?= ?(\\PC{0,8}|1|\"x\")\n){0,3}",
        name in "COPYDESK_{1,2}(KAFKA|INPUT|é)?(__)?\\PC{0,12}",
        argument in "(kafka\\.|kafka\\.librdkafka\\.|worker.drainMs)?[a-z._]{0,12}=?[\0-\u{ff}]{0,12}",
        value in "[0-9-]{0,20}|\\PC{0,8}",
    ) {
        let (_folder, path) = file(&text);
        let sources = Sources::new().file(Some(path)).environment([(name, value)]).set([argument]);
        match sources.load() {
            Ok(loaded) => proptest::prop_assert!(!loaded.effective.to_string().is_empty()),
            Err(errors) => proptest::prop_assert!(!errors.errors().is_empty()),
        }
    }
}
