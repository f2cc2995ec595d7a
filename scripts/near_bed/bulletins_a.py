"""Bulletin families of part a. 

Each is (name, bulletins, function of a Series to (title, paragraphs), hours from one of a series to the next; 0: no series)."""


def tides(s):
    t = s.my_town()
    h = [s.hm(0, 5), s.hm(6, 11), s.hm(12, 17), s.hm(18, 23)]
    lv = [s.d(.4, 1.6), s.d(4.1, 6.2), s.d(.4, 1.6), s.d(4.1, 6.2)]
    return "Tides at %s" % t, [
        "Tide times for %s harbour on %s, %s, supplied by the port authority." % (t, s.day, s.date),
        "Low water %s (%s m); high water %s (%s m); low water %s (%s m); high water %s (%s m)." % tuple(x for p in zip(h, lv) for x in p),
        "Heights are in metres above chart datum. Times are local and do not allow for strong onshore winds, which can raise the level by up to half a metre. Bathers should keep clear of the breakwater for two hours either side of low water."]


def air(s):
    t = s.my_town()
    pm = s.walk("f", 4, 40, 4, 0)
    return "Air quality in %s" % t, [
        "The air monitoring station at %s recorded the following hourly means at %s on %s." % (t, s.clock, s.day),
        "Fine particles %s micrograms per cubic metre, coarse particles %s, nitrogen dioxide %s, ozone %s." % (pm, s.walk("c", 10, 70, 6, 0), s.walk("n", 5, 60, 6, 0), s.walk("o", 20, 130, 9, 0)),
        "The overall band is %s." % ("good" if int(pm) < 12 else "moderate" if int(pm) < 25 else "poor"),
        "Good: enjoy your usual outdoor activities. Moderate: adults and children with lung problems, and adults with heart problems, who have symptoms should consider reducing strenuous exercise out of doors. Poor: anyone with discomfort such as sore eyes, cough or sore throat should consider reducing activity. People with asthma may find they need to use their reliever inhaler more often. Older people should also reduce physical exertion."]


def fixing(s):
    c = s.fix("bank", lambda: s.of("National Bank of ", "Central Bank of ", "Monetary Authority of ") + s.my_town())
    cur = [("dollar", 3.1, 3.4), ("euro", 3.5, 3.8), ("pound", 4.1, 4.4), ("franc", 3.6, 3.9), ("hundred yen", 2.1, 2.4), ("krone", .31, .36)]
    return "%s reference rates" % c, [
        "The %s fixed the following reference rates of the crown for %s, %s:" % (c, s.day, s.date)] + [
        "one %s %s crowns (sell %s)" % (n, s.walk(n, a, b, .02, 4, .5), s.walk(n + "s", a * 1.01, b * 1.01, .02, 4, .6)) for n, a, b in cur] + [
        "The rates apply to transactions of public bodies and are published for information. Commercial banks are free to set their own."]


def earnings(s):
    f, q, up = s.firm(), s.of("Q1", "Q2", "H1", "first-half", "third-quarter"), s.of("rose", "fell")
    return "%s %s net profit %s" % (f, q, "up" if up == "rose" else "down"), [
        "%s said %s net profit %s %s %% to %s million crowns, against %s million in the same period a year ago." % (f, q, up, s.d(1, 38), s.d(20, 900), s.d(20, 900)),
        "Revenue was %s million crowns, up from %s million. The operating margin came to %s %%." % (s.m(200, 4000), s.m(200, 4000), s.d(2, 19)),
        "The board kept its guidance for the full year and said that it would propose a dividend of %s crowns per share." % s.d(.2, 6, 2),
        "Shares in %s were %s %s %% at %s crowns in early trading." % (f, s.of("up", "down"), s.d(.1, 7), s.d(8, 400, 2))]


