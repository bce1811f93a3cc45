"""Equality analysis: who takes part, and whether groups differ in what they say."""
