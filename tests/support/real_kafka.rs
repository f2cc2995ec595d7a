//! A real Apache Kafka for tests: brokers in KRaft mode on free loopback ports, each with its own data folder, or
//! whatever `COPYDESK_TEST_BOOTSTRAP` points at.
//!
//! A broker is ended by its process id when its `RealKafka` is dropped, and by a watchdog when the test process is
//! gone first (a `static` is never dropped).

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};

use super::process::{Watchdog, freeze, signal};
use super::{broker, client_config, kafka_jars, package_file, strict, try_wait_for};

/// A broker is up after about two seconds; a crowded machine may take much longer.
const START_DEADLINE: Duration = Duration::from_secs(180);
/// After SIGTERM a broker gets this long to hand over and flush.
const STOP_DEADLINE: Duration = Duration::from_secs(20);
/// Another process may take a free port between our look and the broker's bind.
const START_ATTEMPTS: usize = 5;
/// The line that a broker prints when it serves requests.
const STARTED: &str = "Kafka Server started";

/// A running Kafka: one that this process started, or a foreign one that it may only talk to.
pub struct RealKafka {
    bootstrap: String,
    nodes: Vec<Node>,
}

/// One broker (and KRaft controller) process with its data folder.
struct Node {
    id: usize,
    folder: PathBuf,
    process: Mutex<Option<Process>>,
    output: Output,
}

struct Process {
    child: Child,
    watchdog: Watchdog,
}

/// The last lines that a broker wrote, for the message when something fails.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<VecDeque<String>>>);

impl RealKafka {
    /// Starts one broker, or uses the one that `COPYDESK_TEST_BOOTSTRAP` names. The error says what was missing.
    pub fn start() -> Result<RealKafka, String> {
        match std::env::var("COPYDESK_TEST_BOOTSTRAP") {
            Ok(bootstrap) if !bootstrap.is_empty() => Ok(RealKafka { bootstrap, nodes: Vec::new() }),
            _ => RealKafka::start_cluster(1),
        }
    }

    /// Starts a cluster of our own with so many brokers, whatever the environment says.
    pub fn start_cluster(brokers: usize) -> Result<RealKafka, String> {
        let class_path = kafka_jars::class_path()?;
        for attempt in 1.. {
            match try_start(brokers, &class_path) {
                Err(message) if attempt < START_ATTEMPTS && message.contains("already in use") => {}
                result => return result,
            }
        }
        unreachable!("the last attempt returns")
    }

    /// The broker that all tests of this process share, started by the first that asks. `None`: there is none, which
    /// was said on standard error; the test returns. With `COPYDESK_REQUIRE_KAFKA=1` that is a panic.
    pub fn shared() -> Option<&'static RealKafka> {
        static SHARED: OnceLock<Result<RealKafka, String>> = OnceLock::new();
        match SHARED.get_or_init(RealKafka::start) {
            Ok(kafka) => Some(kafka),
            Err(message) if strict() => panic!("COPYDESK_REQUIRE_KAFKA is set, but: {message}"),
            Err(message) => {
                let test = thread::current().name().unwrap_or("a test").to_owned();
                // Not `eprintln!`: the test harness would swallow it, and a skipped test must be seen.
                let _ = writeln!(std::io::stderr(), "\n*** SKIPPED {test}: no real Kafka. {message}\n");
                None
            }
        }
    }

    /// Brokers to start from, as `bootstrap.servers` wants them.
    pub fn bootstrap(&self) -> String {
        self.bootstrap.clone()
    }

    /// Number of brokers that this process started; 0 when the Kafka is a foreign one.
    pub fn brokers(&self) -> usize {
        self.nodes.len()
    }

    /// Creates a topic with settings such as `("message.timestamp.type", "LogAppendTime")`, replicated to up to three
    /// brokers, and waits until every partition has a leader. Panics when the broker refuses.
    pub fn create_topic(&self, name: &str, partitions: i32, settings: &[(&str, &str)]) {
        let replicas = i32::try_from(self.nodes.len().clamp(1, 3)).expect("at most 3");
        broker::create_real_topic(&self.bootstrap, name, partitions, replicas, settings);
    }

    /// Freezes all brokers (SIGSTOP): connections stay open, nothing answers.
    pub fn pause(&self) {
        (0..self.own_nodes().len()).for_each(|broker| self.pause_broker(broker));
    }

    /// Lets frozen brokers go on (SIGCONT).
    pub fn resume(&self) {
        (0..self.own_nodes().len()).for_each(|broker| self.resume_broker(broker));
    }

    /// Freezes one broker, counted from 0.
    pub fn pause_broker(&self, broker: usize) {
        self.own_nodes()[broker].with_pid(freeze);
    }

    /// Lets one frozen broker go on.
    pub fn resume_broker(&self, broker: usize) {
        self.own_nodes()[broker].with_pid(|pid| signal(pid, "CONT"));
    }

    /// Stops one broker in good order (SIGTERM, after a deadline SIGKILL). Its data stay.
    pub fn stop_broker(&self, broker: usize) {
        self.own_nodes()[broker].stop();
    }

    /// Ends one broker at once (SIGKILL), as a power cut would. Its data stay.
    pub fn kill_broker(&self, broker: usize) {
        self.own_nodes()[broker].kill();
    }

    /// Starts a stopped or killed broker again on its old port with its old data, and waits until it serves.
    pub fn restart_broker(&self, broker: usize) -> Result<(), String> {
        let node = &self.own_nodes()[broker];
        node.kill();
        node.start(&kafka_jars::class_path()?)?.wait_until_started(node)?;
        wait_for_brokers(&self.bootstrap, 1)
    }

    /// The last lines that one broker wrote.
    pub fn broker_output(&self, broker: usize) -> String {
        self.own_nodes()[broker].output.text()
    }

    fn own_nodes(&self) -> &[Node] {
        assert!(
            !self.nodes.is_empty(),
            "COPYDESK_TEST_BOOTSTRAP names a foreign Kafka: a test must not stop that"
        );
        &self.nodes
    }
}

