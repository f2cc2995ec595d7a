//! The phrases of the boilerplate rule, as normalised words (see `text::normal`), `0` for any number.
//!
//! They are short facts about how pages are furnished, in the words that sites use; no text of any site.

/// Line starts that count with a mark behind them (`:`, `|`, `>`, a dash), whatever else stands in the line.
#[rustfmt::skip]
pub(super) const MARKED_STARTS: &[&str] = &[
    "read", "read more", "read also", "also read", "read next", "read this", "read the full story", "must read",
    "more on this", "more on this story", "more from", "related", "related story", "related stories",
    "related article", "related articles", "related news", "related coverage", "related content", "related links",
    "related video", "related topics", "see also", "also see", "see more", "watch", "watch live", "watch now",
    "watch video", "watch more", "watch also", "also watch", "listen", "listen now", "recommended",
    "recommended for you", "recommended reading", "trending", "trending now", "dont miss", "in case you missed it",
    "you may also like", "you might also like", "gallery", "photo gallery", "view gallery", "advertisement",
    "sponsored", "sponsored content", "promoted", "share", "share this", "share this article", "share this story",
    "tags", "tagged", "topics", "filed under", "related tags", "first published", "last updated", "last modified",
    "first posted", "story first published", "published on", "updated on", "follow", "follow us", "subscribe",
    "newsletter", "our standards", "follow us on", "next article", "next story", "previous article", "up next",
    "most read", "most popular", "sign up", "contact the author", "further reading", "trackback url",
    "trackback url for this entry", "lesen sie auch", "mehr zum thema", "lesen sie mehr", "lire aussi",
    "\u{e0} lire aussi", "a lire aussi", "voir aussi", "lea tambi\u{e9}n", "lee tambi\u{e9}n", "leer m\u{e1}s",
    "te puede interesar", "ver tambi\u{e9}n", "leia tamb\u{e9}m", "leia mais", "veja tamb\u{e9}m", "saiba mais",
    "cr\u{e9}dito", "leggi anche", "lees ook", "lees meer", "czytaj tak\u{17c}e", "zobacz tak\u{17c}e",
    "l\u{e4}s mer", "l\u{e4}s ocks\u{e5}", "les ogs\u{e5}", "baca juga",
    "\u{447}\u{438}\u{442}\u{430}\u{439}\u{442}\u{435} \u{442}\u{430}\u{43a}\u{436}\u{435}",
    "\u{444}\u{43e}\u{442}\u{43e}", "\u{627}\u{642}\u{631}\u{623} \u{623}\u{64a}\u{636}\u{627}",
    "\u{92f}\u{939} \u{92d}\u{940} \u{92a}\u{922}\u{93c}\u{947}\u{902}",
    "\u{76f8}\u{5173} \u{5173}\u{9605} \u{9605}\u{8bfb}", "\u{95a2}\u{9023} \u{9023}\u{8a18} \u{8a18}\u{4e8b}",
    "watch the video",
];

/// Line starts of the credit of a photo; a mark and a few words follow.
#[rustfmt::skip]
pub(super) const CREDIT_STARTS: &[&str] = &[
    "photo", "photo credit", "photo courtesy", "photos courtesy", "image", "image credit", "image source",
    "file photo", "file image", "file picture", "image caption", "media caption", "cover photo", "cover image",
    "lead image", "featured image", "feature image", "top image", "header image", "representative image",
    "representational image", "copyright", "cr\u{e9}dit photo", "photograph",
];

