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
    "watch video", "watch more", "watch also", "also watch", "video", "listen", "listen now", "recommended",
    "recommended for you", "recommended reading", "trending", "trending now", "dont miss", "in case you missed it",
    "icymi", "you may also like", "you might also like", "gallery", "in pictures", "in pics", "photo gallery",
    "view gallery", "advertisement", "sponsored", "sponsored content", "promoted", "share", "share this",
    "share this article", "share this story", "tags", "tagged", "topics", "filed under", "posted in",
    "related tags", "photo", "photo credit", "photo courtesy", "photos courtesy", "photograph", "image",
    "image credit", "image source", "file photo", "file image", "file picture", "image caption", "media caption",
    "cover photo", "cover image", "lead image", "featured image", "feature image", "top image", "header image",
    "representative image", "representational image", "first published", "last updated", "last modified",
    "first posted", "story first published", "published on", "updated on", "copyright", "disclaimer", "follow",
    "follow us", "subscribe", "newsletter", "comments", "our standards", "follow us on", "next article",
    "next story", "previous article", "up next", "most read", "most popular", "click here", "live updates",
    "follow live", "reporting by", "editing by", "additional reporting by", "additional reporting", "sign up",
    "contact the author", "further reading", "permalink", "trackback url", "posted by",
    "trackback url for this entry", "lesen sie auch", "mehr zum thema", "lesen sie mehr", "lire aussi",
    "\u{e0} lire aussi", "a lire aussi", "voir aussi", "cr\u{e9}dit photo", "lea tambi\u{e9}n", "lee tambi\u{e9}n",
    "leer m\u{e1}s", "te puede interesar", "ver tambi\u{e9}n", "leia tamb\u{e9}m", "leia mais", "veja tamb\u{e9}m",
    "saiba mais", "cr\u{e9}dito", "leggi anche", "lees ook", "lees meer", "czytaj tak\u{17c}e",
    "zobacz tak\u{17c}e", "l\u{e4}s mer", "l\u{e4}s ocks\u{e5}", "les ogs\u{e5}", "baca juga",
    "\u{447}\u{438}\u{442}\u{430}\u{439}\u{442}\u{435} \u{442}\u{430}\u{43a}\u{436}\u{435}",
    "\u{444}\u{43e}\u{442}\u{43e}", "\u{627}\u{642}\u{631}\u{623} \u{623}\u{64a}\u{636}\u{627}",
    "\u{92f}\u{939} \u{92d}\u{940} \u{92a}\u{922}\u{93c}\u{947}\u{902}",
    "\u{76f8}\u{5173} \u{5173}\u{9605} \u{9605}\u{8bfb}", "\u{95a2}\u{9023} \u{9023}\u{8a18} \u{8a18}\u{4e8b}",
    "photos",
];

/// Line starts that no sentence of an article has.
#[rustfmt::skip]
pub(super) const SURE_STARTS: &[&str] = &[
    "more from this", "more stories from", "more stories in", "more stories on", "more stories about",
    "more news from", "more news on", "more news about", "more articles from", "more articles by", "more related",
    "read more about", "read more on", "read more at", "read more from", "read more of", "read more stories",
    "also read", "read also", "click here", "tap here", "follow us on", "follow me on", "like us on", "find us on",
    "join us on facebook", "image source", "image copyright", "image caption", "image credit", "image courtesy",
    "images courtesy", "media caption", "media playback", "video caption", "photo by", "photos by", "photo credit",
    "photo courtesy", "photos courtesy", "photograph by", "photographs by", "photo illustration by", "picture by",
    "pictures by", "file photo", "file image", "file picture", "file pic", "ap photo", "afp photo", "reuters photo",
    "reporting by", "additional reporting by", "additional reporting from", "writing by", "editing by",
    "compiled by", "with reporting by", "with additional reporting", "our standards", "copyright 0",
    "all rights reserved", "blog comments powered", "comments powered by", "comments are closed",
    "story continues below", "article continues below", "story continues after", "article continues after",
    "only the headline", "with inputs from", "with input from", "with agency inputs", "first published 0",
    "last updated", "last modified", "posted by", "posted in", "posted under", "filed under", "tagged with",
    "trending in", "trending on", "most read in", "most popular in", "most viewed in", "recommended by", "ads by",
    "you might also like", "you may also like", "you may also be interested", "you might also be interested",
    "you might be interested in", "you may be interested in", "share this article", "share this story",
    "share this post", "sign up for our", "sign up to our", "subscribe to our", "subscribe now", "sign up now",
    "download our app", "download the app", "download our", "join our newsletter", "get our", "enter your email",
    "already a subscriber", "not a subscriber", "already have an account", "be the first to comment",
    "view comments", "view all 0 comments", "leave a comment", "leave a reply", "post a comment", "add a comment",
    "have your say", "notify me of", "please enable javascript", "your email address will not", "watch the latest",
    "watch latest", "latest from", "powered by", "sponsored by", "brought to you by", "0 comments",
    "0 responses to", "0 thoughts on", "now watch", "now read", "most recent", "tap to", "related to this",
];

