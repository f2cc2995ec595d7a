//! Laws of the settings that need their private parts.
