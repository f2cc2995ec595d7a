//! Settings: `config/copydesk.toml` (built in) < a settings file < environment < `--set`, from raw to checked.
//!
//! Laws: a default stands in `config/copydesk.toml` and nowhere else; a name that is not in that file is refused, with
//! the nearest right one; all mistakes of a load are reported together, each with the place where it was made; no
//! secret is printed, by `Debug` neither. Nothing here reads the process environment or keeps global state.

mod address;
mod budget;
mod check;
mod checked;
mod choice;
mod cross;
mod domain;
mod effective;
mod error;
mod gazetteer;
mod knowledge;
mod librdkafka;
mod librdkafka_names;
mod names;
mod raw;
mod reference;
mod sources;
mod toml_text;
mod value;

pub use address::{HostPort, NotHostPort};
pub use budget::{BudgetLine, TimeBudget};
pub use checked::*;
pub use choice::*;
pub use effective::Effective;
pub use error::{Origin, SettingsError, SettingsErrors};
pub use librdkafka::{Librdkafka, REDACTED, is_secret};
pub use names::{DEFAULTS, INPUT_FIELDS};
pub use reference::reference;
pub use sources::{CONFIG_VARIABLE, ENVIRONMENT_PREFIX, Loaded, Sources};

#[cfg(test)]
mod tests;
