//! The JSON schema of the Compose specification.
