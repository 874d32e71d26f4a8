"""What the list misses."""
