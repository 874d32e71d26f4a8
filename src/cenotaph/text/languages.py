"""Which language a text is in: by letters and function words where these decide, by py3langid where they do not."""

from __future__ import annotations

import re

from cenotaph.reference.word_sets import read_word_set

_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH = read_word_set("languages.english")
_RUSSIAN = read_word_set("languages.russian")
_UKRAINIAN = read_word_set("languages.ukrainian")
_RUSSIAN_ONLY = read_word_set("languages.russian_only")
_SOUTH_SLAVIC = read_word_set("languages.south_slavic")
_LATIN_OTHER = read_word_set("languages.latin_other")
_NOT_RUSSIAN = re.compile("[әғқңөұүһӣҷҳӯң]")
_UKRAINIAN_LETTERS = re.compile("[іїєґ]")
_SERBIAN_LETTERS = re.compile("[јљњћђџќѓѕ]")
_VOWEL_HARD_SIGN = re.compile("ъ(?![еёюяъ])(?=[а-я])")  # In Russian only е, ё, ю and я follow it.
_EAST_SLAVIC = re.compile("[ыэё]")
# Large and small letters are listed: an expression that takes both by a flag costs twice as much.
_CYRILLIC = re.compile("[А-Яа-яЁёІіЇїЄєҐґЎўЈј\u1c80-\u1c86]")
_LATIN = re.compile("[A-Za-z\u0130\u0131\u017f\u212a]")
_LINES = re.compile(r"[^\n\r\u2028\u2029]+")
_SAMPLE = 4000
_PART = 60


def detect_language(text: str) -> str:
    """Return the BCP 47 tag of the language of a text, or ``und`` where it has no words.

    Only the first 4,000 characters that hold letters are looked at.
    """
    low = _sample(text).lower()
    words = _WORDS.findall(low)
    if not words:
        return "und"
    letters = sum(len(word) for word in words)
    cyrillic = sum(1 for char in low if "а" <= char <= "я" or char in "ёіїєґўјљњћђџќѓѕ")
    if cyrillic > letters * 0.5:
        if len(_NOT_RUSSIAN.findall(low)) > letters * 0.006:
            return _ask_model(low, ("kk", "ky", "tg", "uz", "mn", "tt"))
        neighbour = _tell_neighbour(low, words, letters)
        if neighbour is not None:
            return neighbour
        if len(_UKRAINIAN_LETTERS.findall(low)) > letters * 0.02:
            return "uk"
        russian = sum(word in _RUSSIAN for word in words)
        if re.search("[ыэъё]", low) or russian:
            return "ru"
        guessed = _ask_model(low, ("ru", "uk", "bg", "sr", "be", "kk", "ky", "tg"))
        # In a line or two the model takes plain Russian for Bulgarian, whose own small words would stand there.
        southern = any(word in _SOUTH_SLAVIC and word not in _SHARED for word in words)
        southern = southern or any(len(word) > _SHORTEST and word.endswith(_SOUTHERN_ENDINGS) for word in words)
        return "ru" if guessed in ("bg", "sr", "mk") and not southern and _is_inflected(words) else guessed
    ascii_letters = sum(1 for char in low if "a" <= char <= "z")
    distinct = len(set(words))  # a tally's row, however often it is repeated, is a few words
    if ascii_letters > letters * 0.5:
        english = sum(word in _ENGLISH for word in words)
        short = distinct < _SHORT
        if short and not any(word in _ENGLISH and word not in _WIDESPREAD for word in words):
            foreign = _tell_foreign(text)
            if foreign is not None:
                return foreign
        if english > len(words) * 0.12 or (distinct < 12 and ascii_letters == letters and not english):
            others = len(set(words) & _LATIN_OTHER)
            return "en" if english or (distinct < 12 and others < 2) else _ask_model(low, None)
        if distinct < 12 and len(set(words) & _ENGLISH) > distinct * 0.12 and not set(words) & _LATIN_OTHER:
            return "en"  # a table's header above names and numbers
        guessed = _ask_model(low, None)
        return "en" if guessed in _NONE and english else "und" if guessed in _NONE else guessed
    guessed = _ask_model(low, None)
    return "und" if guessed in _NONE else guessed


