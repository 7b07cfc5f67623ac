"""The site served as `make run` serves it, for tests that need a real server."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKERS, THREADS = 2, 4


@dataclass(frozen=True)
class Server:
    """A server under way."""

    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an answer."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asked.request("GET", path)
            answer = asked.getresponse()
            return answer.status, answer.read()
        finally:
            asked.close()


@contextmanager
def served(
    environment: Mapping[str, str],
    *,
    application: str = "newsagg.wsgi",
    ready: str = "/about/",
) -> Iterator[Server]:
    """Serve a site whose static files are collected; the server is up inside.

    It is up when it answers at the address `ready`.
    """
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application]
        + ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        + ["--workers", str(WORKERS), "--threads", str(THREADS)]
        + ["--no-control-socket"],
        cwd=ROOT,
        env={**environment, "ALLOWED_HOSTS": "127.0.0.1"},
        start_new_session=True,
    )
    server = Server(port, process)
    try:
        _wait_for(server, ready)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(server: Server, ready: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            server.get(ready)
            return
        except OSError:
            assert server.process.poll() is None, "the server has ended"
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
