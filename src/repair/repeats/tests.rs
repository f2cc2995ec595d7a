use super::*;

const CLOSED: &str =
    "The harbour was closed at dawn after the storm had torn two ferries from their moorings.";
const DIVERS: &str =
    "\"We will open again when the divers say so,\" the harbour master told reporters on Tuesday morning.";
const REPORT: &str =
    "The council of the northern district asked for a full report within 30 days of the storm.";
const FARES: &str =
    "Fares will stay as they are until spring, whatever the price of oil may do, the line said.";
const HOTEL: &str =
    "Passengers were put up in the school and in the one hotel of the island, which has nine rooms.";

/// Index and reason of everything that goes.
fn gone(paragraphs: &[&str]) -> Vec<(usize, Reason, usize)> {
    let fates = plan(paragraphs).fates.into_iter().enumerate();
    fates
        .filter_map(|(index, fate)| match fate {
            Fate::Keep => None,
            Fate::Remove { reason, of } => Some((index, reason, of)),
        })
        .collect()
}

#[test]
fn an_equal_paragraph_goes_whatever_its_type() {
    let typed = "The harbour was closed at dawn, after the storm had torn two ferries from their moorings";
    assert_eq!(gone(&[CLOSED, DIVERS, CLOSED]), [(2, Reason::Repeat, 0)]);
    assert_eq!(gone(&[CLOSED, DIVERS, typed]), [(2, Reason::Repeat, 0)]);
}

#[test]
fn an_edited_copy_goes() {
    let edited = CLOSED.replace("torn", "tron");
    assert_eq!(gone(&[CLOSED, DIVERS, &edited]), [(2, Reason::NearRepeat, 0)]);
}

#[test]
fn other_numbers_are_other_facts() {
    assert_eq!(gone(&[REPORT, DIVERS, &REPORT.replace("30", "40")]), []);
    assert_eq!(gone(&[CLOSED, DIVERS, &CLOSED.replace("two", "three")]), []);
    let rate = "The bank cut its forecast for growth in the islands this year to 1.8% from 2.2%.";
    assert_eq!(gone(&[rate, DIVERS, &rate.replace("1.8", "1.6")]), []);
}

#[test]
fn a_template_with_other_names_stays_unless_its_block_repeats() {
    let first = "In the second race of the day Falk of Lenz beat the field by a length and a half.";
    let second = "In the second race of the day Brandt of Lenz beat the field by a length and a half.";
    assert_eq!(gone(&[first, DIVERS, second]), []);
    let block = [CLOSED, first, DIVERS, FARES, CLOSED, second, DIVERS];
    assert_eq!(gone(&block).iter().map(|g| g.0).collect::<Vec<_>>(), [4, 5, 6]);
}

#[test]
fn short_repeats_stay_alone_and_go_in_a_block() {
    let denies = "He denies the charges.";
    assert_eq!(gone(&[denies, CLOSED, denies, DIVERS, denies]), []);
    let twice = [CLOSED, denies, DIVERS, FARES, CLOSED, denies, DIVERS];
    assert_eq!(gone(&twice).iter().map(|g| g.0).collect::<Vec<_>>(), [4, 5, 6]);
}

#[test]
fn prompts_and_score_lines_stay() {
    let prompt = "Q: What happens next?";
    let score = "Result: Ost 1, West 1";
    assert_eq!(gone(&[prompt, CLOSED, score, prompt, DIVERS, score, prompt, FARES]), []);
}

#[test]
fn the_fuller_text_of_a_teaser_stays_at_its_own_place() {
    let teaser = "The harbour was closed at dawn after the storm had...";
    assert_eq!(gone(&[teaser, DIVERS, CLOSED]), [(0, Reason::Teaser, 2)]);
    assert_eq!(gone(&[CLOSED, DIVERS, teaser]), [(2, Reason::Teaser, 0)]);
}

#[test]
fn a_sentence_set_out_as_a_quote_goes() {
    let both = format!("{CLOSED} {REPORT}");
    assert_eq!(gone(&[&both, DIVERS, REPORT]), [(2, Reason::PullQuote, 0)]);
    assert_eq!(gone(&[REPORT, DIVERS, &both]), [(0, Reason::PullQuote, 2)]);
}

