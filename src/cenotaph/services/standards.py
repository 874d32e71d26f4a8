"""Standards and scopes, as the interfaces above read them."""

from __future__ import annotations

from cenotaph.assess.scope import Scope, load_scope
from cenotaph.assess.standard import Standard, load_standard, standard_names

__all__ = ["Scope", "Standard", "load_scope", "load_standard", "standard_names"]
