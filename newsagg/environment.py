"""Where the site keeps its files, and what the environment and `.env` say.

Nothing here needs Django's settings: they are made from it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

from articles.rules.score import HALF_LIFE_HOURS

from .private import make_file, make_folder, tighten, tighten_folder

BASE_DIR = Path(__file__).resolve().parent.parent
ENV_FILE = BASE_DIR / ".env"
SHORTEST, LONGEST = 1, 8760  # hours of a half-life
WRITTEN = ("secret_key", "import.lock", "writing.lock")
env = environ.Env()
try:
    environ.Env.read_env(ENV_FILE)
except UnicodeDecodeError:
    raise ImproperlyConfigured(f"{ENV_FILE} is not written in UTF-8.") from None


def read(name: str, reader: Callable[..., Any], default: Any, expected: str) -> Any:
    """A value of the environment; an empty one is none.

    Raises ImproperlyConfigured with the name of what cannot be read, not with its
    value, which may hold a password.
    """
    if not env.str(name, ""):
        return default
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return reader(name)
    except (ImproperlyConfigured, ArithmeticError, LookupError, ValueError):
        raise ImproperlyConfigured(f"{name} cannot be read: give {expected}.") from None


def folder(name: str, default: Path) -> Path:
    """A folder that the environment names; a relative one is below the checkout."""
    return BASE_DIR / (env.str(name, "") or default)


def var_dir() -> Path:
    """The folder of what the site writes, made where it is not there."""
    found = folder("VAR_DIR", BASE_DIR / "var")
    try:
        make_folder(found)
    except OSError as error:
        raise ImproperlyConfigured(
            f"VAR_DIR is {str(found)!r}, which is no folder and cannot be made one: "
            f"{error.strerror}."
        ) from None
    return found


def database(found: Path) -> dict[str, Any]:
    """The database, by default a file in the folder of what the site writes."""
    usual = {"ENGINE": "django.db.backends.sqlite3", "NAME": found / "newsagg.sqlite3"}
    expected = "sqlite:////FOLDER/FILE, or leave it out"
    given: dict[str, Any] = read("DATABASE_URL", env.db_url, usual, expected)
    if not str(given.get("ENGINE", "")).startswith("django.db.backends."):
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: give {expected}.")
    file = database_file(given)
    if file and not file.parent.is_dir():
        raise ImproperlyConfigured(
            f"DATABASE_URL names a file in {str(file.parent)!r}, which is no folder."
        )
    return given


def database_file(given: dict[str, Any]) -> Path | None:
    """The file of a database; None where it has none."""
    name = str(given["NAME"])
    if not str(given["ENGINE"]).endswith("sqlite3") or name.startswith(
        (":memory:", "file:")
    ):
        return None
    return Path(name).absolute()


def keep_private(found: Path, database: Path | None) -> None:
    """Let nobody else read what the site writes, what is there already included.

    A database elsewhere is made private; one that is there has the mode it was given.
    """
    tighten_folder(found, shared_with=BASE_DIR)
    if database:
        make_file(database)
    for file in (*(found / name for name in WRITTEN), database):
        if file and file.is_relative_to(found):
            tighten(file)


def time_zone() -> str:
    """The zone in which times are shown."""
    name = env.str("TIME_ZONE", "") or "UTC"
    try:
        return ZoneInfo(name).key
    except (LookupError, OSError, ValueError):
        raise ImproperlyConfigured(
            f"TIME_ZONE is {name!r}, which is no time zone: give one such as "
            "Europe/London."
        ) from None


def half_life() -> float:
    """In how many hours a top story loses half of its worth: see `rules/score.py`."""
    text = env.str("HALF_LIFE", "")
    if not text:
        return HALF_LIFE_HOURS
    try:
        hours = float(text)
    except ValueError:
        hours = math.nan
    if not SHORTEST <= hours <= LONGEST:
        raise ImproperlyConfigured(
            f"HALF_LIFE is {text!r}: give hours, {SHORTEST} to {LONGEST}."
        )
    return hours


def proxies() -> tuple[list[IPv4Network | IPv6Network], bool, list[str]]:
    """The networks of proxies, whether one is on a Unix socket, and what is neither."""
    networks, unread = [], []
    given = [word.strip() for word in env.list("TRUSTED_PROXIES", default=[])]
    for word in filter(None, given):
        try:
            networks.append(ip_network(word, strict=False))
        except ValueError:
            unread.append(word)
    return networks, "unix" in unread, [word for word in unread if word != "unix"]
