//! Paragraphs, sentences, tokens and code-point offsets on cases written by us, trap by trap.

use copydesk::text::{
    CodePoints, Segments, Span, Token, TokenKind, paragraphs, push_sentences, sentences, tokens,
};

fn split(text: &str) -> Vec<&str> {
    sentences(text, Span::of(text)).into_iter().map(|span| span.text(text)).collect()
}

/// The sentences, joined by `glue`, must be found again.
fn found_again(expected: &[&str], glue: &str) {
    assert_eq!(split(&expected.join(glue)), expected);
}

fn spaced(expected: &[&str]) {
    found_again(expected, " ");
}

#[test]
fn plain_sentences() {
    spaced(&["The minister resigned.", "She gave no reason!", "Will he follow?", "Nobody knows"]);
    assert_eq!(split(""), Vec::<&str>::new());
    assert_eq!(split("  \t "), Vec::<&str>::new());
    assert_eq!(split("..."), ["..."]);
}

#[test]
fn datelines_stay_with_their_sentence() {
    spaced(&["MOSUL, Iraq (AP) - Troops entered the old town.", "They met no resistance."]);
    spaced(&["WASHINGTON, D.C. (AP) — The House voted on Friday.", "The Senate did not."]);
    spaced(&["ST. LOUIS — The river rose again."]);
    spaced(&["SANTA FE, N.M. — The fire is out."]);
    spaced(&["LODI, Calif. — The winery closed."]);
}

#[test]
fn initials_and_titles() {
    spaced(&["The author J. K. Morland left early.", "Gen. Hugo R. Bartel stayed."]);
    spaced(&["Mr. Alder met Dr. Inga Holm and Sen. Paul Reed (D-Mo.) said so.", "Prof. Lee did not."]);
    spaced(&["Lt. Col. A.B. Varga spoke.", "Sgt. The's name is rare."]);
    spaced(&["GEN. VARGA TAKES THE TOWN.", "MR. HOLM FLEES."]);
}

#[test]
fn abbreviations_end_a_sentence_only_before_a_typical_first_word() {
    spaced(&["He moved to the U.S. in May.", "The U.S. Army denied it."]);
    spaced(&["They left the U.S.", "The talks failed."]);
    spaced(&["Norvik Inc. Chairman Ole Dahl resigned.", "He sold Norvik Inc.", "The price is secret."]);
    spaced(&[
        "It opened at 9 a.m. Monday and closed at 5 p.m. EST.",
        "Lunch is at 1 p.m.",
        "Dinner is not served.",
    ]);
    spaced(&["Flight No. 5 was late.", "She said No.", "He agreed."]);
    spaced(&["On Sept. 11 it rained.", "Some fruit, e.g. Malo apples, cost more."]);
    spaced(&["He said no.", "Gerda left.", "It was a near miss.", "Traffic stopped."]);
    spaced(&["Malcolm X.", "The film is long."]);
}

#[test]
fn numbers_ellipses_and_lists() {
    spaced(&["Growth was 3.5 percent.", "5 million saw it.", "Prices rose $2.", "$3 was too much."]);
    spaced(&["It was ... well, odd.", "We waited...", "Nothing came."]);
    spaced(&["Then … he left.", "So ends the story…", "The rest is silence."]);
    spaced(&["Well . . . maybe."]);
    spaced(&["1. Wash the apples.", "2. Peel them."]);
    spaced(&["In 2016.", "The year was hot."]);
    spaced(&["Er kam am 3. Mai nach Bremen.", "Das war gut."]);
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    spaced(&["\"We are leaving.\"", "He smiled."]);
    spaced(&["“Mosul is not yet free.”", "(The rest is quiet.)", "He left [at once.]", "She stayed."]);
    spaced(&["\"Who is it?\" asked the guard.", "\"Go away!\" he said.", "Nobody moved."]);
    spaced(&["\"Who is it?\" Mayor Ann Holm asked.", "\"Me?\" I said.", "\"You!\""]);
    spaced(&["Is it \"over?\"", "She thinks so."]);
    spaced(&["„Wir gehen.“", "Danach war es still."]);
    spaced(&["It is a stone.[3]", "Others say wood. [4] [12]", "Both may be right."]);
    spaced(&["An old saying: wait and see. — Ola Berg"]);
}