/// Lets Kafka read settings and format a data folder by them, without starting a broker; `folder` takes the file.
pub fn check_settings(folder: &Path, properties: &BTreeMap<String, String>) -> Result<(), String> {
    let text: String = properties.iter().map(|(key, value)| format!("{key}={value}\n")).collect();
    let file = folder.join("checked.properties");
    fs::write(&file, text).map_err(|error| format!("cannot write Kafka's settings: {error}"))?;
    format_storage(&file, &kafka_jars::class_path()?)
}

/// Formats and starts all brokers, and waits until each has said so and clients see them all.
fn try_start(brokers: usize, class_path: &OsString) -> Result<RealKafka, String> {
    let ports = free_ports(2 * brokers)?;
    let (client_ports, controller_ports) = ports.split_at(brokers);
    let list = |ports: &[u16], name: &dyn Fn(usize) -> String| {
        let items = ports.iter().enumerate().map(|(i, port)| format!("{}127.0.0.1:{port}", name(i + 1)));
        items.collect::<Vec<_>>().join(",")
    };
    let voters = list(controller_ports, &|id| format!("{id}@"));
    let mut kafka = RealKafka { bootstrap: list(client_ports, &|_| String::new()), nodes: Vec::new() };
    for index in 0..brokers {
        let folder = tempfile::Builder::new()
            .prefix("kafka-")
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .map_err(|error| format!("cannot make a folder for Kafka's data: {error}"))?
            // From here on `Node` removes it.
            .keep();
        let node = Node { id: index + 1, folder, process: Mutex::new(None), output: Output::default() };
        let settings =
            settings(node.id, brokers, client_ports[index], controller_ports[index], &voters, &node.folder);
        kafka.nodes.push(node);
        let node = &kafka.nodes[index];
        fs::write(node.settings(), settings)
            .map_err(|error| format!("cannot write Kafka's settings: {error}"))?;
        format_storage(&node.settings(), class_path)?;
    }
    // All of them before the first wait: a controller alone has no quorum.
    let starts = kafka.nodes.iter().map(|node| node.start(class_path)).collect::<Result<Vec<_>, _>>()?;
    for (node, start) in kafka.nodes.iter().zip(starts) {
        start.wait_until_started(node)?;
    }
    wait_for_brokers(&kafka.bootstrap, brokers)?;
    Ok(kafka)
}

/// Settings of a broker: small, quick to rebalance, room for bodies of 50 MB and more.
fn settings(id: usize, brokers: usize, port: u16, controller: u16, voters: &str, folder: &Path) -> String {
    let replicas = brokers.min(3);
    let in_sync = if brokers >= 3 { 2 } else { 1 };
    let folder = folder.join("data");
    format!(
        "process.roles=broker,controller
node.id={id}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs={}
auto.create.topics.enable=false
offsets.topic.num.partitions=4
offsets.topic.replication.factor={replicas}
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor={replicas}
transaction.state.log.min.isr={in_sync}
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor={replicas}
share.coordinator.state.topic.min.isr={in_sync}
broker.session.timeout.ms=6000
broker.heartbeat.interval.ms=500
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
group.consumer.min.session.timeout.ms=1000
group.consumer.session.timeout.ms=6000
group.consumer.min.heartbeat.interval.ms=100
group.consumer.heartbeat.interval.ms=500
message.max.bytes=125829120
replica.fetch.max.bytes=125829120
socket.request.max.bytes=136314880
log.cleaner.dedupe.buffer.size=2097152
",
        folder.display()
    )
}

/// Ports that are free now, all different: the listeners are held until the last one is found.
fn free_ports(count: usize) -> Result<Vec<u16>, String> {
    let listeners = (0..count)
        .map(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| format!("no free port on 127.0.0.1: {error}"))?;
    listeners
        .iter()
        .map(|listener| listener.local_addr().map(|address| address.port()))
        .collect::<Result<_, _>>()
        .map_err(|error| format!("a listener without an address: {error}"))
}

