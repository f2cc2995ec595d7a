"""Puts a bed together: roles of the bases, copies, hard negatives, times, and the checks that keep the truth true."""
import collections
import random

from . import bulletins_a, bulletins_b, edits, listings, pools
from .bases import event_groups, grams, words
from .series import Series

DAY = 86400
SPAN = 13 * DAY
HOUR = 3600
COPIES = [1] * 824 + [2] * 426 + [3] * 230 + [4] * 126 + [5] * 61 + [6] * 53 + [7] * 15 + [8] * 22
FINAL = {"mojibake", "hard_wrap", "all_caps", "all_lower", "ocr1", "ocr2", "ocr3", "ocr5"}
CHAIN = {"headline", "headline_prepended", "agency_dateline", "boilerplate", "local_lead", "update", "correction", "style", "exact", "headline_removed", "dates_numbers"}
MIN_WORDS = 35


def text_of(title, paras):
    return (title + "\n" if title else "") + "\n".join(paras)


def record(ident, cluster, rel, kinds, src, base, ts, title, paras, hardneg=None, also=(), **more):
    return dict(id=ident, cluster=cluster, also=list(also), rel=rel, edits=kinds, primary=kinds[0], src=src, base=base, ts=int(ts),
                hardneg=hardneg, text=text_of(title, paras), title=title, **more)


