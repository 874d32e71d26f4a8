from __future__ import annotations
from cenotaph.domain.documents import TableDocument
def propose_mapping(table: TableDocument, *, file_name: str, list_id: str | None = None, language: str | None = None, encoding: str | None = None, sheet: str | None = None) -> str:
    raise NotImplementedError