/// Line starts that no sentence of an article has.
#[rustfmt::skip]
pub(super) const SURE_STARTS: &[&str] = &[
    "more from this", "more stories from", "more stories in", "more stories on", "more stories about",
    "more news from", "more news on", "more news about", "more articles from", "more articles by", "more related",
    "read more about", "read more on", "read more at", "read more from", "read more of", "read more stories",
    "tap here", "follow us on", "follow me on", "find us on", "join us on facebook", "image source",
    "image copyright", "image caption", "image credit", "image courtesy", "images courtesy", "media caption",
    "media playback", "video caption", "photo by", "photos by", "photo credit", "photo courtesy", "photos courtesy",
    "photograph by", "photographs by", "photo illustration by", "picture by", "pictures by", "file photo",
    "file image", "file picture", "file pic", "ap photo", "afp photo", "reuters photo", "reporting by",
    "additional reporting by", "additional reporting from", "writing by", "editing by", "compiled by",
    "with reporting by", "with additional reporting", "our standards", "copyright 0", "all rights reserved",
    "blog comments powered", "comments powered by", "comments are closed", "story continues below",
    "article continues below", "story continues after", "article continues after", "only the headline",
    "with inputs from", "with input from", "with agency inputs", "first published 0", "last updated",
    "last modified", "filed under", "tagged with", "trending in", "trending on", "most read in", "most popular in",
    "most viewed in", "ads by", "you might also like", "you may also like", "you may also be interested",
    "you might also be interested", "you might be interested in", "you may be interested in", "share this article",
    "share this story", "share this post", "sign up for our", "sign up to our", "subscribe to our", "subscribe now",
    "sign up now", "download our app", "download the app", "download our", "join our newsletter", "get our",
    "enter your email", "already a subscriber", "not a subscriber", "already have an account",
    "be the first to comment", "view comments", "view all 0 comments", "leave a comment", "leave a reply",
    "post a comment", "add a comment", "have your say", "notify me of", "please enable javascript",
    "your email address will not", "watch latest", "sponsored by", "brought to you by", "0 comments",
    "0 responses to", "0 thoughts on", "now watch", "most recent", "like us on facebook", "click here to",
    "click here for", "click here if", "click here and", "click here now", "see more stories", "see more photos",
    "see all the latest", "catch up on all the latest", "for more news", "for the latest news",
    "for all the latest", "additional reporting", "republished with permission",
    "this story was originally published", "this article was originally published",
    "this article originally appeared", "this story originally appeared", "this article first appeared",
    "this story first appeared", "this post originally appeared", "this story has not been edited",
    "this story has not been", "this article has not been edited", "this report has not been", "this copy is for",
    "this material may not be", "reproduction in whole", "report a typo", "report an error", "get the latest",
    "get breaking news", "do you have a story", "do you have a news tip", "got a story", "got a tip",
    "got a news tip", "have a news tip", "have you got a story", "stay up to date with", "stay up to date on",
    "never miss a story", "a version of this article", "a version of this story", "we use cookies",
    "this site uses", "this website uses", "sign up for", "sign up to receive", "sign up to get", "subscribe to",
    "join our", "watch our", "listen to our", "follow us", "recommended by",
];