def match(s):
    a, b = s.town(2)
    g, h = s.i(0, 4), s.i(0, 4)
    return "%s %d %s %d" % (a, g, b, h), [
        "%s %s %s %d-%d in the northern league on %s in front of %s spectators at %s." % (a, "beat" if g > h else "drew with" if g == h else "lost to", b, g, h, s.day, s.m(800, 19000), s.of("Mill Lane", "the Park Ground", "Station Road", "the Meadow")),
        "%s opened the scoring in the %dth minute after a corner, and %s missed a penalty shortly before the interval." % (s.name(), s.i(4, 44), s.name()),
        "In the second half %s hit the post, and %s was sent off in minute %d for a second bookable offence." % (s.name(), s.name(), s.i(50, 89)),
        "%s are now in place %d with %d points, %s in place %d with %d. The manager of the home side, %s, said that he was pleased with the effort but not with the chances that had been wasted." % (a, s.i(1, 18), s.i(5, 60), b, s.i(1, 18), s.i(5, 60), s.fix("mgr" + a, s.name))]


def fixtures(s):
    out = []
    for lg in ("Premier division", "First division", "Second division north", "Second division south"):
        t = s.fix(lg, lambda: s.town(10))
        t = s.r.sample(t, 10)
        out += [lg] + ["%s v %s (%s)" % (t[2 * j], t[2 * j + 1], s.of("15:00", "15:00", "17:30", "19:45")) for j in range(5)]
    return "Fixtures for %s" % s.day, ["Football fixtures for %s, %s. Kick-off times are local and may change." % (s.day, s.date)] + out + ["Postponed matches will be played at a date to be fixed by the league. Referees must report to the ground one hour before the start."]


def roadworks(s):
    m = s.fix("road", lambda: "%s%d" % (s.of("A", "M", "B"), s.i(3, 89)))
    a, b = s.fix("ab", lambda: s.town(2))
    return "Traffic on the %s" % m, [
        "Drivers on the %s between %s and %s should expect delays of up to %d minutes, the roads agency said at %s on %s." % (m, a, b, s.i(10, 95), s.clock, s.day),
        "%s lane is closed near junction %d because of %s, and a queue of %s kilometres has formed towards %s." % (s.of("One", "The left", "The right"), s.i(1, 31), s.of("a broken-down lorry", "resurfacing", "an accident with two cars", "a burst water main", "fallen trees"), s.d(1, 12), s.of(a, b)),
        "The lane is expected to reopen at about %s. Drivers are asked to keep their distance, to form an emergency corridor, and to use the signposted diversion through %s if they are not in a hurry." % (s.hm(), s.town())]


def funeral(s):
    n, t = s.name(), s.town()
    return n, [
        "%s, of %s Street, %s, died peacefully at %s hospital on %s, aged %d." % (n, s.of("Mill", "Church", "Bridge", "Station", "Orchard", "Castle"), t, t, s.of("Sunday", "Monday", "Friday", "Saturday"), s.i(61, 101)),
        "Beloved %s of %s and dear %s of %s and %s, and a much loved grandparent of %d. Worked for %d years at %s." % (s.of("husband", "wife", "partner"), s.name().split()[0], s.of("father", "mother"), s.name().split()[0], s.name().split()[0], s.i(1, 14), s.i(12, 44), s.firm()),
        "The funeral service will be held at %s, %s, on %s at %s, followed by %s. Family flowers only, please; donations, if wished, to the %s lifeboat. All welcome afterwards at the %s Inn." % (s.of("St Anne's", "the parish church", "St Luke's", "the crematorium"), t, s.of("Tuesday", "Wednesday", "Thursday", "Friday"), s.of("10 am", "11 am", "1.30 pm", "2.15 pm"), s.of("burial", "cremation", "interment"), t, s.of("Plough", "Anchor", "Crown"))]


def courts(s):
    t = s.my_town()
    offences = ["driving with excess alcohol", "theft from a shop", "driving without insurance", "common assault", "criminal damage", "speeding", "keeping a dog out of control", "fishing without a licence"]
    ps = ["The following cases were dealt with by magistrates at %s on %s." % (t, s.day)]
    for _ in range(s.i(4, 7)):
        ps.append("%s, %d, of %s, admitted %s. Fined %d crowns, with costs of %d and a surcharge of %d." % (s.name(), s.i(18, 79), s.town(), s.of(*offences), s.i(6, 90) * 10, s.i(4, 20) * 5, s.i(2, 40)))
    return "%s court list" % t, ps


