"""How much of an article is read out of real pages, and whether its day, by public sets whose main text is known.

Sets are folders that whoever measures has got: a checkout of ``adbar/trafilatura`` (or its source release 0.8.2, which has
some of the pages, with ``tests/evaldata.py`` beside them), one of ``adbar/htmldate`` (or release 0.8.1), the source release of
``newspaper4k``, or a checkout of ``scrapinghub/article-extraction-benchmark``. Nothing of them is a part of this project.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.made_files import LIMITS

from benchmarks.read_pages import score
from cenotaph.capture.isolation import shared_process
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import CenotaphError


@dataclass(frozen=True, slots=True)
class Known:
    """A page and what is known of it: its main text, or words that stand in it and words that do not; the day."""

    page: bytes
    text: str = ""
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    day: str = ""


def load_segments(folder: Path) -> Iterator[Known]:
    """Yield the pages of trafilatura's own evaluation that lie in the folder."""
    tree = ast.parse((folder / "tests" / "evaldata.py").read_text(encoding="utf-8"))
    (value,) = (node.value for node in tree.body if isinstance(node, ast.Assign))
    for found in ast.literal_eval(value).values():
        for place in ("cache", "eval"):
            path = folder / "tests" / place / str(found["file"])
            if path.exists() and (found.get("with") or found.get("without")):
                yield Known(path.read_bytes(), "", tuple(found["with"]), tuple(found["without"]), str(found.get("date") or ""))
                break


def load_days(folder: Path) -> Iterator[Known]:
    """Yield the pages of htmldate's evaluation that lie in the folder."""
    for found in json.loads((folder / "tests" / "eval_default.json").read_text(encoding="utf-8")).values():
        path = folder / "tests" / "cache" / str(found["file"])
        if path.exists():
            yield Known(path.read_bytes(), day=str(found["date"]))


def load_texts(folder: Path) -> Iterator[Known]:
    """Yield newspaper4k's test pages that have a main text."""
    data = folder / "tests" / "data"
    for path in sorted((data / "metadata").glob("*.json")):
        page, text = data / "html" / f"{path.stem}.html", data / "txt" / f"{path.stem}.txt"
        if page.exists() and text.exists():
            day = str(json.loads(path.read_text(encoding="utf-8")).get("publish_date") or "")[:10]
            yield Known(page.read_bytes(), text.read_text(encoding="utf-8"), day=day)


def load_bodies(folder: Path) -> Iterator[Known]:
    """Yield the pages of the article extraction benchmark."""
    for name, found in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
        path = folder / "html" / f"{name}.html.gz"
        if path.exists():
            yield Known(gzip.decompress(path.read_bytes()), str(found["articleBody"]))


def find_set(folder: Path) -> tuple[str, list[Known]]:
    """Return which set a folder is, and its pages."""
    for mark, name, load in (
        ("tests/evaldata.py", "trafilatura's evaluation", load_segments),
        ("tests/eval_default.json", "htmldate's evaluation", load_days),
        ("tests/data/metadata", "newspaper4k's test pages", load_texts),
        ("ground-truth.json", "article extraction benchmark", load_bodies),
    ):
        if (folder / mark).exists():
            return name, list(load(folder))
    raise SystemExit(f"{folder} is none of the known sets.")


@dataclass
class Tally:
    """What one reader did: words found that should be or not, scores of texts, days."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    scores: list[float] | None = None
    days: Counter[str] | None = None

    def add(self, known: Known, text: str, day: str) -> None:
        """Count one page."""
        flat = " ".join(text.split())
        found = sum(" ".join(words.split()) in flat for words in known.inside)
        self.right += found
        self.missed += len(known.inside) - found
        self.wrong += sum(" ".join(words.split()) in flat for words in known.outside)
        if known.text:
            self.scores = [*(self.scores or []), score(known.text, text)]
        if known.day:
            self.days = self.days or Counter()
            coarser = bool(day) and day != known.day and known.day.startswith(day)
            self.days["right" if day[:10] == known.day else "coarser" if coarser else "other" if day else "none"] += 1

    def __str__(self) -> str:
        parts = []
        if self.right + self.missed:
            precision, recall = self.right / max(1, self.right + self.wrong), self.right / (self.right + self.missed)
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            parts.append(f"segments F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})")
        if self.scores:
            parts.append(f"F1 of runs of four words {sum(self.scores) / len(self.scores):.3f} (n={len(self.scores)})")
        if self.days:
            count = sum(self.days.values())
            told = self.days["right"] + self.days["other"]
            right = self.days["right"]
            precision, recall = right / max(1, told), right / count
            f1 = 2 * precision * recall / (precision + recall) if right else 0.0
            parts.append(
                f"day right {right}, another {self.days['other']}, its month only {self.days['coarser']}, "
                f"none {self.days['none']} of {count}; F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})"
            )
        return "; ".join(parts)


def _read_ours(path: Path, known: Known) -> tuple[str, str, bool]:
    path.write_bytes(known.page)
    try:
        documents: list[TextDocument] = shared_process().read(path, "text/html", LIMITS)
    except CenotaphError:
        return "", "", True
    first = documents[0]
    on = first.facts.published_on if first.facts else None
    return first.text, on.edtf if on else "", False


def _read_theirs(known: Known) -> tuple[str, str]:
    from trafilatura import bare_extraction

    found = bare_extraction(known.page, include_comments=False, with_metadata=True)
    return (str(getattr(found, "text", "") or ""), str(getattr(found, "date", "") or "")) if found else ("", "")


def main(arguments: list[str] | None = None) -> None:
    """Read the pages of the sets named, and say how much was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    for folder in parser.parse_args(arguments).folders:
        name, pages = find_set(folder)
        ours, theirs = Tally(), Tally()
        refused = 0
        with tempfile.TemporaryDirectory() as scratch:
            for known in pages:
                text, day, failed = _read_ours(Path(scratch, "page.html"), known)
                refused += failed
                ours.add(known, text, day)
                theirs.add(known, *_read_theirs(known))
        print(f"{name}: {len(pages)} pages, {refused} not read")
        print(f"  ours         {ours}")
        print(f"  trafilatura  {theirs}", flush=True)


if __name__ == "__main__":
    main()
