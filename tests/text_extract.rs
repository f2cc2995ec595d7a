//! Language, dateline, summary and counts on texts written by us.

use copydesk::extract::{Language, Stats, dateline, detect, stats, summary};
use copydesk::text::{CodePoints, Segments};

/// One report in each language, first sentence and the rest.
const REPORTS: [(&str, &str, &str); 24] = [
    (
        "en",
        "The mayor of Norvik said on Friday that the old bridge would be closed for two years.",
        "She told reporters that there was no other way to repair it, and that the city had asked the government for help. \
      People who live on the east side of the river will have to take the ferry.",
    ),
    (
        "fr",
        "Le maire de Norvik a annoncé vendredi que le vieux pont serait fermé pendant deux ans.",
        "Elle a expliqué aux journalistes qu'il n'y avait pas d'autre moyen de le réparer et que la ville avait demandé \
      l'aide du gouvernement. Les habitants de la rive est devront prendre le bac.",
    ),
    (
        "de",
        "Die Bürgermeisterin von Norvik sagte am Freitag, dass die alte Brücke zwei Jahre lang gesperrt wird.",
        "Es gebe keinen anderen Weg, sie zu reparieren, und die Stadt habe die Regierung um Hilfe gebeten. Wer auf der \
      Ostseite des Flusses wohnt, muss mit der Fähre fahren.",
    ),
    (
        "es",
        "La alcaldesa de Norvik dijo el viernes que el viejo puente estará cerrado durante dos años.",
        "Explicó a los periodistas que no había otra forma de repararlo y que la ciudad había pedido ayuda al gobierno. \
      Los vecinos de la orilla este tendrán que tomar el transbordador.",
    ),
    (
        "it",
        "La sindaca di Norvik ha detto venerdì che il vecchio ponte sarà chiuso per due anni.",
        "Ha spiegato ai giornalisti che non c'era altro modo di ripararlo e che la città aveva chiesto aiuto al governo. \
      Chi abita sulla riva orientale dovrà prendere il traghetto.",
    ),
    (
        "pt",
        "A prefeita de Norvik disse na sexta-feira que a velha ponte ficará fechada durante dois anos.",
        "Ela explicou aos jornalistas que não havia outra forma de a reparar e que a cidade tinha pedido ajuda ao governo. \
      Os moradores da margem leste terão de apanhar o barco.",
    ),
    (
        "nl",
        "De burgemeester van Norvik zei vrijdag dat de oude brug twee jaar lang dicht blijft.",
        "Er was volgens haar geen andere manier om hem te herstellen, en de stad heeft de regering om hulp gevraagd. Wie aan \
      de oostkant van de rivier woont, moet met de veerboot.",
    ),
    (
        "sv",
        "Borgmästaren i Norvik sade på fredagen att den gamla bron kommer att vara stängd i två år.",
        "Det fanns inget annat sätt att laga den, och staden har bett regeringen om hjälp. De som bor på östra sidan av floden \
      får ta färjan.",
    ),
    (
        "da",
        "Borgmesteren i Norvik sagde fredag, at den gamle bro bliver lukket i to år.",
        "Der var ikke nogen anden måde at reparere den på, og byen har bedt regeringen om hjælp. De, der bor på østsiden af \
      floden, må tage færgen.",
    ),
    (
        "fi",
        "Norvikin pormestari sanoi perjantaina, että vanha silta on suljettu kaksi vuotta.",
        "Hänen mukaansa sitä ei voi korjata muuten, ja kaupunki on pyytänyt hallitukselta apua. Joen itäpuolella asuvat joutuvat \
      käyttämään lauttaa.",
    ),
    (
        "pl",
        "Burmistrz Norvika powiedziała w piątek, że stary most będzie zamknięty przez dwa lata.",
        "Nie było innego sposobu, żeby go naprawić, a miasto poprosiło rząd o pomoc. Ci, którzy mieszkają na wschodnim brzegu \
      rzeki, muszą korzystać z promu.",
    ),
    (
        "cs",
        "Starostka Norviku v pátek řekla, že starý most bude dva roky uzavřen.",
        "Jinak ho podle ní opravit nejde a město požádalo vládu o pomoc. Lidé, kteří bydlí na východním břehu řeky, musí jezdit \
      přívozem.",
    ),
    (
        "ro",
        "Primarul din Norvik a spus vineri că podul vechi va fi închis timp de doi ani.",
        "Nu exista o altă cale de a-l repara, iar orașul a cerut ajutorul guvernului. Cei care locuiesc pe malul de est al râului \
      vor trebui să ia bacul.",
    ),
    (
        "hu",
        "Norvik polgármestere pénteken azt mondta, hogy a régi híd két évig zárva lesz.",
        "Nem volt más mód a javításra, és a város segítséget kért a kormánytól. Akik a folyó keleti partján élnek, komppal \
      járhatnak majd.",
    ),
    (
        "tr",
        "Norvik belediye başkanı cuma günü eski köprünün iki yıl boyunca kapalı olacağını söyledi.",
        "Onarmak için başka bir yol olmadığını ve kentin hükümetten yardım istediğini anlattı. Nehrin doğu yakasında oturanlar \
      için vapur seferleri olacak.",
    ),
    (
        "id",
        "Wali kota Norvik mengatakan pada hari Jumat bahwa jembatan tua itu akan ditutup selama dua tahun.",
        "Tidak ada cara lain untuk memperbaikinya, dan kota telah meminta bantuan dari pemerintah. Orang yang tinggal di sisi \
      timur sungai harus naik feri.",
    ),
    (
        "ru",
        "Мэр Норвика сообщила в пятницу, что старый мост будет закрыт на два года.",
        "По её словам, починить его иначе нельзя, и город попросил правительство о помощи. Жителям восточного берега придётся \
      пользоваться паромом.",
    ),
    (
        "uk",
        "Мерка Норвіка повідомила в п'ятницю, що старий міст буде закрито на два роки.",
        "За її словами, відремонтувати його інакше не можна, і місто попросило уряд про допомогу. Мешканцям східного берега \
      доведеться їздити поромом.",
    ),
    (
        "el",
        "Η δήμαρχος του Νόρβικ είπε την Παρασκευή ότι η παλιά γέφυρα θα μείνει κλειστή δύο χρόνια.",
        "Δεν υπήρχε άλλος τρόπος να επισκευαστεί και η πόλη ζήτησε βοήθεια από την κυβέρνηση.",
    ),
    (
        "ar",
        "قالت عمدة نورفيك يوم الجمعة إن الجسر القديم سيغلق لمدة عامين.",
        "وأضافت أنه لا توجد طريقة أخرى لإصلاحه وأن المدينة طلبت المساعدة من الحكومة.",
    ),
    (
        "hi",
        "नॉर्विक की महापौर ने शुक्रवार को कहा कि पुराना पुल दो साल तक बंद रहेगा।",
        "उन्होंने पत्रकारों को बताया कि इसकी मरम्मत का कोई और तरीका नहीं है और शहर ने सरकार से मदद मांगी है।",
    ),
    (
        "zh",
        "诺维克市长星期五表示，这座旧桥将关闭两年。",
        "她告诉记者，没有其他办法可以修复它，市政府已经向中央政府求助。",
    ),
    (
        "ja",
        "ノルビク市長は金曜日、古い橋を二年間閉鎖すると述べた。",
        "修理するにはほかに方法がなく、市は政府に支援を求めているという。",
    ),
    (
        "ko",
        "노르비크 시장은 금요일 낡은 다리를 2년 동안 폐쇄한다고 말했다.",
        "다른 방법으로는 고칠 수 없으며 시는 정부에 도움을 요청했다고 밝혔다.",
    ),
];

