"""What one page costs: CPU seconds and database queries for each request, measured inside the process.

This file is also read by a peer's interpreter, which knows nothing of Samspel: it needs Django alone.
"""

from __future__ import annotations

import gc
from contextlib import ExitStack
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

WARM_UP = 20
ROUNDS = 5


def measure(ask: Callable[[], Any], *, requests: int, before: Callable[[], object] | None = None) -> dict[str, Any]:
    """Ask for a page again and again, and give what one request costs.

    The requests are parted in rounds; the CPU seconds are those of the median round, each the mean of its
    requests. Whatever `before` does ahead of each request is not counted.
    """
    for _ in range(WARM_UP):
        if before:
            before()
        response = ask()
    if before:
        before()
    sql = _queries(ask)
    gc.collect()
    rounds = []
    each = -(-requests // ROUNDS)
    for _ in range(ROUNDS):
        spent = 0.0
        for _ in range(each):
            if before:
                before()
            start = process_time()
            ask()
            spent += process_time() - start
        rounds.append(spent / each)
    return {
        "cpu_s": sorted(rounds)[ROUNDS // 2],
        "sql": sql,
        "bytes": len(response.content),
        "status": response.status_code,
        "etag": "ETag" in response.headers,
        "requests": each * ROUNDS,
    }


def _queries(ask: Callable[[], Any]) -> int:
    """How many queries one request sends, on whatever database."""
    from django.db import connections

    count = 0

    def counting(execute: Callable[..., Any], *given: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*given)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(counting))
        ask()
    return count
