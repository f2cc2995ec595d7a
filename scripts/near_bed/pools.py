"""Words and sentences of our own that the edits and the bulletins draw from. All names are invented.

Every pool is halved: part a draws from the even places and part b from the odd ones, so that the two beds share
no footer, no agency, no person and no place.
"""

FIRST = """Adela Anselm Bertrand Briony Caspar Cosima Dagny Desmond Edda Emrys Fabian Fenella Gideon Greta Hadley Hester Ignace
Imelda Jarvis Jocasta Kester Katya Lambert Leonie Magnus Maeve Neville Nerys Osric Odile Percival Petra Quentin Rosalba
Rufus Saskia Silvan Tabitha Thaddeus Una Ulric Verity Vaughn Winifred Wendell Xenia Yorick Ysolde Zachary Zelda""".split()
LAST = """Abernale Ashgrove Barrowby Bexwell Calloway Crundle Dallimer Drewitt Eastmere Elphick Fawdon Fenwright Gathercole Grenfold
Hallowes Hindmoor Ingleby Inskip Jessamy Jorrold Kellaway Kirkbane Lathbury Lorrimer Maddern Mossgrave Nantwick Nethercott
Oakhanger Orrell Penhallow Pottinger Quarmby Quilliam Rainsford Rossiter Satterley Skelhorn Tarrant Thistlewood Umfreville
Upcott Varley Venning Wainfleet Wragge Yarborough Yoxall Zeal Zennor""".split()
TOWN = """Aldermouth Ashcombe Balnaferry Brackwater Cairnholm Corrowby Dunsmere Drayfold Eskerton Elmsbridge Farrowgate Fallowmere
Garthwick Glenorran Harrowfield Hexmoor Inverlath Islebury Jarrowdale Juniper_Bay Kelsterby Kingsmarch Larkstead Lowenford
Marrowby Mistleton Nethershaw Northwold Otterburgh Oxcombe Pellworth Porthennis Quernmoor Queensholt Ravensey Rothwyke
Sandmarsh Stannerby Thornmere Tolverne Ullersby Undercliff Vennacombe Vinterholm Wexcombe Whinfell Yarrowick Yelverby Zelham
Zouchford""".replace("_", " ").replace("\n", " ").split()
TOWN = ["Juniper Bay" if t == "Juniper" else t for t in TOWN if t != "Bay"]
FIRM = """Aldane Arvex Belcastle Brightmoor Cordwell Calyx Dunmarrow Dovrin Elkhurst Ervane Fennimore Farlight Gildermere Gantry
Harrowgate Halvor Ironbridge Isomer Jasperline Jutland Kestrelco Korvane Linden Lumetra Marchmont Mirador Northaven Nexa
Orchard Ostrava Pinemark Palisade Quarrycroft Quillon Redfern Rivulet Selkirk Solent Tamarisk Torvald Umberline Ursine
Vantage Verdane Westerby Wolfram Yewtree Yarden Zephyrine Zincora""".split()
KIND = ["Holdings", "Foods", "Energy", "Logistics", "Pharma", "Minerals", "Networks", "Retail", "Bank", "Motors", "Shipping",
        "Textiles", "Insurance", "Software", "Cement", "Airways", "Paper", "Water", "Steel", "Media"]
DAY = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
AGENCY = ["Meridian Press", "NWA", "Transcontinental News", "UPN", "Harbour Wire", "ANS", "Press Union", "Coastal News Service"]

