"""Bulletin families of part b. 

Each is (name, bulletins, function of a Series to (title, paragraphs), hours from one of a series to the next; 0: no series)."""


def forecast(s):
    t = s.my_town()
    sky = lambda: s.of("bright spells", "cloudy", "drizzle at times", "dry with sun", "scattered showers", "fog patches at first")
    return "%s: the outlook" % t, [
        "%s and district, %s: %s, maximum %s, minimum %s, wind %s %d to %d knots." % (t, s.day, sky(), s.walk("x", 4, 24, 3, 0), s.walk("n", -3, 12, 3, 0), s.of("south-westerly", "westerly", "northerly", "easterly"), s.i(4, 14), s.i(15, 33)),
        "Tonight: %s. %s: %s, with temperatures of up to %d degrees in sheltered places. Risk of rain %d per cent, humidity %d per cent, pressure %s hectopascals and %s." % (sky(), s.tomorrow, sky(), s.i(4, 25), s.i(0, 19) * 5, s.i(40, 97), s.walk("p", 985, 1035, 6, 0), s.of("rising", "falling", "steady")),
        "Lighting-up time %s. The forecast is prepared for the general public and is not meant for shipping or aviation, for which special bulletins are available from the weather office on request." % s.hm(16, 19)]


def stocks(s):
    x = s.fix("x", lambda: s.my_town() + s.of(" 40", " all-share index", " 25", " composite"))
    up = s.of("higher", "lower")
    return "Shares end %s" % up, [
        "Shares ended %s on %s, with the %s %s %s points or %s percent to finish at %s." % (up, s.day, x, s.of("adding", "putting on") if up == "higher" else s.of("shedding", "losing"), s.d(2, 190, 2), s.d(.05, 2.9, 2), s.walk("v", 3000, 9000, 120, 2)),
        "Turnover was %s million crowns against %s million the day before. Advancing shares led declining ones by %d to %d, with %d unchanged." % (s.d(90, 990), s.d(90, 990), s.i(20, 400), s.i(20, 400), s.i(10, 90)),
        "%s was the most actively traded stock, closing at %s crowns, while %s ended at %s. Dealers said that institutions had stayed on the sidelines ahead of economic data and that volumes remained thin." % (s.firm(), s.d(3, 300, 2), s.firm(), s.d(3, 300, 2))]


def grain(s):
    t = s.my_town()
    g = [("Milling wheat", 180, 260), ("feed wheat", 150, 220), ("malting barley", 170, 250), ("feed barley", 140, 200), ("oats", 150, 230), ("rapeseed", 350, 480), ("maize", 160, 230)]
    return "%s grain prices" % t, ["Prices at the %s corn exchange on %s, in crowns per tonne, ex farm, for delivery next month:" % (t, s.day), "; ".join("%s %s (last %s)" % (n, s.walk(n, a, b, 3, 2, .55), s.walk(n + "l", a, b, 3, 2, .75)) for n, a, b in g) + ".",
        "The exchange said trade was %s. Quotations are averages of the deals reported by members before one o'clock and may not reflect small lots or grain of special quality." % s.of("quiet", "steady", "brisk", "slow")]


def lotto(s):
    g = s.fix("g", lambda: s.my_town() + s.of(" Lucky Seven", " Golden Wheel", " Six for All", " Daily Draw"))
    n = lambda k, hi: ", ".join(str(x) for x in sorted(s.r.sample(range(1, hi), k)))
    return "%s: the numbers" % g, ["%s draw %s: the balls drawn on %s were %s and the bonus ball %d." % (g, s.m(1000, 4999), s.day, n(6, 49), s.i(1, 48)), "There were %s winners of the jackpot of %s crowns; %d players matched five numbers and the bonus ball and receive %s crowns each. The raffle number is %d." % (s.of("no", "two", "three", "four"), s.m(400000, 9000000), s.i(1, 60), s.m(900, 90000), s.i(100000, 999999)),
        "Prizes can be claimed from any agent up to 180 days after the draw on showing the ticket. Players must be aged eighteen or over. The operator's decision is final, and the official list of results takes precedence over this notice."]


def quake(s):
    t = s.town()
    return "Tremor near %s" % t, ["A tremor of magnitude %s was recorded %d km %s of %s at %s on %s, the seismic service reported." % (s.d(2.4, 5.9), s.i(2, 98), s.of("north", "south", "east", "west", "north-east", "south-west"), t, s.hm(), s.day), "Its focus lay at a depth of %s km, at %s degrees north and %s degrees west. %d people reported having felt it through the service's website." % (s.d(1, 60), s.d(40, 60, 2), s.d(1, 20, 2), s.i(2, 900)),
        "No damage was known of. This is an automatic message and has not been reviewed by a seismologist; location and magnitude may be revised as further readings arrive. Aftershocks are possible in the coming hours."]


