"""Evaluation of skills-development programmes."""

__version__ = "0.1.0"
