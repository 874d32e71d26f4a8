"""The demonstration: a casebook made from the example, counted, compared, checked, and shown on one page."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import Selection
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import LedgerBrokenError, UsageError
from cenotaph.publish.release_files import SUMS
from cenotaph.services import captures, claim_checks, claim_words, counting, extraction, import_text, imports, linking, rendering
from cenotaph.services.ledger import verify
from cenotaph.services.opening import name_actor, start_casebook
from cenotaph.services.release_checks import verify_folder
from cenotaph.services.release_rules import load_rules
from cenotaph.services.release_text import built_text
from cenotaph.services.releases import build_release
from cenotaph.services.site import make_site
from cenotaph.services.summary import build_summary
from cenotaph.services.teaching import EXAMPLE as LESSON
from cenotaph.services.teaching import run_lesson

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


def _freeze(casebook: Casebook, actor: Actor, example: Path, folder: Path, talk: Callable[[str], None]) -> Path:
    """Link the list's rows to people, freeze a release of them, and check it as a stranger would."""
    if folder.exists():
        if not (folder / SUMS).is_file():
            raise UsageError(f"{folder} exists and is no release.", "Name another folder with --out.")
        shutil.rmtree(folder)
    linking.accept_people(casebook, actor, linking.propose_people(casebook))
    rules = load_rules(
        casebook,
        "newsroom",
        example / "scope.toml",
        example / "figures.toml",
        example / "policy.toml",
        authors=("Mediazona, BBC News Russian and volunteers; Cenotaph project (this form)",),
    )
    built = build_release(casebook, actor, "2025-11", rules, folder)
    talk("\n10. Frozen as a release that anyone can count again:\n")
    for line in built_text(built, "2025-11"):
        talk("   " + line)
    sound, lines = verify_folder(folder)
    if not sound:
        raise LedgerBrokenError(f"The release does not verify: {lines[-1]}", "Please report this.")
    talk(f"   {lines[-1]}")
    return folder


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
    release = _freeze(casebook, actor, example, out / "release", talk)
    site = out / "site"
    if site.exists():
        if not (site / "build-state.txt").is_file():
            raise UsageError(f"{site} exists and is no site.", "Name another folder with --out.")
        shutil.rmtree(site)
    make_site([release], site)
    talk(f"   Made the public site of it, from nothing but the release: {site / 'index.html'}")
    talk(f"\n11. A lesson on what a count rests on; everything in it is invented ({LESSON}):\n")
    run_lesson(out, example.parent / LESSON, lambda line: talk("   " + line.replace("\n", "\n   ")))
    releases = example.parent / RELEASES
    if releases.is_dir():
        show_releases(releases, out / "gaza-lists.html", talk)
    talk(f"\nLook at {page}, and at {site / 'index.html'}; check {release / 'verify.py'}.")
    return Demo(root, page, time.monotonic() - begun)


def show_releases(folder: Path, page: Path, talk: Callable[[str], None]) -> None:
    """Link two releases of a list one to one, and write the page of what changed between them."""
    from cenotaph.services.list_changes import compare_releases, write_page

    left, right = folder / "release_2024-04.parquet", folder / "release_2024-09.parquet"
    talk("\n12. Linked two releases of the Gaza Ministry of Health's list, by name and age alone:\n")
    begun = time.monotonic()
    compared = compare_releases(left, right)
    kinds = compared.kinds
    seconds = time.monotonic() - begun
    talk(f"   April 2024: {compared.left:,} rows; September 2024: {compared.right:,} rows; {seconds:.1f} seconds")
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
            "different days. A name that differs only in how it is typed, by its spaces or the variants of a letter, is the "
            "same name. A row of another age by ten years is linked to nobody, whatever its name.",
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
