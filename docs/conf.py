"""The documents as a site: `make docs` builds it with Sphinx into `build/docs`.

The source is the whole checkout, so that a link between documents is the same here, in an editor
and wherever else the files are shown. What is opened fetches nothing from anywhere: fonts are the
reader's own, and the search runs in the browser over an index that lies beside the pages.
"""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

project = "Enishi"
author = "The Enishi authors"
language = "en"
root_doc = "docs/index"
extensions = ["myst_parser"]
include_patterns = ["*.md", "docs/*.md", "bench/README.md"]
exclude_patterns = [".*", "build", "dist", "src", "tests", "data", "workbooks"]
myst_heading_anchors = 3
smartquotes = False

html_theme = "furo"
html_title = "Enishi 縁"
html_static_path = ["site/static"]
html_css_files = ["enishi.css"]
html_extra_path = ["site/index.html"]
html_search_language = "en-ja"
html_show_search_summary = False  # it would be fetched, which a page opened as a file may not
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
_LIGHT = ("#9f3322", "#fffefb", "#fbf9f4", "#2a2722")
_DARK = ("#f0937f", "#1b1a18", "#232120", "#ece7dd")


def _variables(thread: str, paper: str, edge: str, ink: str) -> dict[str, str]:
    """Return the theme's variables: the colours of the workbook."""
    return {
        "color-brand-primary": thread,
        "color-brand-content": thread,
        "color-brand-visited": thread,
        "color-background-primary": paper,
        "color-background-secondary": edge,
        "color-foreground-primary": ink,
    }


html_theme_options = {
    "light_css_variables": _variables(*_LIGHT),
    "dark_css_variables": _variables(*_DARK),
}

_JAPANESE = re.compile(r"[\u3005\u3041-\u30ff\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z0-9_]+|[\u3005\u3041-\u30ff\u4e00-\u9fff]+", re.IGNORECASE)


class SearchBoth(SearchEnglish):
    """Finds English words as Sphinx does, and Japanese ones, undivided by spaces, by pairs.

    A query is divided in the same way, and a page has to hold all of its pairs.
    """

    lang = "en-ja"
    language_name = "English"  # begins the name of the stemmer in its script
    js_splitter_code = """
function splitQuery(query) {
  const words = query.match(/[a-z0-9_]+|[\\u3005\\u3041-\\u30ff\\u4e00-\\u9fff]+/gi) ?? [];
  return words.flatMap((word) => {
    if (!/^[\\u3005\\u3041-\\u30ff\\u4e00-\\u9fff]/.test(word) || word.length < 3) return [word];
    return Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));
  });
}
"""

    def split(self, input: str) -> list[str]:
        """Return the words of a text, and each letter and pair of letters of Japanese ones."""
        found: list[str] = []
        for word in _WORD.findall(input):
            if _JAPANESE.fullmatch(word):
                found += [*word, *(word[at : at + 2] for at in range(len(word) - 1))]
            else:
                found.append(word)
        return found


def add_contents(app: Sphinx, name: str, source: list[str]) -> None:
    """Make the sections of the first page the contents of the site.

    The page itself stays plain Markdown, which is read elsewhere as well.
    """
    if name != root_doc:
        return
    parts = re.split(r"^## (.*)\n", source[0], flags=re.MULTILINE)
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        names = re.findall(r"^- \[.*?\]\(([^)#]+)\.md\)", text, re.MULTILINE)
        lines = [f"/docs/{name}" if "/" not in name else name.removeprefix("..") for name in names]
        source[0] += "\n".join(
            ["\n```{toctree}", ":hidden:", f":caption: {title}", "", *lines, "```\n"]
        )
    source[0] += "\n```{toctree}\n:hidden:\n\n/README\n/README.ja\n```\n"


def name_language(
    app: Sphinx, name: str, template: str, context: dict[str, Any], tree: object
) -> None:
    """Say of a Japanese page that it is one."""
    if name.endswith(".ja"):
        context["language"] = "ja"


def setup(app: Sphinx) -> None:
    """Register what is above with Sphinx."""
    app.add_search_language(SearchBoth)
    app.connect("source-read", add_contents)
    app.connect("html-page-context", name_language)
