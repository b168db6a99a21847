"""Who is given what, so that the whole is worth most: the assignment problem, for any number of rows.

Kuhn, "The Hungarian method for the assignment problem" (1955), by scipy's solver after Crouse, "On
implementing 2D rectangular assignment algorithms" (2016). It takes half a second to import, so it is only
asked where two rows want the same column.
"""

from __future__ import annotations

from collections.abc import Sequence

Worths = Sequence[Sequence[int]]
"""What each column is worth to each row, in whole numbers, so that sums are exact."""


def assigned(worths: Worths) -> tuple[int | None, ...]:
    """Return the column of each row, or None where a row is better left without one.

    No column is given twice, and the sum is the highest there is; nothing below 0 is ever given. Of several
    assignments that are worth the same it is the first one in order of columns, rows read first to last,
    any column before none.
    """
    wanted = tuple(_best(row) for row in worths)
    claimed = [column for column in wanted if column is not None]
    if len(set(claimed)) == len(claimed):
        return wanted
    return _first_of_the_best(worths)


def _best(row: Sequence[int]) -> int | None:
    """The first column of a row that is worth most; None when all are worth less than nothing."""
    best = max(row, default=-1)
    return row.index(best) if best >= 0 else None


def _first_of_the_best(worths: Worths) -> tuple[int | None, ...]:
    """Settle one row after the other: the first column that still allows the highest sum."""
    total, chosen = _solved(worths, 0, frozenset())
    done: list[int | None] = []
    for row, columns in enumerate(worths):
        taken = frozenset(column for column in done if column is not None)
        now = chosen[row]
        for column in range(len(columns) if now is None else now):
            if column in taken or columns[column] < 0:
                continue
            rest, others = _solved(worths, row + 1, taken | {column})
            if columns[column] + rest == total:
                now, chosen = column, (*done, column, *others)
                break
        total -= columns[now] if now is not None else 0
        done.append(now)
    return tuple(done)


def _solved(worths: Worths, first: int, taken: frozenset[int]) -> tuple[int, tuple[int | None, ...]]:
    """The highest sum over the rows from ``first`` on without the columns taken, and a choice that has it."""
    from scipy.optimize import linear_sum_assignment

    rows = worths[first:]
    if not rows:
        return 0, ()
    free = [column for column in range(len(rows[0])) if column not in taken]
    table = [[max(row[column], 0) for column in free] + [0] * len(rows) for row in rows]
    _, found = linear_sum_assignment(table, maximize=True)
    columns = [free[at] if at < len(free) else None for at in found.tolist()]
    kept = tuple(
        column if column is not None and row[column] >= 0 else None
        for row, column in zip(rows, columns, strict=True)
    )
    total = sum(row[column] for row, column in zip(rows, kept, strict=True) if column is not None)
    return total, kept
