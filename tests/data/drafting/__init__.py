"""Codebooks drafted and checked."""