/// Waits until a client sees so many brokers.
fn wait_for_brokers(bootstrap: &str, brokers: usize) -> Result<(), String> {
    let client: BaseConsumer =
        client_config(bootstrap).create().map_err(|error| format!("cannot make a Kafka client: {error}"))?;
    let all_seen = || {
        let metadata = client.fetch_metadata(None, Duration::from_secs(5)).ok()?;
        (metadata.brokers().len() >= brokers).then_some(())
    };
    try_wait_for(START_DEADLINE, all_seen).ok_or_else(|| format!("no {brokers} broker(s) at {bootstrap}"))
}

/// A broker process that was launched and has not yet said that it serves.
struct Launch {
    lines: mpsc::Receiver<String>,
}

impl Launch {
    fn wait_until_started(self, node: &Node) -> Result<(), String> {
        let end = Instant::now() + START_DEADLINE;
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) if line.contains(STARTED) => return Ok(()),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => {
                    return Err(format!(
                        "broker {} not up after {START_DEADLINE:?}:\n{}",
                        node.id,
                        node.output.text()
                    ));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(format!("broker {} ended while starting:\n{}", node.id, node.output.text()));
                }
            }
        }
    }
}

impl Node {
    fn settings(&self) -> PathBuf {
        self.folder.join("server.properties")
    }

    fn start(&self, class_path: &OsString) -> Result<Launch, String> {
        let mut java = java(class_path);
        java.arg("kafka.Kafka").arg(self.settings()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = java.spawn().map_err(no_java)?;
        let watchdog = match Watchdog::over(child.id(), Some(&self.folder)) {
            Ok(watchdog) => watchdog,
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("cannot start a shell: {error}"));
            }
        };
        let (sender, lines) = mpsc::channel();
        let stdout = child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
        let stderr = child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Read + Send>);
        for pipe in stdout.into_iter().chain(stderr) {
            let (output, sender) = (self.output.clone(), sender.clone());
            // Reads to the end even when nobody listens any more: a full pipe would freeze the broker.
            thread::spawn(move || {
                for line in BufReader::new(pipe).split(b'\n') {
                    let Ok(line) = line else { break };
                    let line = String::from_utf8_lossy(&line).into_owned();
                    output.push(line.clone());
                    let _ = sender.send(line);
                }
            });
        }
        *self.lock() = Some(Process { child, watchdog });
        Ok(Launch { lines })
    }

    fn with_pid(&self, act: impl FnOnce(u32) -> io::Result<()>) {
        let process = self.lock();
        let process = process.as_ref().unwrap_or_else(|| panic!("broker {} does not run", self.id));
        act(process.child.id()).unwrap_or_else(|error| panic!("broker {}: {error}", self.id));
    }

    fn stop(&self) {
        let Some(mut process) = self.lock().take() else { return };
        let pid = process.child.id();
        // A frozen broker takes no SIGTERM.
        let asked = signal(pid, "TERM").and_then(|()| signal(pid, "CONT")).is_ok();
        if !asked || try_wait_for(STOP_DEADLINE, || process.child.try_wait().ok().flatten()).is_none() {
            process.kill();
        }
    }

    fn kill(&self) {
        if let Some(mut process) = self.lock().take() {
            process.kill();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Process>> {
        self.process.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The data go too: nothing has to be flushed.
        self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Process {
    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Output {
    fn push(&self, line: String) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == 300 {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    fn text(&self) -> String {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// `java` with the class path; a small heap, and flags for a quick start.
fn java(class_path: &OsString) -> Command {
    let java = match std::env::var_os("JAVA_HOME") {
        Some(home) if !home.is_empty() => Path::new(&home).join("bin/java"),
        _ => PathBuf::from("java"),
    };
    let mut command = Command::new(java);
    command.args(["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]);
    command.arg(format!(
        "-Dlog4j2.configurationFile={}",
        package_file("tests/kafka/log4j2.properties").display()
    ));
    command.arg("-cp").arg(class_path);
    // Ctrl-C is for the test; the broker follows by its watchdog.
    command.stdin(Stdio::null()).process_group(0);
    command
}

/// Writes the cluster's id into the data folder, without which a KRaft broker does not start.
fn format_storage(settings: &Path, class_path: &OsString) -> Result<(), String> {
    let mut java = java(class_path);
    // Any 16 bytes in base64; clusters are told apart by their ports.
    java.args(["kafka.tools.StorageTool", "format", "--cluster-id", "Y29weWRlc2stdGVzdHMwMA", "--config"]);
    let output = java.arg(settings).output().map_err(no_java)?;
    if output.status.success() {
        return Ok(());
    }
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("cannot format Kafka's storage ({}); Kafka 4 wants Java 17:\n{out}{err}", output.status))
}

fn no_java(error: std::io::Error) -> String {
    format!(
        "cannot start Java (`java`): {error}. Apache Kafka needs Java 17 or later; `make test` installs it."
    )
}
