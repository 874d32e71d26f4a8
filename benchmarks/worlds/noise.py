"""What goes wrong in a name between a person and a report: slips of the finger, joined words, ranks, initials."""

from __future__ import annotations

import random

_NEAR = {
    "а": "о", "о": "а", "е": "и", "и": "е", "ш": "щ", "т": "д", "д": "т", "б": "п", "п": "б", "г": "к", "к": "г", "з": "с",
        "с": "з", "в": "ф",
    "a": "e", "e": "a", "i": "e", "o": "u", "u": "o", "v": "w", "k": "q", "s": "z", "z": "s", "d": "t", "m": "n", "n": "m",
        "b": "p",
    "ي": "ى", "ا": "أ", "ه": "ة", "ت": "ث", "ح": "ج", "خ": "ح", "ذ": "د", "ز": "ر", "ر": "ز", "ص": "ض", "ط": "ظ", "غ": "ع",
        "ق": "ف",
    "श": "स", "ि": "ी", "ी": "ि", "ु": "ू", "ब": "व", "न": "ण",
}  # fmt: skip

PLACEHOLDERS = {
    "ru": ("неизвестный", "имя уточняется", "неизвестный солдат", "имя неизвестно", "н/д", "Неопознанный"),
    "uk": ("невідомий", "ім'я встановлюється"),
    "ar": ("مجهول", "مجهول الهوية", "غير معروف", "جثة مجهولة"),
    "fa": ("ناشناس", "نامعلوم"),
    "ne": ("अज्ञात", "नाम थाहा छैन"),
    "en": ("unknown", "Unknown", "name withheld", "unidentified male", "N/A", "not named"),
    "es": ("desconocido", "sin identificar"),
    "uz": ("noma'lum",), "tg": ("номаълум",), "ky": ("белгисиз",), "kk": ("белгісіз",), "tk": ("näbelli",), "az": ("naməlum",),
}  # fmt: skip

RANKS = {
    "ru": ("рядовой", "ефрейтор", "мл. сержант", "сержант", "ст. сержант", "старшина", "прапорщик", "лейтенант",
        "ст. лейтенант", "капитан",
           "майор", "подполковник"),
    "en": ("private", "lance corporal", "junior sergeant", "sergeant", "senior sergeant", "sergeant major", "warrant officer",
        "lieutenant",
           "senior lieutenant", "captain", "major", "lieutenant colonel"),
}  # fmt: skip


def slip(word: str, chance: random.Random) -> str:
    """Make one slip: leave out a letter, double one, exchange two, or write a near one."""
    letters = [at for at, letter in enumerate(word) if letter.isalpha() and at > 0]
    if len(letters) < 3:
        return word
    at = chance.choice(letters)
    what = chance.random()
    if what < 0.25:
        return word[:at] + word[at + 1 :]
    if what < 0.4:
        return word[:at] + word[at] + word[at:]
    if what < 0.6 and at + 1 < len(word) and word[at + 1].isalpha():
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _NEAR.get(word[at], word[at - 1].lower()) + word[at + 1 :]
