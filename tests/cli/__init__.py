"""The command line, called within the test."""
