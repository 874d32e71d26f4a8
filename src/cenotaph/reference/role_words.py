"""Words that tell what somebody is, not who: a soldier, «житель Самары», «сын Рахимова», «Фамилия Имя», "hijo de García".

In a name's place they name nobody, as a placeholder does; in any other cell they say something. So this is asked of names alone.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold
from cenotaph.reference.infants import infant_words, tells_infant
from cenotaph.reference.placeholders import is_placeholder, may_be_placeholder

_TRIGGERS = (
    *("field", "role", "kin_m", "kin_f", "resident", "citizen", "of", "before", "after", "kin_after", "phrase"),
    *("alone", "single", "before_one", "of_many", "exact"),
)
_SEPARATOR = re.compile(r"[,،;:/()\[\]|]")
_GENITIVE = re.compile("(?:[аяыиу]|ой|ей|ого|его|их|ых)$")
_OF_HER = re.compile("(?:ой|ей|ого|его|их|ых)$")
"""Endings that are never a nominative: «дочь Петровой Марии», while Дочь Мария may be a name."""
_OF_MANY = re.compile("[ыи]х$")
_NOMINATIVE = re.compile("ия$")
_OWNER = re.compile("(?:ning|нинг|को|का|की)$")
_LAST_ALPHABET = 0x600
"""Scripts before Arabic: a Chinese name is one letter, and Arabic writing has letters for whole words."""
_MOST_LETTERS = 3
"""Letters of a name that says nothing but initials; more may be a name with a space after every letter."""
_CODE = re.compile(r"[^\W\d_]{0,3}\d+")
_MOST_AFTER, _MOST_OF_PLACE = 3, 2
"""How many words may follow a word for kin, and one for who lives somewhere; more are somebody's name."""


def names_nobody(text: str) -> bool:
    """Tell whether a text in a name's place names nobody: it is a placeholder, or says only what somebody is.

    A word for a role beside a name does not hide it: «боец Иванов Иван» is Ivanov.

    Parameters
    ----------
    text
        What stands in the name's place, in any language, script and case.
    """
    if is_placeholder(text) or _is_letters(text):
        return True
    words = text.split()
    half = len(words) // 2
    if half and words[:half] == words[half:] and is_placeholder(" ".join(words[:half])):
        return True
    return any(is_role_word(word) for word in text.split()) and _tells_a_role(text)


@lru_cache(maxsize=500_000)
def is_role_word(word: str) -> bool:
    """Tell whether a word alone may make a text one that names nobody: few names hold such a word."""
    found = _read_triggers()
    return any(token in found for token in _tokens(word)) or any(c.isdigit() for c in word)


def may_name_nobody(word: str) -> bool:
    """Tell whether a word may stand in a text of only such words that names nobody: it is a placeholder's, or a letter."""
    return may_be_placeholder(word) or _is_letters(word)


def _is_letters(text: str) -> bool:
    """Tell of "X Y" and «Н/М»: single letters of alphabets, which no full stops make initials."""
    words = text.replace("/", " ").split()
    if not 0 < len(words) <= _MOST_LETTERS:
        return False
    return all(len(word) == 1 and word.isalpha() and ord(word) < _LAST_ALPHABET for word in words)


def _tells_a_role(text: str) -> bool:
    words = _tokens(text)
    numbered = any(_CODE.fullmatch(word) for word in words)
    bare = [word for word in words if any(c.isalpha() for c in word) and not _CODE.fullmatch(word)]
    if numbered and all(word in _read("filler") or word in _read("numbered") for word in bare):
        return True  # «номер 17», "N17".
    if not bare:
        return False
    # Son and Man are parts of names, and alone they are none; Nan is a name, and NaN is not.
    if len(bare) == 1 and (bare[0] in _read("single") or text.strip() in _read_exact()):
        return True
    known = _read_known()
    lettered = len(bare[0]) > 1 or not _read("field").isdisjoint(bare)  # «боец А.», «И. О. Фамилия»; О Сын is a name.
    if not known.isdisjoint(bare) and all(
        word in known or word in _read("filler") or is_placeholder(word) or (lettered and len(word) == 1) for word in bare
    ):
        return True
    if tells_infant(bare, text):
        return True
    while len(bare) > 1 and bare[0] in _read("filler") and bare[1] not in _read("link"):
        bare = bare[1:]
    head, rest = bare[0], bare[1:]
    return bool(rest) and (_is_related(head, rest) or _is_somewhere(head, rest) or _is_of(bare) or _is_unit(text, head))


