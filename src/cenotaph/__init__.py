"""Cenotaph turns open-source reports of war deaths into a count that can be defended."""

__version__ = "0.1.0"
