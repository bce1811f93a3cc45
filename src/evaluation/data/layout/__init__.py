"""Tables as people keep them in a sheet: where they begin and end, and what is not part of them."""

from evaluation.data.layout.sheet import Sheet, marked_sheet, plain_sheet
from evaluation.data.layout.table import Arranged, arrange

__all__ = ["Arranged", "Sheet", "arrange", "marked_sheet", "plain_sheet"]
