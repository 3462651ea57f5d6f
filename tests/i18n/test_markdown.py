"""What of an author's text becomes markup, and that nothing else does."""

from __future__ import annotations

import pytest

from enishi.i18n.markdown import read_markdown, render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n## B\n### C", "<h2>A</h2><h3>B</h3><h4>C</h4>"),
        ("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"),
        ("- a\n- b\n  c\n\n1. d", "<ul><li>a</li><li>b\nc</li></ul><ol><li>d</li></ol>"),
        ("> a\n> b", "<blockquote><p>a\nb</p></blockquote>"),
        ("```\n*a*\n```\nb", "<pre><code>*a*</code></pre><p>b</p>"),
        (
            "あ**強い**、*斜め*、`x*y*`",
            "<p>あ<strong>強い</strong>、<em>斜め</em>、<code>x*y*</code></p>",
        ),
        (r"\*a\* 2 * 3", "<p>*a* 2 * 3</p>"),
        ("[a](02-goal.ipynb#wish)", '<p><a href="02-goal.ipynb#wish">a</a></p>'),
        (
            "[a](https://a.example/?b=c)",
            '<p><a href="https://a.example/?b=c" target="_blank" rel="noreferrer noopener">a</a>'
            "</p>",
        ),
    ],
)
def test_a_small_part_of_markdown_is_read(text: str, html: str) -> None:
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert`1`)",
        "[a](data:text/html,x)",
        "[a](//evil.example)",
        "[a](/login)",
        "[a](../x.ipynb)",
        "[a](https://user@evil.example)",
        "![a](https://a.example/x.png)",
    ],
)
def test_all_else_stays_the_text_it_is(text: str) -> None:
    assert read_markdown(text) == [["p", {}, text]]
    assert "<a" not in render_markdown(text) and "<s" not in render_markdown(text)


@pytest.mark.parametrize("text", ["*" * 3000, "[" * 3000, "**a" * 1000, "`" * 2999, "> " * 2000])
def test_a_strange_text_takes_no_long_time(text: str) -> None:
    assert read_markdown(text)
