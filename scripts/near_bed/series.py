"""A series: one station, desk or league that issues bulletin after bulletin with the same form and other facts."""
from . import pools

MONTHS = "January February March April May June July August September October November December".split()


class Series:
    """State of one series. `fix` keeps a fact for the whole series, `walk` moves a value by small steps."""

    def __init__(self, r, env, town, firm):
        self.r, self.env, self.keep, self.seq, self.ts = r, env, {}, 0, 0
        self.own = dict(town=town, firm=firm)

    def at(self, ts):
        self.ts, self.seq = ts, self.seq + 1
        return self

    # time, from seconds since the bed's start (a Monday, 2 March)
    @property
    def day(self):
        return pools.DAY[self.ts // 86400 % 7]

    @property
    def tomorrow(self):
        return pools.DAY[(self.ts // 86400 + 1) % 7]

    @property
    def date(self):
        return "%d March" % (2 + self.ts // 86400)

    @property
    def clock(self):
        return "%d:%02d" % (self.ts // 3600 % 24, self.ts // 300 % 12 * 5)

    # draws
    def i(self, a, b):
        return self.r.randint(a, b)

    def d(self, a, b, dp=1):
        return "%.*f" % (dp, self.r.uniform(a, b))

    def m(self, a, b):
        return f"{self.r.randint(a, b):,}"

    def hm(self, a=0, b=23):
        return "%d:%02d" % (self.r.randint(a, b), self.r.randint(0, 59))

    def of(self, *xs):
        return self.r.choice(xs)

    def name(self):
        return self.env.name(self.r)

    def town(self, n=None):
        t = self.r.sample(self.env.half(pools.TOWN), n or 1)
        return t if n else t[0]

    def firm(self, n=None):
        f = [x + " " + self.r.choice(pools.KIND) for x in self.r.sample(self.env.half(pools.FIRM), n or 1)]
        return f if n else f[0]

    def fix(self, key, f):
        if key not in self.keep:
            self.keep[key] = f()
        return self.keep[key]

    def walk(self, key, lo, hi, step, dp=2, still=0.0):
        """The next value of a bounded random walk; with probability `still` it stays as it was."""
        v = self.keep.get(key)
        if v is None:
            v = self.r.uniform(lo, hi)
        elif self.r.random() >= still:
            v = min(hi, max(lo, v + self.r.uniform(-step, step)))
        self.keep[key] = v
        return f"{v:,.{dp}f}"

    def my_town(self):
        """The place of this series; no other series of the family has it."""
        return self.own["town"]

    def my_firm(self):
        """The company of this series; no other series of the family has it."""
        return self.own["firm"]
