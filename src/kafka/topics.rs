//! The topics that a desk needs: what each must be like, creating them, and checking those that are there.

use std::collections::BTreeMap;
use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::client::{self, PlainContext};
use crate::config::Settings;

const ASK: Duration = Duration::from_secs(10);
/// Room for the headers that a dead letter has on top of the raw record.
const HEADER_ROOM: u64 = 64 * 1024;

/// Kafka's own `max.message.bytes`, which a topic has that nobody set another for.
const USUAL_LIMIT: u64 = 1_048_588;

/// The sketch log takes batches of entries, and no checkpoint is larger.
const LEAST_LOG_LIMIT: u64 = (client::BATCH + client::BATCH_OVERHEAD) as u64;

/// What a topic is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Raw articles.
    Input,
    /// Enriched articles.
    Output,
    /// Dead letters.
    DeadLetters,
    /// The sketch log.
    SketchLog,
}

/// A topic that a desk needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is for.
    pub role: Role,
    /// Its name.
    pub name: String,
    /// Partitions when copydesk creates it.
    pub partitions: i32,
    /// Settings when copydesk creates it.
    pub config: BTreeMap<&'static str, String>,
}

/// A topic that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Partitions.
    pub partitions: usize,
    /// Settings by name, as the broker has them.
    pub config: BTreeMap<String, String>,
}

impl Found {
    /// The largest record that it takes, bytes; None where the broker does not tell.
    pub fn largest_record(&self) -> Option<u64> {
        self.config.get("max.message.bytes")?.parse().ok()
    }
}

/// Something about a topic that the operator should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The topic.
    pub topic: String,
    /// True: the worker must not run like this.
    pub fatal: bool,
    /// What is wrong, and how to mend it.
    pub message: String,
}

/// Why the cluster could not be asked or told.
#[derive(Debug, thiserror::Error)]
pub enum TopicError {
    /// No answer.
    #[error("cannot reach Kafka at {servers}: {error}. Is kafka.bootstrapServers right, and the broker up?")]
    Unreachable {
        /// What was tried.
        servers: String,
        /// librdkafka's reason.
        error: KafkaError,
    },
    /// A topic could not be created.
    #[error("topic {topic} could not be created: {code}")]
    Create {
        /// The topic.
        topic: String,
        /// The broker's reason.
        code: RDKafkaErrorCode,
    },
}

/// The topics that these settings ask for.
pub fn wanted(settings: &Settings) -> Vec<Wanted> {
    let partitions = i32::from(settings.topics.partitions.get());
    let plain =
        |role, name: &str| Wanted { role, name: name.to_owned(), partitions, config: BTreeMap::new() };
    // Outcomes carry the raw record's time. Retention must count from their arrival, or an old backlog's outcomes would
    // be gone before anybody read them.
    let arrival = |topic: Wanted| Wanted {
        config: BTreeMap::from([("message.timestamp.type", "LogAppendTime".to_owned())]),
        ..topic
    };
    let mut topics = vec![
        plain(Role::Input, &settings.input.topic),
        arrival(plain(Role::Output, &settings.output.topic)),
        arrival(plain(Role::DeadLetters, &settings.dead_letters.topic)),
    ];
    if settings.dedup.enabled {
        let retention = settings.dedup.log.retention.as_millis().to_string();
        topics.push(Wanted {
            role: Role::SketchLog,
            name: settings.dedup.log.topic.clone(),
            partitions: 1,
            config: BTreeMap::from([
                ("message.timestamp.type", "LogAppendTime".to_owned()),
                ("cleanup.policy", "delete".to_owned()),
                ("retention.ms", retention),
                ("retention.bytes", "-1".to_owned()),
            ]),
        });
    }
    topics
}

