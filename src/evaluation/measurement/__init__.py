"""How well scales measure: reliability, dimensions, invariance, item response and retrospect."""
