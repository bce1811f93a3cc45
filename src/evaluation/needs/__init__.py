"""Which needs are largest: discrepancy between what is needed and what is there, with the ranks' uncertainty."""
