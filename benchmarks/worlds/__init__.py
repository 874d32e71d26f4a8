"""Synthetic worlds: war dead of several peoples, and reports on them in several scripts, with the truth beside."""
