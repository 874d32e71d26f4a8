"""WARC and WACZ: what a fetched page is kept as, what others' archives are read from, what is handed on."""