fn tag(text: &str, declared: Option<&str>) -> Option<String> {
    detect(text, declared).tag
}

#[test]
fn whole_reports_are_told_with_high_confidence() {
    for (language, first, rest) in REPORTS {
        let found = detect(&format!("{first} {rest}"), None);
        assert_eq!(found.tag.as_deref(), Some(language), "{first}");
        assert!(found.confidence >= 0.8, "{language}: {}", found.confidence);
    }
}

#[test]
fn single_sentences_are_told_or_left_open_but_not_wrong() {
    let mut told = 0;
    for (language, first, _) in REPORTS {
        match tag(first, None) {
            Some(found) => {
                assert_eq!(found, language, "{first}");
                told += 1;
            }
            None => println!("open: {language}"),
        }
    }
    assert!(told >= REPORTS.len() - 2, "only {told} of {} told", REPORTS.len());
}

#[test]
fn headlines_are_rarely_told_wrong() {
    for (length, most_wrong) in [(30, 2), (50, 2), (70, 1)] {
        let (mut wrong, mut open) = (Vec::new(), Vec::new());
        for (language, first, _) in REPORTS {
            let cut: String = first.chars().take(length).collect();
            match tag(&cut, None) {
                Some(found) if found != language => wrong.push((language, found)),
                Some(_) => {}
                None => open.push(language),
            }
        }
        println!("{length} characters: wrong {wrong:?}, open {open:?}");
        assert!(wrong.len() <= most_wrong, "{length} characters: {wrong:?}");
    }
}

