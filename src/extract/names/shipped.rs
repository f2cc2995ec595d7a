//! The model and the lists that are part of the program.

use std::sync::LazyLock;

use super::gazetteer::Gazetteer;
use super::model::Model;
use super::tagging::Tagger;

static MODEL: &[u8] = include_bytes!("../../../data/names/model.bin");
static LISTS: &[u8] = include_bytes!("../../../data/names/lists.bin");

static TAGGER: LazyLock<Tagger<'static>> = LazyLock::new(|| {
    // Both files are checked by a test; a program without them would not have been built.
    let (Some(model), Some(lists)) = (Model::from_bytes(MODEL), Gazetteer::from_bytes(LISTS)) else {
        panic!("data/names holds no model or no lists of this version: run examples/train_names");
    };
    Tagger::new(model, lists)
});

/// The tagger of this version.
pub fn tagger() -> &'static Tagger<'static> {
    &TAGGER
}
