"""Which levels of a classification occur, in an order that does not depend on the rows'."""

import pandas as pd


def present_levels(values: pd.Series) -> list[str]:
    """Return the levels that occur: in the order of the categories, or else sorted.

    Parameters
    ----------
    values
        The level of each row; missing values are left out.
    """
    occurring = values.dropna().unique()
    if isinstance(values.dtype, pd.CategoricalDtype):
        return [level for level in values.cat.categories if level in occurring]
    return sorted(occurring)
