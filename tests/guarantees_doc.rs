//! docs/GUARANTEES.md names tests as proof: they must exist.

mod support;

use support::package_file;

/// `file::test` in backticks is a test of `tests/file.rs`; `module::file` is a source file with tests of its own.
#[test]
fn every_test_that_a_promise_names_exists() {
    let page = std::fs::read_to_string(package_file("docs/GUARANTEES.md")).expect("the page");
    let mut named = 0;
    for token in page.split('`').skip(1).step_by(2) {
        let Some((file, test)) = token.split_once("::") else { continue };
        let is_name = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '.');
        if !is_name(file) || !is_name(test) {
            continue;
        }
        named += 1;
        let tests = package_file(&format!("tests/{file}.rs"));
        if let Ok(source) = std::fs::read_to_string(&tests) {
            let start = test.trim_end_matches('.');
            assert!(source.contains(&format!("fn {start}")), "tests/{file}.rs has no test {test}");
        } else {
            let source = std::fs::read_to_string(package_file(&format!("src/{file}/{test}.rs")));
            let source = source.unwrap_or_else(|_| panic!("{token} is neither a test nor a source file"));
            assert!(source.contains("#[test]"), "src/{file}/{test}.rs has no tests of its own");
        }
    }
    assert!(named >= 15, "only {named} tests are named: has the page changed its form?");
}
