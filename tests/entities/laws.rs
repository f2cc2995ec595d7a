//! What holds for the entities of any text.

use super::*;

/// Laws that a reader may build on without looking at the text's language.
fn check(article: &Value) -> Result<(), TestCaseError> {
    let value = enriched(&stage(&[]), article);
    let text: Vec<char> = value["text"].as_str().unwrap_or_default().chars().collect();
    let slice = |start: usize, end: usize| text[start..end].iter().collect::<String>();
    let place = |mention: &Value, key: &str| mention[key].as_u64().map(|n| n as usize);
    let mut ids = BTreeSet::new();
    let mut taken = Vec::new();
    let mut salience = 0.0;
    for entity in entities(&value) {
        prop_assert!(ids.insert(entity["id"].to_string()), "{} twice", entity["id"]);
        let name = entity["name"].as_str().unwrap_or_default();
        prop_assert!(!name.trim().is_empty() && name.trim() == name, "{entity}");
        for share in ["salience", "confidence"] {
            prop_assert!((0.0..=1.0).contains(&number(&entity[share])), "{entity}");
        }
        salience += number(&entity["salience"]);
        let mut last = 0;
        let mentions = list(entity, "mentions");
        prop_assert!(!mentions.is_empty(), "{entity} is nowhere");
        for mention in mentions {
            let (Some(start), Some(end)) = (place(mention, "start"), place(mention, "end")) else {
                return Err(TestCaseError::fail(mention.to_string()));
            };
            prop_assert!(last <= start && start < end && end <= text.len(), "{entity}");
            prop_assert_eq!(&mention["text"], &json!(slice(start, end)));
            last = end;
            taken.push((start, end));
        }
        let aliases: Vec<&str> = list(entity, "aliases").iter().filter_map(Value::as_str).collect();
        let distinct: BTreeSet<&&str> = aliases.iter().collect();
        prop_assert!(distinct.len() == aliases.len() && !aliases.contains(&name), "{entity}");
    }
    for location in list(&value, "locations") {
        prop_assert_eq!(location["lat"].is_null(), location["lon"].is_null(), "{}", location);
        let code = location["country"].as_str().unwrap_or("XX");
        prop_assert!(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()), "{location}");
        let (lat, lon) = (location["lat"].as_f64().unwrap_or(0.0), location["lon"].as_f64().unwrap_or(0.0));
        prop_assert!(lat.abs() <= 90.0 && lon.abs() <= 180.0, "{location}");
    }
    for demonym in list(&value, "demonyms") {
        let (Some(start), Some(end)) = (place(demonym, "start"), place(demonym, "end")) else {
            return Err(TestCaseError::fail(demonym.to_string()));
        };
        prop_assert!(start < end && end <= text.len());
        prop_assert_eq!(&demonym["text"], &json!(slice(start, end)));
        taken.push((start, end));
    }
    taken.sort_unstable();
    prop_assert!(taken.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{taken:?} overlap");
    let count = entities(&value).len();
    // Shares are rounded to three digits, each.
    let rounding = 0.0005 * count as f64 + 1e-9;
    let sum = if count == 0 { 0.0 } else { 1.0 };
    prop_assert!((salience - sum).abs() <= rounding.max(1e-9), "salience sums to {salience} over {count}");
    prop_assert_eq!(&value, &enriched(&stage(&[]), article));
    Ok(())
}

/// News in pieces, with emoji of one to seven code points and marks that stand on letters.
fn article() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Prime Minister Ingrid Solberg told reporters 😀 in Berlin that the talks would go on. ",
        "Solberg 👨\u{200d}👩\u{200d}👧 said she had met Mr Keller of Norvik Steel Ltd. ",
        "The World Health Organization (WHO) 🇳🇴 said that the outbreak was over. ",
        "WHO officials flew to Geneva, Switzerland. ",
        "Islamic State fighters left Mosul, Iraq's second city; Daesh has lost half of its land. ",
        "The US-led coalition and French and Iraqi troops moved on. ",
        "José Álvarez\u{301}, the mayor of São Paulo, and his wife Ana. ",
        "JORDAN AND TURKEY SIGN TRADE PACT IN AMMAN\n",
        "\"We will not go back,\" he said. ",
        "Thomas Keller, the finance minister, and Keller's aide Bo Ho. ",
        "محمد قال 北京 ",
        "\n",
        "U.S. President Ada Holm, ",
        "al-Shabaab ",
        "🙂",
        "The Bank of Norvik, ",
    ]);
    let any = prop_oneof![12 => piece.prop_map(String::from), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(any, 1..14).prop_map(|pieces| format!("The news. {}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn entities_hold_their_laws_on_news_with_emoji(text in article(), title in article()) {
        check(&json!({"id": "a", "title": title, "text": text}))?;
    }

    #[test]
    fn entities_hold_their_laws_on_any_characters(text in any::<String>()) {
        check(&json!({"id": "a", "text": format!("A {text}")}))?;
    }
}