def _tell_foreign(text: str) -> str | None:
    """Return the language of a line or two without any word that is English only, None where names or too little is said.

    Words with a capital are left out, the first aside: they are names, and those of the war's places look Polish or Turkish.
    """
    found = list(_WORDS.finditer(_sample(text)))
    told = [word[0] for word in found if word[0][0].islower()]
    if len(set(told)) < 2:
        return None
    first = [found[0][0]] if found[0][0][1:].islower() else []
    ranked = _rank(" ".join([*first, *told]).lower())
    english = next((score for language, score in ranked if language == "en"), 0.0)
    best, score = next((pair for pair in ranked if pair[0] in _WRITTEN), ("en", english))
    return best if score - english > _LEAD and best != "en" else None


_SHORT = 24
_LEAD = 12.0
_NONE = frozenset({"zxx", "und"})
_WIDESPREAD = frozenset(
    {"a", "in", "on", "to", "is", "was", "for", "by", "at", "has", "total", "not", "of"}
)  # English words that other languages have too
_WRITTEN = frozenset(
    {
        "af", "az", "bs", "ca", "cs", "cy", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "id", "it",
        "ku", "la", "lt", "lv", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro",
        "sk", "sl", "so", "sq", "sr", "sv", "sw", "tl", "tr", "uz", "vi",
    }
)  # fmt: skip


def _is_inflected(words: list[str]) -> bool:
    """Return whether a word has an ending of Russian's past tense or of its cases that its southern neighbours lack."""
    return any(len(word) > _SHORTEST and word.endswith(_ENDINGS) for word in words)


_SHORTEST = 4
_SHARED = frozenset({"во"})  # "Во вторник" is Russian too.
_ENDINGS = (
    "или", "ибли", "лись", "лся", "лась", "лось", "ого", "его", "ому", "ему", "ами", "ями", "ый", "ий", "ах", "ях", "ой", "ник",
    "ти", "ть", "ться", "тся", "ла", "ал", "ил", "ел", "ял", "ов", "ев", "дан", "оих", "вух",
)  # fmt: skip
_SOUTHERN_ENDINGS = ("аха", "иха", "яха", "ите", "ата", "ята", "ията", "ски", "ени", "ани")


def _tell_neighbour(low: str, words: list[str], letters: int) -> str | None:
    """Return a language written much like Russian or Ukrainian that this is instead, None where it is none."""
    southern = sum(word in _SOUTH_SLAVIC for word in words) > sum(word in _RUSSIAN_ONLY or word in _SHARED for word in words)
    if len(_SERBIAN_LETTERS.findall(low)) > letters * (0.012 if southern else 0.025):
        if re.search("[ћђ]", low):
            return "sr"
        return "mk" if re.search("[ќѓѕ]", low) else _ask_model(low, ("sr", "mk"))
    if "ў" in low and low.count("ў") > letters * 0.004:
        return "be"
    if "и" not in low and low.count("і") > letters * 0.02 and re.search("[ыэ]", low):
        return "be"
    if len(_EAST_SLAVIC.findall(low)) > letters * 0.003:
        return None
    if len(_VOWEL_HARD_SIGN.findall(low)) > letters * 0.003:
        return "bg"
    if _UKRAINIAN_LETTERS.search(low):
        return None
    return _ask_model(low, ("bg", "sr", "mk")) if southern else None


def has_other_script(text: str, language: str) -> bool:
    """Return whether a paragraph is in the other script than that of the text's language, English or a Slavic one.

    A name or a title in it does not count: the paragraph holds 60 of that script's letters or more, and they prevail; or it is
    a whole sentence, of four words or more in small letters, with a mark at its end.
    """
    other, own = (_CYRILLIC, _LATIN) if language == "en" else (_LATIN, _CYRILLIC)
    if other.search(text) is None:
        return False
    return any(_is_paragraph(line[0], len(other.findall(line[0])), len(own.findall(line[0]))) for line in _LINES.finditer(text))


