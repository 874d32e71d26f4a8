"""Documents become reports and claims, each value with its quote."""
