"""Checkers of pages that others keep, installed from npm where it is to be had."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from articles.tests.templates import one_at_a_time

PATIENCE = 600  # seconds


def program(name: str) -> str:
    """Where a program is; without it a test is skipped, and in CI it fails."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"there is no {name}, and in CI these checks must run")
        pytest.skip(f"there is no {name}: this check did not run")
    return found


def installed(package: str, folder: Path) -> Path:
    """The folder of a package of npm, "name@version", installed once for all workers."""
    place = folder / "npm" / package.replace("@", "-")
    home = place / "node_modules" / package.rpartition("@")[0]
    place.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(place.with_suffix(".lock")):
        if not (home / "package.json").exists():
            asked = ["install", "--no-audit", "--no-fund", "--prefix", place, package]
            done = subprocess.run(
                [program("npm"), *asked],
                capture_output=True,
                text=True,
                timeout=PATIENCE,
            )
            if done.returncode and os.environ.get("CI", "").lower() != "true":
                pytest.skip(f"npm could not install {package}: this check did not run")
            assert done.returncode == 0, done.stderr[-2000:]
    return home