/// Compares what is there with what is wanted. Pure, so that every rule is tested without a broker.
pub fn judge(settings: &Settings, found: &BTreeMap<String, Found>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let input_limit = found.get(&settings.input.topic).and_then(Found::largest_record);
    for topic in wanted(settings) {
        let mut say =
            |fatal, message: String| findings.push(Finding { topic: topic.name.clone(), fatal, message });
        let Some(there) = found.get(&topic.name) else {
            say(true, "does not exist. `copydesk topics create` makes it; so does `run` with topics.autoCreate = true".into());
            continue;
        };
        if let (Role::DeadLetters, Some(limit), Some(input)) =
            (topic.role, there.largest_record(), input_limit)
            && limit < input + HEADER_ROOM
        {
            say(
                false,
                format!(
                    "max.message.bytes is {limit}, and the input topic's is {input}: the largest raw record could not \
                     become a dead letter with its headers, and would stop the worker. Set it to {}",
                    input + HEADER_ROOM
                ),
            );
        }
        let stamps = there.config.get("message.timestamp.type").map(String::as_str);
        if matches!(topic.role, Role::Output | Role::DeadLetters) && stamps == Some("CreateTime") {
            say(
                false,
                "message.timestamp.type is CreateTime, and outcomes carry the time of their raw record: retention counts \
                 from that, so the outcomes of an old backlog are soon gone. Set it with kafka-configs: \
                 message.timestamp.type=LogAppendTime"
                    .into(),
            );
        }
        if topic.role == Role::SketchLog {
            judge_sketch_log(settings, &topic, there, &mut say);
        }
    }
    findings
}

/// All workers must read all entries in one order, with the broker's own time on them, for as long as the window lasts.
fn judge_sketch_log(settings: &Settings, topic: &Wanted, there: &Found, say: &mut impl FnMut(bool, String)) {
    if there.partitions != 1 {
        say(
            true,
            format!(
                "has {} partitions; the sketch log needs exactly 1, which is what gives all workers one order. \
             Set dedup.log.topic to another name and create that",
                there.partitions
            ),
        );
    }
    let mend = |name: &str, value: &str| format!("Set it with kafka-configs: {name}={value}");
    for name in ["message.timestamp.type", "cleanup.policy"] {
        let Some(value) = there.config.get(name) else { continue };
        let due = &topic.config[name];
        if value != due {
            say(true, format!("{name} is {value}; the sketch log needs {due}. {}", mend(name, due)));
        }
    }
    if let Some(kept) = there.config.get("retention.ms").and_then(|v| v.parse::<i64>().ok()) {
        let due = settings.dedup.log.retention.as_millis() as i64;
        if kept >= 0 && kept < due {
            say(
                true,
                format!(
                    "retention.ms is {kept}, less than dedup.log.retentionHours ({due} ms): a restarted worker would not \
                 see what the others remember. {}, or lower dedup.log.retentionHours",
                    mend("retention.ms", &due.to_string())
                ),
            );
        }
    }
    if let Some(limit) = there.largest_record().filter(|limit| *limit < LEAST_LOG_LIMIT) {
        // Only long ids and heavy load make records and batches so large.
        say(
            false,
            format!(
                "max.message.bytes is {limit}: large batches of entries, and large checkpoints, would be refused. {}",
                mend("max.message.bytes", &USUAL_LIMIT.to_string())
            ),
        );
    }
    if let Some(bytes) = there.config.get("retention.bytes").filter(|bytes| *bytes != "-1") {
        say(
            true,
            format!(
                "retention.bytes is {bytes}: entries could go before their time. {}",
                mend("retention.bytes", "-1")
            ),
        );
    }
}

/// A connection for asking and creating.
pub struct Topics {
    admin: AdminClient<PlainContext>,
    servers: String,
}

impl Topics {
    /// Connects.
    ///
    /// # Errors
    /// When librdkafka refuses the configuration.
    pub fn connect(settings: &Settings) -> Result<Self, TopicError> {
        let servers = settings.kafka.bootstrap();
        let admin = client::admin(&settings.kafka).create_with_context(PlainContext::default());
        match admin {
            Ok(admin) => Ok(Self { admin, servers }),
            Err(error) => Err(TopicError::Unreachable { servers, error }),
        }
    }