/// Line starts that count if one of the [`OBJECTS`] follows.
#[rustfmt::skip]
pub(super) const PLEA_STARTS: &[&str] = &[
    "more on this story", "read more related", "read the full", "read the rest of", "read the original",
    "read the entire", "read all the latest", "read all", "see all", "see more", "see also", "view all",
    "click through", "click on the", "click the", "click to", "tap the", "tap on", "scroll down", "swipe",
    "story continues", "article continues", "continue reading", "post continues", "content continues",
    "this story continues", "this article continues", "share this", "share your", "share on", "email this",
    "e mail this", "print this", "send this", "tweet this", "digg this", "bookmark this", "save this", "add this",
    "post this", "follow us", "join us on", "connect with us", "connect with me", "visit us on", "watch us on",
    "subscribe to", "subscribe for", "subscribe today", "subscribe here", "subscribe via", "sign up for",
    "sign up to", "sign up here", "sign in to", "log in to", "log in with", "login to", "login with", "register to",
    "register for", "register now", "get the latest", "get more news", "get breaking news", "get daily",
    "get todays", "get email", "get e mail", "get notified", "get stories", "get updates", "get the best",
    "get unlimited", "get full access", "get access", "join our", "join the conversation", "join the discussion",
    "download the", "install the", "install our", "buy our", "support our", "donate to", "already a",
    "already have an", "not a member", "already subscribed", "please enter your", "please enter a", "please sign",
    "please log", "please login", "please enable", "please read our", "please note that comments", "please keep",
    "please register", "please subscribe", "please share", "please click", "please send us", "please email",
    "please support", "please consider", "you must be logged in", "you need to be logged in", "you must be",
    "you have reached", "you can follow", "you can subscribe", "you can unsubscribe", "you can leave a",
    "you are currently", "you might also", "you may also", "you might be interested", "you may be interested",
    "photo illustration", "edited by", "reported by", "copyright the", "copyright by", "all content",
    "all comments", "comments are", "comments have been", "comments on this", "comments for this",
    "comments posted", "commenting on this", "the comments section", "be the first to", "show all", "show comments",
    "load comments", "write a comment", "tell us what you think", "tell us your", "let us know in the",
    "let us know what you think", "what do you think let us know", "send your", "send us your", "send us a",
    "do you have a story", "do you have a news tip", "do you have any", "do you have information", "have a story",
    "have a tip", "have a news tip", "have a question", "have you got a story", "got a story", "got a tip",
    "got a news tip", "if you have a story", "if you have been affected by", "if you enjoyed this",
    "if you liked this", "if you like this", "if you would like to", "if you wish to", "to subscribe", "to receive",
    "to read more", "to read the full", "to see more", "to comment on", "to leave a comment", "to post a comment",
    "to report", "to contact", "to get the latest", "to continue reading", "to stay up to date", "to view this",
    "to unsubscribe", "for more news", "for more stories", "for more information on this", "for more on this",
    "for the latest", "for all the latest", "for breaking news", "stay up to date", "stay updated", "stay informed",
    "stay connected", "stay in the know", "stay tuned", "keep up with", "keep up to date", "never miss",
    "dont miss a", "dont miss out", "catch up on", "catch all the", "check out our", "check out more",
    "check out all", "check out the latest", "watch more", "watch live", "watch the video", "watch our",
    "listen to our", "listen to the latest", "visit our", "visit the", "browse", "loading", "now playing",
    "now see", "the views expressed", "the opinions expressed", "opinions expressed", "views expressed",
    "this story has not been", "this story was originally", "this article was originally",
    "this post was originally", "this piece was originally", "this article originally appeared",
    "this story originally appeared", "this post originally appeared", "this article first appeared",
    "this story first appeared", "this article has been", "this story has been", "this article is",
    "this content is", "this story is", "this website", "this site", "this page", "this copy is for",
    "this material may not", "this feature is", "this video is", "this browser", "your browser",
    "your email address", "your comment", "your name", "your subscription", "we use cookies", "we use your",
    "we may earn", "we have sent", "we have more newsletters", "we and our partners", "we welcome your",
    "we want to hear from", "we want your", "we encourage", "we reserve the right", "we value your",
    "we care about your", "by clicking", "by signing up", "by submitting", "by subscribing", "by continuing",
    "by using this", "by posting", "by entering your", "by registering", "except for the headline",
    "the headline and picture", "with agencies", "agency inputs", "required fields", "mail will not",
    "first published", "originally published", "published by", "posted on", "trackback", "permalink",
    "thank you for", "thanks for", "follow the", "follow all", "follow our", "follow live", "presented by",
    "advertisement", "ad by", "most popular on", "popular in", "recommended for", "latest in", "the latest from",
    "top stories from", "top stories in", "topics related", "a version of this article", "a version of this story",
    "a version of this post", "a version of this review", "help us", "hear more", "discuss this", "discuss on",
    "report a", "report an", "report this", "request a", "submit a", "submit your", "buy this", "purchase this",
    "order a", "order your", "order reprints", "reprints", "reproduction", "republished with", "reprinted with",
    "enlarge", "expand", "toggle", "skip to", "jump to", "go to the", "return to", "back to", "turn on", "enable",
    "manage", "hide", "unlock",
];

