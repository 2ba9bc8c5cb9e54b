"""Compose element-wise partials over the operations of a signature, in sympy."""

from __future__ import annotations

from typing import Any

import sympy

from graphgrad.symbolic.derive.composer import Composer, all_short
from graphgrad.symbolic.derive.small_graph import Wiring, plan
from graphgrad.symbolic.derive.textbook import shortest
from graphgrad.symbolic.sympy_rows.on_sympy import SYMPY, real_symbol
from graphgrad.symbolic.write.gaps import marker
from graphgrad.symbolic.write.order_of_terms import Ordering, TooLongError

__all__ = ["composed"]

_BAD = (sympy.zoo, sympy.nan, sympy.oo, -sympy.oo, sympy.I)


def composed(wiring: Wiring, wanted: int) -> tuple[dict[Any, Any], dict[Any, Any], Ordering]:
    """Return the derivatives of the root, and the order in which to write them.

    Args:
        wiring: the operations.
        wanted: sources as bits; every path from them is element-wise.

    Returns:
        Expressions by source; by slot where there is only one op; once as files have them, and
        once as they are shown. Those that would be too long, or are no finite numbers, are missing.
    """
    for inline, exact in ((True, True), (True, False), (False, True), (False, False)):
        costs = plan(wiring, wanted, inline=inline)
        if inline and not all_short(wiring, costs, wanted):
            continue
        try:
            composer = Composer(wiring, costs, SYMPY, exact=exact)
            results = composer.slots(wanted) if wiring.single else composer.sources(wanted)
        except TooLongError:
            continue
        if not any(result.has(*_BAD) for result in results.values()):
            formula = composer.formula() if inline else None
            own = real_symbol(marker("n", wiring.root))
            kept, shown = (
                {k: _shorter(e, own, formula, taught=taught) for k, e in results.items()}
                for taught in (wiring.single, False)
            )
            return kept, shown, composer.ordering
    return {}, {}, Ordering()


def _shorter(derivative: Any, own: Any, formula: Any, *, taught: bool) -> Any:
    """Return a derivative as a textbook prints it; 1/sqrt(0) as it is, for it is no number."""
    found = shortest(derivative, own, formula, taught=taught)
    return derivative if found.has(*_BAD) else found
