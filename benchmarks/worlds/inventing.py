"""Names made of other names, and names invented: patronymics, surnames, and the long tail of rare ones."""

from __future__ import annotations

import random
import re

from benchmarks.worlds.spelling import replace


def patronymic(name: str, *, female: bool = False) -> str:
    """Make the Russian patronymic of a father's name."""
    fixed = {"Илья": "Ильич", "Никита": "Никитич", "Лука": "Лукич", "Пётр": "Петрович", "Лев": "Львович", "Павел": "Павлович",
        "Яков": "Яковлевич",
             "Михаил": "Михайлович"}  # fmt: skip
    if name in fixed:
        male = fixed[name]
    elif name.endswith("ий"):
        male = name[:-2] + ("иевич" if name in ("Дмитрий",) else "ьевич")
    elif name.endswith(("й", "ь")):
        male = name[:-1] + "евич"
    elif name.endswith(("а", "о")):
        male = name[:-1] + "ович"
    elif name.endswith(("и", "у", "э", "е", "ю", "я", "ы")):
        male = name + "евич"
    else:
        male = name + "ович"
    if not female:
        return male
    return "Ильинична" if male == "Ильич" else male + "на" if male.endswith(("тич", "кич")) else male[:-2] + "на"


def woman_surname(name: str) -> str:
    """Return the woman's form of a Russian surname."""
    if name.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return name + "а"
    return name[:-2] + "ая" if name.endswith(("ий", "ой")) else name


def surname_of(name: str) -> str:
    return name + (
        "" if name.endswith(("ов", "ев", "ин")) else "ев" if name.endswith(("и", "а", "й", "у", "э", "ь", "я")) else "ов"
    )


COMPOSED = {
    "uzbek": ("Абду Нур Бек Мирза Эр Тош Ота Дил Бой Иш Худой Қул Жума Тўра Соат Рўзи",
        "мурод жон али берди қул бой бек мат назар ёр"),
    "tajik": ("Абду Нур Мир Хол Давлат Шариф Саид Ҷума Сайф Файз", "мурод ҷон алӣ бек назар шоҳ иддин улло хон"),
    "kyrgyz": ("Бек Нур Эр Тур Ак Бай Жан Мир Кал Таш", "бек болот мурат дин кан бай таш темир султан"),
    "kazakh": ("Нұр Бек Ер Ақ Бай Жан Қай Сер Дос Ора", "бек болат мұрат жан лан хан тай бай ғали сұлтан"),
    "turkmen": ("Anna Oraz Gurban Baýram Çary Hoja Allan Nur Sapar", "myrat geldi berdi muhammet guly durdy jan nazar"),
    "azerbaijani": ("Əli Məmməd Ağa Şah Mir Gül Nəcəf", "qulu yar bala murad ağa baba xan"),
    "tatar": ("Габдел Нур Мин Шай Гайн Зин Хай Фат Сад", "улла мулла хан мурат бай газиз рахман ахмет"),
    "bashkir": ("Ян Кинзя Бай Иш Кут Аль Сул Буран Ти", "булат бай бирде гильде мурат тимер гужа кильде"),
    "caucasian": ("Магомед Гаджи Нур Абдул Хан Шейх Курбан", "расул али мурад загир салам бег хан вахаб"),
}  # fmt: skip


def compose(people: str, seed: int) -> list[str]:
    before, after = (words.split() for words in COMPOSED[people])
    names = [first + second for first in before for second in after]
    random.Random(seed).shuffle(names)
    return names


def invent(count: int, seed: int) -> list[str]:
    """Invent rare Russian surnames from syllables: a real population has a long tail of them."""
    chance = random.Random(seed)
    starts = [
        "Б",
        "Бр",
        "В",
        "Г",
        "Гр",
        "Д",
        "Др",
        "Ж",
        "З",
        "К",
        "Кл",
        "Кр",
        "Л",
        "М",
        "Мл",
        "Н",
        "П",
        "Пл",
        "Пр",
        "Р",
        "С",
        "Ск",
        "Сл",
        "Ст",
        "Т",
        "Тр",
        "Ф",
        "Х",
        "Ц",
        "Ч",
        "Ш",
        "Щ",
    ]
    middles = [
        v + c
        for v in "аеиоуы"
        for c in ("б", "в", "д", "г", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "х", "ш", "рн", "лк", "стр", "нд")
    ]
    ends = ("ов", "ин", "ев", "енков", "овский", "ухин", "ачёв", "ишин", "еев", "ко")
    found: dict[str, None] = {}
    while len(found) < count:
        found[chance.choice(starts) + "".join(chance.sample(middles, chance.choice((1, 1, 2)))) + chance.choice(ends)] = None
    return list(found)


_CONSONANTS = {
    "b": "ب", "t": "ت", "th": "ث", "j": "ج", "H": "ح", "kh": "خ", "d": "د", "dh": "ذ", "r": "ر", "z": "ز", "s": "س", "sh": "ش",
        "S": "ص",
    "D": "ض", "T": "ط", "Z": "ظ", "`": "ع", "gh": "غ", "f": "ف", "q": "ق", "k": "ك", "l": "ل", "m": "م", "n": "ن", "h": "ه",
        "w": "و", "y": "ي",
    "aa": "ا", "ii": "ي", "uu": "و", "a": "", "i": "", "u": "", "aw": "و", "ay": "ي",
}  # fmt: skip


def invent_arabic(count: int, seed: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    letters = [key for key in _CONSONANTS if key[0] not in "aiu" and key not in ("w", "y", "dh", "th", "Z")]
    patterns = (
        "{0}a{1}{1}aa{2}",
        "{0}aa{1}i{2}",
        "{0}u{1}ay{2}",
        "{0}a{1}{2}aan",
        "{0}a{1}uu{2}",
        "{0}a{1}{2}aawiy",
        "{0}i{1}aa{2}iy",
    )
    found: dict[str, str] = {}
    while len(found) < count:
        sounds = chance.choice(patterns).format(*chance.sample(letters, 3))
        article = chance.random() < 0.5
        written = re.sub("(.)\\1", "\\1", replace(sounds, _CONSONANTS, {}))
        found[("ال" if article else "") + written] = ("al_" if article else "") + sounds
    return list(found.items())
