"""Files made for tests of taking in and reading: limits, workbooks from cells, packages from raw parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cenotaph.capture.limits import Limits

LIMITS = Limits(
    text_bytes=64 << 20,
    csv_bytes=2048 << 20,
    xlsx_bytes=256 << 20,
    other_bytes=1024 << 20,
    unzipped_bytes=1024 << 20,
    columns=4096,
    cell_characters=1_000_000,
    rows=20_000_000,
)
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def limits(**changes: int) -> Limits:
    """Return the usual limits with some replaced."""
    return replace(LIMITS, **changes)


def save_workbook(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Save rows as the one sheet of a workbook."""
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)
    return path


def sheet_xml(rows: str) -> str:
    """Return a sheet's XML around the XML of its rows."""
    return f'<?xml version="1.0"?><worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>'


def strings_xml(items: str) -> str:
    """Return the XML of shared strings around their items."""
    return f'<?xml version="1.0"?><sst {_MAIN}>{items}</sst>'


def package_parts(sheet: str, **more: str) -> dict[str, str]:
    """Return the parts of a workbook with one sheet named ``List``; ``strings`` and ``styles`` are added where given."""
    links = f'<Relationship Id="r1" Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_LINK}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_LINK}"><sheets><sheet name="List" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    for number, (name, kind) in enumerate((("strings", "sharedStrings"), ("styles", "styles")), 2):
        if name in more:
            links += f'<Relationship Id="r{number}" Type="{_LINK}/{kind}" Target="{kind}.xml"/>'
            parts[f"xl/{kind}.xml"] = more[name]
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{links}</Relationships>"
    return parts


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def save_package(path: Path, sheet: str, **more: str) -> Path:
    """Save a workbook made of raw XML."""
    path.write_bytes(pack(package_parts(sheet, **more)))
    return path


def left_behind(objects: Path) -> list[str]:
    """Return the files under a captures' folder, hidden ones too."""
    return sorted(str(path.relative_to(objects)) for path in objects.rglob("*") if not path.is_dir())