#[test]
fn addresses_are_no_ends() {
    spaced(&["See www.example.org/a.b?c=d. for more, or write to jo.berg@example.org.", "Thanks!"]);
    spaced(&["Visit https://example.org/?q=1!", "Now."]);
}

#[test]
fn a_lost_space_is_found_again() {
    assert_eq!(
        split("They fled the areas.The army followed."),
        ["They fled the areas.", "The army followed."]
    );
    assert_eq!(split("He uses Node.js and example.The rest"), ["He uses Node.js and example.", "The rest"]);
    assert_eq!(split("Ask Node.Fun or v2.0 today"), ["Ask Node.Fun or v2.0 today"]);
}

#[test]
fn other_scripts_have_their_own_marks() {
    found_again(&["政府宣布了新计划。", "反对党表示反对！", "谁会赢？", "没人知道"], "");
    found_again(&["大臣は「行かない。」と述べた。", "会議は終わった。"], "");
    spaced(&["هل انتهت الحرب؟", "لا أحد يعرف.", "قال الوزير ذلك."]);
    spaced(&["وزیر نے استعفیٰ دے دیا۔", "کوئی وجہ نہیں بتائی۔"]);
    spaced(&["मंत्री ने इस्तीफा दिया।", "कोई कारण नहीं बताया।"]);
    spaced(&["Министр ушёл в отставку.", "Причины он не назвал."]);
    spaced(&["Автор А. Б. Лесков уехал.", "Он вернётся."]);
    spaced(&["รัฐมนตรีลาออกแล้ว ไม่มีเหตุผล"]);
    spaced(&["ሚኒስትሩ ለቀቁ።", "ምክንያት አልሰጡም።"]);
}

#[test]
fn line_breaks_end_sentences_and_paragraphs() {
    let text = "First line\n\n  Second. Third.\r\n \u{a0}\nLast";
    let found: Vec<&str> = paragraphs(text).map(|span| span.text(text)).collect();
    assert_eq!(found, ["First line", "Second. Third.", "Last"]);
    assert_eq!(split(text), ["First line", "Second.", "Third.", "Last"]);
    let segments = Segments::new(text);
    assert_eq!(segments.paragraphs().len(), 3);
    assert_eq!(segments.sentences_of(0), 0..1);
    assert_eq!(segments.sentences_of(1), 1..3);
    assert_eq!(segments.sentences_of(2), 3..4);
    assert!(segments.sentences_of(3).is_empty());
}

#[test]
fn only_the_given_stretch_is_cut() {
    let text = "Before. Inside one. Inside two. After.";
    let mut found = vec![Span::new(0, 7)];
    push_sentences(text, Span::new(8, 31), &mut found);
    let found: Vec<&str> = found.into_iter().map(|span| span.text(text)).collect();
    assert_eq!(found, ["Before.", "Inside one.", "Inside two."]);
    let words: Vec<&str> = tokens(text, Span::new(8, 18)).map(|token| token.text(text)).collect();
    assert_eq!(words, ["Inside", "one"]);
}

#[test]
fn code_points_are_counted_from_any_place() {
    let text = "añ – 東京 \u{1F600} e\u{301}".repeat(100);
    let offsets = CodePoints::new(&text);
    let slow: Vec<(usize, usize)> =
        text.char_indices().enumerate().map(|(points, (byte, _))| (byte, points)).collect();
    for &(byte, points) in slow.iter().rev() {
        assert_eq!(offsets.at(byte), points);
    }
    assert_eq!(offsets.total(), slow.len());
    assert_eq!(offsets.at(text.len() + 7), slow.len());
    assert_eq!(CodePoints::new("plain").span(Span::new(1, 4)), (1, 4));
}

/// The tokens of a text, a space between two.
fn cut(text: &str) -> String {
    tokens(text, Span::of(text)).map(|token| token.text(text)).collect::<Vec<_>>().join(" ")
}

fn kinds(text: &str) -> Vec<TokenKind> {
    tokens(text, Span::of(text)).map(|token| token.kind).collect()
}

