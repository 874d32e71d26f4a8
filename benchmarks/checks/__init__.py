"""Scores of what is found in claims held against each other."""
