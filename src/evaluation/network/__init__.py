"""How actors work together: ties, who bridges, and what changed between waves."""
