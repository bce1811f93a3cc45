"""`python -m evaluation` is the command line."""

from evaluation.cli import main

main()
