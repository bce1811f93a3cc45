"""The words everything above agrees on: columns, estimands, verdicts, messages and errors."""
