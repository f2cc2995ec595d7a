"""What sketches.json is made of. All texts are our own; the names in them are invented."""

# The hashed texts: one on each side of every change of the rule (0, 3|4, 8|9, 16|17, 32|33 bytes), and letters above ASCII.
HASHED = [
    "", "a", "ab", "abc", "flood", "3.5", "2024", "eightlet", "nineteenx", "sixteenletters16", "seventeenletters7",
    "twenty-four-letters-long", "thirty-two-letters-are-two-block", "thirty-three-letters-are-one-more",
    "a-word-that-is-far-longer-than-all-words-of-all-texts-that-were-ever-written", "überschwemmung", "москва", "東京",
]

BY_FORMULA = "3,000 words by a formula"


def by_formula(words=3000):
    """tests/dedup_golden.rs has the same formula."""
    syllables = ["ka", "to", "mir", "sel", "and", "vo", "ren", "ul"]
    out, state = [], 1
    for number in range(words):
        state = (state * 1_103_515_245 + 12_345) % 2**31
        if number % 17 == 5:
            word = str(state % 10_000)
        else:
            word = "".join(syllables[state >> shift & 7] for shift in (8, 13, 18))
        if number % 11 == 3:
            word = word[0].upper() + word[1:]
        end = ".\n" if number % 97 == 96 else ". " if number % 13 == 12 else " "
        out.append(word + end)
    return "".join(out)


SENTENCES = [
    "The harbour board of Westmere met for three hours on Tuesday to hear why the new breakwater costs 4.2 million more than planned.",
    "Engineers from Halden and Rook said that the sea bed is softer than their borings of 2019 had shown.",
    "Mayor Orla Tennick called the report thorough, and asked for a second opinion all the same.",
    "About 60 fishermen waited outside in the rain; most of them want the work to begin before the winter storms.",
    "\"We lost 11 boats in one night,\" said Pim Aldous, who has fished from Westmere since 1987.",
    "The board will vote on 14 March, and the state pays half if the vote is in favour.",
    "A ferry to Skarn Island was late for the same storm, its owner said.",
]


def with_repeats():
    """Sentences in an order in which some stand five times and more."""
    order = [0, 1, 2, 0, 3, 4, 5, 0, 1, 6, 0, 2, 3, 0, 5, 4, 1, 0, 3, 2]
    return "\n".join(SENTENCES[at] for at in order)


HEX_ID = "97d717309a7345f1359eca8349a56992"
UUID = "97d71730-9a73-45f1-359e-ca8349a56992"
NOON = 1_732_276_800_000


def _text(name, text, article_id=HEX_ID, topic="news.raw", partition=0, offset=0, event_time=NOON, revision=False):
    return {"name": name, "text": text, "id": article_id, "topic": topic, "partition": partition, "offset": offset,
            "eventTime": event_time, "revision": revision}


