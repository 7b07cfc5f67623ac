"""Connections are kept from request to request, as long as they are to the database."""

from __future__ import annotations

import os

from django.db import connection

_HELD = "_newsagg_file"  # on the connection: what is open, and the file it is of


def close_if_replaced() -> None:
    """Close this thread's connection if its file is no longer the database's.

    A database that is put back may take the place of the file that is open. The file
    is looked at before it is opened, never after: one that came in between is
    noticed by the next request.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    file = _file(str(connection.settings_dict["NAME"]))
    if connection.connection is not None:
        if getattr(connection, _HELD, None) == (id(connection.connection), file):
            return
        connection.close()
    connection.ensure_connection()
    setattr(connection, _HELD, (id(connection.connection), file))


def _file(name: str) -> tuple[int, int] | None:
    try:
        held = os.stat(name)
    except OSError:
        return None
    return held.st_dev, held.st_ino
