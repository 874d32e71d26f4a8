"""The store: models, migrations, ledger and bulk paths."""
