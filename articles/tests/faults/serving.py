"""A site as it is served: gunicorn in a process of its own, readers and an editor."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from articles.tests.ingest.process import ROOT, Site

MAKE_AN_EDITOR = """
import django
django.setup()
from django.contrib.auth.models import User
from django.test import Client
client = Client()
client.force_login(User.objects.create_superuser("edith"))
print(client.cookies["sessionid"].value)
"""
TOKEN = "t" * 32
PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int

    def ask(
        self, path: str, sent: dict[str, object] | None = None, cookies: str = ""
    ) -> tuple[int, str]:
        """Status and body of an answer; raises OSError where none comes."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": cookies} if cookies else {}
        try:
            if sent is None:
                asked.request("GET", path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                asked.request("POST", path, urlencode(sent, doseq=True), headers)
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            asked.close()

    def decide(self, session: str, action: str, *articles: int) -> bool:
        """Whether the editor was told that these were decided."""
        sent = {
            "action": action,
            "_selected_action": articles,
            "csrfmiddlewaretoken": TOKEN,
        }
        cookies = f"sessionid={session}; csrftoken={TOKEN}"
        status, body = self.ask("/admin/articles/article/", sent, cookies)
        assert status in (302, 503), (status, body[:500])
        return status == 302

    def workers(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        return [
            int(child)
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]


@contextmanager
def served(site: Site, *, workers: int = 2, threads: int = 4) -> Iterator[Served]:
    """Serve a site until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = f"--bind 127.0.0.1:{port} --workers {workers} --threads {threads}"
    log = (site.folder / "gunicorn.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "newsagg.wsgi", *words.split()]
        + ["--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env=site.environment | {"ALLOWED_HOSTS": "127.0.0.1"},
        stdout=log,
        stderr=log,
    )
    try:
        server = Served(process, port)
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)
        log.close()


def editor_of(site: Site) -> str:
    """The session of an editor who is logged in."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE_AN_EDITOR],
        cwd=ROOT,
        env=site.environment | {"ALLOWED_HOSTS": "testserver"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _wait_for(server: Served) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if server.ask("/about/")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")
