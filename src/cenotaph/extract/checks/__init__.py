"""Claims held against each other: what in them contradicts, is left open, or cannot be compared, and why."""

from cenotaph.extract.checks.checking import check_claims, check_document
from cenotaph.extract.checks.finding import CONTRADICTIONS, Certainty, Finding, FindingType
from cenotaph.extract.checks.rates import Rate, find_rates

__all__ = ["CONTRADICTIONS", "Certainty", "Finding", "FindingType", "Rate", "check_claims", "check_document", "find_rates"]