def basketball(s):
    a, b = s.town(2)
    q = [(s.i(12, 34), s.i(12, 34)) for _ in range(4)]
    x, y = sum(p[0] for p in q), sum(p[1] for p in q)
    return "%s %d, %s %d" % (a, x, b, y), ["%s %d, %s %d (%s)" % (a, x, b, y, "; ".join("%d-%d" % p for p in q)), "%s: " % a + ", ".join("%s %d" % (s.name(), s.i(2, 33)) for _ in range(5)) + ". Three-pointers %d of %d, free throws %d of %d, rebounds %d, assists %d." % (s.i(3, 9), s.i(10, 30), s.i(5, 12), s.i(13, 25), s.i(20, 50), s.i(8, 30)),
        "%s: " % b + ", ".join("%s %d" % (s.name(), s.i(2, 33)) for _ in range(5)) + ". Three-pointers %d of %d, free throws %d of %d, rebounds %d, assists %d." % (s.i(3, 9), s.i(10, 30), s.i(5, 12), s.i(13, 25), s.i(20, 50), s.i(8, 30)), "Attendance %s. Officials: %s, %s." % (s.m(300, 9000), s.fix("o1", s.name), s.fix("o2", s.name))]


def dividend(s):
    f = s.firm()
    return "%s dividend" % f, ["The board of directors of %s has declared a %s dividend of %s crowns per ordinary share, payable on %d %s to shareholders of record at the close of business on %d %s." % (f, s.of("quarterly", "final", "interim", "special"), s.d(.05, 4, 2), s.i(1, 28), s.of("April", "May", "June"), s.i(1, 28), s.of("March", "April")),
        "The previous payment was %s crowns. At the current price the shares yield %s per cent. The ex-dividend date is %d %s." % (s.d(.05, 4, 2), s.d(.9, 6.8), s.i(1, 28), s.of("March", "April")),
        "Holders who wish to receive new shares in place of cash should inform the registrar not later than fifteen business days before the date of payment. Dividends on preference shares are paid as laid down in the articles."]


def appeal(s):
    t = s.town()
    return "Witnesses sought in %s" % t, ["Police in %s are appealing for witnesses after %s in %s Street between %s and %s on %s." % (t, s.of("a burglary", "an assault", "the theft of a motorcycle", "criminal damage to four cars", "a robbery"), s.of("Mill", "High", "Bridge", "Market", "Chapel"), s.hm(8, 15), s.hm(16, 23), s.day),
        "The offender is described as %s, about %s metres tall, aged between %d and %d, wearing %s and carrying %s." % (s.of("male", "female"), s.d(1.55, 1.95, 2), s.i(15, 25), s.i(26, 45), s.of("a dark hooded top", "a green jacket", "blue overalls", "a grey coat"), s.of("a rucksack", "a sports bag", "a crowbar", "nothing")),
        "Anyone with information, or with film from a camera in a car or at a house, is asked to call the station and to quote reference %d/%s, or to ring the confidential line, where callers need not give their names. Detective %s is leading the inquiry." % (s.i(100, 9999), s.i(20, 26), s.name())]


def rail(s):
    a, b = s.fix("ab", lambda: s.town(2))
    return "Rail: %s to %s" % (a, b), ["Trains between %s and %s are subject to delays of up to %d minutes because of %s near %s, the operator said at %s on %s." % (a, b, s.i(10, 110), s.of("a signal failure", "a trespasser", "a fault on a train", "flooding", "a damaged overhead line"), s.town(), s.clock, s.day),
        "The %s, %s and %s departures have been cancelled. Disruption is expected until %s." % (s.hm(6, 10), s.hm(11, 15), s.hm(16, 22), s.hm()), "Tickets will be accepted on local buses and on the coastal line at no extra cost. Passengers who arrive more than thirty minutes late can claim part of the fare through the operator's website within twenty-eight days of the journey."]


def petrol(s):
    t = s.my_town()
    return "Fuel prices in %s" % t, ["Average pump prices in %s on %s: unleaded %s crowns a litre, premium %s, diesel %s, heating oil %s." % (t, s.day, s.walk("u", 1.5, 1.9, .02, 3), s.walk("p", 1.6, 2.1, .02, 3), s.walk("d", 1.4, 1.9, .02, 3, .3), s.walk("h", .9, 1.2, .02, 3, .4)),
        "The cheapest filling station charged %s for unleaded and the dearest %s. Tax makes up about %s per cent of the price." % (s.d(1.4, 1.5, 3), s.d(1.9, 2.1, 3), s.fix("tax", lambda: s.d(48, 61))), "The survey is carried out by the motorists' association at forty stations each day and counts each litre alike. Motorway stations are left out, since their prices are a fifth higher on average."]