#[test]
fn words_keep_their_inner_marks() {
    assert_eq!(cut("O'Brien of AT&T flew to Port-au-Prince."), "O'Brien of AT&T flew to Port-au-Prince .");
    assert_eq!(cut("a 20-year-old man_made thing"), "a 20-year-old man_made thing");
    assert_eq!(cut("well--known and/or left — right"), "well -- known and / or left — right");
    assert_eq!(cut("naïve Öçal café’s"), "naïve Öçal café ’s");
    assert_eq!(cut("e\u{301}te\u{301} हिन्दी में"), "e\u{301}te\u{301} हिन्दी में");
}

#[test]
fn clitics_come_off() {
    assert_eq!(
        cut("Carter's men don't know we'll go; they've said I'm \"it's\"."),
        "Carter 's men do n't know we 'll go ; they 've said I 'm \" it 's \" ."
    );
    assert_eq!(
        cut("the allies' plan, 'quoted' CARTER'S CAN'T can’t"),
        "the allies ' plan , ' quoted ' CARTER 'S CA N'T ca n’t"
    );
    assert_eq!(kinds("Ann's"), [TokenKind::Word, TokenKind::Clitic]);
    assert_eq!(kinds("isn't"), [TokenKind::Word, TokenKind::Clitic]);
    assert_eq!(cut("Da'esh d'Estaing rock'n'roll"), "Da'esh d'Estaing rock'n'roll");
}

#[test]
fn abbreviations_keep_their_full_stop() {
    assert_eq!(cut("Gen. J. Holm of Norvik Inc. left the U.S."), "Gen. J. Holm of Norvik Inc. left the U.S.");
    assert_eq!(cut("He said no."), "He said no .");
    assert_eq!(cut("Plan B."), "Plan B .");
    assert_eq!(cut("No. 5 at 9 a.m. (D-Mo.) said"), "No. 5 at 9 a.m. ( D-Mo. ) said");
    assert_eq!(cut("Wait... What?!"), "Wait ... What ? !");
    assert_eq!(cut("areas.The end.\""), "areas . The end . \"");
}

#[test]
fn numbers_and_symbols() {
    assert_eq!(
        cut("1,234.5 10% $2 US$3.5bn 10:30 2-1 2016-07-20 1990s 20th"),
        "1,234.5 10 % $ 2 US $ 3.5bn 10:30 2-1 2016-07-20 1990s 20th"
    );
    assert_eq!(kinds("$2"), [TokenKind::Symbol, TokenKind::Number]);
    assert_eq!(kinds("10%"), [TokenKind::Number, TokenKind::Symbol]);
    assert_eq!(kinds("20-year-old 2-1 7-Eleven"), [TokenKind::Word, TokenKind::Number, TokenKind::Word]);
    assert_eq!(cut("in 2016, 5. A .38 gun £600m €5"), "in 2016 , 5 . A .38 gun £ 600m € 5");
    assert_eq!(cut("❤\u{fe0f}ok 👍🏽"), "❤\u{fe0f} ok 👍 🏽");
}

#[test]
fn addresses_are_one_token() {
    let text =
        "See https://example.org/a?b=c. Write to jo.berg@mail.example.org, or @jo_berg (www.example.org).";
    let found: Vec<&str> = tokens(text, Span::of(text))
        .filter(|token: &Token| token.kind == TokenKind::Address)
        .map(|token| token.text(text))
        .collect();
    assert_eq!(
        found,
        ["https://example.org/a?b=c", "jo.berg@mail.example.org", "@jo_berg", "www.example.org"]
    );
    assert_eq!(cut("a@ b :// c://"), "a @ b : / / c : / /");
}

#[test]
fn scripts_without_spaces() {
    assert_eq!(cut("東京タワー。Tokyo 2020年"), "東 京 タワー 。 Tokyo 2020 年");
    assert_eq!(cut("서울에서 만났다."), "서울에서 만났다 .");
    assert_eq!(cut("قال الوزير: «لا»."), "قال الوزير : « لا » .");
    assert_eq!(cut("รัฐมนตรี ลาออก"), "รัฐมนตรี ลาออก");
}
