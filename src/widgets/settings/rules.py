"""The sources of this workbook: the advice, the rules based on it, and the rules of thumb."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Annotated, Any

import msgspec

from enishi.coach.language.days_off import read_spans
from enishi.coach.rules.catalogue import MANDATORY, RULES, families
from enishi.coach.rules.limits import CHOICES
from enishi.coach.rules.parameters import Parameter, read_parameters, to_setting
from enishi.i18n import read_advice
from enishi.i18n.chosen_word import texts_with_word
from enishi.i18n.texts import in_language
from widgets.base.explanations import (
    describe_holiday,
    describe_sources,
    pieces_of_advice,
    say_advice,
)
from widgets.base.json_rows import JsonRow
from widgets.base.sheet import Answer, ForbiddenError, Identifier, LongText, Sheet, command
from widgets.parts.explanation import EXPLANATION

HERE = "07-settings"
"""The workbook that holds this sheet."""
BLANK = re.compile(r"\{\w+\}")
"""A placeholder for the person's own data in a rule's sentence; this sheet has no such data."""


@cache
def list_advice(language: str, word: str) -> list[JsonRow]:
    """Return the pieces of advice by topic, with the sheets that serve each."""
    groups = in_language(read_advice()["groups"], language)
    found: dict[str, list[JsonRow]] = {key: [] for key in groups}
    for piece in pieces_of_advice().values():
        places = [sheet_link(screen, language, word) for screen in piece.screens]
        said = {"id": piece.id, "said": say_advice(piece, language, word), "places": places}
        found[piece.group].append(said)
    return [{"key": key, "name": groups[key], "rows": rows} for key, rows in found.items()]


@cache
def sheet_link(screen: str, language: str, word: str) -> JsonRow:
    """Return the label and the address of a sheet such as `04-contacts/gift`."""
    page, name = screen.split("/")
    title = texts_with_word("workbook", language, word)["pages"][page]
    label = texts_with_word(page.partition("-")[2], language, word)["screens"][name]["name"]
    href = f"#{name}" if page == HERE else f"{page}.ipynb#{name}"
    return {"href": href, "label": f"{title} › {label}"}


@cache
def describe_rules(language: str, word: str) -> dict[str, JsonRow]:
    """Return every rule as texts, without personal data."""
    said = texts_with_word("rules", language, word)
    return {
        key: {
            "id": key,
            "name": said[key]["name"],
            "why": BLANK.sub("…", said[key]["why"]),
            "act": BLANK.sub("…", said[key]["act"]),
            "always": key in MANDATORY,
        }
        | describe_sources(sources, language, word)
        for key, sources in RULES.items()
    }


class Rules(Sheet):
    """Shows the source of every suggestion; rules can be switched, rules of thumb changed.

    Example:
        >>> Rules(open_workbook("07-settings"))     # doctest: +SKIP
    """

    name = "rules"
    parts = (EXPLANATION,)

    # -- what the sheet shows ------------------------------------------------------------------

    def build_state(self) -> dict[str, Any]:
        """Return the advice, the rules, the rules of thumb, each in groups, and the days off."""
        return {
            "advice": list_advice(self.workbook.language, self.workbook.chosen_word),
            "rules": self.list_rules(),
            "thumbs": self.list_parameters(),
            "days": self.describe_days_off(),
        }

    def list_rules(self) -> list[JsonRow]:
        """Return the rules by topic, and whether each is switched on."""
        said = describe_rules(self.workbook.language, self.workbook.chosen_word)
        heard = self.workbook.settings
        return [
            {
                "key": family,
                "name": self.words["families"][family],
                "rows": [said[key] | {"on": heard.is_enabled(key)} for key in keys],
            }
            for family, keys in families().items()
        ]

    def list_parameters(self) -> list[JsonRow]:
        """Return the rules of thumb by topic."""
        said = self.workbook.texts_of("parameters")
        now = {thumb.name: thumb for thumb in read_parameters(self.workbook.settings)}
        found: dict[str, list[JsonRow]] = {key: [] for key in said["groups"]}
        for name, words in said["thumbs"].items():
            found[words["group"]].append(self.describe_parameter(now[name], words, said))
        return [
            {"key": key, "name": said["groups"][key], "rows": rows} for key, rows in found.items()
        ]

    def describe_parameter(
        self, thumb: Parameter, words: dict[str, Any], said: dict[str, Any]
    ) -> JsonRow:
        """Return one rule of thumb with its texts, value, default and limits."""
        studies = words.get("studies", [])
        kind = "studied" if words.get("studied") else "leaning" if studies else "choice"
        return {
            "id": thumb.name,
            "name": words["name"],
            "why": words["why"],
            "kind": said["kinds"][kind],
            "unit": said["units"][words["unit"]],
            "value": thumb.value,
            "usual": thumb.usual,
            "least": thumb.least,
            "most": thumb.most,
        } | describe_sources(studies, self.workbook.language, self.workbook.chosen_word)

    def describe_days_off(self) -> JsonRow:
        """Return the country of the public holidays, and the days off, one per line."""
        rule, language = self.workbook.settings, self.workbook.language
        lines = [
            span.line.removesuffix(span.name) + describe_holiday(span.name, language)
            for span in rule.days_off
        ]
        return {"id": "days", "country": rule.country, "lines": "\n".join(lines)}

    # -- what the person can do ------------------------------------------------------------------

    @command
    def measure(
        self, name: Identifier, value: Annotated[float, msgspec.Meta(ge=-1e6, le=1e6)]
    ) -> None:
        """Change a rule of thumb.

        Raises:
            ForbiddenError: `name` is not a rule of thumb.
        """
        self.require_parameter(name)
        self.workbook.set_setting(name, to_setting(name, value, self.workbook.settings))

    @command
    def usual(self, name: Identifier) -> Answer:
        """Reset a rule of thumb to its default.

        Raises:
            ForbiddenError: `name` is not a rule of thumb.
        """
        self.require_parameter(name)
        if name in self.workbook.frames()["setting"].index:
            self.book.delete("setting", name)
        return {"focus": name}

    @command
    def live_in(self, country: Identifier) -> Answer | None:
        """Keep a country's public holidays, or none.

        Raises:
            ForbiddenError: the country is not one of the choices.
        """
        if country not in CHOICES["country"]:
            raise ForbiddenError()
        self.workbook.set_setting("country", country)
        return None

    @command
    def take_off(self, lines: LongText) -> Answer:
        """Store days off, one per line; report an unreadable line and then change nothing."""
        spans = read_spans(lines.splitlines())
        days_off = [span.line for span in spans]
        self.workbook.set_setting("days_off", json.dumps(days_off, ensure_ascii=False))
        return {"text": self.words["days"]["kept"]}

    def require_parameter(self, name: str) -> None:
        """Check that `name` is a rule of thumb.

        Raises:
            ForbiddenError: it is not.
        """
        if name not in self.workbook.texts_of("parameters")["thumbs"]:
            raise ForbiddenError()
