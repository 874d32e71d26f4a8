"""Numbers in a text: their words, their value with its bound, and whether they may count people."""

from cenotaph.extract.numbers.finder import find_numbers
from cenotaph.extract.numbers.mention import EXCLUDED_KINDS, PEOPLE_KINDS, NumberMention

__all__ = ["EXCLUDED_KINDS", "PEOPLE_KINDS", "NumberMention", "find_numbers"]
