"""Waves linked by self-generated codes or by keyed hashes of an identifier, open to review."""
