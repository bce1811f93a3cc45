"""What missing answers can do to a conclusion: who is silent, and what follows if they differ."""
