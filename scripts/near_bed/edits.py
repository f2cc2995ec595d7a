"""Edits: what newsrooms, converters and scanners do to a text on its way from one page to the next.

Each edit takes (rng, title, paras, env) and returns (title, paras), or None where the text does not allow it.
`env` draws invented names and sentences of the bed's own part.
"""
import re

from . import pools
from .bases import WORD

ABBR = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Rep|Gen|Lt|Col|Sgt|Jr|Sr|vs|No|Inc|Co|Corp|Ltd|Jan|Feb|Aug|Sept|Oct|Nov|Dec|etc|e\.g|i\.e)|\b[A-Z])\.$")
SYN = {}
for _e in pools.SYNONYM.split():
    _k, _v = _e.split("=")
    if "_" not in _k:
        SYN[_k] = [x.replace("_", " ") for x in _v.split("|")]
UK = dict(color="colour", center="centre", labor="labour", favor="favour", organization="organisation", realize="realise",
          recognize="recognise", defense="defence", program="programme", traveled="travelled", gray="grey", theater="theatre",
          behavior="behaviour", honor="honour", neighbor="neighbour", apologize="apologise", criticize="criticise", meter="metre")
UK.update({v: k for k, v in list(UK.items())})
LOOK = dict(l=["1", "I", "i"], i=["l", "1", "j"], o=["0", "c"], e=["c", "o"], c=["e", "o"], a=["o", "u"], s=["5", "a"], b=["h", "6"],
            h=["b", "li"], n=["u", "ri", "r"], u=["n", "ii", "v"], m=["rn", "nn", "in"], d=["cl", "ol"], w=["vv", "v"], g=["q", "9"],
            q=["g"], f=["t", "I"], t=["f", "l", "r"], r=["n", "i", "v"], y=["v", "j"], v=["y", "r"], k=["lc", "h"], p=["n", "D"],
            S=["5", "8"], B=["8", "3"], O=["0", "Q"], I=["l", "1"], E=["F", "B"], M=["IVI", "N"], D=["O", "0"], G=["6", "C"], T=["I", "F"])
LOOK.update({"0": ["O", "o"], "1": ["l", "I"], "5": ["S"], "8": ["B", "3"], "6": ["b", "G"], ",": [".", ""], ".": [",", "", " "]})
MONTHS = "January February March April May June July August September October November December".split()
SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


def sentences(p):
    """Split a paragraph into sentences, minding abbreviations and initials."""
    out, start = [], 0
    for m in re.finditer(r"[.!?][\"'”’)]*\s+(?=[A-Z0-9\"“‘(\[])", p):
        head = p[start:m.end()].rstrip()
        if ABBR.search(p[start:m.start() + 1]):
            continue
        out.append(head)
        start = m.end()
    if p[start:].strip():
        out.append(p[start:].strip())
    return out


def count(paras):
    return sum(len(p.split()) for p in paras)


def each(paras, f):
    return [f(p) for p in paras]


class Env:
    """Invented names and sentences of one part."""

    def __init__(self, part):
        k = 0 if part == "a" else 1
        self.half = lambda xs: xs[k::2]
        self.k = k

    def name(self, r):
        return r.choice(self.half(pools.FIRST)) + " " + r.choice(self.half(pools.LAST))

    def fill(self, r, s):
        town, town2 = r.sample(self.half(pools.TOWN), 2)
        return s.format(name=self.name(r), name2=self.name(r), town=town, town2=town2, day=r.choice(pools.DAY), n=r.randint(14, 980),
                        age=r.randint(19, 88), h=r.randint(2, 12), m=r.randint(10, 59), agency=r.choice(self.half(pools.AGENCY)),
                        firm=r.choice(self.half(pools.FIRM)) + " " + r.choice(pools.KIND))

    def some(self, r, pool, lo, hi):
        xs = self.half(pool)
        return [self.fill(r, s) for s in r.sample(xs, min(len(xs), r.randint(lo, hi)))]


# ---- heads, datelines, furniture ------------------------------------------------------------------------------

def headline_of(r, paras):
    w = re.sub(r"^[A-Z ,.]+\([^)]*\)\s*[-–—]+\s*", "", paras[0]).split()[:r.randint(5, 9)]
    t = " ".join(w).rstrip(",.;:")
    return r.choice([t.upper(), t, t.title()])


