# The two commands of README.md are `make demo` and `make test`. Each first installs what is missing on a Debian or
# Ubuntu machine that has a Rust toolchain (scripts/install-tools says what and why), then does all the rest.

.PHONY: demo test check

## demo: the whole worker on sample articles, Kafka included, nothing to set up
demo:
	scripts/install-tools build
	cargo run --release --locked -- demo

## test: every test, on librdkafka's mock cluster and on a real Apache Kafka that is fetched into target/
test:
	scripts/install-tools build kafka compose
	cargo test --locked

## check: formatting, lints, documentation
check:
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked
