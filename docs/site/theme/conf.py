"""Tell Sphinx how the site looks; `docs.site.build` calls it once per language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

project = "graphgrad"
html_title = "graphgrad"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "docs.site.mathml"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 4
myst_links_external_new_tab = True
suppress_warnings = ["misc.highlighting_failure", "myst.header"]
html_theme = "furo"
html_static_path = ["_static"]
templates_path = ["_templates"]
locale_dirs = ["../locale"]  # beside the pages: the words of the theme in Spanish
html_css_files = ["site.css"]
html_math_renderer = "mathml"
smartquotes = False  # an apostrophe of the English docstrings is no Spanish quotation mark
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_theme_options: dict[str, Any] = {"navigation_with_keys": True}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "code"


def other_side(app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Tell the template where the same page in the other language is."""
    other = "en" if app.config.language == "es" else "es"
    pairs = json.loads((Path(app.srcdir) / "pairs.json").read_text("utf-8"))
    context["other_language"] = other
    context["other_page"] = f"{'../' * (page.count('/') + 1)}{other}/{pairs.get(page, page)}.html"


def setup(app: Any) -> None:
    """Have every page know its other side."""
    app.connect("html-page-context", other_side)
