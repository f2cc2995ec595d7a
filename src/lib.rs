//! copydesk reads raw news articles from a Kafka topic, repairs each one, decides whether the wire has
//! carried it before, and writes one enriched JSON record per article.

pub mod article;
pub mod repair;
pub mod text;
