"""Write the rows of a table as lines.

In: the cells of a row. Out: one line, cells parted by ` | `.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["row_line"]


def row_line(cells: Iterable[str]) -> str:
    """Write one row; empty cells keep their place, those after the last filled one are left out.

    >>> row_line(["2022", "", "12 vans ", ""])
    '2022 |  | 12 vans'
    """
    squeezed = [" ".join(cell.split()) for cell in cells]
    while squeezed and not squeezed[-1]:
        squeezed.pop()
    return " | ".join(squeezed)
