"""Standards, scopes and figures, as the interfaces above read them from files."""

from __future__ import annotations

from cenotaph.assess.scope import Scope, load_scope
from cenotaph.assess.standard import Standard, find_doubts, load_standard, standard_names
from cenotaph.count.figure_files import load_figures

__all__ = ["Scope", "Standard", "find_doubts", "load_figures", "load_scope", "load_standard", "standard_names"]
