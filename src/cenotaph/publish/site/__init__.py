"""A public site from releases: static pages, no script needed, nothing that a release does not hold."""
