"""People become figures, and figures are set beside what others claim."""
