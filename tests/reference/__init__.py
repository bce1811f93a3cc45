"""Reference values computed in R, and the comparison of this package with them."""
