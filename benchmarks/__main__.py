"""Run every benchmark, one after the other; made casebooks are shared between them."""

from __future__ import annotations

import tempfile

from benchmarks import build_site, count_table, extract_run, import_list, linkage, name_keys, verify_ledger


def main() -> None:
    """Run them all."""
    with tempfile.TemporaryDirectory() as folder:
        print("Import of lists", flush=True)
        import_list.main([])
        print("\nCounting", flush=True)
        count_table.main(["--keep", folder])
        print("\nVerifying", flush=True)
        verify_ledger.main(["--keep", folder])
        print("\nReading claims", flush=True)
        extract_run.main([])
        print("\nBuilding a site", flush=True)
        build_site.main([])
        print("\nKeys of names", flush=True)
        name_keys.main([])
        print("\nLinking", flush=True)
        linkage.main([])


if __name__ == "__main__":
    main()
