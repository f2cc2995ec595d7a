# copydesk in two stages: the first compiles, the second has the binary and the certificates of public authorities.
# Build: docker build -t copydesk:0.1.0 .     Run: docker run -e COPYDESK__KAFKA__BOOTSTRAP_SERVERS=... copydesk:0.1.0

FROM rust:1.95-slim-bookworm AS build
# librdkafka and OpenSSL are compiled from source: C and C++ compilers, make and the whole of perl.
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential perl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /copydesk
COPY . .
# The caches keep dependencies between builds; they are not part of the image, so the binary is copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/copydesk/target \
    cargo build --release --locked --bin copydesk \
    && cp target/release/copydesk /usr/local/bin/copydesk

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home copydesk
COPY --from=build /usr/local/bin/copydesk /usr/local/bin/copydesk
COPY LICENSE-APACHE LICENSE-MIT NOTICE /usr/share/doc/copydesk/
USER 10001
EXPOSE 8080
# Inside a container only 0.0.0.0 can be reached from outside; who publishes no port exposes nothing.
ENV COPYDESK__HTTP__LISTEN=0.0.0.0:8080
STOPSIGNAL SIGTERM
# /livez answers 200 while the worker makes progress. The image has no curl; bash opens the connection itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["copydesk"]
CMD ["run"]
