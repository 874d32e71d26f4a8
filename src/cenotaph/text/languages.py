"""Which language a text is in: by letters and function words where these decide, by py3langid where they do not."""

from __future__ import annotations

import re

from cenotaph.reference.word_sets import read_word_set

_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH = read_word_set("languages.english")
_RUSSIAN = read_word_set("languages.russian")
_UKRAINIAN = read_word_set("languages.ukrainian")
_NOT_RUSSIAN = re.compile("[әғқңөұүһӣҷҳӯң]")
_UKRAINIAN_LETTERS = re.compile("[іїєґ]")
_SAMPLE = 4000


def detect_language(text: str) -> str:
    """Return the BCP 47 tag of the language of a text, or ``und`` where it has no words.

    Only the first 4,000 characters that hold letters are looked at.
    """
    low = _sample(text).lower()
    words = _WORDS.findall(low)
    if not words:
        return "und"
    letters = sum(len(word) for word in words)
    cyrillic = sum(1 for char in low if "а" <= char <= "я" or char in "ёіїєґ")
    if cyrillic > letters * 0.5:
        if len(_NOT_RUSSIAN.findall(low)) > letters * 0.006:
            return _ask_model(low, ("kk", "ky", "tg", "uz", "mn", "tt"))
        if len(_UKRAINIAN_LETTERS.findall(low)) > letters * 0.02:
            return "uk"
        russian = sum(word in _RUSSIAN for word in words)
        if re.search("[ыэъё]", low) or russian:
            return "ru"
        return _ask_model(low, ("ru", "uk", "bg", "sr", "be", "kk", "ky", "tg"))
    ascii_letters = sum(1 for char in low if "a" <= char <= "z")
    if ascii_letters > letters * 0.5:
        english = sum(word in _ENGLISH for word in words)
        if english > len(words) * 0.12 or (len(words) < 12 and ascii_letters == letters and not english):
            return "en" if english or len(words) < 12 else _ask_model(low, None)
    return _ask_model(low, None)


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    head = text[:_SAMPLE]
    if any(char.isalpha() for char in head):
        return head
    found = re.search(r"[^\W\d_]", text)
    return text[found.start() : found.start() + _SAMPLE] if found else ""


def _ask_model(low: str, among: tuple[str, ...] | None) -> str:
    from py3langid.langid import rank

    for language, _ in rank(low.encode("utf-8", "ignore").decode("utf-8")):
        if among is None or language in among:
            return str(language)
    return "und"
