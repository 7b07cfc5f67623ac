"""What all measurements share: the corpus, fresh sites, the bare parse to compare."""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import cached_property
from itertools import count
from pathlib import Path

from .corpus import Corpus
from .process import BenchFailed, run
from .site import ROOT, Site


class Lab:
    """One bench run, working in a folder that its caller removes."""

    def __init__(
        self, shared: Path, folder: Path, *, runs: int, keep: Path | None = None
    ) -> None:
        self.shared = shared
        self.folder = folder
        self.runs = runs
        self.keep = keep  # where big sites stay for the next run
        self.failures: list[str] = []  # what could not be measured, and why
        self._serials = count()

    @cached_property
    def corpus(self) -> Corpus:
        return Corpus(self.shared / "corpus" / "drops.tar.xz", self.folder)

    @cached_property
    def _migrated(self) -> Site:
        site = Site(self.folder / "migrated")
        site.manage("migrate", "--verbosity", "0")
        return site

    def new_site(self) -> Site:
        """A site with its tables and nothing in them."""
        return self._migrated.copy(self.folder / f"site{next(self._serials)}")

    def remove(self, site: Site) -> None:
        shutil.rmtree(site.folder)

    def bare_parse(self) -> float:
        """CPU seconds of parsing all drops and doing nothing with them."""
        tool = self.shared / "tools" / "bare_parse.py"
        ended = run(
            [sys.executable, tool, self.corpus.folder], env=os.environ, cwd=ROOT
        )
        found = json.loads(ended.stdout)
        expect(found["files"] == len(self.corpus.files), "bare parse missed files")
        return float(found["cpu_s"])

    def say(self, text: str) -> None:
        print(f"  {text}", file=sys.stderr, flush=True)


def expect(held: bool, otherwise: str) -> None:
    """A figure of work that was not done is worth nothing."""
    if not held:
        raise BenchFailed(otherwise)
