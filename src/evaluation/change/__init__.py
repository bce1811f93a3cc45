"""Change between two waves for the same people or companies."""
