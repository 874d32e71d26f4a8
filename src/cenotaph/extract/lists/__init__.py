"""Lists of named dead as reports, under a mapping that says which column is which field."""

from cenotaph.extract.lists.checking import load_mapping, parse_mapping
from cenotaph.extract.lists.mapping import Column, Constant, Mapping
from cenotaph.extract.lists.matching import match_columns, quote_columns
from cenotaph.extract.lists.proposing import propose_mapping
from cenotaph.extract.lists.reading import read_table
from cenotaph.extract.lists.summary import ReadingSummary, RowFailure, Unreadable
from cenotaph.extract.lists.values import find_script, read_age

__all__ = [
    "Column",
    "Constant",
    "Mapping",
    "ReadingSummary",
    "RowFailure",
    "Unreadable",
    "find_script",
    "load_mapping",
    "match_columns",
    "parse_mapping",
    "propose_mapping",
    "quote_columns",
    "read_age",
    "read_table",
]
