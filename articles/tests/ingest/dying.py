"""A process that dies in the middle: everything it had not committed is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


class Death(BaseException):
    """No handler of the application may survive this."""


@contextmanager
def dying_at(statement: int) -> Iterator[None]:
    """Die before the n-th statement that reaches the database.

    Inside a test's own transaction: what a dead process leaves uncommitted is
    rolled back by its outermost `atomic`, through which Death passes.
    """
    left = statement

    def die(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        nonlocal left
        if sql.lstrip().upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, params, many, context)
        left -= 1
        if left <= 0:
            raise Death
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        yield
