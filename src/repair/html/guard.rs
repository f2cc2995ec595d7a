//! A guard before the HTML parser: one linear pass that takes out what would make it slow.
//!
//! The parser and the search for main content are quadratic in the depth of the tree, in the number of attributes of
//! one element, and in the number of formatting elements that are left open. None of these is large in an honest page.
//! So elements deeper than [`MAX_DEPTH`] lose their tags and keep their text, a tag is cut after
//! [`MAX_SEPARATORS`] signs that may part attributes, and formatting elements lose theirs (the parser itself then keeps at most three of a
//! kind open). Drawings and formulas (`svg`, `math`) go: they hold no prose.

/// Elements that can be open at once; honest pages have fewer than 50.
const MAX_DEPTH: usize = 100;

/// A tag is cut at the so manyth sign that may part two attributes; honest tags have fewer than 100.
const MAX_SEPARATORS: usize = 400;

/// An end tag is matched with one of so many open elements at most, so that a wrong one costs little.
const LOOK_BACK: usize = 64;

/// Elements without content.
const VOID: [&str; 17] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements that the parser closes by itself, so that they do not nest.
const SELF_CLOSING: [&str; 19] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "option",
    "optgroup", "rt", "rp", "html", "head", "body",
];

/// Elements whose content is text up to their own end tag.
const RAW_TEXT: [&str; 9] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

/// Elements that the parser opens again when they are not closed, and whose attributes nobody needs.
const FORMATTING: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements within a line: where their tags go, no line ends.
const INLINE: [&str; 12] =
    ["a", "abbr", "cite", "del", "ins", "label", "mark", "q", "span", "sub", "sup", "time"];

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The page with its depth and attributes bounded; see the module.
pub(super) fn tame(html: &str) -> String {
    let mut guard =
        Guard { html, out: String::with_capacity(html.len()), open: Vec::new(), no_end_of: Vec::new() };
    guard.run();
    guard.out
}

struct Guard<'a> {
    html: &'a str,
    out: String,
    /// Names of the open elements; those from [`MAX_DEPTH`] on have lost their tags.
    open: Vec<&'a str>,
    /// Elements for which no end tag follows any more, so that each is looked for in vain only once.
    no_end_of: Vec<&'static str>,
}

impl<'a> Guard<'a> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', &self.html.as_bytes()[at..]) {
            self.out.push_str(&self.html[at..at + found]);
            at = self.markup(at + found);
        }
        self.out.push_str(&self.html[at..]);
    }

    /// Reads what begins with the `<` at `at`, and gives the place behind it.
    fn markup(&mut self, at: usize) -> usize {
        let html = self.html;
        let rest = &html[at + 1..];
        if rest.starts_with("!--") {
            // A comment says nothing; an open one swallows the rest, as the parser would have it.
            let body = at + 4;
            return html[body..].find("-->").map_or(html.len(), |end| body + end + 3);
        }
        let (closing, name_at) = if rest.starts_with('/') { (true, at + 2) } else { (false, at + 1) };
        let name_length =
            html[name_at..].bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        let name = &html[name_at..name_at + name_length.unwrap_or(html.len() - name_at)];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            // No tag: a doctype, an odd comment or a mere "<". The parser deals with it.
            self.out.push('<');
            return at + 1;
        }
        let Some((end, attributes_end)) = tag_end(html, name_at + name.len()) else {
            // The page ends within the tag, so the tag is void.
            return html.len();
        };
        if closing {
            self.end_tag(name);
            return end;
        }
        if is_one_of(name, &["svg", "math"])
            && let Some(after) = self.behind_end_tag(name, end)
        {
            return after;
        }
        self.start_tag(name, &html[name_at + name.len()..attributes_end]);
        if is_one_of(name, &RAW_TEXT) {
            let text_end = self.end_tag_at(name, end).unwrap_or(html.len());
            self.out.push_str(&html[end..text_end]);
            return text_end;
        }
        end
    }

    fn start_tag(&mut self, name: &'a str, attributes: &str) {
        let nests = !is_one_of(name, &VOID) && !is_one_of(name, &SELF_CLOSING) && !is_one_of(name, &RAW_TEXT);
        if nests && self.open.len() >= MAX_DEPTH {
            self.part_lines(name);
        } else {
            self.out.push('<');
            self.out.push_str(name);
            if !is_one_of(name, &FORMATTING) {
                self.out.push_str(attributes);
            }
            self.out.push('>');
        }
        if nests {
            self.open.push(name);
        }
    }

    fn end_tag(&mut self, name: &str) {
        let matching =
            self.open.iter().rev().take(LOOK_BACK).position(|open| open.eq_ignore_ascii_case(name));
        if let Some(back) = matching {
            self.open.truncate(self.open.len() - 1 - back);
            if self.open.len() >= MAX_DEPTH {
                self.part_lines(name);
                return;
            }
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Stands for a tag that goes: text of two blocks must not run together.
    fn part_lines(&mut self, name: &str) {
        if !is_one_of(name, &INLINE) && !is_one_of(name, &FORMATTING) {
            self.out.push_str("<br>");
        }
    }

    /// Where the end tag of `name` begins, from `from` on.
    fn end_tag_at(&mut self, name: &str, from: usize) -> Option<usize> {
        if is_one_of(name, &self.no_end_of) {
            return None;
        }
        let bytes = self.html.as_bytes();
        let mut at = from;
        while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
            let start = at + found;
            at = start + 2;
            let Some(found_name) = bytes.get(at..at + name.len()) else { break };
            let ends = bytes
                .get(at + name.len())
                .is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'));
            if found_name.eq_ignore_ascii_case(name.as_bytes()) && ends {
                return Some(start);
            }
        }
        let known = RAW_TEXT.iter().chain(&["svg", "math"]).find(|known| name.eq_ignore_ascii_case(known));
        self.no_end_of.extend(known.copied());
        None
    }

    fn behind_end_tag(&mut self, name: &str, from: usize) -> Option<usize> {
        let start = self.end_tag_at(name, from)?;
        memchr::memchr(b'>', &self.html.as_bytes()[start..]).map(|end| start + end + 1)
    }
}

