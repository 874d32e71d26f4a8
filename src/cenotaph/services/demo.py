"""The demonstration: a casebook made from the example, counted, compared, checked, and shown on one page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cenotaph.count.selection import Selection
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import LedgerBrokenError, UsageError
from cenotaph.services import captures, claim_checks, claim_words, counting, extraction, import_text, imports, rendering
from cenotaph.services.ledger import verify
from cenotaph.services.opening import name_actor, start_casebook
from cenotaph.services.summary import build_summary

EXAMPLE = "foreign-fighters"
RELEASES = "gaza-lists"
_CREDIT = (
    "The list is what may be shown of the names that Mediazona and BBC News Russian had established by November 2025, as "
    "republished by ukrwarlosses: nationality and recruitment in the list's own words, age in bands, year of death, and the "
    "host of the cited address. 279 of the 562 rows are unique on these columns and the named list is public, so this is "
    "no anonymity. "
    "The published figures are of July 2025."
)


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration made."""

    casebook: Path
    page: Path
    seconds: float


def find_example(folder: Path | None = None) -> Path:
    """Return the folder of the example: the one named, or the one beside the source tree or the working folder.

    Raises
    ------
    UsageError
        There is none.
    """
    starts = [folder] if folder else [Path(__file__).parents[3] / "examples", Path.cwd() / "examples"]
    for start in starts:
        for found in (start / EXAMPLE, start):
            if (found / "mapping.toml").is_file():
                return found
    raise UsageError(
        "The example is not here: no examples/foreign-fighters.", "Run this in a checkout, or name it with --examples."
    )


def run_demo(out: Path, talk: Callable[[str], None], examples: Path | None = None) -> Demo:
    """Make the casebook, count, set the published figures beside, check everything, and write the page.

    Parameters
    ----------
    out
        The folder for casebook and page; an earlier demonstration in it is replaced, nothing else is touched.
    talk
        Told what is done, line by line.
    """
    begun = time.monotonic()
    example = find_example(examples)
    root = out / "casebook"
    if root.exists():
        if not (root / "casebook.toml").is_file():
            raise UsageError(f"{root} exists and is not a casebook.", "Name another folder with --out.")
        shutil.rmtree(root)
    actor = name_actor(None, "recorder", "demo")
    casebook = start_casebook(root, actor, {"casebook.title": "Foreign nationals killed in the Russian army"})
    talk(f"1. Made the casebook {root}\n")
    kept = captures.add_captures(
        casebook,
        actor,
        [example / "texts"],
        source="Cenotaph project",
        source_kind="other",
        published_on=PartialDate.from_edtf("2025-07"),
    )
    talk(f"2. Kept {len(kept)} short texts under their SHA-256\n")
    mapping = imports.load(example / "mapping.toml")
    done = imports.import_list(casebook, actor, example / "list_2025-11.csv", mapping)
    talk("3. Took in the list:")
    for line in import_text.import_text(done):
        talk("   " + line)
    list_id = mapping.list_id
    talk("\n4. Counted:\n")
    counted = counting.count(casebook, Selection("", ("nationality", "path")), [list_id])
    for line in rendering.count_text(counted):
        talk("   " + line)
    published, definitions = example / "published.csv", example / "definitions.toml"
    talk("\n5. Beside what was published in July 2025:\n")
    for line in rendering.comparison_text(counting.compare(casebook, list_id, published, definitions)):
        talk("   " + line)
    talk("\n6. How fragile the list is:\n")
    for line in rendering.fragility_text(counting.fragility(casebook, list_id)):
        talk("   " + line)
    talk("\n7. What the texts claim, beside the list; the two are never added:\n")
    run = extraction.run_extraction(casebook, actor, workers=1)
    talk(f"   {run.claims} claims and {run.allegations} allegations in {run.documents} texts, {run.doubtful} of them for review")
    for checked in claim_checks.check_casebook(casebook, lists=[list_id], definitions=definitions):
        for beside in checked.besides:
            if beside.ours is not None:
                people, number = claim_words.name_people(beside.claim), claim_words.say_bound(beside.claim)
                talk(f"   {people}: claimed {number}, documented {claim_words.beside_words(beside)}")
    problems = list(islice(verify(casebook, lambda *_: None), 1))
    if problems:
        raise LedgerBrokenError(f"The casebook does not verify: {problems[0].where} {problems[0].message}", "Please report this.")
    head = casebook.settled_head()
    talk(f"\n8. Walked the ledger: {head.number} entries, every row and file hashed again, everything matches.\n")
    page = out / "foreign-fighters.html"
    size = build_summary(
        casebook,
        list_id,
        page,
        title="Foreign nationals killed in the Russian army",
        lead=(
            "Two newsrooms count the dead of the Russian army by name. This page counts the foreigners on their list, "
            "row by row, and shows what every number rests on."
        ),
        published=published,
        definitions=definitions,
        rollups=(("UA", "ukraine-regions"),),
        glosses={"добровольцы": "volunteers"},
        remarks=(
            "Nationality and recruitment path are read from the list's own words. “добровольцы” (volunteers) is one of them: it "
            "does not say how anybody was recruited, so it stays a quotation and counts as no known path.",
            "South Ossetia, Abkhazia, Transnistria and regions of Ukraine stand as the list states them.",
        ),
        commands=(
            (
                "Make a casebook and let Cenotaph draft how your list is read:",
                "cenotaph init my-casebook\ncenotaph list propose list.csv --out mapping.toml",
            ),
            (
                "Read the draft through, then take the list in and count:",
                "cd my-casebook\ncenotaph list import ../list.csv --mapping ../mapping.toml\n"
                "cenotaph count table --by nationality --by path",
            ),
            (
                "Open any number, down to the bytes, and check that nothing was changed:",
                f"cenotaph count members '{list_id}:nationality=UZ,path=prison'\ncenotaph ledger verify",
            ),
        ),
        credit=_CREDIT,
    )
    talk(f"9. Wrote {page} ({size / 1024:.0f} KB). Open it in a browser.")
    talk(f"   Try: cenotaph --casebook {root} count members '{list_id}:nationality=TJ,path=prison'")
    releases = example.parent / RELEASES
    if releases.is_dir():
        show_releases(releases, out / "gaza-lists.html", talk)
    return Demo(root, page, time.monotonic() - begun)