def repo(s):
    b = "Reserve Bank of " + s.my_town()
    return "%s adds funds in money market" % b, [
        "The %s said it added %s billion crowns to the money market through %d-day reverse repurchase agreements in its %s operation on %s." % (b, s.walk("amt", 2, 60, 4, 0, .2), s.of(7, 7, 14), "morning" if s.seq % 2 else "afternoon", s.day),
        "The operation was carried out at a fixed rate of %s percent, unchanged from the previous one. Dealers had bid for a total of %s billion crowns." % (s.fix("rate", lambda: s.d(1.5, 4, 2)), s.walk("bid", 60, 160, 6, 0)),
        "Agreements worth %s billion crowns mature on %s, so that the operation drains or adds only the difference on a net basis. The bank uses such operations to keep liquidity in the banking system at a reasonable and sufficient level." % (s.walk("mat", 5, 70, 3, 0, .3), s.day)]


def election(s):
    d = s.town() + " " + s.of("East", "West", "North", "South", "Central", "Valley")
    ps = s.fix("cand", lambda: ["Unity", "Progress", "Farmers' League", "Green List", "Reform"])
    v = sorted((s.i(200, 21000) for _ in ps), reverse=True)
    o = s.r.sample(ps, len(ps))
    return "Result: %s" % d, [
        "%s: %s hold the seat with a majority of %s over %s, the returning officer declared at %s." % (d, o[0], f"{v[0] - v[1]:,}", o[1], s.hm(0, 6)) if s.r.random() < .6 else "%s: %s gain the seat from %s with a majority of %s, the returning officer declared at %s." % (d, o[0], o[1], f"{v[0] - v[1]:,}", s.hm(0, 6)),
        " ".join("%s (%s) %s." % (s.name(), p, f"{n:,}") for p, n in zip(o, v)),
        "Turnout was %s per cent of %s registered voters, compared with %s per cent at the last election. There were %d spoilt papers. A swing of %s per cent was recorded from %s to %s." % (s.d(48, 79), s.m(21000, 69000), s.d(48, 79), s.i(20, 300), s.d(.3, 9), o[1], o[0])]


def flights(s):
    t = s.my_town()
    ps = ["Delays at %s airport at %s on %s, as reported by the operator:" % (t, s.clock, s.day)]
    for _ in range(s.i(5, 8)):
        ps.append("%s%d to %s, due %s, now expected %s" % (s.of("QX", "ZV", "WK"), s.i(100, 999), s.town(), s.hm(), s.hm()))
    return "%s airport: delayed departures" % t, ps + ["Passengers should check with their airline before setting out. Those delayed by more than three hours may be entitled to meals and, in some cases, to compensation. The information desk is on the upper level beside security."]


def appointment(s):
    f = s.my_firm()
    n, role = s.name(), s.of("chief financial officer", "head of sales", "general counsel", "director of operations", "chief technology officer", "head of human resources")
    about = s.fix("about", lambda: "About %s: founded in %d and based in %s, %s employs %s people at %d sites and serves customers in more than %d countries. Its shares are listed on the main market. For more information visit the company's website or contact %s in the press office." % (f, s.i(1880, 1999), s.town(), f, s.m(300, 9000), s.i(3, 40), s.i(5, 60), s.name()))
    return "%s appoints %s" % (f, n), [
        "%s today announced the appointment of %s as %s with effect from 1 %s." % (f, n, role, s.of("April", "May", "June", "July")),
        "%s joins from %s, where %s spent %d years, most recently as deputy %s, and holds a degree in %s from the university of %s." % (n, s.firm(), s.of("he", "she"), s.i(3, 21), s.of("treasurer", "director", "general manager"), s.of("economics", "law", "engineering", "chemistry"), s.town()),
        "\"We are delighted to welcome %s to our leadership team,\" said %s, chief executive of %s. \"The experience that our new colleague brings will help us to deliver our strategy and to create value for customers and shareholders alike.\"" % (n.split()[0], s.fix("ceo", s.name), f), about]


