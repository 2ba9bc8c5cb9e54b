"""The bill of materials is generated, and lists what is installed, with its licences."""

from __future__ import annotations

import importlib.util
import json
import tomllib

import pytest

from tests.architecture import measure
from tests.security.components import bundled, components, cyclonedx, page

EXTRAS = ("typst", "pptx", "textual_serve", "llvmlite", "distributed", "pygls", "onnx")
PAGE = measure.ROOT / "docs" / "components.md"


def rows(text: str) -> dict[str, str]:
    """Return the licence of each package; versions are those of whoever installs."""
    table = text.partition("Inside them:")[0].split("\n")
    cells = [line.split(" | ") for line in table if line.startswith("| ")]
    return {cell[0].strip("| "): cell[2] for cell in cells if cell[0] != "| package"}


@pytest.mark.skipif(
    any(not importlib.util.find_spec(module) for module in EXTRAS),
    reason="not every extra is installed",
)
def test_the_page_lists_every_package_that_is_installed_with_its_licence() -> None:
    assert rows(PAGE.read_text("utf-8")) == rows(page())


def test_every_dependency_is_listed_with_a_licence() -> None:
    listed = rows(PAGE.read_text("utf-8"))
    project = tomllib.loads((measure.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for spec in project["dependencies"]:
        name = spec.split(">")[0].split("=")[0].strip().lower()
        assert listed[name], name
    assert "not stated" not in listed.values()


def test_fonts_and_engines_inside_the_packages_are_listed() -> None:
    text = PAGE.read_text("utf-8").partition("Inside them:")[2]
    kinds = {kind for _, kind, _ in bundled()}
    assert {"font", "engine"} & kinds
    for package, kind, name in bundled():
        if kind in ("font", "engine"):
            assert f"| {package} | {kind} | {name} |" in text


def test_the_bill_of_materials_is_cyclonedx() -> None:
    bill = json.loads(cyclonedx())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    names = {part["name"] for part in bill["components"] if part["type"] == "library"}
    assert names == {component.name for component in components()}
    for part in bill["components"]:
        if part["type"] == "library":
            assert part["purl"].startswith(f"pkg:pypi/{part['name']}@")
            assert part["licenses"][0]["license"]["name"]
