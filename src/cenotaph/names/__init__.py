"""A person's name in any script: parse, romanise, compare."""

from cenotaph.names.comparing import NameComparison, compare
from cenotaph.names.parsing import ParsedName, parse_name

__all__ = ["NameComparison", "ParsedName", "compare", "parse_name"]