/// What pleas, hints and notes of a page are about.
#[rustfmt::skip]
pub(super) const OBJECTS: &[&str] = &[
    "newsletter", "newsletters", "inbox", "email", "emails", "alerts", "alert", "app", "apps", "facebook",
    "twitter", "instagram", "whatsapp", "telegram", "youtube", "linkedin", "pinterest", "tiktok", "podcast",
    "podcasts", "subscribe", "subscription", "subscriber", "subscribers", "cookies", "cookie", "javascript",
    "comment", "comments", "commenting", "account", "logged", "article", "story", "stories", "post", "page", "site",
    "website", "headlines", "updates", "notifications", "feed", "rss", "here", "link", "links", "button", "below",
    "above", "advertisement", "browser", "gallery", "video", "videos", "slideshow", "coverage", "trial", "offer",
    "offers", "journalism", "policy", "terms", "privacy", "guidelines", "moderation", "moderated", "reserved",
    "copyright", "permission", "reprints", "published", "newsroom", "reporters", "editor", "editors", "letters",
    "tips", "channel", "friend", "image", "images", "photo", "photos", "caption", "conversation", "discussion",
    "syndicated", "feedback", "community", "digital", "access", "unlimited", "donate", "store", "play", "news",
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
    "click here for more", "first published", "photo courtesy of", "the best of our journalism",
    "story continues below", "to opt out at any time", "unsubscribe at any time", "view the discussion thread",
    "if you purchase an item", "through our links", "our editorial team", "support our journalism",
    "get the latest news", "sent straight to you",
];

/// Words of a text that tells something: a line with one of them is no plea.
#[rustfmt::skip]
pub(super) const TELLING: &[&str] = &[
    "said", "says", "told", "asked", "added", "wrote", "announced", "according", "he", "she", "his", "her", "him",
    "was", "were", "had", "has", "they", "did", "would", "could", "but", "because", "after", "before", "while", "i",
    "my", "who",
];

/// Names that end a photo credit.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "afp", "ap", "reuters", "getty", "epa", "pa", "shutterstock", "alamy", "bloomberg", "xinhua", "tass", "ansa",
    "dpa", "rex", "corbis", "istock", "istockphoto", "flickr", "pool", "pti", "ani", "ians", "upi", "wireimage",
    "splash", "nasa", "handout",
];