def rivers(s):
    t = s.fix("river", lambda: "river " + s.of("Arle", "Wenn", "Corrow", "Tamsel"))
    g = s.fix("g", lambda: s.town(5))
    return "Levels on the %s" % t, ["Gauge readings for the %s at %s on %s, in centimetres, with the change over twenty-four hours in brackets:" % (t, s.clock, s.day), "; ".join("%s %s (%+d)" % (x, s.walk(x, 80, 620, 25, 0), s.i(-25, 25)) for x in g) + ".",
        "The first warning level is reached at 550 centimetres at the upper gauge. The flood centre does not expect it to be passed within the next two days, but asks owners of boats and of cattle on the water meadows to follow the reports."]


def bills(s):
    c = "The debt agency of " + s.my_town()
    w = s.of(4, 13, 13, 26, 52)
    return "%d-week treasury bill auction" % w, [
        "%s sold %s billion crowns of %d-week bills at an average yield of %s percent, compared with %s percent at the previous auction." % (c, s.d(1, 9), w, s.walk("y", 1.1, 4.2, .1, 3), s.d(1.1, 4.2, 3)),
        "Bids totalled %s billion crowns, so that the auction was covered %s times. The highest yield accepted was %s percent, at which %s percent of the bids were met." % (s.d(6, 22), s.d(1.3, 4.4, 2), s.d(1.2, 4.4, 3), s.d(9, 98)),
        "The bills are dated %s. Non-competitive tenders of %d million crowns were accepted in full. The next auction will be announced on %s at noon." % (s.date, s.i(10, 190), s.of("Tuesday", "Thursday"))]


def pollen(s):
    lv = lambda: s.of("low", "moderate", "high", "very high")
    return "Pollen count", ["Pollen forecast for %s and the surrounding district on %s: birch %s, %d grains per cubic metre; ash %s, %d; plane %s, %d; grass %s, %d." % (s.my_town(), s.day, lv(), s.i(5, 400), lv(), s.i(5, 300), lv(), s.i(1, 90), lv(), s.i(1, 60)),
        "Sufferers are advised to keep windows shut in the early morning and in the evening, to wash their hair before going to bed, and not to dry clothes out of doors on days with a high count. The next forecast appears tomorrow at six."]


def ferries(s):
    a, b = s.fix("ab", lambda: s.town(2))
    return "Ferry notice %d" % s.i(100, 999), ["The %s sailing from %s to %s and the %s return sailing on %s have been cancelled because of %s." % (s.hm(6, 11), a, b, s.hm(12, 21), s.day, s.of("a swell in the outer harbour", "a technical fault", "strong winds", "crew shortage")),
        "Foot passengers may travel on the freight ferry at %s. Holders of vehicle tickets can change their booking without charge for any sailing in the next seven days, or ask for a refund at the terminal. The company apologises for the inconvenience." % s.hm()]


def planning(s):
    t = s.my_town()
    what = ["single-storey rear extension", "change of use from shop to dwelling", "replacement of windows", "felling of one sycamore", "new garage with store above", "loft conversion with two dormers", "illuminated sign", "demolition of outbuilding and erection of two houses"]
    return "Planning applications, %s" % t, ["Applications received by %s council in the week to %s:" % (t, s.day)] + [
        "%02d/%04d: %d %s Road, %s, for %s." % (s.i(20, 26), s.i(1, 4999), s.i(1, 180), s.of("Mill", "Beech", "Harbour", "Victoria", "Forge", "Abbey"), s.of(*what), s.name()) for _ in range(s.i(5, 8))] + ["Plans can be seen at the council offices on weekdays from nine to four. Comments should reach the planning department within twenty-one days of this notice and will be open to the public."]


FAMILIES = [("tides", 120, tides, 24), ("air", 110, air, 9), ("fixing", 110, fixing, 24), ("earnings_form", 80, earnings, 0), ("match", 80, match, 0),
            ("fixtures", 24, fixtures, 84), ("roadworks", 50, roadworks, 14), ("funeral", 80, funeral, 0), ("courts", 36, courts, 48), ("repo", 90, repo, 12),
            ("election", 130, election, 0), ("flights", 30, flights, 9), ("appointment", 60, appointment, 130), ("bills", 40, bills, 48), ("planning", 24, planning, 84),
            ("rivers", 4, rivers, 12), ("pollen", 3, pollen, 24), ("ferries", 4, ferries, 20)]
