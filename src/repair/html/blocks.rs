//! The text of a tree: one block per block element or line break, white space as a browser shows it.

use dom_query::NodeRef;

/// One paragraph of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Block {
    /// Its text, on one line.
    pub text: String,
    /// How many bytes of the text stand in links.
    pub linked: usize,
}

impl Block {
    /// Whether this is a menu's or a list's line: most of it links, and not as long as a paragraph. (A link that was
    /// never closed can hold the whole story.)
    pub(super) fn is_links(&self) -> bool {
        self.linked * 2 >= self.text.len() && self.text.split_whitespace().nth(24).is_none()
    }

    /// Whether this may be prose: four words or more, and most of them not in links.
    pub(super) fn is_prose(&self) -> bool {
        self.linked * 2 < self.text.len() && self.text.split_whitespace().nth(3).is_some()
    }
}

/// Elements whose content is no text of the page.
const HIDDEN: [&str; 24] = [
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "iframe",
    "object",
    "embed",
    "button",
    "select",
    "textarea",
    "input",
    "nav",
    "footer",
    "aside",
    "svg",
    "math",
    "canvas",
    "audio",
    "video",
    "dialog",
    "datalist",
    "figcaption",
    "title",
];

/// Stands for a cell outside of a table.
pub(super) const CELL: &str = "x-cell";

/// Elements within a line; every other one begins a new block.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

enum Step<'a> {
    Enter(NodeRef<'a>),
    LeaveBlock,
    LeaveLink,
}

/// The blocks below a node, in order, none empty. Walks without recursion, so depth costs no stack.
pub(super) fn blocks(root: NodeRef<'_>) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut steps = vec![Step::Enter(root)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::LeaveBlock => {
                writer.end_block();
                continue;
            }
            Step::LeaveLink => {
                writer.links -= 1;
                continue;
            }
            Step::Enter(node) => node,
        };
        if node.is_text() {
            let preserved = node.parent().is_some_and(|parent| parent.has_name("pre"));
            writer.text(&node.text(), preserved);
            continue;
        }
        if node.is_element() {
            let name = node.node_name().unwrap_or_default();
            if HIDDEN.contains(&&*name) || is_hidden(&node) {
                writer.space();
                continue;
            }
            match &*name {
                // An "a" without an address is a mere mark, often left open around half the page.
                "a" if node.has_attr("href") => {
                    writer.links += 1;
                    steps.push(Step::LeaveLink);
                }
                // Cells of a row share a line, but not a word; cells that lay a page out are blocks.
                "td" | "th" | CELL if !has_lines(&node) => writer.space(),
                name if INLINE.contains(&name) => {}
                _ => {
                    writer.end_block();
                    steps.push(Step::LeaveBlock);
                }
            }
        }
        steps.extend(node.children_it(true).map(Step::Enter));
    }
    writer.end_block();
    writer.blocks
}

/// Whether a cell holds more than one line. A look at its first nodes is enough.
fn has_lines(cell: &NodeRef<'_>) -> bool {
    cell.descendants_it().take(50).any(|node| {
        node.is_element()
            && !node.node_name().is_some_and(|name| INLINE.contains(&&*name) || HIDDEN.contains(&&*name))
    })
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style = style.to_ascii_lowercase().replace(' ', "");
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    block: Block,
    /// White space has been seen since the last word of the block.
    space: bool,
    /// How many links are open.
    links: usize,
}

impl Writer {
    fn text(&mut self, text: &str, preserved: bool) {
        // Only the white space of ASCII collapses in HTML; a no-break space is a character.
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                if preserved { self.end_block() } else { self.space() }
            }
            let mut words = line.split(|c: char| c.is_ascii_whitespace());
            if let Some(first) = words.next() {
                self.word(first);
            }
            for word in words {
                self.space();
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let before = self.block.text.len();
        if self.space && before > 0 {
            self.block.text.push(' ');
        }
        self.space = false;
        self.block.text.push_str(word);
        if self.links > 0 {
            self.block.linked += self.block.text.len() - before;
        }
    }

    fn space(&mut self) {
        self.space = true;
    }

    fn end_block(&mut self) {
        self.space = false;
        let block = std::mem::take(&mut self.block);
        if !block.text.trim().is_empty() {
            self.blocks.push(block);
        }
    }
}
