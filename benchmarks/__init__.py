"""Speed and memory, measured outside the tests: `make bench` runs all of it, `make torture` kills writers."""
