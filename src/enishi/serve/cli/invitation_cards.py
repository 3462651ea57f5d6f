"""Cards to print, one for each person: their name, their own address, and a QR code of it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

from enishi.i18n import read_texts

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
body {{ margin: 0; font: 11pt/1.5 system-ui, sans-serif; color: #000; background: #fff; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(85mm, 1fr)); }}
section {{
  box-sizing: border-box; min-height: 65mm; padding: 6mm;
  border: 1px dashed #888; break-inside: avoid; overflow-wrap: anywhere;
}}
h2 {{ margin: 0 0 3mm; font-size: 14pt; }}
svg {{ display: block; width: 34mm; height: 34mm; }}
p {{ margin: 2mm 0 0; font-size: 8pt; }}
</style>
</head>
<body>
<main>
{cards}</main>
</body>
</html>
"""
_CARD = """<section>
<h2>{name}</h2>
{qr}
<p>{say}</p>
<p>{address}</p>
</section>
"""


class Invited(NamedTuple):
    """Somebody who was invited, and their own address with the key in it."""

    name: str
    address: str


def cards_page(invited: Sequence[Invited], language: str) -> str:
    """Return a page with a card for each; it needs nothing from elsewhere."""
    import segno  # not needed by the other commands

    words = read_texts("pages")
    cards = [
        _CARD.format(
            name=html.escape(each.name),
            qr=segno.make(each.address, error="m", micro=False).svg_inline(border=2, omitsize=True),
            say=html.escape(words["card"]["say"][language]),
            address=html.escape(each.address),
        )
        for each in invited
    ]
    title = html.escape(words["card"]["title"][language])
    return _PAGE.format(language=language, title=title, cards="".join(cards))
