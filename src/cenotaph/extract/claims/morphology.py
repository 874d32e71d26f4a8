"""The forms of words: English verbs and plurals by rule, Russian by pymorphy3, Ukrainian by beginnings of words only."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.tokens import fold_word

_IRREGULAR = {
    "be": "is are am was were been being", "go": "goes went gone going", "take": "takes took taken taking",
    "lose": "loses lost lost losing", "die": "dies died died dying", "slay": "slays slew slain slaying",
    "shoot": "shoots shot shot shooting", "put": "puts put put putting", "beat": "beats beat beaten beating",
    "hang": "hangs hanged hanged hanging", "mow": "mows mowed mown mowing", "cost": "costs cost cost costing",
    "hurt": "hurts hurt hurt hurting", "hold": "holds held held holding", "flee": "flees fled fled fleeing",
    "come": "comes came come coming", "fight": "fights fought fought fighting", "bring": "brings brought brought bringing",
    "send": "sends sent sent sending", "leave": "leaves left left leaving", "drive": "drives drove driven driving",
    "make": "makes made made making", "find": "finds found found finding", "give": "gives gave given giving",
    "lay": "lays laid laid laying", "fall": "falls fell fallen falling", "freeze": "freezes froze frozen freezing",
    "bleed": "bleeds bled bled bleeding", "meet": "meets met met meeting", "pay": "pays paid paid paying",
    "swim": "swims swam swum swimming", "get": "gets got got getting", "live": "lives lived lived living",
    "throw": "throws threw thrown throwing", "wear": "wears wore worn wearing", "see": "sees saw seen seeing",
    "let": "lets let let letting", "set": "sets set set setting", "fly": "flies flew flown flying",
    "say": "says said said saying", "tell": "tells told told telling", "seek": "seeks sought sought seeking",
    "bear": "bears bore borne bearing", "do": "does did done doing", "dig": "digs dug dug digging",
    "stop": "stops stopped stopped stopping", "sustain": "sustains sustained sustained sustaining",
    "free": "frees freed freed freeing", "swap": "swaps swapped swapped swapping", "kidnap": "kidnaps kidnapped kidnapped kidnapping",
    "drown": "drowns drowned drowned drowning", "bury": "buries buried buried burying", "gun": "guns gunned gunned gunning",
    "wipe": "wipes wiped wiped wiping", "admit": "admits admitted admitted admitting", "sign": "signs signed signed signing",
    "join": "joins joined joined joining", "walk": "walks walked walked walking", "put out": "puts put put putting",
    "write": "writes wrote written writing", "keep": "keeps kept kept keeping", "think": "thinks thought thought thinking",
    "know": "knows knew known knowing", "show": "shows showed shown showing", "stand": "stands stood stood standing",
    "rise": "rises rose risen rising", "read": "reads read read reading", "understand": "understands understood understood understanding",
    "transport": "transports transported transported transporting", "pluck": "plucks plucked plucked plucking",
    "murder": "murders murdered murdered murdering", "abandon": "abandons abandoned abandoned abandoning",
    "hospitalise": "hospitalises hospitalised hospitalised hospitalising", "travel": "travels travelled travelled travelling",
    "return": "returns returned returned returning", "butcher": "butchers butchered butchered butchering",
    "suffer": "suffers suffered suffered suffering", "enlist": "enlists enlisted enlisted enlisting",
    "perish": "perishes perished perished perishing", "volunteer": "volunteers volunteered volunteered volunteering",
    "recover": "recovers recovered recovered recovering", "discharge": "discharges discharged discharged discharging",
    "surrender": "surrenders surrendered surrendered surrendering", "gather": "gathers gathered gathered gathering",
    "behead": "beheads beheaded beheaded beheading", "traffic": "traffics trafficked trafficked trafficking",
    "parole": "paroles paroled paroled paroling", "open": "opens opened opened opening", "scald": "scalds scalded scalded scalding",
    "speak": "speaks spoke spoken speaking", "hear": "hears heard heard hearing", "lead": "leads led led leading",
    "strike": "strikes struck struck striking", "catch": "catches caught caught catching", "run": "runs ran run running",
    "sink": "sinks sank sunk sinking", "win": "wins won won winning", "grow": "grows grew grown growing", "quote": "quotes quoted quoted quoting",
    "stab": "stabs stabbed stabbed stabbing", "hit": "hits hit hit hitting", "top": "tops topped topped topping", "log": "logs logged logged logging",
    "tot": "tots totted totted totting", "trap": "traps trapped trapped trapping", "lie": "lies lied lied lying", "plot": "plots plotted plotted plotting",
    "rescue": "rescues rescued rescued rescuing", "succumb": "succumbs succumbed succumbed succumbing",
}  # fmt: skip
_DOUBLING = read_word_set("morphology.doubling")
_VOWELS = frozenset("aeiou")
_IRREGULAR_PLURALS = {
    "body": "bodies",
    "casualty": "casualties",
    "fatality": "fatalities",
    "injury": "injuries",
    "person": "people",
}


class EnglishForm(NamedTuple):
    """What a form of an English verb may be."""

    verb: str
    past: bool
    participle: bool
    ing: bool


@cache
def inflect_verb(verb: str) -> tuple[tuple[str, EnglishForm], ...]:
    """Return the forms of an English verb, each with what it may be."""
    if verb in _IRREGULAR:
        forms = _IRREGULAR[verb].split()
        if verb == "be":
            return tuple(
                (form, EnglishForm("be", form in ("was", "were"), form == "been", form == "being"))
                for form in ("be", *forms)
            )
        third, past, participle, ing = forms
    else:
        if verb.endswith("e"):
            third, past, ing = verb + "s", verb + "d", verb[:-1] + "ing"
        elif verb.endswith("y") and verb[-2] not in _VOWELS:
            third, past, ing = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
        elif (
            len(verb) > 2
            and verb[-1] in _DOUBLING
            and verb[-2] in _VOWELS
            and verb[-3] not in _VOWELS
            and len(verb) < 6
            and verb[-1] not in "rnl"
        ):
            third, past, ing = verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"
        else:
            third, past, ing = (
                verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"),
                verb + "ed",
                verb + "ing",
            )
        participle = past
    known: dict[str, list[bool]] = {}
    for form, place in ((verb, None), (third, None), (past, 0), (participle, 1), (ing, 2)):
        flags = known.setdefault(form, [False, False, False])
        if place is not None:
            flags[place] = True
    return tuple((form, EnglishForm(verb, *flags)) for form, flags in known.items())


def inflect_noun(noun: str) -> tuple[str, ...]:
    """Return singular and plural of an English noun."""
    if noun in _IRREGULAR_PLURALS:
        return noun, _IRREGULAR_PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


class Parse(NamedTuple):
    """What a Russian word may be.

    Parameters
    ----------
    lemmas
        Normal forms, folded, the likeliest first.
    kinds
        Parts of speech as pymorphy3 names them.
    cases
        Cases it may stand in.
    animate, inanimate
        Whether it may be a noun for who lives, for a thing.
    plural
        Whether it may be plural.
    passive
        Whether it may be a passive participle.
    name
        Whether its likeliest reading is a surname, a first name or a patronymic.
    """

    lemmas: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    animate: bool = False
    inanimate: bool = False
    plural: bool = False
    passive: bool = False
    name: bool = False


_NO_PARSE = Parse()
_LOW_SCORE = 0.04


@cache
def _analyser() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


def parse_russian(word: str) -> Parse:
    """Return what a Russian word may be; nothing known of a word that is not Cyrillic. Not cached: its callers keep what they make of it."""
    if not any("а" <= char <= "я" or char == "ё" for char in word.lower()):
        return _NO_PARSE
    lemmas: dict[str, None] = {}
    kinds, cases = set(), set()
    animate = inanimate = plural = passive = False
    parses = _analyser().parse(word.lower())
    best = parses[0].score
    for parse in parses:
        if parse.score < _LOW_SCORE and parse.score < best * 0.3:
            continue
        tag = parse.tag
        lemmas[fold_word(parse.normal_form)] = None
        kinds.add(str(tag.POS))
        if tag.case:
            cases.add(str(tag.case))
        if tag.POS == "NOUN" and not ("Surn" in tag or "Name" in tag or "Patr" in tag):
            animate |= tag.animacy == "anim"
            inanimate |= tag.animacy == "inan"
        plural |= tag.number == "plur"
        passive |= tag.voice == "pssv"
    top = parses[0].tag
    return Parse(
        tuple(lemmas), frozenset(kinds), frozenset(cases), animate, inanimate, plural, passive,
        "Surn" in top or "Name" in top or "Patr" in top,
    )  # fmt: skip


def find_lemma(word: str) -> str:
    """Return the likeliest normal form of a Russian word, folded."""
    return fold_word(str(_analyser().parse(word.lower())[0].normal_form))
