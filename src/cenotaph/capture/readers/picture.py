"""Pictures: what they are and how large; what the camera wrote into them (EXIF) is kept apart, and private."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from cenotaph.capture.readers.contained import Contained
from cenotaph.domain.documents import PICTURE, DocumentFacts, TextDocument
from cenotaph.domain.errors import DamagedFileError

NAME = "picture"
VERSION = "1"
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF", "image/gif": "GIF"}
_MOST_PIXELS = 400_000_000
_LONGEST = 200
_GPS = 0x8825
_EXIF = 0x8769


def read(source: Contained) -> Iterator[TextDocument]:
    """Read what a picture says of itself; it has no text.

    Raises
    ------
    DamagedFileError
        It is broken, or not what its first bytes say.
    """
    from PIL import ExifTags, Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None
    try:
        if source.media_type == "image/png":  # Apart: only what was just opened can be verified.
            with Image.open(io.BytesIO(source.data), formats=["PNG"]) as image:
                image.verify()
        with Image.open(io.BytesIO(source.data), formats=[_FORMATS[source.media_type]]) as image:
            width, height = image.size
            if width * height > _MOST_PIXELS:
                raise DamagedFileError(f"{source.name} would be {width:,} by {height:,} points.", "Do not open it elsewhere.")
            exif = image.getexif()
            values = dict(_tell(exif, ExifTags.TAGS))
            values |= dict(_tell(exif.get_ifd(_EXIF), ExifTags.TAGS))
            values |= {f"GPS {name}": value for name, value in _tell(exif.get_ifd(_GPS), ExifTags.GPSTAGS)}
    except DamagedFileError:
        raise
    except PermissionError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, TypeError, ZeroDivisionError, EOFError) as error:
        words = ascii(str(error))[1:100]
        raise DamagedFileError(f"{source.name} is no whole {source.media_type}: {words}.", "Get it again.") from error
    other = (("width", str(width)), ("height", str(height)), *sorted((f"exif {key}", value) for key, value in values.items()))
    yield TextDocument("", NAME, VERSION, "", DocumentFacts(address=source.address, other=other), kind=PICTURE)


def _tell(found: Any, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    for key, value in list(found.items())[:500]:
        if isinstance(value, bytes):
            value = value[:_LONGEST].decode("latin-1")
        if isinstance(value, dict):
            continue
        words = "".join(c if c.isprintable() else " " for c in str(value))
        yield names.get(key, f"{key:#06x}"), " ".join(words.split())[:_LONGEST]
