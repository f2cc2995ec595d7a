//! docker-compose.yml: valid by the Compose specification's schema, and every setting in it read and compared.

use std::collections::{BTreeMap, BTreeSet};

use rdkafka::admin::{AdminOptions, ResourceSpecifier};
use rdkafka::consumer::{BaseConsumer, Consumer};
use serde_json::{Value, json};

use super::settings::Settings;
use super::support::{PATIENCE, RealKafka, broker, client_config, compose_schema, kafka_jars, real_kafka};
use super::{dockerfile, package, read};

/// The compose file with its `<<` merges carried out, as Compose sees it.
fn compose() -> Value {
    let mut yaml: serde_yaml_ng::Value = serde_yaml_ng::from_str(&read("docker-compose.yml")).expect("YAML");
    // A merged mapping may have a merge of its own, which one pass copies without carrying it out.
    for _ in 0..2 {
        yaml.apply_merge().expect("`<<` names mappings");
    }
    serde_json::to_value(yaml).expect("YAML with text keys is JSON")
}

fn service(name: &str) -> Settings {
    Settings::new(name, compose()["services"][name].take())
}

/// `KAFKA_...` variables and what they hold.
fn kafka_environment() -> BTreeMap<String, String> {
    serde_json::from_value(compose()["services"]["kafka"]["environment"].take()).expect("texts")
}

/// `NAME://host:port,...` by name.
fn listeners(list: &str) -> BTreeMap<String, (String, u16)> {
    let one = |item: &str| {
        let (name, address) = item.split_once("://")?;
        let (host, port) = address.rsplit_once(':')?;
        Some((name.to_owned(), (host.to_owned(), port.parse().ok()?)))
    };
    list.split(',').map(|item| one(item).unwrap_or_else(|| panic!("no listener: {item}"))).collect()
}

/// The address that other containers reach the broker at.
fn internal_bootstrap() -> String {
    let environment = kafka_environment();
    let (host, port) = &listeners(&environment["KAFKA_ADVERTISED_LISTENERS"])[&environment["KAFKA_INTER_BROKER_LISTENER_NAME"]];
    format!("{host}:{port}")
}

/// Seconds of a duration such as `30s` or `1m`.
fn seconds(text: &str) -> u64 {
    let (number, unit) = text.split_at(text.len() - 1);
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        _ => panic!("no duration in seconds or minutes: {text}"),
    };
    number.parse::<u64>().unwrap_or_else(|_| panic!("no duration: {text}")) * factor
}

#[test]
fn the_file_is_valid_by_the_compose_specification() {
    // Never skipped: without the schema the file is not tested at all.
    let schema = compose_schema::load().unwrap_or_else(|message| panic!("{message}"));
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let compose = compose();
    let errors: Vec<_> =
        validator.iter_errors(&compose).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    // The validator does find faults: a wrong type, a misspelt key, a wrong condition.
    for (pointer, wrong) in [
        ("/services/worker/command", json!(7)),
        ("/services/worker/depends_on/kafka/condition", json!("service_happy")),
        ("/services/kafka/healthcheck", json!({ "tests": ["CMD", "true"] })),
    ] {
        let mut broken = compose.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")) = wrong;
        assert!(!validator.is_valid(&broken), "{pointer} was broken and nothing was found");
    }
}

#[test]
fn the_top_level_has_what_the_services_use() {
    let mut file = Settings::new("docker-compose.yml", compose());
    assert_eq!(file.text("name"), package("name"));
    let services = file.mapping("services");
    // Each of them has its own test below.
    assert_eq!(services.names(), ["kafka", "topics", "worker", "more-workers", "samples"]);
    assert_eq!(file.mapping("volumes").names(), ["kafka-data"]);
    // Shared parts, read where they were merged in.
    for shared in ["x-copydesk", "x-worker"] {
        file.take(shared);
    }
    file.finish();
}