def show_releases(folder: Path, page: Path, talk: Callable[[str], None]) -> None:
    """Link two releases of a list one to one, and write the page of what changed between them."""
    from cenotaph.services.list_changes import compare_releases, write_page

    left, right = folder / "release_2024-04.parquet", folder / "release_2024-09.parquet"
    talk("\n10. Linked two releases of the Gaza Ministry of Health's list, by name and age alone:\n")
    begun = time.monotonic()
    compared = compare_releases(left, right)
    kinds = compared.kinds
    talk(f"   April 2024: {compared.left:,} rows; September 2024: {compared.right:,} rows; {time.monotonic() - begun:.1f} seconds")
    talk(
        f"   {kinds['same']:,} the same, {kinds['changed']:,} changed, {kinds['added']:,} added, "
        f"{kinds['withdrawn']:,} not found again; {compared.doubtful:,} links are less than nine in ten sure"
    )
    size = write_page(
        compared,
        page,
        title="What changed between two releases of a list of the dead",
        lead=(
            "The Gaza Ministry of Health published its list of the identified dead again and again. Here the release of April "
            "2024 is linked to that of September 2024, person by person, from names and ages alone."
        ),
        before="April 2024",
        after="September 2024",
        remarks=(
            "An age that differs by a year counts as the same: a birthday lies between the two releases, and they reckon ages at "
            "different days. A name that differs only in how it is typed, by its spaces or the variants of a letter, is the same name.",
        ),
        commands=(
            (
                "Link two lists, each free of duplicates:",
                "cenotaph link pair april.parquet september.parquet --out links.parquet",
            ),
            (
                "With what changed, row by row, and a page like this one:",
                "cenotaph link pair april.csv september.csv --out links.parquet --changes changes.csv --page changes.html",
            ),
        ),
        credit=(
            "The lists are the Gaza Ministry of Health's, as collected by TechForPalestine/palestine-datasets (Unlicense). "
            "National ids, sexes and transliterations were left out."
        ),
    )
    talk(f"   Wrote {page} ({size / 1024:.0f} KB).")
