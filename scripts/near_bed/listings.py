"""Long list-like articles: programme pages, cinema guides, club diaries. Days of one series share many lines.

FAMILIES as in bulletins_a.py."""

SHOWS = ["Breakfast with {n}", "News and weather", "The Potting Shed", "Antiques Attic", "Cook's Corner", "Regional news", "Harbour Lights", "Quiz: Ten to One",
         "Wild Shores", "Children's hour", "Film: {f}", "The Evening Report", "Doctors on Call", "Sports round-up", "Inspector Varley", "Late talk with {n}",
         "Music from the Hall", "The Property Game", "Documentary: {f}", "Closedown and night concert", "Farming week", "Parliament today", "Gardeners ask", "Comedy hour"]
FILMS = ["The Glass Orchard", "Seven Bells", "Night over Corrow", "A Lantern for Mary", "Salt and Iron", "The Cartographer", "Two Left Shoes", "Return to Elm Street Farm",
         "The Long Embankment", "Paper Moonlight", "Winter Ferry", "The Clockmaker's Son", "Blue Heron", "Last Train to Zelham", "Copper Rain", "The Understudy"]
CLUBS = ["Bridge club", "Model railway society", "Choir practice", "Toddlers' group", "Beekeepers", "Chess club", "Local history circle", "Blood donors", "Quilting bee",
         "Ramblers", "Photographic society", "Ukulele band", "Book circle", "Repair café", "Yoga for beginners", "Scottish dancing", "Whist drive", "Gardening club"]


def programmes(s):
    def show():
        return s.of(*SHOWS).format(n=s.name(), f=s.of(*FILMS))
    out = ["Television programmes for %s, %s. Times may change at short notice; (s) subtitles, (r) repeat." % (s.day, s.date)]
    for ch in ("Channel One", "Channel Two", "Regional Five"):
        rows = s.fix(ch, lambda: [("%d:%02d" % (h, s.of(0, 5, 15, 30, 45)), show()) for h in range(6, 24)])
        rows = [row if s.r.random() < s.fix("same", lambda: s.r.uniform(.3, .6)) else (row[0], show()) for row in rows]
        s.keep[ch] = rows
        out += [ch] + ["%s %s%s" % (h, w, s.of("", "", " (s)", " (r)")) for h, w in rows]
    return "On television: %s" % s.day, out


def cinemas(s):
    houses = s.fix("houses", lambda: ["%s, %s" % (s.of("Regal", "Odeon Palace", "Electric", "Tivoli", "Gaumont", "Scala"), t) for t in s.town(7)])
    out = ["What is on at cinemas in the county on %s, %s. Prices and seats can be checked at the box office." % (s.day, s.date)]
    for h in houses:
        out.append("%s: %s" % (h, "; ".join("%s, %s and %s" % (s.of(*FILMS), s.hm(13, 17), s.hm(18, 22)) for _ in range(s.i(2, 4)))))
    return "Cinema guide", out + ["Children under twelve pay half on weekdays before five. Wheelchair places should be booked by telephone. The guide is compiled from details sent in by the houses; this newspaper is not responsible for changes made after going to press."]


def diary(s):
    halls = s.fix("halls", lambda: ["%s hall" % t for t in s.town(6)])
    out = ["The week's diary of clubs and societies, from %s, %s. Entries are free; send yours by noon on Friday." % (s.day, s.date)]
    for _ in range(s.i(14, 22)):
        out.append("%s: %s, %s, %s. Contact %s." % (s.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat"), s.of(*CLUBS), s.of(*halls), s.hm(9, 20), s.name()))
    return "Club diary", out


def auction(s):
    goods = ["mahogany chest of drawers", "pair of brass candlesticks", "oil painting of a harbour", "bracket clock", "set of six dining chairs", "blue and white dinner service", "silver teapot", "stamp album",
             "Persian rug", "box of lead soldiers", "gold pocket watch", "writing desk", "barometer", "porcelain figure of a shepherd"]
    return "Auction results", ["Prices fetched at %s saleroom on %s, with lot numbers; prices are in crowns and without premium." % (s.my_town(), s.day)] + [
        "%d %s %s, %d (estimate %d to %d)" % (s.i(1, 900), s.of("Victorian", "Georgian", "late", "fine", "small", "restored"), s.of(*goods), s.i(3, 90) * 10, s.i(3, 30) * 10, s.i(31, 90) * 10) for _ in range(s.i(18, 30))]


FAMILIES = {"a": [("programmes", 24, programmes, 24), ("auction", 16, auction, 72)], "b": [("cinemas", 24, cinemas, 24), ("diary", 16, diary, 84)]}