#[test]
fn kafka_is_one_pinned_broker_with_a_health_check() {
    let mut kafka = service("kafka");
    let version = kafka_jars::version().expect("the pom names a version");
    assert_eq!(
        kafka.text("image"),
        format!("apache/kafka:{version}"),
        "the Kafka of the tests and of compose"
    );
    assert_eq!(kafka.text("restart"), "unless-stopped");
    let environment = kafka_environment();
    kafka.take("environment");

    // The port for this machine is published on loopback only, and it is the one that is advertised for it.
    let (host, port) = &listeners(&environment["KAFKA_ADVERTISED_LISTENERS"])["HOST"];
    assert_eq!(host, "localhost");
    assert_eq!(kafka.list("ports"), [format!("127.0.0.1:{port}:{port}")]);
    assert_eq!(kafka.list("volumes"), [format!("kafka-data:{}", environment["KAFKA_LOG_DIRS"])]);

    let mut health = kafka.mapping("healthcheck");
    let test = health.list("test");
    let expected =
        ["CMD", "/opt/kafka/bin/kafka-topics.sh", "--bootstrap-server", &internal_bootstrap(), "--list"];
    assert_eq!(test, expected);
    assert_eq!(health.take("retries"), 20);
    let (interval, timeout) = (seconds(&health.text("interval")), seconds(&health.text("timeout")));
    assert!(seconds(&health.text("start_period")) + 20 * interval >= 60, "a slow machine gets a minute");
    assert!(timeout >= 10, "a JVM has to start in this time");
    health.finish();
    kafka.finish();
}

#[test]
fn kafkas_listeners_fit_each_other() {
    let mut environment = Settings::new("kafka.environment", json!(kafka_environment()));
    let listening = listeners(&environment.text("KAFKA_LISTENERS"));
    let advertised = listeners(&environment.text("KAFKA_ADVERTISED_LISTENERS"));
    let controller = environment.text("KAFKA_CONTROLLER_LISTENER_NAMES");
    let internal = environment.text("KAFKA_INTER_BROKER_LISTENER_NAME");
    let node = environment.text("KAFKA_NODE_ID");

    // All but the controller's listener are advertised, each with the port that it listens on.
    let mut to_advertise: BTreeSet<&String> = listening.keys().collect();
    assert!(to_advertise.remove(&controller), "nobody listens as {controller}");
    assert_eq!(advertised.keys().collect::<BTreeSet<_>>(), to_advertise);
    for (name, (_, port)) in &advertised {
        assert_eq!(*port, listening[name].1, "{name}");
    }
    let ports: BTreeSet<u16> = listening.values().map(|(_, port)| *port).collect();
    assert_eq!(ports.len(), listening.len(), "each listener has a port of its own");
    // On all addresses: a listener on `localhost` inside the container would answer nobody.
    assert!(listening.values().all(|(host, _)| host.is_empty()), "{listening:?}");

    // Other containers reach the broker by the name of its service.
    assert_eq!(advertised[&internal].0, "kafka");
    assert_eq!(environment.text("KAFKA_PROCESS_ROLES"), "broker,controller");
    let voter = format!("{node}@kafka:{}", listening[&controller].1);
    assert_eq!(environment.text("KAFKA_CONTROLLER_QUORUM_VOTERS"), voter);
    let protocols = environment.text("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP");
    let protocols: BTreeMap<_, _> = protocols.split(',').filter_map(|item| item.split_once(':')).collect();
    assert_eq!(protocols.keys().copied().collect::<Vec<_>>(), listening.keys().collect::<Vec<_>>());
    assert!(protocols.values().all(|protocol| *protocol == "PLAINTEXT"), "{protocols:?}");

    // The folder that the image declares as a volume, writable for its user.
    assert_eq!(environment.text("KAFKA_LOG_DIRS"), "/var/lib/kafka/data");
    // 16 bytes in base64 without padding.
    assert_eq!(environment.text("CLUSTER_ID").len(), 22);
    // One broker holds one replica: more could never be written.
    for one in [
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR",
        "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR",
        "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR",
        "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR",
        "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR",
    ] {
        assert_eq!(environment.text(one), "1", "{one}");
    }
    assert_eq!(environment.text("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS"), "0");
    assert_eq!(environment.text("KAFKA_AUTO_CREATE_TOPICS_ENABLE"), "false");
    environment.finish();
}