TEXTS = [
    _text("empty", "", article_id="", topic="", event_time=0),
    _text("one word", "Flood", offset=127),
    _text("three words", "Flood in Westmere", article_id=UUID, offset=128),
    _text("four words", "Flood in Westmere: 3", partition=-1, offset=-1, event_time=-1),
    _text("marks alone", " -- ... !? \n\t", offset=16_383),
    _text("emoji only", "\U0001F600 \U0001F600\U0001F44D \u2764\ufe0f", offset=16_384, revision=True),
    _text("other emoji", "\U0001F622", article_id="guid:one:two"),
    _text("mojibake", "The mayorâ€™s cafÃ© in SÃ£o Bento didnâ€™t open, said JosÃ© Maltez.", partition=7),
    _text("Chinese", "东京地震。3人受伤，西湖镇有２０间房屋倒塌。\n镇长梁远说：“我们需要帮助。”", topic="新闻"),
    _text("Japanese with Latin", "西浜港の NEC ビルで 12 日、火災があった。けが人は３人。山田ハルさん（４５）は「怖かった」と話した。"),
    _text("Thai", "นายกเทศมนตรีเมืองบางสัก กล่าวว่า น้ำท่วม ๒๕ หมู่บ้าน และ 1,200 ครัวเรือน", event_time=2**63 - 1),
    _text("Arabic", "قال رئيس البلدية إنّ ٢٠٢٤ عامٌ صعب؟ نعم، وأضاف: «خسرنا ٣٥ بيتًا». هل يعود السكان؟", event_time=-(2**63)),
    _text("Hindi", "पश्चिमपुर में बाढ़ से २५ गाँव डूबे। महापौर ने कहा, \"हमें मदद चाहिए\"। सोमवार को 1,200 लोग लौटे।", offset=2**63 - 1),
    _text("Russian", "Мэр города Вестмер Олег Танников заявил, что мост закроют на 3,5 месяца. «Денег нет», – сказал он. МОСТУ 40 лет.",
          partition=2**31 - 1),
    _text("Greek", "Ο δήμαρχος Πέτρος Αλαμάνος είπε ότι το λιμάνι της Δυτικής Όχθης θα κλείσει στις 5 Μαΐου.", partition=-(2**31)),
    _text("Korean", "서해시 시장 한도윤은 20일 항구 공사를 3월까지 마친다고 말했다. 주민 1,500명이 기다린다."),
    _text("German", "Die Überschwemmung in Westmeer hat 25 Häuser zerstört. Bürgermeisterin Änne Größler sprach am Dienstag von einem "
          "Schaden von 1.234,50 Euro je Haus, um 3,5 Prozent mehr als 2019. Die Straße nach Skarn bleibt gesperrt.",
          article_id="https://example.org/nachrichten/überschwemmung?id=1"),
    _text("French", "L\u2019\u00e9t\u00e9 dernier, la mairie d\u2019Ouestmer a perdu 1\u00a0200 arbres. \u00ab\u00a0C\u2019est trop\u00a0\u00bb, dit "
          "\u00c9lo\u00efse Tannick\u2026 Elle en veut 40\u202f000."),
    _text("Turkish dotted I", "İzmir'de IŞIK kesildi. Batı İlçesi 3 gün karanlıkta kaldı, dedi Ilgın Irmak."),
    _text("capitals", "FLOOD IN WESTMERE: MAYOR ORLA TENNICK SAYS 25 HOUSES ARE LOST. \"WE NEED HELP,\" SHE SAID ON TUESDAY.",
          revision=True),
    _text("lower case", "flood in westmere: mayor orla tennick says 25 houses are lost. \"we need help,\" she said on tuesday."),
    _text("as a title", "Flood In Westmere: Mayor Orla Tennick Says 25 Houses Are Lost"),
    _text("numbers", "It rose 1.8% to 1,234,567 (up from 1,200.50) in 2024; 3,5 and 12,34 and 1,2345 and 7,000ths, 1.2.3, 5.3m, No.5, "
          "$2bn, F-16, 9/11, 10,000,00 and 1990's. It fell 0.5. 6 more. Of 100, 1 is left, ,5 .5 5. 5, ½ x² 1st."),
    _text("entities", "Smith &amp; Sons &#8217;said&rsquo; it&#39;s caf&eacute;&nbsp;time &mdash; &ldquo;no&rdquo;&hellip; New&#x20;Pier "
          "AT&T &nosuch; &amp;amp; R&D; &#xD800; x&#101;y &Uuml;ber &lt;b&gt; &EACUTE; 1&#44;000 &", offset=2_097_151),
    _text("apostrophes", "The mayor\u2019s and the mayor's; don\u2018t, o\uff07clock rock 'n' roll, y\u2019all\u2019d\u2019ve 'quoted' "
          "O'Malley d\u2019Arc it''s boats' end'", offset=2_097_152),
    _text("invisible", "co\u00adop\u200b\u200ber\ufeffate with\u200d Orla\u00ad Ten\u2060nick \u200bnow\ufe0f 1\u00ad000 \u6f22\u200b\u5b57"),
    _text("line wraps", "The harbour board of\nWestmere met Orla\nTennick on\r\nTuesday. And\u2028Pim Aldous? Pim Aldous! pim\tAldous"),
    _text("accents apart", "Cafe\u0301 Elo\u0308ise met E\u0301lan Ou\u0308ster in Sa\u0303o Bento"),
    _text("scripts mixed", "Ann東京B山 ABC漢字12字 ไทยThai Москва2024年 ﬁne Ａｎｎ ①② Ⅻ 𝔄nn 한국news"),
    _text("fifteen words", "Westmere lost 25 houses when the river Skarn rose two metres on Tuesday, police said"),
    _text("sixty words", " ".join(" ".join(SENTENCES[:4]).split()[:60]), article_id=UUID.upper()),
    _text("some four hundred words with repeats", with_repeats()),
    _text("one word again and again", "Westmere " * 300),
    _text(BY_FORMULA, by_formula(), article_id="x" * 126, topic="t" * 249, partition=63, offset=64),
]


def _decision(offset, finding, shared=(), **link):
    return {"offset": offset, "finding": finding, **link, "shared": list(shared)}


def _reference(offset, article_id=HEX_ID):
    return {"offset": offset, "id": article_id}


CHECKPOINTS = [
    {"name": "nothing", "first": 0, "end": 0, "decisions": []},
    {"name": "no entries, far out", "first": 2**63, "end": 2**64 - 1, "decisions": []},
    {"name": "every finding", "first": 1000, "end": 1400, "decisions": [
        _decision(1000, "original"),
        _decision(1001, "template", [0, 1, 47, 48, 79]),
        _decision(1002, "exact", of=_reference(1000), cluster="of", covers=1000, covered=1000, novelNumbers=0),
        _decision(1003, "near", [5], of=_reference(1002, UUID), cluster="other", first=_reference(1000), covers=873,
                  covered=902, novelNumbers=2),
        _decision(1130, "contained", of=_reference(3, "guid:one"), cluster="own", covers=127, covered=128,
                  novelNumbers=300),
        _decision(1131, "contains", of=_reference(1130, ""), cluster="other", first=_reference(0, "ü"), covers=0,
                  covered=1, novelNumbers=65_535),
        _decision(1399, "updated", range(80), of=_reference(1398, UUID.upper()), cluster="of", covers=999, covered=16,
                  novelNumbers=1),
    ]},
]
