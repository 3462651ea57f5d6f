"""Texts with their facts, and how both formatters, the one in Python and the one in JavaScript,
fill them.
"""

from __future__ import annotations

from collections.abc import Mapping

from enishi.i18n.names import HONORIFICS

VECTORS: tuple[tuple[str, Mapping[str, str | int], str], ...] = (
    ("", {}, ""),
    ("そのまま", {"name": "花"}, "そのまま"),
    ("{name}さんへ、{n}回", {"name": "花", "n": 3}, "花さんへ、3回"),
    ("{a}{b}{a}", {"a": "x", "b": ""}, "xx"),
    ("{name}さん", {"name": ""}, "さん"),
    ("{n}", {"n": 0}, "0"),
    ("{name}", {"name": "{n} $& \\1 $1", "n": 1}, "{n} $& \\1 $1"),
    ("{tie} – {name}", {"tie": "縁"}, "縁 – {name}"),
    ("{constructor} {toString}さん", {}, "{constructor} {toString}さん"),
    (
        "{ name } {a.b} {a[0]} {a!r} {a:>9} {} {{",
        {"a": "x", "name": "y"},
        "{ name } {a.b} {a[0]} {a!r} {a:>9} {} {{",
    ),
    ("{{a}}", {"a": "x"}, "{x}"),
    ("{名前}", {"名前": "花"}, "{名前}"),
    *(("{name}さんと{name}", {"name": f"花{end}"}, f"花{end}と花{end}") for end in HONORIFICS),
    *(("{n} {n|day|days}", {"n": n}, f"{n} day{end}") for n, end in ((0, "s"), (1, ""), (21, "s"))),
    ("{n|is|are} {n||s}さん", {"n": "1"}, "is さん"),
    ("{n|a|b} {n|a} {n|a|b|c}", {"m": 1}, "{n|a|b} {n|a} {n|a|b|c}"),
    ("「{name}」さん", {"name": "花さん"}, "「花さん」"),
    ("{name} さん", {"name": "花さん"}, "花さん さん"),
    ("{name}\nさん", {"name": "花さん\n"}, "花さん\n\nさん"),
)
"""Text, facts, result; a placeholder without a fact stays, as in Python with `partial`."""
