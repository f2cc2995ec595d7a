//! Companies and media that are known by name: the lists that the tagger was made with (`data/names`), asked for the sort
//! of an organisation where nothing else says it.
//!
//! Laws: a name is listed as it is written there, but for "The" in front; look-up is one hash.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::article::enriched::OrganizationType;

const COMPANIES: &str = include_str!("../../../data/names/companies.txt");
const MEDIA: &str = include_str!("../../../data/names/media.txt");

/// Made at the first look-up, in well under a millisecond. Only looked up in, so that its order says nothing.
static LISTED: LazyLock<HashMap<&'static str, OrganizationType>> = LazyLock::new(|| {
    let names = |list: &'static str| {
        list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
    };
    let companies = names(COMPANIES).map(|name| (name, OrganizationType::Company));
    companies.chain(names(MEDIA).map(|name| (name, OrganizationType::Media))).collect()
});

/// The sort of a name that is listed whole.
pub(super) fn listed(name: &str) -> Option<OrganizationType> {
    let bare = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    LISTED.get(bare).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_listed_whole_and_as_written() {
        assert_eq!(listed("Ethiopian Airlines"), Some(OrganizationType::Company));
        assert_eq!(listed("The Daily Mirror"), Some(OrganizationType::Media));
        for name in ["", "The ", "DAILY MIRROR", "Daily", "# companies", "Zorvex"] {
            assert_eq!(listed(name), None, "{name}");
        }
    }
}
