"""List what graphgrad is made of: libraries, fonts and engines, with versions and licences.

``python -m tests.security.components`` prints `docs/components.md`;
``--cyclonedx`` prints the same as a software bill of materials in CycloneDX 1.5 (JSON).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from tests.architecture import measure

__all__ = ["Component", "bundled", "components", "page"]

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_BINARIES = {".ttf": "font", ".otf": "font", ".woff": "font", ".woff2": "font", ".wasm": "engine"}
HEAD = """# Components

What is installed with graphgrad, with every extra, and what lies inside those packages. Generated
by `python -m tests.security.components`; versions are those of the environment in which it was run,
the ranges stand in `pyproject.toml`. As CycloneDX: the same with `--cyclonedx`.
"""


class Component(NamedTuple):
    """A package that is installed."""

    name: str
    version: str
    licence: str
    extra: str


def components() -> list[Component]:
    """Return the packages that graphgrad and its extras need, those that they need included."""
    project = tomllib.loads((measure.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [(spec, "") for spec in project["dependencies"]]
    for extra in (name for name in project["optional-dependencies"] if name not in ("all", "dev")):
        wanted += [(spec, extra) for spec in project["optional-dependencies"][extra]]
    found: dict[str, Component] = {}
    while wanted:
        spec, extra = wanted.pop(0)
        name = _key(_NAME.match(spec)[0])  # type: ignore[index]  # a requirement starts with one
        if name in found or not _applies(spec):
            continue
        try:
            package = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found[name] = Component(name, package.version, _licence(package), extra)
        wanted += [(each, extra) for each in package.requires or ()]
    return sorted(found.values())


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _applies(spec: str) -> bool:
    """Tell whether a requirement holds here: not one of an extra, nor of another system."""
    from packaging.requirements import Requirement

    marker = Requirement(spec).marker
    return marker is None or marker.evaluate({"extra": ""})


def _licence(package: metadata.Distribution) -> str:
    told = package.metadata
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    classes = [c.split(" :: ")[-1] for c in told.get_all("Classifier") or [] if "License ::" in c]
    if classes:
        return ", ".join(classes)
    return (told.get("License") or _licence_file(package)).split("\n")[0][:60]


def _licence_file(package: metadata.Distribution) -> str:
    """Return the first line of the licence that lies beside the package."""
    for file in package.files or ():
        if "LICENSE" in file.name.upper() and ".dist-info" in str(file):
            return (file.read_text() or "").strip().split("\n")[0].strip("# ")
    return "not stated"


def bundled() -> Iterator[tuple[str, str, str]]:
    """Yield fonts and engines that lie inside the packages: the package, the kind, the file."""
    for component in components():
        package = metadata.distribution(component.name)
        for file in package.files or ():
            path = Path(str(file))
            kind = _BINARIES.get(path.suffix.lower(), "")
            if path.parts[0].endswith((".libs", ".dylibs")):
                kind = "library"
            if kind:  # of a library, without the digest that pip's wheels add
                yield component.name, kind, re.sub(r"-[0-9a-f]{8}(?=\.)", "", path.name)


def page() -> str:
    """Return the page of the documentation."""
    lines = [HEAD, "| package | version | licence | extra |", "|---|---|---|---|"]
    lines += [f"| {c.name} | {c.version} | {c.licence} | {c.extra or '-'} |" for c in components()]
    lines += ["", "Inside them:", "", "| package | kind | file |", "|---|---|---|"]
    lines += [f"| {package} | {kind} | {name} |" for package, kind, name in sorted(set(bundled()))]
    return "\n".join(lines) + "\n"


def cyclonedx() -> str:
    """Return the list as a bill of materials."""
    listed = [
        {
            "type": "library",
            "name": c.name,
            "version": c.version,
            "purl": f"pkg:pypi/{c.name}@{c.version}",
            "licenses": [{"license": {"name": c.licence}}],
        }
        for c in components()
    ]
    files = [
        {"type": "file", "name": f"{package}/{name}", "description": kind}
        for package, kind, name in sorted(set(bundled()))
    ]
    found = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1}
    return json.dumps(found | {"components": listed + files}, indent=1) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cyclonedx", action="store_true")
    sys.stdout.write(cyclonedx() if parser.parse_args().cyclonedx else page())
