"""Rehearsal: made-up raw exports of any project, with the truth behind them known."""

from evaluation.simulate.folder import Simulated, write_simulated
from evaluation.simulate.rehearsal import simulate

__all__ = ["Simulated", "simulate", "write_simulated"]
