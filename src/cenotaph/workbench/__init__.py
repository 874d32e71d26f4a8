"""The web interface of reviewers and editors."""
