"""Drops laid in a folder or packed in an archive, and imported from there."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

from articles.ingest.finding.sources import find_sources
from articles.ingest.run import Options, run_import
from articles.tests.make import NOW, make_drop

DROPS = {
    "a.txt": make_drop(webUrl="https://press.example/a"),
    "desk/b c.MD": make_drop(webUrl="https://press.example/b"),
    "desk/Ærø/世界.Yaml": make_drop(webUrl="https://press.example/c"),
    "desk/dots.in.name.yml": make_drop(webUrl="https://press.example/d"),
}
PASSED_OVER = {
    ".hidden.txt": b"x",
    "desk/.keep": b"",
    ".git/config.yaml": b"x",
    "notes.pdf": b"x",
}


def bring(path: Path):
    return run_import(list(find_sources(path)), Options(), now=NOW)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    return folder


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, raw in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return path


def told(report) -> str:
    return "\n".join(map(str, report.problems))
