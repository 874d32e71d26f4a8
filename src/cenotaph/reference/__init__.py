"""Countries, stated places, axis codes, month words: data with sources, and lookups over it."""