class Maker:
    def __init__(self, bases, part, seed, sizes):
        self.r = random.Random("near-bed/%s/%d" % (part, seed))
        self.part, self.env, self.sizes = part, edits.Env(part), sizes
        self.pool = [b for b in bases if part == "all" or b["part"] == part]
        self.out, self.dropped, self.mates = [], collections.Counter(), {}

    # ---- roles and times -------------------------------------------------------------------------------------

    def roles(self):
        r = self.r
        news = [b for b in self.pool if b["src"] != "newsgroup"]
        posts = [b for b in self.pool if b["src"] == "newsgroup"]
        r.shuffle(news)
        r.shuffle(posts)
        by = {b["id"]: b for b in news}
        for g in event_groups(news, .3):
            t = r.uniform(0, SPAN - DAY)
            for i in g:
                self.mates[i] = g
                by[i]["ts"] = min(SPAN, t + r.lognormvariate(2.0, 1.2) * HOUR)
        for b in self.pool:
            b.setdefault("ts", r.uniform(0, SPAN - HOUR))
        short = [b for b in news[:120] + posts if b["words"] <= 230][:self.sizes["footer"]]
        taken = {b["id"] for b in short}
        news = [b for b in news if b["id"] not in taken]
        posts = [b for b in posts if b["id"] not in taken]
        k = self.sizes["followup"]
        own = news[:int(k * .45)] + posts[:k - int(k * .45)]
        taken = {b["id"] for b in own}
        rest = [b for b in news if b["id"] not in taken]
        event = [b for b in rest if b["id"] in self.mates and r.random() < .35]
        taken |= {b["id"] for b in event}
        base = [b for b in rest if b["id"] not in taken] + [b for b in posts if b["id"] not in taken][:self.sizes["posts"]]
        return base, event, own, short

    # ---- copies ----------------------------------------------------------------------------------------------

    def other(self, b, ts, lo, hi):
        xs = [x for x in self.bases if x is not b and 0 <= ts - x["ts"] < 48 * HOUR and lo <= x["words"] <= hi and x["id"] not in self.mates.get(b["id"], ())]
        return self.r.choice(xs) if xs else None

    def apply(self, name, b, title, paras, ts):
        """(kinds, title, paras, also) or None."""
        r = self.r
        if name == "merged":
            o = self.other(b, ts, 90, 700)
            if not o:
                return None
            cut = lambda ps: ps[:max(1, round(len(ps) * r.uniform(.5, 1)))] if len(ps) > 2 else ps
            x, y = cut(paras), cut(o["paras"])
            if min(edits.count(x), edits.count(y)) < 60 or edits.count(y) < .4 * o["words"] or edits.count(x) < .4 * b["words"]:
                return None
            two = [x, y] if r.random() < .5 else [y, x]
            head = r.choice(["News in brief", "Two stories this hour", "%s; %s" % (title or edits.headline_of(r, x), o["title"] or edits.headline_of(r, y)), title])
            return ["merged"], head, two[0] + [r.choice(["* * *", "Meanwhile:", "In other news"])] * r.randint(0, 1) + two[1], [o["id"]]
        if name == "embed":
            if r.random() < .5 and b["words"] < 400:  # in a round-up of our own
                extra = self.env.some(r, pools.STORY, 3, 6)
                extra += self.env.some(r, pools.ADDED, 1, 3) if r.random() < .5 else []
                if edits.count(extra) < .3 * b["words"]:
                    return None
                k = r.randint(0, len(extra))
                return ["embed"], r.choice(["Evening round-up", "The day in the region", title]), extra[:k] + paras + extra[k:], []
            o = self.other(b, ts, .8 * b["words"], 1200)
            if not o or b["words"] > 600:
                return None
            k = r.randint(1, len(o["paras"]))
            return ["embed"], o["title"] or r.choice(["Round-up", "Live: the day as it happened"]), o["paras"][:k] + paras + o["paras"][k:], [o["id"]]
        if name == "combo":
            ks = r.sample(edits.COMBO, r.randint(3, 5))
            last = [k for k in ks if k in FINAL][:1]
            ks = [k for k in ks if k not in FINAL] + last
            done = []
            for k in ks:
                got = edits.BY_NAME[k](r, title, paras, self.env)
                if got:
                    title, paras = got
                    done.append(k)
            return (["combo"] + done, title, paras, []) if len(done) > 2 else None
        got = edits.BY_NAME[name](r, title, paras, self.env)
        if not got:
            return None
        kinds, (title, paras) = [name], got
        if name not in FINAL and name != "exact" and r.random() < .3:
            k, f = r.choice(edits.LIGHT)
            got = f(r, title, paras, self.env)
            if got:
                title, paras = got
                kinds.append(k)
        return kinds, title, paras, []

    def delay(self):
        r = self.r
        if r.random() < .03:
            return r.uniform(72.2, 150) * HOUR, True
        while True:
            d = r.lognormvariate(.72, 1.35) * HOUR
            if 30 < d < 71 * HOUR:
                return d, False

    def copies(self, b):
        r = self.r
        plan = sorted((self.delay() for _ in range(r.choice(COPIES))))
        names, weights = [k for k, _, _ in edits.KINDS], [w for _, w, _ in edits.KINDS]
        earlier = []
        for n, (d, late) in enumerate(plan):
            title, paras, via = b["title"], b["paras"], None
            if earlier and r.random() < .12:
                via, title, paras = r.choice(earlier)
            for _ in range(6):
                name = r.choices(names, weights)[0]
                got = self.apply(name, b, title, list(paras), b["ts"] + d)
                if got:
                    break
            if not got:
                continue
            kinds, t, ps, also = got
            size = edits.count(ps)
            noisy = FINAL & set(kinds)
            kept = sum((collections.Counter(words(text_of("", ps))) & b["bag"]).values())
            if size < MIN_WORDS or (kept < MIN_WORDS and not noisy):
                self.dropped["short copy"] += 1
                continue
            rel = "contain" if also or name in ("embed", "brief", "brief_middle") or kept < .6 * b["words"] and not noisy or size < .6 * b["words"] else "near"
            if name in CHAIN and size >= .8 * b["words"]:
                earlier.append((name, t, ps))
            more = {"via": via} if via else {}
            self.out.append(record("%s~%d" % (b["id"], n), b["id"], rel, kinds + (["late"] if late else []), b["src"], b["id"], b["ts"] + d, t, ps, also=also, **more))

    def ambiguous(self):
        """Drops copies that are no less a copy of another base: an excerpt that is a quotation both stories carry."""
        index = collections.defaultdict(set)
        for b in self.pool:
            for x in b["gram"]:
                index[x].add(b["id"])
        keep = []
        for d in self.out:
            if d["rel"] in ("near", "contain"):
                g = grams(d["text"])
                hits = collections.Counter(i for x in g for i in index.get(x, ()) if i != d["base"] and i not in d["also"])
                if hits and max(hits.values()) > .3 * len(g):
                    self.dropped["ambiguous copy"] += 1
                    continue
            keep.append(d)
        self.out = keep

    # ---- hard negatives --------------------------------------------------------------------------------------

    def followup(self, own):
        """Own text with one to three paragraphs of an earlier story as background, mostly at its end."""
        r = self.r
        near = [x for x in self.mates.get(own["id"], ()) if x in self.by]
        got = []
        for _ in range(40):
            src = self.by[r.choice(near)] if near and r.random() < .8 else r.choice(self.long)
            low, limit = (.12, .35) if r.random() < .5 else (.25, .5) if r.random() < .85 else (.45, .6)
            back = [p for p in src["paras"][1:] if len(p.split()) >= 12]
            k = r.randint(1, 3)
            i = len(back) - k if r.random() < .6 else r.randint(0, max(0, len(back) - k))
            x = back[i:i + k] if i >= 0 else []
            n = edits.count(x)
            if not n or not low <= n / (n + own["words"]) <= limit or n > .5 * src["words"] or src["id"] in self.excerpted:
                continue
            g = own["gram"] | grams("\n".join(x))  # what mates share anyway counts too
            if len(g & src["gram"]) <= max(limit, .3) * min(len(g), len(src["gram"])):
                got = x
                break
        if not got:
            self.dropped["followup"] += 1
            return
        ts = src["ts"] + r.lognormvariate(2.0, 1.1) * HOUR
        ps = own["paras"]
        i = len(ps) if r.random() < .7 else r.randint(1, len(ps))
        self.out.append(record(own["id"], own["id"], "unique", ["followup"], own["src"], own["id"], min(ts, SPAN + DAY), own["title"], ps[:i] + got + ps[i:],
                               hardneg="followup", shares=src["id"], share_frac=round(edits.count(got) / (edits.count(got) + own["words"]), 3)))

    def series(self, families, hardneg):
        r = self.r
        for fam, members, make, hours in families:
            got, gap = [], hours * HOUR
            count = -(-members * gap // SPAN) if hours else members
            towns = r.sample(self.env.half(pools.TOWN), len(self.env.half(pools.TOWN)))
            firms = [x + " " + r.choice(pools.KIND) for x in r.sample(self.env.half(pools.FIRM), len(self.env.half(pools.FIRM)))]
            for k in range(count):
                n = members // count + (k < members % count)
                s = Series(r, self.env, towns[k % len(towns)], firms[k % len(firms)])
                t = r.uniform(0, max(1, SPAN - gap * n))
                for _ in range(n):
                    title, ps = make(s.at(int(t)))
                    got.append((int(t + r.uniform(0, 2) * HOUR), title, ps))
                    t += gap
            got.sort(key=lambda g: g[0])
            bags = []
            for ts, title, ps in got:
                bag = collections.Counter(words(text_of("", ps)))
                if any(sum((bag - o).values()) < 2 or sum((o - bag).values()) < 2 for o in bags) or edits.count(ps) < MIN_WORDS:
                    self.dropped["equal " + hardneg] += 1
                    continue
                bags.append(bag)
                ident = "%s-%s-%s-%d" % (hardneg[:4], self.part, fam, len(bags))
                self.out.append(record(ident, ident, "unique", [hardneg, fam], "template", None, ts, title, ps, hardneg=hardneg))
                if r.random() < .1:
                    k, f = r.choice(edits.LIGHT)
                    t2, p2 = f(r, title, ps, self.env)
                    if r.random() < .3:
                        t2, p2 = edits.syndication(r, t2, p2, self.env)
                    d, late = self.delay()
                    self.out.append(record(ident + "~0", ident, "near", ["template_dup", k] + (["late"] if late else []), "template", ident, ts + d, t2, p2))

    # ---- all -------------------------------------------------------------------------------------------------

    def make(self):
        r = self.r
        base, event, own, short = self.roles()
        self.bases, self.by = base, {b["id"]: b for b in base}
        self.long = [b for b in base if len(b["paras"]) >= 5]
        for b in base + event:
            mate = "same_event" if b["id"] in self.mates else None
            role = "base" if b["id"] in self.by else "same_event"
            self.out.append(record(b["id"], b["id"], "base" if role == "base" else "unique", [role], b["src"], b["id"], b["ts"], b["title"], b["paras"], hardneg=mate))
        for b in base:
            if r.random() < (.72 if b["src"] != "newsgroup" else self.sizes["rate"]):
                b["bag"] = collections.Counter(words(text_of("", b["paras"])))
                self.copies(b)
        self.ambiguous()
        # a brief from the middle could be just the paragraph that a follow-up borrows: then both would be right
        self.excerpted = {d["base"] for d in self.out if "brief_middle" in d["edits"]}
        for b in own:
            self.followup(b)
        foot = self.env.half(pools.FOOTERS) if self.part != "all" else pools.FOOTERS
        for b in short:
            self.out.append(record(b["id"], b["id"], "unique", ["shared_boilerplate"], b["src"], b["id"], b["ts"], b["title"], b["paras"] + [r.choice(foot)], hardneg="shared_boilerplate"))
        fams = {"a": bulletins_a.FAMILIES, "b": bulletins_b.FAMILIES, "all": bulletins_a.FAMILIES + bulletins_b.FAMILIES}[self.part]
        self.series(fams, "template")
        self.series(listings.FAMILIES.get(self.part) or listings.FAMILIES["a"] + listings.FAMILIES["b"], "listing")
        self.out.sort(key=lambda d: (d["ts"], d["id"]))
        return self.out