#[test]
fn a_real_kafka_knows_and_accepts_these_settings() {
    let Some(kafka) = RealKafka::shared() else { return };
    // As the image does it: KAFKA_LOG_DIRS becomes log.dirs.
    let environment = kafka_environment().into_iter().filter(|(key, _)| key.starts_with("KAFKA_"));
    let mut properties: BTreeMap<String, String> = environment
        .map(|(key, value)| (key["KAFKA_".len()..].to_lowercase().replace('_', "."), value))
        .collect();

    let client: BaseConsumer = client_config(&kafka.bootstrap()).create().expect("valid settings");
    let some_broker = client.fetch_metadata(None, PATIENCE).expect("metadata").brokers()[0].id();
    let admin = broker::admin(&kafka.bootstrap());
    let resource = ResourceSpecifier::Broker(some_broker);
    let answer =
        broker::block_on(admin.describe_configs([&resource], &AdminOptions::new())).expect("an answer");
    let known = answer.into_iter().next().expect("one resource").expect("a broker that is there");
    for name in properties.keys() {
        assert!(known.get(name).is_some(), "Kafka has no setting {name}");
    }

    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    properties.insert("log.dirs".into(), folder.path().join("data").display().to_string());
    real_kafka::check_settings(folder.path(), &properties).unwrap_or_else(|message| panic!("{message}"));
    properties.insert("controller.listener.names".into(), "NOBODY".into());
    real_kafka::check_settings(folder.path(), &properties).expect_err("a wrong setting is found");
}

/// What all services of our own image have in common.
fn check_image_and_settings(service: &mut Settings) {
    assert_eq!(service.text("image"), format!("{}:{}", package("name"), package("version")));
    let mut build = service.mapping("build");
    assert_eq!(build.text("context"), ".");
    build.finish();

    let known = known_settings();
    let environment = service.mapping("environment");
    for name in environment.names() {
        assert!(known.contains_key(&setting_name(&name)), "config/copydesk.toml has no setting for {name}");
    }
    let mut environment = environment;
    assert_eq!(environment.text("COPYDESK__KAFKA__BOOTSTRAP_SERVERS"), internal_bootstrap());
    assert_eq!(environment.text("COPYDESK__KAFKA__GROUP_ID"), "copydesk");
    assert_eq!(environment.text("COPYDESK__KAFKA__GROUP_PROTOCOL"), "consumer");
    let input = environment.text("COPYDESK__INPUT__TOPIC");
    assert_ne!(input, environment.text("COPYDESK__OUTPUT__TOPIC"), "output fed back as input");
    assert_eq!(environment.text("COPYDESK__INPUT__DIALECT"), "auto", "the samples come in every dialect");
    let partitions: i64 = environment.text("COPYDESK__TOPICS__PARTITIONS").parse().expect("a number");
    let further = compose()["services"]["more-workers"]["deploy"]["replicas"].as_i64().expect("a number");
    assert!(partitions > further, "{partitions} partitions for {} workers", further + 1);
    assert_eq!(environment.text("COPYDESK__TOPICS__REPLICATION_FACTOR"), "1", "there is one broker");
    assert_eq!(environment.text("COPYDESK__HTTP__LISTEN"), format!("0.0.0.0:{}", dockerfile::http_port()));
    assert!(["text", "json"].contains(&environment.text("COPYDESK__LOG__FORMAT").as_str()));
    environment.finish();
}