FOOTERS = [
    "The material in this service may not be published, broadcast, rewritten or passed on in any form unless the holder of the "
    "rights has agreed in writing beforehand. Opinions are those of the writers alone. Neither the publisher nor its suppliers "
    "accept liability for errors, for delays in the content, or for any action taken in reliance on it. Readers who spot a "
    "mistake may write to the readers' editor, who answers within ten working days and prints corrections on page two.",
    "You are reading this because you have registered for our free plan, which includes five articles a month. To go on reading "
    "without limits, choose one of our membership plans from two euros a week; you can leave at any time. Members receive the "
    "morning letter, the weekend magazine, crosswords and invitations to our evening talks. Student and senior rates are "
    "available on request, and a household may add up to three further readers at no charge.",
    "This communication contains forward-looking statements that involve risks and uncertainties. Actual results may differ "
    "materially from those expressed or implied because of changes in demand, exchange rates, regulation, the cost of raw "
    "materials and other factors described in the company's most recent annual filing. The company undertakes no obligation to "
    "revise any forward-looking statement after the date of publication, except where the law requires it to do so.",
    "We use cookies and similar techniques, and so do the partners that help us to pay for journalism. They let us remember your "
    "settings, measure which stories are read, and show advertising that fits your interests. You may accept all of them, refuse "
    "all but the necessary ones, or choose for each purpose in the privacy centre, which can be reached from the foot of every "
    "page. Your choice is kept for six months and then asked for again.",
    "About the author: our reporters work to a published code of conduct and do not hold shares in the companies they cover. This "
    "newsroom is owned by a trust and carries no paid articles; where a link leads to a shop, we may earn a small commission, "
    "which never decides what we write about. If you have information that you think we should know, our secure post box is open "
    "day and night and protects the identity of those who write to us.",
    "Comments on this article are open for three days. Be polite, stay on the subject, and do not post the private details of "
    "other people; posts that break the house rules are removed without notice and repeated offences lead to a ban. By posting "
    "you grant us the right to print your comment in the paper edition. To report a comment, use the flag at its upper right "
    "corner. Moderators are at work from seven in the morning until eleven at night.",
    "Lines are open daily from eight until eight and calls are charged at the local rate. If you or somebody you know has been "
    "affected by the issues in this report, trained volunteers can be reached in confidence through the national support line, "
    "by text message, or at any of the advice centres listed on our website. Translations of this page are available in eleven "
    "languages, in large print, in braille and as a recording on request.",
    "Figures are supplied by an outside provider, delayed by up to twenty minutes, and shown for general information only. They "
    "are not an offer to buy or sell. Past performance is no guide to the future, the value of an investment can fall as well as "
    "rise, and you may get back less than you put in. Anyone in doubt should speak to an independent adviser. The provider is "
    "not answerable for losses arising from interruption of the service.",
    "The festival of ideas returns this autumn with more than ninety events in fourteen halls across the county, from readings "
    "and debates to workshops for schools. Tickets go on sale to friends of the festival on the first of the month and to the "
    "public a week later; most cost less than a cinema seat, and one in five is free. The full programme, travel advice and the "
    "list of sponsors can be had from libraries and tourist offices.",
    "Sign up for the evening letter, a short digest of what happened today and why it matters, written by our editors and sent "
    "at six. It is free, has no advertising, and can be cancelled with one click. We keep your address for this purpose only and "
    "never hand it to third parties. Nearly two hundred thousand people already begin their evening with it; recommend it to "
    "three friends and we will send you a cloth bag as a sign of our thanks.",
]
ADS = [
    "Advertisement", "Read more below", "Sponsored content", "Story continues after this message", "SHARE ON SOCIAL MEDIA",
    "Click here to subscribe to our newsletter", "Most read in this section", "Related: Five charts that explain the week",
    "Picture: handout", "Tap to enlarge", "Get our app for breaking news alerts", "This content is not available in your region.",
    "Listen to this article (4 minutes)", "Skip to the next story", "Follow our live coverage", "Have you got a story? Contact the newsdesk.",
    "Play video", "View comments (37)", "Support independent local journalism: become a member today",
    "In other news: rail fares to rise again in the new year", "WATCH: Minister questioned over budget gap", "Gallery: the week in pictures",
]
SYND = [
    "Distributed by {agency}. All rights reserved.", "(c) {agency}", "This article was first published by {agency} and is used under licence.",
    "Source: {agency}", "{agency}/pb/kls", "Reporting by {name}; editing by {name2}", "With additional material from {agency}.",
    "Copyright {agency}. Redistribution without consent is forbidden.",
]
LOCAL = [
    "{name}, a member of the {town} council, said on {day} that people in the district would want to know what the news meant for them.",
    "The development was being watched closely in {town}, where some {n} households have relatives or business partners in the area concerned.",
    "A meeting at {town} town hall is planned for {day} evening, when residents may put questions to officials.",
    "In {town}, reaction was mixed. \"We had heard rumours for weeks,\" said {name}, who runs a bakery on the high street.",
    "{name}, who lectures at the college in {town}, told this newspaper the matter had been in the air since last spring.",
    "Readers in {town} and {town2} may know the names; this newspaper has reported on the background more than once.",
    "The {town} chamber of trade, which speaks for {n} firms, said on {day} that it would study the report before making a statement.",
    "\"It is a long way from {town}, but it touches us all the same,\" {name}, {age}, said outside the library on {day}.",
]
ADDED = [
    "Later on {day}, {name}, speaking for the authorities, put the figure at {n} and said that it might still rise.",
    "{name}, an adviser who has followed the case for {age} months, called the announcement \"a first step and no more\".",
    "By {day} evening {n} people had signed an online petition on the subject, its organisers said.",
    "A second statement, issued at {h}:{m} local time, added that {n} items of evidence were still being examined.",
    "{name} was not available for comment; an assistant said that a reply would come within {h} hours.",
    "An earlier version of the account gave the number as {n}; {name} of the press office said it had since been checked.",
    "Asked about the delay, {name} said that {h} departments had been involved and that each had its own procedure.",
    "In a message seen by {agency}, {name} told staff that nothing would change before {day}.",
    "{name}, {age}, who was at the scene, said that it took {m} minutes until help arrived.",
    "The news reached {town} shortly after {h}:{m}; officials there said they had been given no warning.",
]
STORY = [
    "Elsewhere on {day}, the {town} harbour board said that it had let a contract for dredging worth {n} thousand crowns to {firm}.",
    "Meanwhile {name}, the head of the {town} museum, announced that it would lend {h} paintings to a gallery in {town2}.",
    "Also on {day}, a jury in {town} found {name}, {age}, guilty of having stolen {m} bicycles over two years.",
    "In business, {firm} said it would close its depot in {town}, with the loss of {n} posts, and move the work to {town2}.",
    "In sport, {town} beat {town2} by {h} points to {m}, their fourth win in a row on the home ground.",
    "And in {town}, volunteers have counted {n} breeding pairs of terns on the sandbank, the most since records began.",
    "The regional court will decide on {day} whether {firm} must pay {n} thousand crowns to a former partner in {town}.",
    "{name}, who designed the bridge at {town}, has died at the age of {age}, the family said on {day}.",
    "Schools in {town} will open {m} minutes later from {day}, because the bus company has changed its timetable.",
    "At the {town} assembly, {name} asked why the repair of the lighthouse had cost {n} thousand crowns more than was planned.",
    "A fire in a barn near {town} kept {m} firefighters busy for {h} hours; nobody was hurt, but the hay of the season was lost.",
    "The orchestra of {town} will tour {town2} and {h} other places with a new work by {name}, who also conducts.",
]

