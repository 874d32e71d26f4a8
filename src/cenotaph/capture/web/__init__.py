"""Fetching: one page by a stated route, to the address that was checked, with the bytes as they went over the wire."""
