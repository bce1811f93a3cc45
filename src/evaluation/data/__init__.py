"""From raw exports to checked tables: read, apply the codebook, link, score and store."""
