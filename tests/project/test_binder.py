"""What Binder would do with the folder `binder`, as far as that goes without repo2docker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from enishi.paths import CHECKOUT
from in_jupyter import BOOK, GOAL, TOKEN, jupyter, wish_field, wishes_in, write_wish
from serving import watch

pytest_plugins = ["server_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.thorough]  # builds and installs for a minute
POST_BUILD = CHECKOUT / "binder" / "postBuild"
SOURCES = ("binder", "data", "src", "workbooks", "LICENSE", "README.md", "pyproject.toml")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which `postBuild` was run, in a copy of the repository.

    All but Enishi is borrowed from this environment: the test asks no package index.
    """
    folder = tmp_path_factory.mktemp("binder")
    for name in SOURCES:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / "repository" / name)
        else:
            shutil.copy(source, folder / "repository")
    borrowed = folder / "borrowed"
    borrowed.mkdir()
    for each in Path(sysconfig.get_path("purelib")).iterdir():
        if not each.name.startswith(("enishi", "_editable_impl_enishi")):
            (borrowed / each.name).symlink_to(each)
    venv.create(folder / "env")  # its pip is borrowed as well
    python = folder / "env" / "bin" / "python"
    [packages] = (folder / "env" / "lib").glob("python*/site-packages")
    (packages / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    environ = {
        "PATH": os.pathsep.join([str(python.parent), os.environ["PATH"]]),
        "HOME": str(folder / "home"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_COMPILE": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's way of saying: without
    }
    subprocess.run([POST_BUILD], cwd=folder / "repository", env=environ, check=True)
    return python


def test_on_binder_the_tile_s_address_opens_the_workbook_and_a_wish_is_saved(
    built: Path, tmp_path: Path, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)  # what postBuild installed is what runs
    monkeypatch.setenv("PATH", os.pathsep.join([str(built.parent), os.environ["PATH"]]))
    borrowed = {
        "JUPYTER_PATH": f"{sys.prefix}/share/jupyter",
        "JUPYTERLAB_DIR": f"{sys.prefix}/share/jupyter/lab",
        "JUPYTER_CONFIG_PATH": f"{sys.prefix}/etc/jupyter",
    }
    with (
        jupyter(tmp_path, "lab", base="/user/x/", python=built, **borrowed) as address,
        chromium.new_context(locale="en-GB") as context,
    ):
        seen = watch(context)
        seen.page.goto(f"{address}enishi/?token={TOKEN}")  # `?urlpath=enishi/` leads here
        seen.page.wait_for_url("**/voila/render/*")
        seen.page.goto(f"{address}enishi/{GOAL}")
        expect(wish_field(seen.page)).to_be_visible()
        write_wish(seen.page, "To open a café")
        assert seen.strangers() == []
    assert wishes_in(tmp_path / "home" / BOOK) == ["To open a café"]
    where = [str(built), "-c", "import enishi; print(enishi.__file__)"]
    used = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(used.stdout.strip()).is_relative_to(built.parents[1])
