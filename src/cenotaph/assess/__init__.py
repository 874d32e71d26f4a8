"""Scope and standard give each person fate, grade, legal standing and review."""
