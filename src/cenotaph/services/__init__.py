"""Use cases, the only writers: one transaction and one ledger entry each."""
