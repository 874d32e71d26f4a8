"""What a developer runs: generators of documentation and of reference data."""
