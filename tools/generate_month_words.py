"""Write the names of the months in many languages from the Unicode CLDR, as Babel ships it.

Run by a developer, in an environment of its own that has Babel (a tool, no dependency of the package)::

    python tools/generate_month_words.py

Writes ``dates/months-cldr.csv`` below ``src/cenotaph/reference/data``. CLDR's data is under the Unicode licence.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from cenotaph.reference.folding import fold  # noqa: E402

LANGUAGES = (
    "en ru uk be uz uz_Cyrl tg ky kk tk az az_Cyrl hy ka ro sr sr_Latn ne hi bn ur ar ar_SY ar_DZ fa fa_AF ps"
    " es fr pt it de tr pl sw so am bg mk el id si ta he"
)
ABBREVIATED = {"en", "ru", "uk", "be", "es", "fr", "pt", "it", "de", "tr", "az", "ro", "pl"}


def main() -> None:
    """Write the file."""
    found: dict[tuple[int, str], list[str]] = {}
    for language in LANGUAGES.split():
        months = Locale.parse(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated") if language in ABBREVIATED else ("wide",):
                for number, name in months[context][width].items():
                    key = fold(name)
                    tags = found.setdefault((number, key), [])
                    tag = language.replace("_", "-")
                    if not key.isdigit() and tag not in tags:
                        tags.append(tag)
    path = ROOT / "src" / "cenotaph" / "reference" / "data" / "dates" / "months-cldr.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("month", "languages", "word", "source"))
        for (number, key), tags in sorted(found.items()):
            if tags:
                writer.writerow((number, " ".join(tags), key, f"cldr-{get_cldr_version()}"))


if __name__ == "__main__":
    main()
