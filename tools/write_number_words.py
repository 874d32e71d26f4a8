"""Write the forms of the words that number finding looks up, from their lemmas.

``lemmas.csv`` is kept by hand; ``forms.csv`` beside it is what this makes of it. Russian forms come from pymorphy3's dictionary,
English ones from the regular plural; a lemma's own ``forms`` replace these, or add to them where they begin with ``+``.

    python -m tools.write_number_words
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "src" / "cenotaph" / "reference" / "data" / "numbers"
CLASSES = {
    "noun": {"NOUN"},
    "adjective": {"ADJF", "PRTF"},
    "number": {"NUMR", "ADJF", "NOUN"},
}
ROLES_OF_ADJECTIVES = {"people_adj", "ordinal"}
ROLES_OF_NUMBERS = {"nought", "unit", "teen", "ten", "hundred", "collective"}


def fold(word: str) -> str:
    """Return a word as the finder folds a text: small letters, no ``ё``, one apostrophe."""
    return word.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


def inflect_english(lemma: str) -> Iterator[str]:
    """Yield a regular noun and its plural."""
    yield lemma
    if lemma.endswith(("s", "x", "ch", "sh")):
        yield lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield lemma[:-1] + "ies"
    else:
        yield lemma + "s"


def inflect_russian(analyser: Any, lemma: str, role: str) -> Iterator[str]:
    """Yield every form that pymorphy3 gives of a lemma, in any case and number; the lemma alone where it knows none."""
    if role in ROLES_OF_ADJECTIVES:
        wanted = CLASSES["adjective"]
    elif role in ROLES_OF_NUMBERS:
        wanted = CLASSES["number"]
    else:
        wanted = CLASSES["noun"] | CLASSES["adjective"]
    yield lemma
    parses = [p for p in analyser.parse(lemma) if p.tag.POS in wanted and fold(p.normal_form) == fold(lemma)]
    nouns = [p for p in parses if p.tag.POS == "NOUN"]
    if role not in ROLES_OF_ADJECTIVES | ROLES_OF_NUMBERS and nouns:
        parses = nouns
    for parse in parses[:1]:
        for form in parse.lexeme:
            if form.tag.POS in wanted:
                yield form.word
    if not parses:
        # A participle used as a noun ("пострадавший"): the dictionary gives its verb as the lemma.
        participles = [p for p in analyser.parse(lemma) if p.tag.POS == "PRTF" and p.tag.POS in wanted and p.word == lemma]
        for parse in participles[:1]:
            for form in parse.lexeme:
                if form.tag.POS == "PRTF" and (form.tag.tense, form.tag.voice) == (parse.tag.tense, parse.tag.voice):
                    yield form.word


def expand(lemma: str, role: str, language: str, forms: str, analyser: Any) -> list[str]:
    """Return the forms of one lemma, folded, each once."""
    if forms and not forms.startswith("+"):
        words = forms.split()
    else:
        words = forms[1:].split()
        words += inflect_russian(analyser, lemma, role) if language == "ru" else inflect_english(lemma)
    return list(dict.fromkeys(fold(word) for word in words))


def render() -> str:
    """Return what ``forms.csv`` must hold."""
    import pymorphy3

    analyser = pymorphy3.MorphAnalyzer(lang="ru")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("language", "form", "role", "value", "lemma", "source"))
    seen: set[tuple[str, str, str]] = set()
    with (FOLDER / "lemmas.csv").open(encoding="utf-8", newline="") as lemmas:
        for row in csv.DictReader(lemmas):
            for form in expand(row["lemma"], row["role"], row["language"], row["forms"], analyser):
                key = (row["language"], form, row["role"])
                if key not in seen:
                    seen.add(key)
                    writer.writerow((row["language"], form, row["role"], row["value"], row["lemma"], row["source"]))
    return stream.getvalue()


if __name__ == "__main__":
    (FOLDER / "forms.csv").write_text(render(), encoding="utf-8")
