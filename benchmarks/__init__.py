"""Speed, as ratios within one run: what a user would do instead, beside what the package does."""
