"""A first codebook, proposed from the exports for an evaluator to correct."""

from evaluation.data.drafting.draft import Draft, draft_codebook
from evaluation.data.drafting.write import write_draft

__all__ = ["Draft", "draft_codebook", "write_draft"]
