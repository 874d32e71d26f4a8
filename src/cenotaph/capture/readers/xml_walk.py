"""Walking XML from a stranger: streaming, no entities, no document type, no tag or nesting without end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from cenotaph.domain.errors import DamagedFileError

_DEPTH = 100
_TAG_BYTES = 1 << 20

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def walk_xml(
    chunks: Iterable[bytes], name: str, start: Start, end: End | None = None, text: Text | None = None
) -> None:
    """Walk a whole XML file; see :func:`step_xml`."""
    for _ in step_xml(chunks, name, start, end, text):
        pass


def step_xml(
    chunks: Iterable[bytes], name: str, start: Start, end: End | None = None, text: Text | None = None
) -> Iterator[None]:
    """Walk an XML file chunk by chunk, and yield after each, so that the caller can pass on what it has.

    Element names are ``namespace local``, or ``local`` where there is no namespace.

    Parameters
    ----------
    chunks
        Its bytes.
    name
        How messages name the file.
    start, end, text
        Called with an element's name and attributes, with its name at its end, and with pieces of text.

    Raises
    ------
    DamagedFileError
        It declares a document type or an entity, nests deeper than any honest file, or has a tag of over 1
        MiB.
    xml.parsers.expat.ExpatError
        It is not well-formed.
    """
    depth = 0

    def count(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise DamagedFileError(f"{name} nests its elements more than {_DEPTH} deep.", "Do not trust it.")
        start(element, attributes)

    def uncount(element: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(element)

    def refuse(*_: object) -> int:
        raise DamagedFileError(
            f"{name} declares a document type or an entity, which no workbook does.", "Do not trust it."
        )

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = count
    parser.EndElementHandler = uncount
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    fed = 0
    for chunk in chunks:
        parser.Parse(chunk, False)
        fed += len(chunk)
        # What the parser holds back is a tag that has not ended yet.
        if fed - parser.CurrentByteIndex > _TAG_BYTES:
            raise DamagedFileError(f"{name} has a tag of more than {_TAG_BYTES:,} bytes.", "Do not trust it.")
        yield
    parser.Parse(b"", True)
    yield
