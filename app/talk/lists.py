"""Short lists of English words and names by which questions are read: countries, outlets, roles, verbs.

They are for telling kinds of names apart (`app.talk.mentions`), and are right for news in English more often
than not. Nothing here comes from an archive.
"""

from __future__ import annotations

LINKS = (
    "in|on|at|near|from|to|of|for|by|with|about|against|across|inside|outside|around|during|since|after|before|"
    "until|over|between"
)
AUXILIARY = "did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might"
COUNTRIES = frozenset(
    """afghanistan africa albania algeria america angola argentina armenia asia australia austria azerbaijan
    bahrain bangladesh belarus belgium bolivia bosnia brazil britain bulgaria cambodia cameroon canada chad
    chile china colombia congo croatia cuba cyprus denmark ecuador egypt england eritrea estonia ethiopia eu
    europe finland france gaza georgia germany ghana greece greenland guatemala guinea haiti honduras
    hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya
    kosovo kuwait laos latvia lebanon liberia libya lithuania malawi malaysia mali malta mexico moldova
    mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway
    oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda
    scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan
    tanzania thailand tunisia turkey turkmenistan uganda uk ukraine uruguay us usa uzbekistan venezuela
    vietnam wales yemen zambia zimbabwe""".split()
) | frozenset(
    "european union|hong kong|new zealand|north korea|saudi arabia|south africa|south korea|sri lanka|"
    "united arab emirates|united kingdom|united states|west bank".split("|")
)
PLACES = frozenset(
    """area capital city continent country county district east islands neighbourhood north province region
    south state suburbs town village west world""".split()
)
ROLES = frozenset(
    """actor ambassador analyst archbishop attorney author bishop boy brother captain ceo chairman chancellor
    chief child coach commissioner cyclist daughter director doctor driver executive father founder general
    girl goalkeeper governor gunman host husband judge killer king lawyer leader man manager mayor minister
    mother mvp nurse officer owner patient pilot player pope premier president priest prince princess
    prosecutor quarterback queen runner-up sailor secretary senator sheriff shooter singer sister soldier
    son speaker spokesman spokesperson spokeswoman student suspect teacher teenager victim wife winner
    woman""".split()
)
ROYAL = frozenset("king pope prince princess queen".split())
THINGS = frozenset(
    """act agency airlines airport airways army association authority bank board bridge bureau club college
    commission committee company corporation council court department firm force foundation fund government
    group holdings hospital industries institute league ministry motors museum office organisation
    organization palace partners park parliament party police project river school service services society
    station stadium street studios systems team technologies trust union university united water""".split()
)
# Companies that are known by one word, which looks like a surname.
COMPANIES = frozenset(
    """adidas airbnb airbus alibaba alphabet amazon apple aramco astrazeneca audi barclays bayer blackrock bmw
    boeing bp bytedance chevron cisco citigroup comcast costco deloitte disney ebay ericsson exxon
    exxonmobil facebook fedex fifa foxconn gazprom google hasbro honda huawei hyundai ibm ikea instagram
    intel jpmorgan lego lufthansa lyft mastercard mattel mcdonald's meta microsoft moderna nestlé netflix
    nike nintendo nissan nokia novavax nvidia openai oracle paypal pepsico peugeot pfizer porsche qantas
    qualcomm reddit renault ryanair samsung shein siemens snapchat sony spacex spotify starbucks stellantis
    tesla tiktok toyota twitter uber unilever verizon vodafone volkswagen volvo walgreens walmart whatsapp
    xiaomi yahoo youtube zoom""".split()
)
# What the matter talked about is called the next time: "the game" is no game without a question before.
MATTERS = frozenset(
    """accident attack bill blast blaze book case ceremony collision company concert crash deal disaster
    episode event explosion festival film firm game incident killing lawsuit match movie murder plane race
    ruling series settlement ship shooting show song stampede summit tournament tragedy trial""".split()
)
# What is always of some matter, whatever it is called beside that: "the winning goal".
PARTS = frozenset(
    """aftermath aftershocks attacker attackers backlash bail cast charges crew critics culprit defendant
    defendants epicenter epicentre evacuees fans goal gunman halftime hostages jury killer loser losers
    margin motive opponents organisers organizers passengers perpetrator perpetrators plaintiff plaintiffs
    plea protesters rioters score scorer sentence sequel shooter shooters survivor survivors suspect
    suspects turnout venue verdict victim victims winner winners""".split()
)
# What comes again and again is told apart by its year.
RECURRING = frozenset(
    """awards bowl census championship championships classic convention cup debate derby draft election
    elections emmys festival final finals games globes grammys league marathon masters midterms olympics
    open oscars playoffs primary prix race referendum season series summit tour tournament vote""".split()
)
# "Where was the score of the final played?" asks for the place of the final.
ASPECTS = frozenset(
    """cause cost date death deaths length location name number opening outcome price purpose reason result
    score size start title toll total venue verdict""".split()
)
OUTLETS = (
    "abc|afp|al jazeera|ap|associated press|bbc|bloomberg|cbs|cnn|der spiegel|financial times|fox news|"
    "le monde|nbc|new york times|npr|politico|reuters|sky news|wall street journal|washington post"
)
# These are words as well, and so are the last words of a paper's name.
CAPITAL_OUTLETS = (
    "Economist|Guardian|Independent|Telegraph|Times|(?:[A-Z][\\w-]+ )+(?:Courier|Gazette|Herald|Journal|"
    "Ledger|Mercury|News|Observer|Packet|Post|Times|Tribune|Wire)"
)
# Words that end a noun phrase and do not look like it: verbs, and others.
VERBS = frozenset(
    """began begins broke came come die fell fly flew found gave go goes got happen happens held hit hurt left
    lost made met ran rose run said sank say says sold spoke stood take takes taken took told went win
    won""".split()
)
ENDERS = (
    VERBS
    | frozenset(LINKS.split("|"))
    | frozenset(
        "next last now still yet today tomorrow yesterday soon so again ever ago really later".split()
    )
)
NOT_NAMES = frozenset("describe explain give list name tell show find i ok okay please".split())
STATES = frozenset(
    """charge court custody danger detail fact favour force general hospital jail office power prison private
    public response school space store theory time total""".split()
)
