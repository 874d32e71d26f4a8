"""How much of an article is read out of a page, and whether its day: pages made from known texts in common layouts."""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.made_files import LIMITS

from cenotaph.capture.isolation import shared_process

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its language."""

    name: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a layout is filled with: title, paragraphs, other texts' sentences for what stands around, the day."""

    title: str
    paragraphs: tuple[str, ...]
    around: tuple[str, ...]
    day: str
    language: str


def load_samples(folder: Path) -> Iterator[Sample]:
    """Yield the texts of the shared data sets that have whole articles."""
    documents = folder / "claims-dev" / "documents.jsonl"
    if documents.exists():
        for line in documents.read_text(encoding="utf-8").splitlines():
            found = json.loads(line)
            path = folder / "claims-dev" / str(found["path"])
            if path.exists():
                yield Sample(path.stem, str(found["lang"]), path.read_text(encoding="utf-8"))
    for path in sorted((folder / "nerel").rglob("*.txt")):
        yield Sample(path.stem, "ru", path.read_text(encoding="utf-8"))


def _links(words: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{n}">{html.escape(w[:70])}</a></li>' for n, w in enumerate(words))


def _p(made: Made) -> str:
    return "".join(f"<p>{html.escape(p)}</p>\n" for p in made.paragraphs)


def layout_semantic(made: Made) -> str:
    """Article element, JSON-LD, related links and comments after it."""
    linked = json.dumps({"@type": "NewsArticle", "datePublished": f"{made.day}T09:30:00+03:00"})
    comments = "".join(f'<li class="comment"><p>{html.escape(w)}</p></li>' for w in made.around[4:7])
    return (
        f'<head><title>{html.escape(made.title)}</title><script type="application/ld+json">{linked}</script></head><body>'
        f"<header><nav><ul>{_links(made.around[:4])}</ul></nav></header><main><article><h1>{html.escape(made.title)}</h1>"
        f'{_p(made)}</article><section id="comments"><ol>{comments}</ol></section></main>'
        f"<aside><ul>{_links(made.around[2:9])}</ul></aside><footer>© 2025</footer></body>"
    )


def layout_blog(made: Made) -> str:
    """A blog engine's classes, a named date, sharing buttons and a related box within the entry."""
    return (
        f'<head><meta property="article:published_time" content="{made.day}"><title>{html.escape(made.title)}</title></head>'
        f'<body class="single"><div id="page"><div class="menu"><ul>{_links(made.around[:5])}</ul></div><div class="post">'
        f'<h1 class="entry-title">{html.escape(made.title)}</h1><div class="entry-content">{_p(made)}'
        f'<div class="sharedaddy"><a href="#">Share</a> <a href="#">Tweet</a></div>'
        f'<div class="related-posts"><h3>Related</h3><ul>{_links(made.around[5:9])}</ul></div></div></div>'
        f'<div id="sidebar" class="widget-area"><ul>{_links(made.around[1:6])}</ul></div></div></body>'
    )


def layout_divs(made: Made) -> str:
    """Nothing but divs with names of their own; the date in a time element."""
    body = "".join(f'<div class="t-{n % 3}">{html.escape(p)}</div>' for n, p in enumerate(made.paragraphs))
    more = "".join(f"<div class=c2><a href=/n{n}>{html.escape(w[:80])}</a></div>" for n, w in enumerate(made.around[6:9]))
    return (
        f"<head><title>{html.escape(made.title)}</title></head><body><div class=a1>"
        f"{''.join(f'<div class=a2><a href=/{n}>{html.escape(w[:60])}</a></div>' for n, w in enumerate(made.around[:6]))}</div>"
        f'<div class=b1><div class=b2>{html.escape(made.title)}</div><time datetime="{made.day}">{made.day}</time>{body}</div>'
        f"<div class=c1>{more}</div></body>"
    )


def layout_table(made: Made) -> str:
    """An old site of tables and breaks; the date stands in the address alone."""
    text = "<br><br>".join(html.escape(p) for p in made.paragraphs)
    return (
        f"<head><title>{html.escape(made.title)}</title></head><body><table width=100%><tr><td width=20%>"
        f"{'<br>'.join(f'<a href=/{n}>{html.escape(w[:40])}</a>' for n, w in enumerate(made.around[:6]))}</td>"
        f"<td><font size=5><b>{html.escape(made.title)}</b></font><br>{text}</td></tr></table></body>"
    )


def layout_notices(made: Made) -> str:
    """Notices over the text, teasers between paragraphs, and a machine-readable date by name."""
    half = len(made.paragraphs) // 2
    teaser = f'<div class="teaser-box"><a href="/x"><b>{html.escape(made.around[0][:80])}</b></a></div>'
    parts = [f"<p>{html.escape(p)}</p>" for p in made.paragraphs]
    return (
        f'<head><meta itemprop="datePublished" content="{made.day}T23:50:00-05:00">'
        f"<title>{html.escape(made.title)}</title></head>"
        '<body><div class="cookie-banner"><p>We use cookies. By going on you accept them.</p><button>OK</button></div>'
        f'<div class="content"><h1>{html.escape(made.title)}</h1><div class="article-body">{"".join(parts[:half])}{teaser}'
        f"{''.join(parts[half:])}</div></div><div class='newsletter'><form>Subscribe <input></form></div>"
        f"<div class='most-read'><ul>{_links(made.around[1:8])}</ul></div></body>"
    )


def layout_remarks(made: Made) -> str:
    """A blog whose readers' comments say who wrote them and when; none of them is the article."""
    comments = "".join(
        f'<li class="comment" id="comment-{n}"><div class="comment-author"><b class="fn">Reader {n}</b></div>'
        f'<time datetime="2024-01-0{n + 1}">x</time><div class="comment-content"><p>{html.escape(w)}</p></div></li>'
        for n, w in enumerate(made.around[3:7])
    )
    return (
        f'<head><meta property="og:title" content="{html.escape(made.title)}"><meta name="date" content="{made.day}"></head>'
        f'<body><div class="site"><div class="nav"><ul>{_links(made.around[:4])}</ul></div><div class="entry">'
        f"<h1>{html.escape(made.title)}</h1>{_p(made)}</div><ol class='comment-list'>{comments}</ol></div></body>"
    )


def layout_shown(made: Made) -> str:
    """A small paper's engine: the date is only shown, marked by its class; the text stands in sections with headings of links."""
    year, month, day = made.day.split("-")
    head = html.escape(made.around[0][:30])
    recent = "".join(f"<div><a href=/{n}>{html.escape(w[:70])}</a></div>" for n, w in enumerate(made.around[4:9]))
    sections = "".join(f"<section><p>{html.escape(p)}</p></section>" for p in made.paragraphs)
    return (
        f"<head><title>{html.escape(made.title)}</title></head><body><header><a href=/>{head}</a></header>"
        f'<div class="news-detail"><h1>{html.escape(made.title)}</h1><span class="news-date">{day}.{month}.{year}, 10:15</span>'
        f"{sections}<div class='tags'><a href=/t1>tag</a> <a href=/t2>tag</a></div></div>"
        f"<div class='recent-news'>{recent}</div><footer>{html.escape(made.around[1])}</footer></body>"
    )


def layout_facts(made: Made) -> str:
    """An encyclopaedia's or agency's page with a table of facts beside the text and linked data in a graph."""
    linked = json.dumps({"@graph": [{"@type": "WebSite"}, {"@type": "Article", "datePublished": f"{made.day}T00:30:00+05:00"}]})
    rows = "".join(f"<tr><th>Fact {n}</th><td>{n * 7}</td></tr>" for n in range(1, 5))
    return (
        f'<head><title>{html.escape(made.title)}</title><script type="application/ld+json">{linked}</script></head><body>'
        f"<div id=top><ul>{_links(made.around[:6])}</ul></div><main><h1>{html.escape(made.title)}</h1>"
        f"<aside><table>{rows}</table></aside>{_p(made)}</main><nav>{_links(made.around[5:9])}</nav></body>"
    )


LAYOUTS: tuple[Callable[[Made], str], ...] = (
    layout_semantic,
    layout_blog,
    layout_divs,
    layout_table,
    layout_notices,
    layout_remarks,
    layout_shown,
    layout_facts,
)


def vary(lines: list[str], chance: random.Random) -> list[str]:
    """Return a text's sentences in another order and other paragraphs: another article of the same words, for want of more."""
    sentences = [sentence for line in lines for sentence in re.split(r"(?<=[.!?।؟])\s+", line) if sentence.strip()]
    chance.shuffle(sentences)
    varied: list[str] = []
    while sentences:
        count = chance.randint(1, 4)
        varied.append(" ".join(sentences[:count]))
        sentences = sentences[count:]
    return varied


def _grams(text: str, size: int = 4) -> dict[tuple[str, ...], int]:
    words = [word.casefold() for word in _WORD.findall(text)]
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for at in range(max(1, len(words) - size + 1)):
        found[tuple(words[at : at + size])] += 1
    return found


def score(expected: str, got: str) -> float:
    """Return F1 of runs of four words."""
    want, have = _grams(expected), _grams(got)
    shared = sum(min(count, have.get(gram, 0)) for gram, count in want.items())
    return 0.0 if not shared else 2 * shared / (sum(want.values()) + sum(have.values()))


def main(arguments: list[str] | None = None) -> None:
    """Make the pages, read them, and say how much was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=60, help="At most so many texts of one language.")
    parser.add_argument("--least", type=int, default=5, help="Of a language with fewer texts, each is varied until there are.")
    chosen = parser.parse_args(arguments)
    chance = random.Random(chosen.seed)
    by_language: dict[str, list[Sample]] = defaultdict(list)
    for sample in load_samples(chosen.data):
        if len(by_language[sample.language]) < chosen.most:
            by_language[sample.language].append(sample)
    everything = [line for found in by_language.values() for s in found for line in s.text.splitlines() if len(line) > 40]
    rows: dict[str, list[tuple[float, float, bool]]] = defaultdict(list)
    layouts: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for language, samples in sorted(by_language.items()):
            copies = 1 if len(samples) >= chosen.least else chosen.least // len(samples)
            for sample, copy in ((sample, copy) for sample in samples for copy in range(copies)):
                lines = [line.strip() for line in sample.text.splitlines() if line.strip()]
                if len(lines) < 2:
                    lines = [sample.text[:80], *re.split(r"(?<=[.!?।])\s+", sample.text.strip())]
                if copy:
                    lines = [lines[0], *vary(lines[1:], chance)]
                day = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
                around = tuple(chance.sample(everything, min(9, len(everything))))
                made = Made(lines[0], tuple(lines[1:]), around, day, language)
                for layout in LAYOUTS:
                    page = f'<!DOCTYPE html><html lang="{language}">{layout(made)}</html>'
                    ours, theirs, dated = _read(Path(folder), page, made, layout is layout_table)
                    rows[language].append((ours, theirs, dated))
                    layouts[layout.__name__].append(ours)
    for language, found in sorted(rows.items()):
        print(
            f"{language:8} pages {len(found):4}  F1 of text {_mean([f[0] for f in found]):.3f} "
            f"(trafilatura's own text {_mean([f[1] for f in found]):.3f})  day right {_mean([float(f[2]) for f in found]):.3f}"
        )
    for name, scores in layouts.items():
        print(f"{name:18} F1 {_mean(scores):.3f}")


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _read(folder: Path, page: str, made: Made, undated: bool) -> tuple[float, float, bool]:
    from trafilatura import extract

    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    expected = "\n".join(made.paragraphs)
    document, *_ = shared_process().read(path, "text/html", LIMITS)
    ours = document.text.removeprefix(made.title).strip()
    theirs = (extract(page, include_comments=False, deduplicate=False) or "").removeprefix(made.title)
    on = document.facts.published_on if document.facts else None
    return score(expected, ours), score(expected, theirs), (on is None) if undated else (on is not None and on.edtf == made.day)


if __name__ == "__main__":
    main()