SYNONYM = """said=stated|told_reporters|remarked says=states|notes|maintains told=informed saying=stating report=account|write-up reported=wrote|announced
reports=accounts according_to=as_stated_by but=however|yet also=additionally|as_well about=roughly|around because=since|as after=following
before=prior_to while=whereas|as during=in_the_course_of more_than=over|upwards_of less_than=under|below many=numerous|scores_of
several=a_number_of|various some=certain big=large|sizeable large=big|substantial small=little|modest new=fresh|recent old=elderly|former
first=initial last=final|previous former=ex-|one-time major=significant|key important=crucial|vital good=fine|positive bad=poor|negative
great=huge|terrific very=extremely|highly really=truly  only=merely|just now=at_present|currently still=nonetheless|even_now
again=once_more often=frequently usually=normally|as_a_rule never=at_no_time always=invariably almost=nearly nearly=almost
however=nevertheless|even_so although=though|even_though though=although if=should|provided when=once|as where=in_which which=that
people=individuals|persons|citizens man=male|gentleman woman=female|lady children=kids|youngsters child=youngster|minor
police=officers|law_enforcement officers=police officials=authorities|representatives official=representative government=administration|state
president=head_of_state minister=secretary company=firm|business|enterprise companies=firms|businesses country=nation|state countries=nations
city=town|municipality town=city area=region|district region=area house=home|residence home=house building=structure street=road
road=street|route car=vehicle|automobile cars=vehicles money=cash|funds cost=price|expense price=cost year=twelvemonth
month=four_weeks week=seven_days day=date today=this_day yesterday=a_day_ago night=evening morning=early_hours
killed=slain|left_dead died=passed_away|lost_their_life dead=deceased death=demise|passing attack=assault|strike attacks=assaults|strikes
attacked=assaulted fight=battle|struggle war=conflict|hostilities weapon=arm weapons=arms gun=firearm guns=firearms 
found=discovered|came_upon find=discover|locate made=created|produced make=create|produce making=creating took=seized|carried
take=seize|bring taking=bringing gave=handed|provided give=provide|offer given=provided got=obtained|received get=obtain|receive
getting=obtaining went=travelled|headed go=head|travel going=heading came=arrived come=arrive|turn_up coming=arriving
used=employed|utilised use=employ|utilise using=employing|with work=operate|labour working=operating|labouring worked=operated
think=believe|reckon thought=believed|reckoned believe=think|hold believed=thought know=understand|are_aware known=understood
see=notice|observe saw=noticed|observed seen=noticed|observed  looking=glancing|searching want=wish|desire
wanted=wished|desired need=require|call_for needs=requires needed=required|called_for help=assist|aid helped=assisted|aided
try=attempt|seek trying=attempting|seeking tried=attempted|sought ask=request|inquire asked=requested|inquired|queried
say=state|assert|maintain tell=inform|advise show=demonstrate|reveal shows=reveals|demonstrates showed=revealed|demonstrated
shown=revealed|displayed call=name|term called=named|termed|dubbed calls=terms|names  keep=retain|hold
kept=retained|held  allow=permit|let allowed=permitted|let start=begin|launch started=began|launched
begin=start|commence began=started|commenced end=finish|close ended=finished|closed stop=halt|cease stopped=halted|ceased
continue=go_on|carry_on continued=went_on|carried_on become=turn_into became=turned_into|grew_to_be happen=occur|take_place
happened=occurred|took_place buy=purchase|acquire bought=purchased|acquired sell=vend|dispose_of sold=disposed_of
pay=settle|spend paid=settled|spent leave=depart|quit   living=residing lived=resided|dwelt
 running=operating|managing move=shift|relocate moved=shifted|relocated change=alter|shift changed=altered|shifted
changes=alterations|shifts problem=difficulty|issue problems=difficulties|issues question=query|issue questions=queries|issues
answer=reply|response reason=cause|ground reasons=causes|grounds result=outcome|consequence results=outcomes|findings
way=manner|method ways=methods|manners thing=matter|item things=matters|items part=portion|section parts=portions|sections
number=figure|quantity  group=body|band groups=bodies|bands member=associate members=associates|participants
team=squad|side  player=participant players=participants video=footage|clip photo=picture|image
photos=pictures|images picture=photo|image story=tale|article news=word|tidings information=details|data statement=declaration|announcement
claim=assertion|allegation claims=assertions|allegations claimed=asserted|alleged|contended claiming=asserting|alleging
added=went_on_to_say|continued noted=observed|pointed_out explained=made_clear|clarified announced=made_known|declared
revealed=disclosed|made_public confirmed=verified|bore_out denied=rejected|disputed suggested=proposed|hinted
expected=anticipated|due likely=probable|apt possible=conceivable|feasible clear=plain|evident sure=certain|confident
able=in_a_position real=genuine|actual  wrong=mistaken|incorrect  different=distinct|other
same=identical|very entire=whole|complete whole=entire every=each each=every both=the_two other=further|additional others=the_rest
another=a_further much=a_good_deal most=the_majority_of enough=sufficient|ample without=lacking|with_no within=inside
near=close_to|not_far_from between=among against=versus|opposed_to through=by_way_of|via into=inside until=up_to|till since=as
      
   has_been=was     
    therefore=consequently too=as_well|likewise
 such_as=including   already=by_now soon=shortly|before_long later=afterwards|subsequently
recently=lately|not_long_ago quickly=rapidly|swiftly finally=at_last|eventually perhaps=maybe|possibly maybe=perhaps|possibly
actually=in_fact|as_a_matter_of_fact probably=most_likely|in_all_likelihood especially=particularly|above_all
two=a_pair_of|2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 hundreds=several_hundred thousands=several_thousand
million=mn percent=per_cent|% hospital=clinic|infirmary doctor=physician|medic doctors=physicians|medics school=college|academy
student=pupil students=pupils|learners mother=mum father=dad wife=spouse husband=spouse parents=mother_and_father
family=relatives|household friend=companion friends=companions court=tribunal judge=magistrate law=statute|legislation
rules=regulations case=matter|affair evidence=proof|indications crime=offence crimes=offences arrested=detained|taken_into_custody
charged=accused|indicted suspect=accused|alleged_culprit victim=casualty|injured_party victims=casualties injured=hurt|wounded
wounded=hurt|injured    plan=scheme|proposal plans=schemes|proposals
decision=ruling|resolution decided=resolved|opted agreed=consented|accepted  agreement=deal|accord
talks=negotiations|discussions meeting=gathering|session leader=chief|head leaders=chiefs|heads power=might|strength
support=backing|assistance supported=backed|endorsed system=set-up|arrangement computer=machine|PC program=software|application
file=document drive=disk|unit machine=device|apparatus speed=pace|velocity fast=quick|rapid  
long=lengthy|extended short=brief early=at_an_early_hour late=tardy strong=robust|powerful weak=feeble|frail 
easy=simple|straightforward   best=finest|top worst=poorest better=superior|finer
although=even_though since=because though=although despite=in_spite_of along=together whether=if among=amid toward=in_the_direction_of
towards=in_the_direction_of across=throughout throughout=all_over beyond=past below=beneath above=over behind=at_the_back_of
interview=conversation message=note|communication email=mail letter=note|missive website=site|web_page internet=web online=on_the_internet
phone=telephone television=TV newspaper=paper|daily magazine=periodical|journal book=volume|title movie=film song=track|tune music=tunes
data=figures figures=data|numbers list=roster|catalogue size=dimensions level=grade|tier rate=pace|ratio amount=sum|quantity
total=sum|overall_figure average=mean half=fifty_per_cent quarter=fourth third=3rd second=2nd top=leading|upper bottom=lowest front=fore
hours=h minutes=min days=24-hour_periods months=calendar_months weeks=seven-day_spells moment=instant|point period=spell|stretch time=occasion
times=occasions event=occasion|happening events=occasions|happenings place=spot|location places=spots|locations site=location|spot
land=ground|soil sea=ocean river=stream field=area room=chamber door=entrance window=pane floor=storey wall=partition
body=corpse|frame face=features head=skull eye=eyeball hand=palm heart=core blood=lifeblood disease=illness|ailment illness=disease
treatment=therapy|care medical=clinical patients=sick_people patient=sick_person drug=medicine|medication drugs=medicines|medications
research=study|investigation study=survey|inquiry studies=surveys|inquiries science=scholarship scientists=researchers|experts
expert=specialist experts=specialists theory=hypothesis idea=notion|thought ideas=notions|thoughts opinion=view|judgement view=opinion
religion=faith faith=belief church=congregation god=deity war=armed_conflict peace=harmony army=military|forces military=armed_forces
soldiers=troops troops=soldiers border=frontier foreign=overseas|external international=global|worldwide national=nationwide|domestic
local=regional|neighbourhood public=general|open private=personal|confidential political=party-political economic=financial
social=communal legal=lawful illegal=unlawful|illicit federal=national market=marketplace trade=commerce business=trade|commerce
industry=sector product=article|item products=articles|goods service=provision services=provisions sale=disposal sales=turnover
customer=client customers=clients job=post|position jobs=posts|positions worker=employee|labourer workers=employees|staff boss=employer|chief
owner=proprietor manager=supervisor director=head engineer=technician writer=author author=writer artist=performer actor=performer
fan=supporter fans=supporters|followers season=campaign goal=aim|target goals=aims|targets win=triumph|victory won=triumphed|prevailed
lost=forfeited|mislaid lose=forfeit|mislay beat=defeated|overcame hit=struck kick=boot play=perform|compete played=performed|competed
playing=performing|competing watch=observe|view watched=observed|viewed read=peruse|studied write=pen|compose wrote=penned|composed
written=penned|composed speak=talk|converse spoke=talked|conversed talk=speak|chat talking=speaking|chatting hear=listen_to heard=learned
feel=sense felt=sensed hope=trust|wish hopes=trusts|wishes fear=dread|worry worried=anxious|concerned angry=furious|irate
happy=glad|pleased sad=sorrowful|unhappy afraid=scared|frightened surprised=astonished|startled strange=odd|peculiar
interesting=intriguing|absorbing beautiful=lovely|attractive famous=well-known|celebrated popular=well-liked|in_demand dangerous=hazardous|risky
safe=secure safety=security serious=grave|severe common=widespread|usual rare=uncommon|scarce special=particular|exceptional
simple=easy|plain complete=entire|full final=last|concluding future=coming_time past=bygone current=present|existing previous=earlier|prior
following=subsequent|ensuing according=in_line immediately=at_once|instantly suddenly=abruptly|all_at_once together=jointly alone=solo
away=off instead=rather|alternatively anyway=in_any_case exactly=precisely completely=totally|fully simply=merely|plainly
certainly=surely|undoubtedly clearly=plainly|evidently obviously=evidently|clearly apparently=seemingly|it_seems generally=broadly|on_the_whole
basically=essentially|in_essence originally=initially|at_first currently=presently|now eventually=in_the_end|ultimately
include=comprise|take_in includes=comprises|takes_in included=comprised|took_in including=among_them|counting follow=trail|come_after
followed=trailed|came_after cause=bring_about|trigger caused=brought_about|triggered build=construct|erect built=constructed|erected
send=dispatch|forward sent=dispatched|forwarded bring=fetch|convey brought=fetched|conveyed carry=bear|transport carried=bore|transported
hold=grip|grasp held=gripped|grasped turn=rotate|swing turned=rotated|swung open=unlock opened=unlocked close=shut closed=shut
choose=select|pick chose=selected|picked consider=contemplate|weigh considered=contemplated|weighed remember=recall|recollect
receive=get|be_given received=got|was_given appear=seem|emerge appeared=seemed|emerged seem=appear seems=appears seemed=appeared
mean=signify means=signifies meant=signified prove=demonstrate proved=demonstrated claim=contend|allege explain=clarify|set_out
describe=portray|depict described=portrayed|depicted discuss=debate|talk_over discussed=debated|talked_over save=rescue|spare
saved=rescued|spared fall=drop|tumble fell=dropped|tumbled rise=climb|increase rose=climbed|increased increase=rise|growth
increased=raised|heightened reduce=cut|lower reduced=cut|lowered remove=take_away|strip removed=took_away|stripped break=smash|snap
broke=smashed|snapped cut=slash|trim destroyed=ruined|wrecked damage=harm|destruction join=enter|enrol_in joined=entered|enrolled_in
visit=call_at|go_to visited=called_at|went_to meet=encounter|run_into met=encountered|ran_into
with=along_with|together_with from=out_of on=upon in=within which=that who=that into=inside onto=on_to if=in_case when=at_the_time_that
where=in_the_place_where than=compared_with them=these_people something=a_certain_thing anything=any_thing nothing=not_a_thing
someone=a_person|somebody anyone=anybody everyone=everybody|all_people nobody=no_one everything=all_of_it few=a_handful_of own=personal"""