#[test]
fn a_sentence_that_its_paragraph_has_said_is_cut() {
    let twice = format!("{CLOSED} {REPORT} {CLOSED}");
    let cuts = plan(&[&twice]).cuts;
    assert_eq!(cuts.len(), 1);
    assert_eq!(&twice[cuts[0].range.clone()], format!(" {CLOSED}"));
    let senator = "Sen. Ada Poe of the northern district asked for a full report.";
    let titled = format!("{senator} {CLOSED} {senator}");
    let cut: String = plan(&[&titled]).cuts.iter().map(|cut| &titled[cut.range.clone()]).collect();
    assert_eq!(cut.trim(), senator, "the title goes with its sentence");
}

#[test]
fn a_new_paragraph_moves_into_the_kept_copy() {
    let plan = plan(&[CLOSED, DIVERS, FARES, CLOSED, HOTEL, DIVERS, FARES]);
    assert_eq!(plan.order, [0, 4, 1, 2]);
}

#[test]
fn unrelated_paragraphs_stay() {
    let all = [CLOSED, DIVERS, REPORT, FARES, HOTEL];
    assert_eq!(plan(&all), Plan::keep(all.len()));
}

#[test]
fn a_new_paragraph_stands_behind_the_refrain_of_the_kept_copy() {
    let refrain = "Row, row, row.";
    let all = [CLOSED, refrain, DIVERS, FARES, refrain, CLOSED, HOTEL, DIVERS, FARES];
    assert_eq!(plan(&all).order, [0, 1, 6, 2, 3, 4]);
}

#[test]
fn new_text_at_the_end_of_a_stacked_copy_stands_behind_its_last_repeat() {
    let all = [CLOSED, DIVERS, REPORT, FARES, CLOSED, DIVERS, REPORT, HOTEL];
    assert_eq!(plan(&all).order, [0, 1, 2, 7, 3]);
    // A passage that comes twice, and then the article goes on.
    let all = [CLOSED, DIVERS, REPORT, FARES, DIVERS, REPORT, HOTEL];
    assert_eq!(plan(&all).order, [0, 1, 2, 3, 6]);
}

#[test]
fn a_display_quote_before_its_attribution_goes() {
    let quote = "\u{201c}It would not surprise me at all if the ferries sailed again by Friday\u{201d}";
    let said =
        "He said: \u{201c}It would not surprise me at all if the ferries sailed again by Friday.\u{201d}";
    assert_eq!(gone(&[quote, CLOSED, said]), [(0, Reason::PullQuote, 2)]);
}

#[test]
fn two_questions_in_nearly_the_same_words_stay() {
    let first = "What are the troubles of a ferry pilot who lives on the northern islands in winter?";
    let second = "What are the troubles of a former ferry pilot who lives on the northern islands in winter?";
    assert_eq!(gone(&[first, CLOSED, second]), []);
}

#[test]
fn a_shared_beginning_is_no_teaser() {
    assert_eq!(gone(&["Rain is a drug...", CLOSED, "Rain is a kind of music."]), []);
    assert_eq!(gone(&["The harbour was closed at da...", DIVERS, CLOSED]), [(0, Reason::Teaser, 2)]);
}

#[test]
fn lines_of_hard_wrapped_text_are_no_teasers() {
    let wrapped = [
        "Please note that for all payments with giro or by cheque",
        "that come from abroad you must add the fee, which is",
        "not small. Those who pay in cash need no form, but",
        "they must come to the desk in person. To repeat it,",
        "Please note that for all payments with giro or by cheque made",
        "by firms there is no fee.",
    ];
    assert_eq!(gone(&wrapped), []);
}

#[test]
fn a_table_that_comes_twice_is_a_block() {
    let rows = ["Net 200.2 mln vs 173.9 mln", "Sales 1.38 billion vs 1.26 billion"];
    let all = [CLOSED, rows[0], rows[1], DIVERS, rows[0], rows[1], FARES];
    assert_eq!(gone(&all).iter().map(|g| g.0).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn misspelt_short_lines_go_in_a_running_block() {
    let short = "At that, Falk nodded and smiled.";
    let all = [CLOSED, short, DIVERS, FARES, CLOSED, &short.replace("nodded", "noddde"), DIVERS];
    assert_eq!(gone(&all).iter().map(|g| g.0).collect::<Vec<_>>(), [4, 5, 6]);
}
