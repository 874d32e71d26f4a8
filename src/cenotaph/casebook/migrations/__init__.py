"""Changes of the tables, in order; none updates a guarded row."""