#[test]
fn what_says_nothing_is_left_open() {
    for text in ["", "1,234.5 - 99%", "Norvik 2-1 Bergen", "OK", "\u{1F600}\u{1F600}", "www.example.org"] {
        assert_eq!(detect(text, None), Language { tag: None, confidence: 0.0 }, "{text}");
    }
}

#[test]
fn a_mixed_text_is_told_with_low_confidence_or_not() {
    let (english, french) = (&REPORTS[0], &REPORTS[1]);
    let found = detect(&format!("{} {}\n{} {}", english.1, english.2, french.1, french.2), None);
    assert!(found.confidence < 0.8, "{found:?}");
}

#[test]
fn a_declared_language_wins_unless_a_sure_detection_contradicts_it() {
    let english = format!("{} {}", REPORTS[0].1, REPORTS[0].2);
    let german = format!("{} {}", REPORTS[2].1, REPORTS[2].2);
    for (declared, expected) in
        [("en", "en"), ("en_us", "en-US"), ("ENG", "en"), ("English", "en"), ("de", "en"), ("pt-BR", "en")]
    {
        assert_eq!(tag(&english, Some(declared)).as_deref(), Some(expected), "{declared}");
    }
    assert_eq!(tag(&german, Some("en")).as_deref(), Some("de"));
    assert_eq!(detect("Norvik 2-1 Bergen", Some("nb")), Language { tag: Some("nb".into()), confidence: 0.5 });
    assert_eq!(tag("", Some("zh-hant-tw")).as_deref(), Some("zh-Hant-TW"));
    assert!(detect(&english, Some("en-GB")).confidence > 0.9);
    for unknown in ["", "und", "?", "not a language", "x", "en--", "klingonese"] {
        assert_eq!(tag(&english, Some(unknown)).as_deref(), Some("en"), "{unknown}");
        assert_eq!(tag("OK", Some(unknown)), None, "{unknown}");
    }
    let danish = format!("{} {}", REPORTS[8].1, REPORTS[8].2);
    assert_eq!(tag(&danish, Some("da-DK")).as_deref(), Some("da-DK"));
}

fn read(paragraph: &str) -> Option<(Option<String>, Option<String>, &str)> {
    dateline(paragraph).map(|found| (found.dateline.place, found.dateline.agency, &paragraph[found.end..]))
}

#[track_caller]
fn expect_dateline(paragraph: &str, place: Option<&str>, agency: Option<&str>) {
    let expected = (place.map(str::to_owned), agency.map(str::to_owned), "The river rose.");
    assert_eq!(read(paragraph), Some(expected), "{paragraph}");
}

#[test]
fn datelines_in_their_usual_forms() {
    expect_dateline("MOSUL, Iraq (Reuters) - The river rose.", Some("MOSUL, Iraq"), Some("Reuters"));
    expect_dateline("PARIS, July 20 (AFP) — The river rose.", Some("PARIS"), Some("AFP"));
    expect_dateline("KINGSTON, Jamaica — The river rose.", Some("KINGSTON, Jamaica"), None);
    expect_dateline("WASHINGTON -- The river rose.", Some("WASHINGTON"), None);
    expect_dateline(
        "PORT-AU-PRINCE, Haiti (AP) — The river rose.",
        Some("PORT-AU-PRINCE, Haiti"),
        Some("AP"),
    );
    expect_dateline("ST. LOUIS, Mo. (AP) - The river rose.", Some("ST. LOUIS, Mo."), Some("AP"));
    expect_dateline("Abuja (AFP) - The river rose.", Some("Abuja"), Some("AFP"));
    expect_dateline("(Reuters) - The river rose.", None, Some("Reuters"));
    expect_dateline("NEW DELHI, Sept 5 (PTI): The river rose.", Some("NEW DELHI"), Some("PTI"));
    expect_dateline(
        "BEIJING/SEOUL, 20 July 2016 (Xinhua) -- The river rose.",
        Some("BEIJING/SEOUL"),
        Some("Xinhua"),
    );
    expect_dateline("BEIRUT—The river rose.", Some("BEIRUT"), None);
    expect_dateline(
        "NORVIK, Aug. 3, 2021 /PRNewswire/ -- The river rose.",
        Some("NORVIK"),
        Some("PRNewswire"),
    );
    expect_dateline(
        "NORVIK (Baltic News Service) - The river rose.",
        Some("NORVIK"),
        Some("Baltic News Service"),
    );
    expect_dateline("By Ada Lind LAGOS, Nov 1 (Reuters) - The river rose.", Some("LAGOS"), Some("Reuters"));
    assert_eq!(read("MOSUL, Iraq (AP) —"), Some((Some("MOSUL, Iraq".into()), Some("AP".into()), "")));
}

