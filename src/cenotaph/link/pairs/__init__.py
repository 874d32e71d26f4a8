"""Two lists, each free of duplicates, linked one to one."""