/// Line starts that count if one of the [`OBJECTS`] follows.
#[rustfmt::skip]
pub(super) const PLEA_STARTS: &[&str] = &[
    "more on this story", "read more related", "read the full", "read the rest of", "read the original",
    "read the entire", "read all the latest", "read all", "see all", "see more", "see also", "view all",
    "scroll down", "story continues", "article continues", "continue reading", "post continues",
    "content continues", "this story continues", "this article continues", "share this", "share on", "email this",
    "e mail this", "print this", "send this", "tweet this", "digg this", "bookmark this", "save this", "add this",
    "post this", "follow us", "join us on", "connect with us", "connect with me", "visit us on", "subscribe today",
    "subscribe here", "subscribe via", "sign up to", "sign up here", "log in with", "login with", "register to",
    "register for", "register now", "get the latest", "get more news", "get breaking news", "get todays",
    "get e mail", "get notified", "get stories", "get unlimited", "get full access", "join the conversation",
    "join the discussion", "install our", "buy our", "support our", "donate to", "already a", "already have an",
    "not a member", "already subscribed", "please enter your", "please sign", "please log", "please login",
    "please enable", "please read our", "please register", "please subscribe", "please share", "please click",
    "please send us", "please support", "please consider", "you must be logged in", "you need to be logged in",
    "you have reached", "you can subscribe", "you can unsubscribe", "you might be interested",
    "you may be interested", "photo illustration", "edited by", "reported by", "copyright the", "copyright by",
    "comments have been", "comments for this", "commenting on this", "the comments section", "be the first to",
    "show all", "show comments", "load comments", "write a comment", "tell us what you think", "tell us your",
    "send us your", "send us a", "do you have a story", "do you have a news tip", "do you have any",
    "do you have information", "have a story", "have a tip", "have a news tip", "have a question",
    "have you got a story", "got a story", "got a tip", "got a news tip", "if you have a story",
    "if you have been affected by", "if you enjoyed this", "to subscribe", "to receive", "to read more",
    "to read the full", "to see more", "to comment on", "to leave a comment", "to post a comment",
    "to get the latest", "to continue reading", "to stay up to date", "to view this", "to unsubscribe",
    "for more news", "for more stories", "for more information on this", "for more on this", "for the latest",
    "for all the latest", "for breaking news", "stay up to date", "stay updated", "stay informed", "stay connected",
    "stay in the know", "keep up with", "keep up to date", "never miss", "dont miss a", "dont miss out",
    "catch up on", "watch more", "watch our", "listen to our", "listen to the latest", "now see",
    "the views expressed", "the opinions expressed", "opinions expressed", "views expressed",
    "this story has not been", "this story was originally", "this article was originally",
    "this post was originally", "this piece was originally", "this article originally appeared",
    "this story originally appeared", "this post originally appeared", "this article first appeared",
    "this story first appeared", "this copy is for", "this material may not", "this browser", "your browser",
    "your email address", "we use cookies", "we use your", "we may earn", "we have sent",
    "we have more newsletters", "we and our partners", "we welcome your", "we want to hear from", "we want your",
    "we encourage", "we reserve the right", "we value your", "we care about your", "by clicking", "by signing up",
    "by submitting", "by subscribing", "by continuing", "by posting", "by entering your", "by registering",
    "except for the headline", "the headline and picture", "with agencies", "agency inputs", "required fields",
    "mail will not", "first published", "originally published", "published by", "permalink", "follow all",
    "follow our", "follow live", "presented by", "advertisement", "ad by", "most popular on", "popular in",
    "recommended for", "latest in", "top stories from", "top stories in", "topics related",
    "a version of this article", "a version of this story", "a version of this post", "a version of this review",
    "hear more", "report a", "report an", "report this", "purchase this", "order reprints", "reprints",
    "republished with", "reprinted with", "skip to", "the best of", "check out our latest", "you must be signed in",
    "you must be registered", "you must be a", "by using this site", "this article is available",
    "this article is for", "this story is for", "this content is for", "this content is available",
    "this video is not", "we are unable", "enable javascript", "manage your", "turn on your", "unlock all",
    "unlock this", "unlock full", "unlock unlimited", "back to the top", "click on the link", "click the link",
    "tap the link", "click to share", "click to subscribe", "click to sign up", "visit our website",
    "visit our facebook", "discuss this article", "discuss this story", "watch live tv", "get email alerts",
    "get email updates", "install the app", "help us improve", "join thousands", "join over", "join more than",
    "try our", "try it free", "start your", "enjoy unlimited", "enjoy this", "like this story", "want to read",
    "want to comment", "want the latest", "want the best", "download your", "explore our", "discover our",
    "read our", "see our", "view our", "browse our", "shop our", "access our", "access all", "rate this",
    "to keep reading", "to find out more", "to get more", "to get our", "to send us", "send a letter",
    "write a letter", "write to the", "email the", "email us", "e mail us", "contact the author",
    "contact the reporter", "contact the newsroom", "please note that comments",
];

