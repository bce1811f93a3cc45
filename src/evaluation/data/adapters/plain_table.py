"""Tables with one header row, whoever wrote them."""

from evaluation.data.adapters.adapter import Delivered, Reading


def read(delivered: Delivered) -> Reading:
    """Read a table whose first row with content is the header."""
    header = delivered.cells(0)
    return Reading(*delivered.under(header, 1))
