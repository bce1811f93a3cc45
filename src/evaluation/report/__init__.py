"""Exhibits, the run of the notebooks and the rendering of a report."""
