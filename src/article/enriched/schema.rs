//! The JSON Schema of an enriched article, made from its types.

use super::EnrichedArticle;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;

/// The version of the schema that this program writes.
pub const SCHEMA_VERSION: &str = "1.0";

/// The JSON Schema (draft 2020-12) of the records that leave.
///
/// It describes what is written: every field is required, since null is written too. Objects may have more fields than
/// it names, because fields may be added within one version.
pub fn schema() -> Schema {
    let unwrap_lines = RecursiveTransform(|schema: &mut Schema| {
        if let Some(serde_json::Value::String(description)) = schema.get_mut("description") {
            // Line ends of the source are no part of what it says.
            *description = description.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    });
    let settings = SchemaSettings::draft2020_12().for_serialize().with_transform(unwrap_lines);
    let generator = settings.into_generator();
    let mut schema = generator.into_root_schema_for::<EnrichedArticle>();
    schema.insert("title".to_owned(), format!("copydesk enriched article {SCHEMA_VERSION}").into());
    schema
}
