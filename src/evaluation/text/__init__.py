"""Words: catalogues, number formats and the sentences that a result is said in."""
