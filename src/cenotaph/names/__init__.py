"""A person's name in any script: parse, romanise, compare."""
