use super::people;
#[test]
fn x() {}