def flu(s):
    t = s.my_town() + " region"
    return "Respiratory infections: %s" % t, ["The %s reported %s new cases of influenza up to %s, %s from %s the day before, the health office said." % (t, s.m(90, 4000), s.day, s.of("up", "down"), s.m(90, 4000)), "%d patients were in hospital, %d of them in intensive care; %d deaths were recorded. The incidence was %s per 100,000 inhabitants, highest among children of %d to %d." % (s.i(20, 500), s.i(1, 60), s.i(0, 25), s.d(11, 290), s.i(1, 4), s.i(5, 14)),
        "The office recommends vaccination for everyone over sixty, for pregnant women and for people with chronic illness. Those with symptoms should stay at home, air their rooms and wear a mask when meeting others. The count covers laboratory reports only, and so understates the true number."]


def shipping(s):
    area = s.fix("areas", lambda: s.town(8))
    f = lambda: "%s %d to %d%s, %s, %s" % (s.of("southwest", "west", "northwest", "south", "variable"), s.i(2, 5), s.i(5, 8), s.of("", "", ", occasionally gale 8"), s.of("rain", "showers", "fair", "thundery showers"), s.of("good", "moderate", "moderate or good", "occasionally poor"))
    def line(x):
        if x not in s.keep or s.r.random() < .5:
            s.keep[x] = f()
        return "%s: %s." % (x, s.keep[x])
    return "Forecast for coastal waters", ["Forecast for coastal waters issued at %s on %s, valid for twenty-four hours. General situation: low %s %d, moving slowly east, expected %s %d by midnight." % (s.clock, s.day, area[0], s.i(960, 1010), area[1], s.i(960, 1010))] + [line(x) for x in area] + ["Wave heights are means of the highest third. Small craft should seek advice before leaving port."]


def racing(s):
    c = s.my_town()
    a = ["Copper", "Misty", "Silent", "Royal", "Paper", "Velvet", "Distant", "Merry", "Broken", "Winter"]
    b = ["Lantern", "Harbour", "Monarch", "Fiddler", "Orchard", "Promise", "Arrow", "Tide", "Sparrow", "Bell"]
    out = ["%s: 1 %s (%s) %d-%d; 2 %s (%s) %d-%d; 3 %s (%s) %d-%d. %d ran." % tuple([s.hm(13, 17)] + [z for _ in range(3) for z in (s.of(*a) + " " + s.of(*b), s.name(), s.i(2, 33), s.i(1, 4))] + [s.i(5, 19)]) for _ in range(s.i(4, 6))]
    return "Results from %s" % c, ["Racing results from %s on %s. Going: %s." % (c, s.day, s.of("good", "good to soft", "soft", "firm"))] + out + ["Tote win %s, places %s, %s. Jackpot not won; the pool carried forward is %s crowns." % (s.d(2, 30, 2), s.d(1, 6, 2), s.d(1, 6, 2), s.m(900, 40000))]


def mart(s):
    t = s.my_town()
    return "%s livestock mart" % t, ["There were %d cattle and %s sheep at %s mart on %s, with a %s trade throughout." % (s.i(90, 900), s.m(400, 4000), t, s.day, s.of("firm", "steady", "sharp", "slower")), "Bullocks 400 to 500 kg sold from %d to %d crowns, 500 to 600 kg from %d to %d; heifers averaged %s crowns per kilo and cull cows %s. Calves made up to %d." % (s.i(700, 900), s.i(901, 1200), s.i(1000, 1200), s.i(1201, 1600), s.d(1.9, 3, 2), s.d(1, 2, 2), s.i(200, 600)),
        "Hoggets went to %d crowns, ewes with twin lambs to %d and rams to %d. The best price of the day, %s crowns, was paid for a pen from %s of %s." % (s.i(90, 170), s.i(180, 330), s.i(150, 800), s.m(1300, 2600), s.name(), s.town()), "The next sale takes place at the usual hour. Sellers are reminded that animals must be tagged and that papers have to be handed in before unloading."]


