"""Writes `docs/licences.md`: the licence of every package that comes with Enishi."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from enishi.paths import CHECKOUT

PAGE = CHECKOUT / "docs" / "licences.md"
LOCK = CHECKOUT / "requirements.lock"
ALLOWED = {
    *("MIT", "MIT-0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib", "CC0-1.0"),
    *("Apache-2.0", "PSF-2.0", "MPL-2.0"),
}
"""What a package that always comes with Enishi may have."""
ALLOWED_ON_REQUEST = {*ALLOWED, "LGPL-3.0-only"}
"""What a package may have that comes only with an extra that somebody asks for."""
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_TEXTS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "MIT License": "MIT",
}
_ELSEWHERE = {
    "appnope": "BSD",
    "colorama": "BSD",
    "pywinpty": "MIT",
}
"""Packages of macOS and Windows, which are not installed on every system: read once, by hand."""
_HEAD = """# Licences

Enishi has the [MIT licence](../LICENSE). With it come the packages of `requirements.lock`, each as
its authors publish it. Each licence is as the package itself states it; `make licences` writes this
page, and `tests/project/test_licences.py` fails where it is not current, and where a package comes
under GPL or AGPL. LGPL is allowed only in what you ask for: `enishi[postgresql]`.
`make dist` also writes a bill of materials with all versions and hashes (CycloneDX).

plotly.js, which draws pictures in the browser, lies in `data/plotly`: MIT.
"""


def locked_names() -> list[str]:
    """Return the names of the packages in the lock, on whichever system."""
    return re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)


def names_on_request() -> list[str]:
    """Return the names of what comes only with an extra for people, with what it needs itself."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [Requirement(line) for extra in extras if extra != "test" for line in extras[extra]]
    return sorted(set(closure(asked)) - set(locked_names()))


def closure(asked: list[Requirement]) -> Iterator[str]:
    """Yield the names of what is asked for, and of all that this needs on this system."""
    known: set[tuple[str, frozenset[str]]] = set()
    while asked:
        one = asked.pop()
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if (name, extras) in known:
            continue
        known.add((name, extras))
        yield name
        for line in metadata.requires(name) or ():
            needed = Requirement(line)
            marker = needed.marker
            if not marker or any(marker.evaluate({"extra": each}) for each in ("", *extras)):
                asked.append(needed)


def licence_of(name: str) -> str:
    """Return the licence of a package as SPDX writes it; what it says itself where that is unknown.

    A package states it as an expression, by classifiers, or in a text, in this order of precision.
    """
    try:
        stated = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return _ELSEWHERE.get(name, "not installed here")
    if stated["License-Expression"]:
        return str(stated["License-Expression"])
    text = str(stated["License"] or "").partition("\n")[0]
    text = _TEXTS.get(text, text)
    if text in ALLOWED_ON_REQUEST:
        return text
    classifiers = [
        each.rpartition(" :: ")[2]
        for each in stated.get_all("Classifier") or ()
        if each.startswith("License :: ")
    ]
    found = " OR ".join(_CLASSIFIERS.get(each, each) for each in classifiers)
    return found or text or "not stated"


def licence_parts(licence: str) -> set[str]:
    """Return the single licences of an expression.

    >>> sorted(licence_parts("(MIT AND Zlib) OR Apache-2.0"))
    ['Apache-2.0', 'MIT', 'Zlib']
    """
    return set(re.split(r" (?:AND|OR|WITH) ", licence.replace("(", "").replace(")", "")))


def write_licences() -> str:
    """Return `docs/licences.md`."""
    tables = {"Always": locked_names(), "Only with `enishi[postgresql]`": names_on_request()}
    page = _HEAD
    for title, names in tables.items():
        rows = "".join(f"| {name} | {licence_of(name)} |\n" for name in names)
        page += f"\n## {title}\n\n| package | licence |\n|---|---|\n{rows}"
    return page


if __name__ == "__main__":
    PAGE.write_text(write_licences(), encoding="utf-8")
