"""Shares against a declared target, for a programme whose people or companies can be counted."""