    /// What is there of the topics that the settings ask for.
    ///
    /// # Errors
    /// [`TopicError::Unreachable`] when the cluster does not answer.
    pub async fn find(&self, settings: &Settings) -> Result<BTreeMap<String, Found>, TopicError> {
        let metadata =
            self.admin.inner().fetch_metadata(None, ASK).map_err(|error| self.unreachable(error))?;
        let mut found = BTreeMap::new();
        for topic in wanted(settings) {
            let there = metadata.topics().iter().find(|t| t.name() == topic.name && t.error().is_none());
            if let Some(there) = there {
                found.insert(
                    topic.name,
                    Found { partitions: there.partitions().len(), config: BTreeMap::new() },
                );
            }
        }
        let names: Vec<String> = found.keys().cloned().collect();
        let resources: Vec<ResourceSpecifier<'_>> =
            names.iter().map(|name| ResourceSpecifier::Topic(name)).collect();
        if resources.is_empty() {
            return Ok(found);
        }
        let described = self.admin.describe_configs(&resources, &options()).await;
        let described = described.map_err(|error| self.unreachable(error))?;
        for (name, resource) in names.iter().zip(described) {
            // A cluster may forbid to read settings; then those rules are not checked, and the worker says so.
            let Ok(resource) = resource else {
                tracing::warn!(topic = %name, "the broker does not show this topic's settings, so they were not checked");
                continue;
            };
            if let Some(topic) = found.get_mut(name) {
                topic.config = resource
                    .entries
                    .into_iter()
                    .filter_map(|entry| Some((entry.name, entry.value?)))
                    .collect();
            }
        }
        Ok(found)
    }

    /// Creates what is missing and returns the names. The output and the dead letters take records as large as the input's.
    ///
    /// # Errors
    /// [`TopicError`] of the first topic that could not be created.
    pub async fn create_missing(&self, settings: &Settings) -> Result<Vec<String>, TopicError> {
        let found = self.find(settings).await?;
        let input = found.get(&settings.input.topic);
        let mut created = Vec::new();
        for mut topic in wanted(settings) {
            if found.contains_key(&topic.name) {
                continue;
            }
            if matches!(topic.role, Role::Output | Role::DeadLetters) {
                let partitions = input.and_then(|input| i32::try_from(input.partitions).ok());
                topic.partitions = partitions.unwrap_or(topic.partitions);
                let limit = input.and_then(Found::largest_record).unwrap_or(USUAL_LIMIT);
                topic.config.insert("max.message.bytes", (limit + HEADER_ROOM).to_string());
            }
            if self.create(settings, &topic).await? {
                created.push(topic.name);
            }
        }
        Ok(created)
    }

    /// False: another worker was faster.
    async fn create(&self, settings: &Settings, topic: &Wanted) -> Result<bool, TopicError> {
        let replicas = i32::from(settings.topics.replication_factor.get());
        let mut new = NewTopic::new(&topic.name, topic.partitions, TopicReplication::Fixed(replicas));
        for (name, value) in &topic.config {
            new = new.set(name, value);
        }
        let results =
            self.admin.create_topics([&new], &options()).await.map_err(|error| self.unreachable(error))?;
        match results.into_iter().next() {
            Some(Err((_, RDKafkaErrorCode::TopicAlreadyExists))) => Ok(false),
            Some(Err((topic, code))) => Err(TopicError::Create { topic, code }),
            Some(Ok(_)) | None => Ok(true),
        }
    }

    fn unreachable(&self, error: KafkaError) -> TopicError {
        TopicError::Unreachable { servers: self.servers.clone(), error }
    }
}

fn options() -> AdminOptions {
    AdminOptions::new().request_timeout(Some(ASK)).operation_timeout(Some(ASK))
}

#[cfg(test)]
mod tests;
