"""Reports become people, with probabilities and stable ids."""
