"""How well claims are read from text, against annotated texts: ``python -m benchmarks.claims``."""