def cyclone(s):
    n = s.fix("nm", lambda: s.name().split()[0])
    return "Storm %s, advisory %d" % (n, s.seq), ["Advisory number %d on tropical storm %s, issued at %s on %s: the centre was at latitude %s north, longitude %s west, moving %s at %d km/h." % (s.seq, n, s.clock, s.day, s.walk("la", 15, 30, .9, 1), s.walk("lo", 60, 80, .9, 1), s.of("west-northwest", "northwest", "west"), s.i(12, 30)), "Sustained winds are near %s km/h with higher gusts, and the lowest pressure is %s hectopascals. Winds of storm force extend up to %d km from the centre." % (s.walk("w", 70, 200, 15, 0), s.walk("p", 940, 1000, 8, 0), s.i(60, 220)), "A storm warning means that such winds are expected somewhere within the area within thirty-six hours. Preparations to protect life and property should be completed. People in low places should follow the advice of the local authorities."]


def avalanche(s):
    return "Avalanche bulletin", ["Avalanche bulletin for the %s range, %s: danger level %d above %d metres, level %d below." % (s.my_town(), s.day, s.i(2, 4), s.i(18, 24) * 100, s.i(1, 2)), "Fresh snow of %d centimetres has fallen since %s. Drift snow lies on slopes facing %s and can be released by a single skier; the number of such places rises with height." % (s.i(3, 60), s.of("Saturday", "Monday", "yesterday"), s.of("north and east", "south-east", "west and north")), "Tours call for experience in judging the danger. Keep distances of ten metres on the way up, ski steep slopes one by one, and leave early, since the danger rises during the day."]


def outage(s):
    a, b = s.town(2)
    return "Power cut", ["A power cut has hit %s homes in %s and %s since %s on %s, the network company said." % (s.m(200, 9000), a, b, s.hm(), s.day), "Engineers are on their way to a substation where %s, and hope to restore supplies to all customers by %s. %d schools are shut." % (s.of("a fault was found", "a tree has fallen on the line", "a fire broke out"), s.hm(), s.i(1, 9)), "Customers can report faults by dialling the emergency number at any time. Those who rely on medical equipment at home should call the priority line. Turn off cookers and irons, and leave one lamp on so that you know when the power is back."]


def buyback(s):
    f = s.my_firm()
    hi = float(s.walk("h", 10, 40, .4, 2))
    return "%s: transactions in own shares" % f, ["%s announces that on %s it purchased %s of its ordinary shares through %s at prices between %.2f and %.2f crowns; the weighted average was %.4f." % (f, s.date, s.m(1000, 90000), s.fix("broker", lambda: s.firm()), hi - s.r.uniform(.1, .5), hi, hi - s.r.uniform(.02, .1)),
        "The shares will be cancelled. Following the purchase, the company holds %s shares in treasury and has %s ordinary shares in issue." % (s.m(10000, 990000), s.walk("iss", 1e7, 9e7, 50000, 0)), "The purchase forms part of the programme announced with the annual results, under which shares worth up to %d million crowns may be bought until the next general meeting. A full breakdown of the individual trades is attached to the notice sent to the exchange. Enquiries: %s, company secretary." % (s.fix("mx", lambda: s.i(10, 200)), s.fix("sec", s.name))]


def poll(s):
    p = ["Unity", "Progress", "Farmers' League", "Green List", "Reform"]
    return "Tracking poll", ["The tracking poll of the %s institute, published on %s, puts %s; others have %d." % (s.my_town(), s.day, ", ".join("%s at %s per cent (%+d)" % (x, s.walk(x, 5, 36, 1.5, 0), s.i(-2, 2)) for x in p), s.i(2, 9)), "For the poll, %s people were asked by telephone between %s and %s. The margin of error is %s points. Asked who should lead the government, %d per cent named %s and %d per cent %s." % (s.m(1000, 2400), s.of("Friday", "Saturday"), s.day, s.d(1.8, 3.2), s.i(20, 45), s.fix("l1", s.name), s.i(20, 45), s.fix("l2", s.name))]


FAMILIES = [("forecast", 110, forecast, 12), ("stocks", 110, stocks, 24), ("grain", 100, grain, 24), ("lotto", 70, lotto, 24), ("tremor", 80, quake, 0),
            ("basketball", 60, basketball, 0), ("dividend", 80, dividend, 0), ("appeal", 70, appeal, 0), ("rail", 50, rail, 14), ("petrol", 36, petrol, 24),
            ("flu", 30, flu, 24), ("shipping", 50, shipping, 12), ("racing", 30, racing, 48), ("mart", 30, mart, 72), ("buyback", 120, buyback, 24),
            ("cyclone", 4, cyclone, 6), ("avalanche", 3, avalanche, 24), ("outage", 3, outage, 0), ("poll", 4, poll, 24)]
