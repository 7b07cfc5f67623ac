"""No file of an export lies outside of its folder, whatever names are stored."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest

from articles.ingest.export import UnsafeName, export
from articles.models import Drop
from articles.tests.make import import_drops, make_drop

pytestmark = pytest.mark.django_db


def files_below(folder: os.PathLike[str]) -> set[str]:
    return {
        os.path.relpath(os.path.join(place, name), folder)
        for place, _, names in os.walk(folder)
        for name in names
    }


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "..",
        "a/..",
        "inside/../out.txt",
        "../folder/out.txt",
        "{outside}/out.txt",
        "/{outside}/out.txt",
    ],
)
def test_a_name_that_leaves_the_folder_is_not_written(name, tmp_path):
    import_drops({"a.txt": make_drop()})
    Drop.objects.update(file_name=name.format(outside=tmp_path))
    with suppress(UnsafeName):
        assert export(tmp_path / "folder") == 0
    assert files_below(tmp_path) == set()


@pytest.mark.parametrize("name", ["..a.txt", "a..b/c...txt", "...", "a/.b/c.txt"])
def test_dots_within_names_lead_nowhere(name, tmp_path):
    raw = make_drop()
    import_drops({"a.txt": raw})
    Drop.objects.update(file_name=name)
    assert export(tmp_path / "folder") == 1
    assert (tmp_path / "folder" / name).read_bytes() == raw
    assert files_below(tmp_path / "folder") == {name}
