"""Write the names of countries in many languages from the Unicode CLDR, as Babel ships it.

Run by a developer, in an environment of its own that has Babel (a tool, no dependency of the package)::

    python tools/generate_place_names.py

Writes ``places/countries.csv`` and ``places/names-cldr.csv`` below ``src/cenotaph/reference/data``. CLDR's data is under the
Unicode licence; its version goes into the source of every row.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_cldr_version

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from cenotaph.reference.folding import fold  # noqa: E402

LANGUAGES = (
    "en ru uk be uz uz_Cyrl tg ky kk tk az az_Cyrl hy ka ro sr sr_Latn ne si ta te pa hi bn ur ar fa ps es fr pt sw am so"
    " zh zh_Hant ko vi th tr pl de it mn ha yo ig zu om ti ku id fil bg cs lt lv et el mk sq he my km lo"
)
# CLDR's territories that are no ISO 3166-1 code: exceptional reservations, groups, private use other than Kosovo.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
AREAS = {
    "002": "x-africa",
    "142": "x-asia",
    "150": "x-europe",
    "019": "x-americas",
    "003": "x-north-america",
    "005": "x-south-america",
    "419": "x-latin-america",
    "009": "x-oceania",
    "143": "x-central-asia",
    "029": "x-caribbean",
    "035": "x-south-east-asia",
    "034": "x-south-asia",
    "030": "x-east-asia",
    "145": "x-west-asia",
    "015": "x-north-africa",
    "011": "x-west-africa",
    "014": "x-east-africa",
    "017": "x-middle-africa",
    "018": "x-southern-africa",
}


def main() -> None:
    """Write both files."""
    folder = ROOT / "src" / "cenotaph" / "reference" / "data" / "places"
    source = f"cldr-{get_cldr_version()}"
    english = [code for code in Locale.parse("en").territories if isinstance(code, str)]
    countries = sorted(c for c in english if len(c) == 2 and c.isalpha() and c not in NOT_ISO)
    with (folder / "countries.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "source"))
        writer.writerows((code, "user-assigned" if code == "XK" else "iso-3166-1") for code in countries)
    found: dict[tuple[str, str], list[str]] = {}
    for language in LANGUAGES.split():
        territories: Mapping[Any, Any] = Locale.parse(language).territories  # Babel types it more loosely than it is.
        for key in (*countries, *AREAS):
            name = territories.get(key)
            if name:
                found.setdefault((AREAS.get(key, key), name), []).append(language.replace("_", "-"))
    with (folder / "names-cldr.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "languages", "name", "key", "source"))
        for (code, name), languages in sorted(found.items()):
            key = fold(name)
            # The key stands only where it is not the name in lower case: half the size, and as quick to read.
            writer.writerow((code, " ".join(languages), name, "" if key == name.lower() else key, source))


if __name__ == "__main__":
    main()
