"""Arrow schemas of what crosses stages in bulk."""