def _is_related(head: str, rest: list[str]) -> bool:
    """Tell of «сын Рахимова», «ребенок Ивановых», "Rahimovning o'g'li", "писари Карим"."""
    if len(rest) == 1 and (head in _read("before_one") or (head in _read("of_many") and _OF_MANY.search(rest[0]))):
        return True
    if head in _read("before"):
        return len(rest) <= _MOST_AFTER
    if rest[-1] in _read("kin_after") and (_OWNER.search(rest[-2] if len(rest) > 1 else head) is not None):
        return True
    most = _MOST_AFTER if head in _read("kin_m") or (head in _read("kin_f") and _OF_HER.search(rest[0])) else 1
    if head not in _read("kin_m") and head not in _read("kin_f"):
        return False
    return len(rest) <= most and all(_is_genitive(word) for word in rest)


def _is_genitive(word: str) -> bool:
    return len(word) > 2 and bool(_GENITIVE.search(word)) and not _NOMINATIVE.search(word) and word not in _read("not_genitive")


def _is_somewhere(head: str, rest: list[str]) -> bool:
    """Tell of «житель Самары», «гражданин Узбекистана», "नेपाली नागरिक"."""
    if rest[-1] in _read("after"):
        return len(rest) < _MOST_AFTER
    if head in _read("citizen"):
        return rest[0] in _read("country")
    return head in _read("resident") and len(rest) <= _MOST_OF_PLACE and _is_genitive(rest[0])


def _is_of(words: list[str]) -> bool:
    """Tell of «мобилизованный из Самары», "son of Karim", "من سكان غزة"."""
    phrase = " ".join(words)
    if any(phrase.startswith(start + " ") for start in _read("phrase")):
        return True
    heads = _read("role") | _read("of") | _read("resident") | _read("citizen") | _read("kin_m") | _read("kin_f")
    at = next((number for number, word in enumerate(words) if word in _read("link") and number), 0)
    told = words[:at]
    return not heads.isdisjoint(told) and at + 1 < len(words) and all(word in heads | _read("filler") for word in told)


def _is_unit(text: str, head: str) -> bool:
    """Tell of «солдат ВСУ»: a role, and letters that stand for words."""
    words = text.split()
    return head in _read("role") and len(words) == 2 and not words[0].isupper() and words[1].isupper() and len(words[1]) <= 5


def _tokens(text: str) -> list[str]:
    return fold(_SEPARATOR.sub(" ", text)).split()


@cache
def _read_exact() -> frozenset[str]:
    """Return the words that name nobody where they are written just so."""
    rows = read_rows("role_words.csv", ("kind", "language", "words", "source"))
    return frozenset(word for kind, _, words, _ in rows if kind == "exact" for word in words.split())


@cache
def _read_known() -> frozenset[str]:
    """Return the words that name nobody alone and beside each other."""
    return _read("role") | _read("field") | _read("alone")


@cache
def _read(kind: str) -> frozenset[str]:
    """Return the folded words of a kind."""
    rows = read_rows("role_words.csv", ("kind", "language", "words", "source"))
    split = "|" if kind == "phrase" else None
    return frozenset(fold(word) for of_kind, _, words, _ in rows if of_kind == kind for word in words.split(split))


@cache
def _read_triggers() -> frozenset[str]:
    return infant_words().union(token for kind in _TRIGGERS for words in _read(kind) for token in words.split())
