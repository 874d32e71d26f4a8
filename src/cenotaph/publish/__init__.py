"""Figures become releases and sites."""