/// From behind a tag's name: the place behind its `>`, and the place where the attributes that it may keep end.
fn tag_end(html: &str, from: usize) -> Option<(usize, usize)> {
    let mut quote = None;
    let mut value_begins = false;
    let mut separators = 0;
    let mut kept = None;
    for (i, byte) in html.as_bytes()[from..].iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if value_begins => quote = Some(*byte),
            (None, b'>') => return Some((from + i + 1, kept.unwrap_or(from + i))),
            _ => {}
        }
        if quote.is_none() {
            if *byte == b'=' {
                value_begins = true;
            } else if !byte.is_ascii_whitespace() {
                value_begins = false;
            }
            // A quotation mark here is a closing one, so a cut behind it leaves no value open.
            if byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'') {
                separators += 1;
                if separators == MAX_SEPARATORS {
                    kept = Some(from + i + 1);
                }
            }
        } else {
            value_begins = false;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, tame};

    #[test]
    fn an_honest_page_stays() {
        let page = "<!DOCTYPE html><html><body class=\"a>b\"><div id='x'><p>One<br/>two <b>three</b></div>\
                    <script>if (a<b) document.write('<div>')</script><p>1 < 2</body></html>";
        assert_eq!(tame(page), page);
    }

    #[test]
    fn deep_elements_lose_their_tags_and_keep_their_text() {
        let deep = format!("{}x{}y", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let tamed = tame(&deep);
        assert_eq!(tamed.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(tamed.matches("</div>").count(), MAX_DEPTH);
        assert!(tamed.ends_with("y") && tamed.contains('x'));
        // End tags that match nothing do not fool the count.
        let tamed = tame(&"<div></b>".repeat(1000));
        assert_eq!(tamed.matches("<div>").count(), MAX_DEPTH);
    }

    #[test]
    fn drawings_comments_and_attributes_go() {
        assert_eq!(tame("a<svg><path d=1 /></svg>b<!-- <p> -->c"), "abc");
        assert_eq!(tame("<b class=x>a</b>"), "<b>a</b>");
        let many = format!("<p {}>a", "x=1 ".repeat(10_000));
        assert!(tame(&many).len() < 4000);
    }

    #[test]
    fn pages_that_end_too_soon_are_read_to_their_end() {
        for (page, tamed) in [
            ("a<p class=\"x", "a"),
            ("a<!-- b", "a"),
            ("a<", "a<"),
            ("a</", "a</"),
            ("<script>a", "<script>a"),
        ] {
            assert_eq!(tame(page), tamed);
        }
    }
}