#[test]
fn what_is_no_dateline() {
    for paragraph in [
        "The river rose - again.",
        "EXCLUSIVE — The river rose.",
        "UPDATE: The river rose.",
        "NATO — The allies met.",
        "Ada Lind — The poet died.",
        "BERLIN is calm - for now.",
        "WELL-KNOWN people met.",
        "I — She said no.",
        "",
        "WHO - the agency - agreed.",
        "Norvik (the town) - a short history",
        "5 - 3 = 2",
        "NEW DELHI: The river rose.",
        "He said (AP) - no.",
        "— The river rose.",
        "HEAVY RAIN - the river rose.",
        "JULY 20 - The river rose.",
    ] {
        assert_eq!(read(paragraph), None, "{paragraph}");
    }
}

fn lead(text: &str, title: Option<&str>) -> Option<String> {
    summary(text, &Segments::new(text), title).map(|summary| summary.text(text))
}

#[test]
fn the_lead_is_found_behind_what_stands_before_it() {
    let sentence = "The old bridge of Norvik will be closed for two years from Friday on, the mayor said after a long meeting \
                    of the town council.";
    let text = format!(
        "Bridge closes\nBy Ada Lind\nFriday, May 8, 2020\nA ship under the bridge of Norvik. Image: Ola Berg.\n\
         NORVIK (AP) - {sentence} A ferry will run.\nOld news follows here."
    );
    assert_eq!(lead(&text, Some("Bridge closes")).as_deref(), Some(sentence));
    let segments = Segments::new(&text);
    let found = summary(&text, &segments, None).unwrap();
    let start = text.find(sentence).unwrap();
    assert_eq!(found.code_points(&CodePoints::new(&text)), [[start, start + sentence.chars().count()]]);
}

#[test]
fn short_sentences_take_the_next_with_them() {
    let text = "The bridge of Norvik is closed.\nNobody knows for how long it will be.\nThe mayor was not at home today.\nMore.";
    assert_eq!(
        lead(text, None).as_deref(),
        Some(
            "The bridge of Norvik is closed. Nobody knows for how long it will be. The mayor was not at home today."
        )
    );
    let title = "The bridge of Norvik is closed.";
    assert!(!lead(text, Some(title)).unwrap().contains(title));
}

#[test]
fn notes_and_fragments_are_no_summary() {
    for text in [
        "",
        "Contents",
        "By Ada Lind",
        "MOSUL, Iraq (AP) —",
        "Last updated on Friday at ten in the morning.",
        "Yes. No.",
    ] {
        assert_eq!(lead(text, None), None, "{text}");
    }
}

#[test]
fn an_endless_sentence_is_cut_between_words() {
    let text = format!("{}.", "seven little words about nothing at all ".repeat(200).trim());
    let found = lead(&text, None).unwrap();
    assert!(found.len() <= 600 && found.len() > 500, "{}", found.len());
    assert!(text.starts_with(&found) && text[found.len()..].starts_with(' '));
}

#[test]
fn scripts_without_full_stops_have_a_summary() {
    let (_, first, rest) = REPORTS[21];
    assert!(lead(&format!("{first}{rest}"), None).unwrap().starts_with(first));
    assert!(lead("รัฐมนตรีกล่าวเมื่อวันศุกร์ว่าสะพานเก่าจะปิดเป็นเวลาสองปี", None).is_some());
}

#[test]
fn counts() {
    let text = "Ann's café isn't open: 1,200 people wait.\nWhy? Nobody knows — yet.";
    let segments = Segments::new(text);
    let counted = stats(text, &segments, &CodePoints::new(text));
    assert_eq!(counted, Stats { chars: 66, words: 11, sentences: 3, paragraphs: 2 });
    assert_eq!(stats("", &Segments::new(""), &CodePoints::new("")), Stats::default());
}