def dateline(r, env):
    town = r.choice(env.half(pools.TOWN))
    ag = r.choice(env.half(pools.AGENCY))
    d = "%s %d" % (r.choice(MONTHS), r.randint(1, 28))
    return r.choice(["%s (%s) -- " % (town.upper(), ag), "%s, %s (%s) – " % (town, d, ag), "(%s) %s: " % (ag, town), "%s, %s. /%s/. " % (town.upper(), d, ag.upper()), "By our correspondent in %s - " % town])


def byline(r, env):
    return r.choice(["Words by %s" % env.name(r), "%s, %s" % (env.name(r), r.choice(env.half(pools.AGENCY))), "%s reports from %s" % (env.name(r), r.choice(env.half(pools.TOWN))),
                     "Published %d:%02d, %d %s" % (r.randint(0, 23), r.randint(0, 59), r.randint(1, 28), r.choice(MONTHS)), "By %s and %s" % (env.name(r), env.name(r))])


def headline(r, t, ps, env):
    t2 = r.choice(["In brief: ", "Analysis: ", "JUST IN: ", "Update: ", ""]) + headline_of(r, ps[-1:] if r.random() < .3 else ps)
    if r.random() < .5:
        ps = [byline(r, env)] + ps
    if r.random() < .4:
        i = 1 if len(ps) > 1 else 0
        ps = ps[:i] + [dateline(r, env) + ps[i]] + ps[i + 1:]
    return t2, ps


def headline_prepended(r, t, ps, env):
    head = headline_of(r, ps)
    return (t or head), ([head] if t else []) + ([byline(r, env)] if r.random() < .4 else []) + ps


def headline_removed(r, t, ps, env):
    return ("", ps) if t else None


def agency_dateline(r, t, ps, env):
    return t, [dateline(r, env) + ps[0]] + ps[1:]


def syndication(r, t, ps, env):
    ps = list(ps)
    for ad in r.sample(env.half(pools.ADS), r.randint(2, 6)):
        ps.insert(r.randint(0, len(ps)), ad)
    ps += env.some(r, pools.SYND, 1, 2)
    if r.random() < .3:
        ps.append(r.choice(env.half(pools.FOOTERS)))
    return t, ps


# ---- shorter, longer, other order -----------------------------------------------------------------------------

