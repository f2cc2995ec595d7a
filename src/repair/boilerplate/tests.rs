use super::furniture::{FILLERS, FURNITURE, SHARE_TARGETS};
use super::phrases::{
    AGENCIES, ANYWHERE, CREDIT_STARTS, MARKED_STARTS, OBJECTS, PLEA_STARTS, SPEAKING, SURE_STARTS, TELLING,
};
use super::*;

fn is_boilerplate(line: &str) -> bool {
    Detector::default().is_boilerplate(line)
}

#[test]
fn furniture_of_the_page() {
    for line in [
        "More From This Section",
        "Read more:",
        "READ MORE: Ferries back at sea",
        "Read More \u{bb}",
        "Related - Ferries back at sea",
        "Also Read | What the divers found",
        "ADVERTISEMENT",
        "- Advertisement -",
        "Story continues below advertisement",
        "Share Tweet Email Print",
        "Facebook Twitter WhatsApp",
        "Share on Facebook | Share on Twitter",
        "Print this article Email this article",
        "Share this article",
        "Sign up for our free morning newsletter and get the harbour news in your inbox",
        "Subscribe to The Lenz Courier today for just 3 crowns a week.",
        "Follow us on Facebook and Twitter",
        "Download our app to read the news on your phone",
        "We use cookies to give you the best experience on this site.",
        "This site uses cookies. By continuing you agree to our cookie policy.",
        "Comments are closed.",
        "12 comments",
        "Leave a comment",
        "Photo: Ann Poe",
        "(Photo: Ann Poe/Lenz Courier)",
        "Ann Poe/Reuters",
        "Image source, Getty Images",
        "FILE PHOTO: A ferry leaves the harbour of Lenz in spring",
        "Image caption The wall of the old harbour",
        "Reporting by Ann Poe; Editing by Joe Ray",
        "(Additional reporting by Ann Poe in Lenz)",
        "You may also like",
        "Most popular",
        "\u{a9} 2019 Lenz Courier. All rights reserved.",
        "First published: 10:25",
        "(This story has not been edited by the Courier and comes from a syndicated feed.)",
        "Lesen Sie auch: Die F\u{e4}hren fahren wieder",
        "Publicidad",
        "\u{5e7f}\u{544a}",
    ] {
        assert!(is_boilerplate(line), "{line}");
    }
}

#[test]
fn body_text_stays() {
    for line in [
        "Share prices fell",
        "Shares fell.",
        "\"Follow us,\" he said.",
        "Follow us, he said",
        "Read the letter, she told the court.",
        "Sign up for war, the posters said.",
        "Advertisement spending fell by 3 percent in the spring.",
        "The newsletter of the harbour office was first published in 1931.",
        "Related charges against two other men were dropped.",
        "Comments by the minister angered the islanders.",
        "Photographers from Reuters and AFP were turned away.",
        "Watch sales rose in the second quarter.",
        "The company changed its privacy policy in May.",
        "More than 40 people were hurt.",
        "More from the harbour than from the town came the call for a strike.",
        "He denies the charges.",
        "Q: What happens next?",
        "Ost 3, West 1",
        "Subscribers left the paper in droves.",
        "Cookies were served after the vote.",
        "Loading the ferries took two days.",
        "Print is dead, wrote the editor.",
        "\u{201c}Subscribe to our newsletter\u{201d} is what every site asks.",
        "Editing was slow.",
        "mail.",
        "and comment.",
        "subscribe to the list, then send it a line,",
        "(read: farther than around the block",
        "What do you think?",
        "Follow-ups to the ferry strike came at once.",
        "Image-Makers of the World 3 2",
        "NASA/Johnson Space Center",
        "Photo: Lenz Courier\u{201c}My whole dream is to get this boat on the water,\u{201d} she said.",
        "* * *",
        "",
        "3",
    ] {
        assert!(!is_boilerplate(line), "{line}");
    }
}

#[test]
fn lists_are_written_as_the_normaliser_writes() {
    let lists = [
        FURNITURE,
        SHARE_TARGETS,
        FILLERS,
        MARKED_STARTS,
        CREDIT_STARTS,
        SURE_STARTS,
        PLEA_STARTS,
        OBJECTS,
        ANYWHERE,
        SPEAKING,
        TELLING,
        AGENCIES,
    ];
    for phrase in lists.into_iter().flatten() {
        assert!(table::is_normal(phrase), "{phrase:?} would never match");
    }
}