/// What pleas, hints and notes of a page are about.
#[rustfmt::skip]
pub(super) const OBJECTS: &[&str] = &[
    "newsletter", "newsletters", "inbox", "email", "emails", "alerts", "alert", "facebook", "twitter", "instagram",
    "whatsapp", "telegram", "youtube", "linkedin", "pinterest", "tiktok", "podcast", "podcasts", "subscribe",
    "subscription", "subscriber", "subscribers", "cookies", "cookie", "javascript", "comment", "comments",
    "commenting", "account", "logged", "updates", "notifications", "rss", "advertisement", "browser", "gallery",
    "slideshow", "trial", "journalism", "privacy", "guidelines", "moderation", "moderated", "reserved", "copyright",
    "reprints", "newsroom", "reporters", "editor", "editors", "letters", "tips", "friend", "caption", "discussion",
    "syndicated", "feedback", "unlimited", "donate", "here", "below", "link", "our", "us", "sponsored", "login",
    "inboxes", "premium", "app", "apps", "article", "story", "stories", "site", "website", "page", "headlines",
    "conversation", "feed", "post",
];

/// Phrases that make a line furniture wherever they stand in it.
#[rustfmt::skip]
pub(super) const ANYWHERE: &[&str] = &[
    "all rights reserved", "auto generated from a syndicated feed", "generated from a syndicated feed",
    "may not be published broadcast rewritten", "this material may not be published",
    "without the express written permission", "without permission is prohibited", "straight to your inbox",
    "delivered to your inbox", "direct to your inbox", "sent to your inbox", "we use cookies",
    "do not necessarily reflect", "do not necessarily represent", "does not necessarily reflect", "sign up for our",
    "sign up to our", "subscribe to our", "subscribe to the newsletter", "to our newsletter", "our newsletter",
    "our newsletters", "our daily newsletter", "our weekly newsletter", "our free newsletter", "follow us on",
    "like us on facebook", "join us on facebook", "find us on facebook", "download our app", "download our free",
    "our whatsapp channel", "our telegram channel", "our youtube channel", "our facebook page", "on our facebook",
    "share this article", "share this story", "share this post", "email address will not be published",
    "please enable javascript", "enable javascript", "your browser does not", "comments powered by disqus",
    "you must be logged in", "this story has not been edited", "has not been edited by", "trust principles",
    "affiliate commission", "earn a commission", "subscribe now", "already a subscriber", "log in to comment",
    "login to comment", "sign in to comment", "to post a comment", "reproduction prohibited",
    "reproduced without permission", "report a problem with this", "notice a typo", "spotted an error",
    "email the author", "write to us at", "this site uses cookies", "this website uses cookies",
    "our use of cookies", "use of cookies", "agree to our", "read our privacy policy", "our privacy policy",
    "our terms of", "please click here", "click here to subscribe", "click here to sign up", "click here to read",
    "click here for more", "photo courtesy of", "the best of our journalism",
    "story continues below", "to opt out at any time", "unsubscribe at any time", "view the discussion thread",
    "if you purchase an item", "through our links", "our editorial team", "support our journalism",
    "get the latest news", "sent straight to you",
];

/// Words of a text that tells of people: a line with one of them is no note of the page.
#[rustfmt::skip]
pub(super) const SPEAKING: &[&str] = &[
    "said", "says", "told", "asked", "added", "wrote", "he", "she", "his", "her", "him", "they", "i", "my", "who",
];

/// Names that end a photo credit.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "afp", "ap", "reuters", "getty", "epa", "shutterstock", "alamy", "bloomberg", "xinhua", "tass", "ansa", "dpa",
    "corbis", "istock", "istockphoto", "pti", "ians", "upi", "wireimage",
];

/// Words of a text that tells of events: a line with one of them is no plea, but may be a note
/// ("This story has not been edited by our staff").
#[rustfmt::skip]
pub(super) const TELLING: &[&str] = &[
    "was", "were", "had", "has", "did", "would", "could", "but", "because", "after", "before", "while", "according",
    "announced",
];
