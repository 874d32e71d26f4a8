#!/bin/sh
# Checks this folder with sha256sum, grep and, where there are stamps, openssl. See README.txt.
cd "$(dirname "$0")" || exit 2
wrong=0
say() { echo "WRONG: $1"; wrong=1; }

sha256sum --check --quiet --strict SHA256SUMS || say "a file is not the one that was put here"
listed=$(wc -l < SHA256SUMS)
there=$(find . -type f ! -name SHA256SUMS | wc -l)
[ "$listed" -eq "$there" ] || say "there are $there files, $listed are listed"

kept=$(sha256sum "capture/@NAME@" | cut -d ' ' -f 1)
[ "$kept" = "@CAPTURE@" ] || say "the capture is not @CAPTURE@"
grep -q "@CAPTURE@" ledger/*.json || say "no entry of the ledger names the capture"

previous=""
for entry in ledger/*.json; do
    if [ -n "$previous" ]; then
        grep -q "\"previous\":\"$previous\"" "$entry" || say "$entry does not follow the entry before it"
    fi
    previous=$(sha256sum "$entry" | cut -d ' ' -f 1)
done

stamped=0
for stamp in stamps/*.tsr; do
    [ -e "$stamp" ] || continue
    name=${stamp#stamps/}
    if command -v openssl > /dev/null; then
        openssl ts -verify -data "ledger/${name%%-*}.json" -in "$stamp" -CAfile "${stamp%.tsr}.pem" > /dev/null 2>&1 ||
            say "$stamp does not hold"
        openssl ts -reply -in "$stamp" -text 2> /dev/null | grep "Time stamp:"
    else
        echo "openssl is not here: $stamp was not checked."
    fi
    stamped=$((stamped + 1))
done
[ "$stamped" -gt 0 ] || echo "There is no stamp: nothing but the recorder's word says since when it is kept."

if command -v warcio > /dev/null; then
    case "@NAME@" in *.warc*) warcio check "capture/@NAME@" || say "a record's digest is wrong" ;; esac
fi
echo "SHA-256 of SHA256SUMS, to compare with what you were told: $(sha256sum SHA256SUMS | cut -d ' ' -f 1)"
[ "$wrong" -eq 0 ] && echo "Everything matches."
exit "$wrong"