/// The settings of config/copydesk.toml by their dotted names, in the spelling that ignores case, `_` and `-`.
fn known_settings() -> BTreeMap<String, toml::Value> {
    fn collect(prefix: &str, table: &toml::Table, known: &mut BTreeMap<String, toml::Value>) {
        for (key, value) in table {
            let name = format!("{prefix}{}", key.to_lowercase().replace(['_', '-'], ""));
            match value {
                toml::Value::Table(table) => collect(&format!("{name}."), table, known),
                value => drop(known.insert(name, value.clone())),
            }
        }
    }
    let mut known = BTreeMap::new();
    collect("", &read("config/copydesk.toml").parse().expect("TOML"), &mut known);
    known
}

/// `COPYDESK__KAFKA__GROUP_ID` as `kafka.groupid`.
pub fn setting_name(variable: &str) -> String {
    let path =
        variable.strip_prefix("COPYDESK__").unwrap_or_else(|| panic!("no setting of copydesk: {variable}"));
    path.split("__").map(|part| part.to_lowercase().replace('_', "")).collect::<Vec<_>>().join(".")
}

/// True when config/copydesk.toml has the setting of that environment variable.
pub fn is_known(variable: &str) -> bool {
    known_settings().contains_key(&setting_name(variable))
}

/// Services that this one waits for, with the condition.
fn waits_for(service: &mut Settings) -> Vec<(String, String)> {
    let mut needs = service.mapping("depends_on");
    let conditions = needs.names().into_iter().map(|name| {
        let mut need = needs.mapping(&name);
        let condition = need.text("condition");
        need.finish();
        (name, condition)
    });
    conditions.collect()
}

fn check_worker(service: &mut Settings) {
    check_image_and_settings(service);
    assert_eq!(service.list("command"), ["run"]);
    assert_eq!(waits_for(service), [after("kafka", "healthy"), after("topics", "completed_successfully")]);
    assert_eq!(service.text("restart"), "unless-stopped");
    let grace = seconds(&service.text("stop_grace_period")) as i64 * 1000;
    let shutdown = known_settings()["worker.shutdownms"].as_integer().expect("a number");
    assert!(grace > shutdown, "the engine kills after {grace} ms what may take {shutdown} ms to finish");
}

fn check_one_shot(service: &mut Settings) {
    check_image_and_settings(service);
    assert_eq!(service.text("restart"), "no");
    // The image's check asks the worker's HTTP server, which these commands do not have.
    let mut health = service.mapping("healthcheck");
    assert_eq!(health.take("disable"), true);
    health.finish();
}

fn after(service: &str, condition: &str) -> (String, String) {
    (service.to_owned(), format!("service_{condition}"))
}

#[test]
fn the_topics_are_created_once_kafka_is_healthy() {
    let mut topics = service("topics");
    check_one_shot(&mut topics);
    assert_eq!(topics.list("command"), ["topics", "create"]);
    assert_eq!(waits_for(&mut topics), [after("kafka", "healthy")]);
    topics.finish();
}

#[test]
fn the_worker_starts_after_the_topics_and_shows_its_health_on_loopback() {
    let mut worker = service("worker");
    check_worker(&mut worker);
    let port = dockerfile::http_port();
    assert_eq!(worker.list("ports"), [format!("127.0.0.1:{port}:{port}")]);
    worker.finish();
}

#[test]
fn the_profile_scale_has_several_workers_that_share_no_port() {
    let mut workers = service("more-workers");
    check_worker(&mut workers);
    assert_eq!(workers.list("profiles"), ["scale"]);
    let mut deploy = workers.mapping("deploy");
    assert!(deploy.take("replicas").as_u64() >= Some(2));
    deploy.finish();
    // Neither `ports` nor `container_name` is left: two replicas could not both have them.
    workers.finish();
}

#[test]
fn the_profile_samples_feeds_once_the_topics_are_there() {
    let mut samples = service("samples");
    check_one_shot(&mut samples);
    assert_eq!(samples.list("profiles"), ["samples"]);
    assert_eq!(samples.list("command"), ["samples", "feed"]);
    assert_eq!(
        waits_for(&mut samples),
        [after("kafka", "healthy"), after("topics", "completed_successfully")]
    );
    samples.finish();
}