def _is_paragraph(line: str, theirs: int, own: int) -> bool:
    """Return whether a line is a paragraph in a script of which it holds so many letters, and so many of another."""
    if theirs < _SHORT_PART or theirs <= 2 * own:
        return False
    words = line.split()
    if theirs >= _PART:
        return len(words) >= 8  # An address or a code is no paragraph.
    return theirs > 9 * own and line.rstrip()[-1:] in _ENDING and sum(word[0].islower() for word in words) >= _SHORT_WORDS - 1


def find_other_parts(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return the lines in another language than the text's: code points and language of each, in the order of the text.

    Those of the other script; short ones count too, where the text has a paragraph of that script. Of the same script long
    ones only, in which nothing looks like the text's language.
    """
    parts = _find_neighbours(text, language)
    if not has_other_script(text, language):
        return parts
    return sorted([*parts, *_find_other_script(text, language)])


def _find_neighbours(text: str, language: str) -> list[tuple[int, int, str]]:
    """Return the long lines in the same script that are in another language."""
    own, script = _OWN.get(language), _LATIN if language == "en" else _CYRILLIC
    if own is None:
        return []
    parts: list[tuple[int, int, str]] = []
    for line in _LINES.finditer(text):
        length = line.end() - line.start()
        if length < _SHORT_PART or own.search(line[0]) is not None:
            continue
        words = line[0].split()
        if length < _PART:
            if language == "ru" and _UKRAINIAN_LETTERS.search(line[0]) is None:
                continue
            # Of Russian and Ukrainian a shorter one tells, by the other's letters.
            if language != "en" and len(words) >= _SHORT_WORDS and detect_language(line[0]) == _TWINS[language]:
                parts.append((line.start(), line.end(), _TWINS[language]))
            continue
        told = sum(word.islower() for word in words)
        if len(words) < _PART_WORDS or told < _PART_WORDS - 2 or 2 * len(script.findall(line[0])) < len(line[0]):
            continue
        if language == "en":
            tag = (_tell_foreign(line[0]) if told * 2 > len(words) else None) or "en"
        else:
            tag = detect_language(line[0])
        if tag not in (language, "und"):
            parts.append((line.start(), line.end(), tag))
    return parts


_ENDING = (".", "!", "?", "…")
_PART_WORDS = 8
_SHORT_PART = 20
_SHORT_WORDS = 4
_TWINS = {"ru": "uk", "uk": "ru"}
_OWN = {
    "en": re.compile(r"\b(?:the|of|and|were|with|from|have|that|who|said|which|they|killed|wounded|this|their)\b", re.IGNORECASE),
    "ru": re.compile("[ЫЭЁыэё]"),
    "uk": re.compile("[ІЇЄҐіїєґ]"),
}
"""What a long line in a language is hardly ever without, and its neighbours are."""


def _find_other_script(text: str, language: str) -> list[tuple[int, int, str]]:
    other, own = (_CYRILLIC, _LATIN) if language == "en" else (_LATIN, _CYRILLIC)
    parts: list[tuple[int, int, str]] = []
    for line in _LINES.finditer(text):
        theirs = len(other.findall(line[0]))
        if theirs > 4 and theirs > 2 * len(own.findall(line[0])):
            told = _is_paragraph(line[0], theirs, len(own.findall(line[0])))
            parts.append((line.start(), line.end(), detect_language(line[0]) if told else ""))
    known = next((tag for _, _, tag in parts if tag), "und")
    return [(start, end, tag or known) for start, end, tag in parts]


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    head = text[:_SAMPLE]
    if any(char.isalpha() for char in head):
        return head
    found = re.search(r"[^\W\d_]", text)
    return text[found.start() : found.start() + _SAMPLE] if found else ""


def _ask_model(low: str, among: tuple[str, ...] | None) -> str:
    for language, _ in _rank(low):
        if among is None or language in among:
            return language
    return "und"


def _rank(low: str) -> list[tuple[str, float]]:
    from py3langid.langid import rank

    return [(str(language), float(score)) for language, score in rank(low.encode("utf-8", "ignore").decode("utf-8"))]
