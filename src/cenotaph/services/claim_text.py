"""A claim or an allegation as a line for people."""

from __future__ import annotations

from cenotaph.domain.claims import Allegation, Claim


def claim_line(item: Claim | Allegation, with_document: bool) -> str:
    """Return one line: what, of whom, who says so, how sure, and a question mark where a person should look.

    Parameters
    ----------
    with_document
        Whether the document's name opens the line.
    """
    lead = f"{item.document}  " if with_document and item.document else ""
    mark = "? " if item.needs_review else "  "
    if isinstance(item, Allegation):
        parts = [
            f"allegation: {item.act}",
            f"of {item.victims}" if item.victims else "",
            f"by {item.actor}" if item.actor else "",
        ]
    else:
        who = " ".join(filter(None, [", ".join(item.nationality), item.group or ""]))
        parts = [
            f"{item.number_text} {item.outcome}" + ("" if item.unit.value == "people" else f" ({item.unit.value})"),
            f"of {who}" if who else "",
            f"as of {item.as_of}" if item.as_of else "",
            "part of another" if item.subset_of else "",
            "repeats another" if item.repeat_of else "",
        ]
    parts.append(f"says {item.attribution}" if item.attribution else "says the text")
    parts.append(item.modality.value.replace("_", " "))
    return f"{lead}{mark}" + "; ".join(filter(None, parts)) + f"  [{item.start}-{item.end}] {_shorten(item.quote)}"


def _shorten(quote: str, length: int = 100) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= length else words[: length - 3] + "..."
