"""Base texts: reading, cleaning, and removing the copies that are already among them.

A base is one text nobody else in the bed repeats. Three sources: Wikinews and FNC-1 bodies (news), and the
clean parts of 20 Newsgroups posts (unrelated text). Texts that the bed to be checked against already holds
(`exclude`) are left out, and so is every text with a natural copy among the ones kept.
"""
import collections
import gzip
import json
import math
import os
import re
import zlib

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
QUOTED = re.compile(r"^\s*([>|:}#]|[A-Z]{1,4}>|\w{1,8}\s?>|\+|\*\*|==)")
ATTRIB = re.compile(r"(writes|wrote|says|said)\s*:?\s*$|^In article|^From article|^In <|^>|^Subject:|^From:|@\S+.*(writes|wrote)")


def words(text):
    """Lower-case words of a text: letters and digits, no punctuation."""
    return [w.lower() for w in WORD.findall(text)]


def grams(text, n=5):
    """The set of n-word runs of a text, as stable 32-bit numbers."""
    w = words(text)
    return {zlib.crc32(" ".join(w[i:i + n]).encode()) for i in range(max(0, len(w) - n + 1))}


def part_of(key):
    """'a' or 'b', a fixed half for every base, so that the two beds share no text."""
    return "ab"[zlib.crc32(("half:" + key).encode()) & 1]


def rows(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def paragraphs(text):
    """Text to paragraphs of one line each; blank lines or single newlines both separate."""
    out = [re.sub(r"\s+", " ", p).strip() for p in re.split(r"\n+", text.replace("\xa0", " "))]
    return [p for p in out if re.search(r"\w", p)]


def wikinews(load):
    for r in rows(os.path.join(load, "wikinews.jsonl.gz")):
        ps = paragraphs(r["body"])
        if ps and re.fullmatch(r"\w+day, \w+ \d{1,2}, \d{4}", ps[0]):
            ps = ps[1:]
        yield "wn-" + r["id"], "wikinews", r["title"], ps


def fnc(load):
    for r in rows(os.path.join(load, "fnc1-bodies.jsonl.gz")):
        yield "fn-" + r["id"], "fnc1", "", paragraphs(r["body"])


def post(body):
    """The poster's own prose: no mail header, quoted lines, attribution, signature, code or tables."""
    if re.match(r"(From|Subject|Organization|Reply-To): ", body):
        if body.count("\t") > body.count("\n"):
            body = body.replace("\t", "\n")
        body = body.split("\n\n", 1)[-1]
    body = re.split(r"\n-- ?\n|\n-{4,}|\n_{4,}|\n={4,}|\n\*{4,}", body)[0]
    out = []
    for block in re.split(r"\n\s*\n", body):
        lines = [x.strip() for x in block.split("\n") if x.strip()]
        lines = [x for x in lines if not QUOTED.match(x) and not ATTRIB.search(x)]
        if not lines or (len(lines) > 2 and max(map(len, lines)) < 45):
            continue
        p = re.sub(r"\s+", " ", " ".join(lines))
        letters = sum(c.isalpha() or c == " " for c in p)
        if letters / len(p) >= 0.88 and len(p.split()) >= 6 and "@" not in p:
            out.append(p)
    return out


def newsgroups(load):
    for r in rows(os.path.join(load, "20newsgroups.jsonl.gz")):
        title = re.sub(r"^((re|fwd?)\s*:\s*)+", "", r["title"].strip(), flags=re.I)
        yield "ng-" + r["id"].replace("/", "-"), "newsgroup", title, post(r["body"])


def drop_frequent_lines(items, limit=3):
    """Paragraphs that stand in `limit` or more texts of a source are furniture or signatures: out."""
    seen = collections.Counter(p for _, _, _, ps in items for p in set(ps))
    return [(i, s, t, [p for p in ps if seen[p] < limit]) for i, s, t, ps in items]


def load_bases(load, exclude, low=60, high=1600):
    """All bases, distinct. Each is a dict: id src title paras words part gram (5-word runs)."""
    blocked = []
    if exclude:
        for r in rows(exclude):
            if r["src"] == "fnc1":
                blocked.append(grams(r["text"]))
    items = []
    for source in (wikinews, fnc, newsgroups):
        items += drop_frequent_lines(list(source(load)))
    index, sizes = collections.defaultdict(list), []

    def near(g):
        hits = collections.Counter(j for x in g for j in index.get(x, ()))
        for j, c in hits.items():
            small, union = min(len(g), sizes[j]), len(g) + sizes[j] - c
            if c > 0.22 * max(small, 20) or c > 0.15 * union or c > 60:
                return True
        return False

    def add(g):
        for x in g:
            index[x].append(len(sizes))
        sizes.append(len(g))

    for g in blocked:
        add(g)
    bases, index3, sizes3 = [], collections.defaultdict(list), []

    def reposted(g):
        """A post written anew by the same hand shares few 5-word runs but many 3-word runs."""
        hits = collections.Counter(j for x in g for j in index3.get(x, ()))
        return any(c > 0.22 * min(len(g), sizes3[j]) for j, c in hits.items())

    for key, src, title, ps in items:
        text = "\n".join(ps)
        n = len(text.split())
        if not (low if src != "newsgroup" else 75) <= n <= high or not ps:
            continue
        g = grams(text)
        if len(g) < 0.8 * (n - 5) - 5 or near(g):  # a text that repeats itself is no good base
            continue
        if src == "newsgroup":
            g3 = grams(text, 3)
            if reposted(g3):
                continue
            for x in g3:
                index3[x].append(len(sizes3))
            sizes3.append(len(g3))
        add(g)
        bases.append(dict(id=key, src=src, title=title, paras=ps, words=n, part=part_of(key), gram=g))
    return bases


def event_groups(bases, bound=0.22):
    """Groups of news bases about one event: idf-weighted cosine of names and numbers in the text.

    Only a proposal: the texts are distinct by construction, so whether two of them tell of one event changes
    the label of the hard negative and not its truth.
    """
    terms = []
    for b in bases:
        t = collections.Counter(w.lower() for w in re.findall(r"(?<![.!?] )\b(?:[A-Z][a-z]{2,}|\d[\d,.]*\d)\b", " ".join(b["paras"])))
        terms.append(t)
    df = collections.Counter(w for t in terms for w in t)
    n, inv, vec = len(bases), collections.defaultdict(list), []
    for i, t in enumerate(terms):
        v = {w: (1 + math.log(c)) * math.log(n / df[w]) for w, c in t.items() if df[w] > 1}
        norm = math.sqrt(sum(x * x for x in v.values())) or 1.0
        vec.append({w: x / norm for w, x in v.items()})
    parent = list(range(n))

    def find(x):
        while parent[x] != x:
            x = parent[x]
        return x

    for i, v in enumerate(vec):
        dots = collections.Counter()
        for w, x in sorted(v.items()):
            for j, y in inv[w]:
                dots[j] += x * y
        best = sorted(dots.items(), key=lambda p: (-p[1], p[0]))[:1]
        if best and best[0][1] >= bound:
            parent[find(i)] = find(best[0][0])
        for w, x in v.items():
            inv[w].append((i, x))
    groups = collections.defaultdict(list)
    for i in range(n):
        groups[find(i)].append(bases[i]["id"])
    return [g for g in groups.values() if len(g) > 1]