def truncated(r, t, ps, env):
    if len(ps) < 3:
        return None
    k = max(1, round(len(ps) * r.uniform(.3, .85)))
    ps = ps[:k]
    if r.random() < .4:
        w = ps[-1].split()
        if len(w) > 14:
            ps = ps[:-1] + [" ".join(w[:r.randint(len(w) // 2, len(w) - 2)]) + r.choice(["...", "…", " [...]", "... Read on"])]
    return t, ps


def abridged(r, t, ps, env):
    rate, out = r.uniform(.2, .5), []
    for i, p in enumerate(ps):
        s = [x for j, x in enumerate(sentences(p)) if (i == 0 and j == 0) or r.random() > rate]
        if s:
            out.append(" ".join(s))
    return (t, out) if count(out) < .9 * count(ps) else None


def take(ss, lo, hi):
    out = []
    for s in ss:
        if count(out) + len(s.split()) > hi:
            break
        out.append(s)
        if count(out) >= lo:
            break
    return [" ".join(out)] if lo * .8 <= count(out) <= hi else None


def brief(r, t, ps, env):
    ss = [s for p in ps for s in sentences(p)]
    out = take(ss, 45, 75)
    return (t if r.random() < .5 else headline_of(r, ps), out) if out and count(ps) > 110 else None


def brief_middle(r, t, ps, env):
    ss = [s for p in ps for s in sentences(p)]
    if len(ss) < 8 or count(ps) < 150:
        return None
    out = take(ss[r.randint(3, max(3, len(ss) - 5)):], 45, 75)
    return (t if r.random() < .3 else "", out) if out else None


def local_lead(r, t, ps, env):
    return t, env.some(r, pools.LOCAL, 1, 3) + ps


def reorder(r, t, ps, env):
    if len(ps) < 4:
        return None
    q = ps[1:]
    if r.random() < .5:
        r.shuffle(q)
    else:
        k = r.randint(1, len(q) - 1)
        q = q[k:] + q[:k]
    return t, [ps[0]] + q if r.random() < .7 else q + [ps[0]]


def sentence_merge_split(r, t, ps, env):
    """Join neighbouring sentences with a conjunction, split others at ', and' / ', but' / ', which'."""
    out = []
    for p in ps:
        ss, i, new = sentences(p), 0, []
        while i < len(ss):
            s = ss[i]
            if i + 1 < len(ss) and r.random() < .3 and re.match(r"[A-Z][a-z]", ss[i + 1]) and s.endswith("."):
                n = ss[i + 1]
                first = n.split()[0]
                n = n[0].lower() + n[1:] if first in ("The", "A", "An", "He", "She", "They", "It", "This", "That", "In", "But", "There", "His", "Her", "We") else n
                new.append(s[:-1] + r.choice([", and ", "; ", ", while "]) + n)
                i += 2
                continue
            m = re.search(r", (and|but|which|who) (?=\w+ \w+ \w+)", s)
            if m and r.random() < .6:
                a, b = s[:m.start()] + ".", s[m.end():]
                new += [a, {"and": "", "but": "However, ", "which": "This ", "who": "This person "}[m.group(1)] + (b if m.group(1) != "and" else b[0].upper() + b[1:])]
            else:
                new.append(s)
            i += 1
        out.append(" ".join(new))
    return (t, out) if out != ps else None


def self_repeat(r, t, ps, env):
    k = r.randint(max(1, len(ps) // 2), len(ps))
    i = r.randint(0, len(ps) - k)
    return t, ps + [r.choice(["Read next", "Continue reading", "Also in this edition"])] * r.randint(0, 1) + ps[i:i + k]


# ---- updates and corrections ----------------------------------------------------------------------------------

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w]|\.\d)")


def other_number(r, s):
    v = s.replace(",", "")
    if re.fullmatch(r"(19|20)\d\d", v):
        return s
    if "." in v:
        return "%.*f" % (len(v.split(".")[1]), float(v) * r.uniform(1.02, 1.4))
    x = int(v[:15])
    x = x + r.randint(1, 3) if x < 15 else int(x * r.uniform(1.03, 1.5)) + 1
    return f"{x:,}" if "," in s else str(x)


def update(r, t, ps, env):
    t = t or headline_of(r, ps)
    rate = r.uniform(.3, .8)
    ps = each(ps, lambda p: NUMBER.sub(lambda m: other_number(r, m.group()) if r.random() < rate else m.group(), p))
    for s in env.some(r, pools.ADDED, 1, 3):
        ps.insert(r.randint(0, min(4, len(ps))), s)
    if len(ps) > 6 and r.random() < .4:
        del ps[r.randint(3, len(ps) - 1)]
    n = r.randint(1, 6)
    t = r.choice(["UPDATE %d-" % n, "UPDATE %d - " % n, "WRAP %d-" % n, "2nd LD ", "LEAD %d " % n]) + t
    return t, ps


def correction(r, t, ps, env):
    t = t or headline_of(r, ps)
    ps, where = list(ps), r.randrange(len(ps))
    hits = [(i, m) for i, p in enumerate(ps) for m in re.finditer(r"(?<![\w.,])\d+(?![\w.,])|(?<=[a-z] )[A-Z][a-z]{3,}", p)]
    if hits:
        where, m = r.choice(hits)
        new = other_number(r, m.group()) if m.group()[0].isdigit() else r.choice(env.half(pools.LAST))
        ps[where] = ps[where][:m.start()] + new + ps[where][m.end():]
    note = r.choice(["(Corrects detail in paragraph %d)", "Correction: an earlier version of this article was wrong in paragraph %d. This has been put right.", "This version corrects paragraph %d; the rest of the text is unchanged."]) % (where + 1)
    ps = [note] + ps if r.random() < .5 else ps + [note]
    return r.choice(["CORRECTED: ", "CORRECTED-", "REFILE-", "(Corrected) "]) + t, ps


# ---- wording --------------------------------------------------------------------------------------------------

def reword(r, p, rate):
    """Replace words by synonyms until `rate` of the words is changed, as far as the table goes."""
    ms = [m for m in WORD.finditer(p) if m.group().lower() in SYN and "-" not in p[max(0, m.start() - 1):m.start()] + p[m.end():m.end() + 1]]
    want = round(rate * len(p.split()))
    r.shuffle(ms)
    done = {m.start(): m for m in ms[:want]}
    out, end = [], 0
    for s in sorted(done):
        m = done[s]
        v = r.choice(SYN[m.group().lower()])
        if m.group()[0].isupper():
            v = v[0].upper() + v[1:]
        out += [p[end:s], v]
        end = m.end()
    return "".join(out) + p[end:]


def attribution(r, s):
    """'Words, he said.' becomes 'He said: words.' and the other way round."""
    m = re.fullmatch(r"(.{20,}), ((?:[A-Z]?\w+ ){1,3}(?:said|says|reported|told \w+))\.", s)
    if m and "\"" not in s and "“" not in s:
        who = m.group(2)
        return who[0].upper() + who[1:] + " that " + m.group(1)[0].lower() + m.group(1)[1:] + "."
    m = re.fullmatch(r"((?:[A-Z]\w+ ){1,3}(?:said|says)) (?:that )?(.{20,})\.", s)
    if m and "\"" not in s and "“" not in s:
        return m.group(2)[0].upper() + m.group(2)[1:] + ", " + m.group(1) + "."
    return s


CONTRACT = [("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("’re", " are"), ("n’t", " not"), ("’ve", " have"), ("’ll", " will")]
LEAD_IN = ["Meanwhile, ", "In addition, ", "Moreover, ", "As it happens, ", "For its part, ", "Overall, ", "It was noted that "]


def loosen(r, s):
    """Contractions spelt out, adverbs dropped, a word put before the sentence."""
    for a, b in CONTRACT:
        s = re.sub(r"(?<=[a-z])(?<!wo)(?<!ca)" + a + r"\b", b, s)
    s = re.sub(r" (?!only|early|family|reply|supply|apply|July|Italy|likely)[a-z]{3,}ly(?= [a-z])", lambda m: "" if r.random() < .4 else m.group(), s)
    m = re.match(r"(The|A|An|This|That|He|She|They|It|We|In|There) ", s)
    if m and r.random() < .3:
        s = r.choice(LEAD_IN) + s[0].lower() + s[1:]
    return s


def rewrite(r, t, ps, env):
    rate, out = r.uniform(.2, .3), []
    for p in ps:
        out.append(" ".join(loosen(r, reword(r, attribution(r, s) if r.random() < .6 else s, rate)) for s in sentences(p)))
    return (reword(r, t, rate), out)


def paraphrase_one(r, t, ps, env):
    where = [i for i, p in enumerate(ps) if len(p.split()) > 12]
    if not where:
        return None
    ps, i = list(ps), r.choice(where)
    ss = sentences(ps[i])
    j = r.randrange(len(ss))
    w = reword(r, ss[j], .5)
    if ", " in w:
        a, b = w.rstrip(".").split(", ", 1)
        w = b[0].upper() + b[1:] + ", " + a[0].lower() + a[1:] + "."
    ss[j] = w
    ps[i] = " ".join(ss)
    return t, ps


def spelling_typos(r, t, ps, env):
    def word(m):
        w = m.group()
        if w.lower() in UK:
            v = UK[w.lower()]
            return v[0].upper() + v[1:] if w[0].isupper() else v
        if len(w) > 4 and r.random() < rate:
            i = r.randrange(1, len(w) - 2)
            return r.choice([w[:i] + w[i + 1] + w[i] + w[i + 2:], w[:i] + w[i + 1:], w[:i] + w[i] + w[i:], w[:i] + r.choice("aeioustrn") + w[i + 1:]])
        return w
    rate = r.uniform(.01, .05)
    return t, each(ps, lambda p: WORD.sub(word, p))


# ---- typography -----------------------------------------------------------------------------------------------

def straight(p):
    return p.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "--").replace("…", "...")


def curly(p):
    p = re.sub(r'(^|[\s(\[])"', r"\1“", p).replace('"', "”")
    p = re.sub(r"(^|[\s(\[“])'", r"\1‘", p).replace("'", "’")
    return re.sub(r" -{1,2} ", " — ", p).replace("...", "…")


def quotes(r, t, ps, env):
    kind = r.randrange(4)
    f = [straight, curly, lambda p: curly(p).replace("“", "«").replace("”", "»"), lambda p: re.sub(r" [—–-]+ ", "–", re.sub('["“”]', "''", p))][kind]
    return f(t), each(ps, f)


def style(r, t, ps, env):
    """House style: currencies, per cent, quotes, dashes, abbreviations."""
    bn = r.choice(["bn", " billion", "B"])

    def f(p):
        p = re.sub(r"\b(\d[\d.,]*) ?(?:percent|per cent|pct|%)", lambda m: m.group(1) + pct, p)
        p = re.sub(r"(\d)%", lambda m: m.group(1) + pct, p)
        p = re.sub(r"\$ ?(\d[\d.,]*\d|\d) ?(billion|bn|million|m\b|mn)?", lambda m: m.group(1) + (" " + m.group(2).replace("bn", "billion") if m.group(2) and len(m.group(2)) > 1 else " million" if m.group(2) else "") + " dollars", p) if spell else re.sub(r"\b(\d[\d.,]*) (billion|million) dollars\b", lambda m: "$" + m.group(1) + (bn if m.group(2) == "billion" else "m"), p)
        p = re.sub(r"\b(\d[\d.]*) (billion)\b", lambda m: m.group(1) + bn, p) if not spell else p
        p = re.sub(r"\bU\.S\.(?=\W)", "US", p) if dots else re.sub(r"\bUS\b", "U.S.", p)
        p = re.sub(r"\b(Mr|Mrs|Ms|Dr)\. ", r"\1 ", p)
        return curly(p) if cur else straight(p)
    pct, spell, dots, cur = r.choice([" per cent", "%", " percent", " pct"]), r.random() < .6, r.random() < .5, r.random() < .5
    return f(t), each(ps, f)


def dates_numbers(r, t, ps, env):
    """Other forms of the same dates and numbers: '3 March', '3/3', '1,000' / '1000' / '1 000', 'five' / '5', clock times."""
    sep, iso, words_, h24 = r.choice(["", " ", ".", ","]), r.randrange(3), r.random() < .5, r.random() < .5

    def f(p):
        def date(m):
            mo, d = (m.group(1), m.group(2)) if m.group(1) else (m.group(4), m.group(3))
            i = [k for k, x in enumerate(MONTHS) if x.startswith(mo[:3])][0] + 1
            return ["%s %s" % (d, MONTHS[i - 1]), "%s. %s" % (MONTHS[i - 1][:3], d), "%02d/%02d" % (int(d), i)][iso]
        mon = "(" + "|".join(MONTHS) + ")"
        p = re.sub(r"\b" + mon + r" (\d{1,2})(?:st|nd|rd|th)?\b|\b(\d{1,2})(?:st|nd|rd|th)? " + mon + r"\b", date, p)
        p = re.sub(r"\b(\d{1,3}),(\d{3})\b", lambda m: m.group(1) + sep + m.group(2), p)
        if words_:
            p = re.sub(r"(?<![\d.,:/$£€-])\b([2-9]|1[0-2])\b(?![\d.,:/%-])", lambda m: SMALL[int(m.group())], p)
        else:
            p = re.sub(r"\b(" + "|".join(SMALL[2:]) + r")\b", lambda m: str(SMALL.index(m.group())), p)
        p = re.sub(r"\b(\d{1,2}):(\d\d) ?p\.?m\.?", lambda m: "%d%s%s" % (int(m.group(1)) % 12 + 12, ":" if h24 else ".", m.group(2)), p)
        return p
    out = each(ps, f)
    return (f(t), out) if out != ps else None


def whitespace(r, t, ps, env):
    k = r.randrange(3)
    if k == 0:
        return t, each(ps, lambda p: re.sub(r"(?<=[.!?]) ", lambda m: r.choice([" ", "  ", "\xa0"]), p))
    if k == 1:
        return t, [" ".join(ps)]
    return t, [s for p in ps for s in sentences(p)]


def mojibake(r, t, ps, env):
    """UTF-8 bytes read as cp1252."""
    def f(s):
        return "".join(bytes([b]).decode("cp1252", "ignore") or r.choice(["\x9d", "", "?"]) if b > 127 else chr(b) for b in s.encode("utf-8"))
    q = each(ps, curly)
    if sum(ord(c) > 127 for p in q for c in p) < 3:
        q = each(q, lambda p: re.sub(r" - |, (?=who|which|but)", " — ", p).replace("cafe", "café").replace(". ", ".\xa0"))
    return f(curly(t)), each(q, f)


def hard_wrap(r, t, ps, env):
    width, out = r.randint(60, 80), []
    for p in ps:
        line, lines = "", []
        for w in p.split(" "):
            if line and len(line) + 1 + len(w) > width:
                lines.append(line)
                line = w
            else:
                line = (line + " " + w).strip()
            if r.random() < .004 and len(w) > 8 and line.endswith(w):
                lines.append(line[:-3] + "-")
                line = line[-3:]
        out.append("\n".join(lines + [line]) + ("\n" if r.random() < .9 else ""))
    return t, out


def all_caps(r, t, ps, env):
    return t.upper(), each(ps, str.upper)


def all_lower(r, t, ps, env):
    return t.lower(), each(ps, str.lower)


def ocr(rate):
    def noise(r, s):
        out = []
        for c in s:
            x = r.random()
            if x >= rate:
                out.append(c)
                continue
            k = r.random()
            if c == " ":
                out.append("" if k < .6 else r.choice(["  ", " . ", " ' "]))
            elif k < .62:
                out.append(r.choice(LOOK.get(c, [c.swapcase(), ""])))
            elif k < .78:
                out.append("")
            elif k < .9:
                out.append(c + " ")
            else:
                out.append(c + r.choice(["'", ".", ",", "-", "~", "i", "l"]))
        return "".join(out)

    def f(r, t, ps, env):
        return (noise(r, t) if r.random() < .5 else t), each(ps, lambda p: noise(r, p))
    return f


def exact(r, t, ps, env):
    return t, list(ps)


def fmt(r, t, ps, env):
    return whitespace(r, *quotes(r, t, ps, env), env)


# name, share of the copies, function; `merged`, `embed` and `combo` are made in stream.py, for they need other bases
KINDS = [("exact", 5, exact), ("headline", 6, headline), ("headline_prepended", 3, headline_prepended), ("headline_removed", 4, headline_removed),
         ("agency_dateline", 3, agency_dateline), ("boilerplate", 7, syndication), ("trunc_para", 6, truncated), ("abridged", 7, abridged),
         ("brief", 6, brief), ("brief_middle", 8, brief_middle), ("local_lead", 6, local_lead), ("reorder", 6, reorder),
         ("sentence_merge_split", 4, sentence_merge_split), ("selfrepeat", 3, self_repeat), ("update", 8, update), ("correction", 4, correction),
         ("rewrite", 6, rewrite), ("paraphrase1", 4, paraphrase_one), ("spelling_typos", 4, spelling_typos), ("format", 3, fmt), ("style", 4, style),
         ("dates_numbers", 9, dates_numbers), ("mojibake", 4, mojibake), ("hard_wrap", 4, hard_wrap), ("all_caps", 3, all_caps), ("all_lower", 3, all_lower),
         ("ocr1", 3, ocr(.01)), ("ocr2", 3, ocr(.02)), ("ocr3", 3, ocr(.03)), ("ocr5", 3, ocr(.05)), ("merged", 5, None), ("embed", 5, None), ("combo", 9, None)]
BY_NAME = {k: f for k, _, f in KINDS}
LIGHT = [("byline", lambda r, t, ps, e: (t, [byline(r, e)] + ps)), ("quotes", quotes), ("whitespace", whitespace), ("dateline", agency_dateline), ("headline", headline)]
COMBO = ["headline", "agency_dateline", "boilerplate", "trunc_para", "abridged", "local_lead", "reorder", "update", "paraphrase1", "spelling_typos", "style",
         "dates_numbers", "sentence_merge_split", "ocr1", "all_caps", "mojibake", "hard_wrap"]
