import ast
import re
from pathlib import Path

import enishi.coach
from enishi.choices import CLOSENESS
from enishi.coach.rules.catalogue import RULES
from enishi.i18n import read_texts
from sources import nodes_of

COACH = Path(enishi.coach.__file__).parent


def test_every_rule_has_its_name_why_and_act_in_both_languages() -> None:
    words = read_texts("rules")

    assert set(words) == set(RULES)
    for rule in words.values():
        assert set(rule) == {"name", "why", "act"}
        for leaf in rule.values():
            assert set(leaf) == {"ja", "en"}
            assert leaf["ja"].strip()
            assert leaf["en"].strip()


def test_both_languages_of_a_rule_use_the_same_facts() -> None:
    for key, rule in read_texts("rules").items():
        for part in ("name", "why", "act"):
            ja, en = (set(re.findall(r"{(\w+)}", rule[part][tongue])) for tongue in ("ja", "en"))
            assert ja == en, key


def facts_in_code() -> dict[str, set[str]]:
    """Read from the source which facts each rule is spoken with."""
    facts: dict[str, set[str]] = {}
    for file in COACH.rglob("*.py"):
        for node in nodes_of(file):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "reason_for"
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                named = {keyword.arg for keyword in node.keywords if keyword.arg}
                facts.setdefault(node.args[0].value, set()).update(named)
    return facts


SPOKEN_ELSEWHERE = {
    "signs_": {"signs"},
    "sign_": {"words"},
    "desk_": {"bridge", "target"},
    "path_": {"name", "bridge", "second"},
    "guard_": {"name"},
    "net_circles": {"count"},
    "net_one_circle": {"count"},
    "gate_": {"name"},
    "focus_": {"name"},
    "heard_": {"words"},
    "lint_": set(),
    "give_wanted": set(),
    "give_easy": set(),
    "give_strings": set(),
    "vague_": set(),
    "plan_": set(),
    "first_": {"name", "on", "where"},
    "second_touch": {"name", "on", "where"},
    "third_touch": {"name", "on", "where"},
    "own_step": {"name", "step"},
    "own_gift": {"name", "what"},
    "give_back": {"name", "on"},
    "occasion": {"name", "on", "ahead", "now", "past"},
    "due": {"name", "on"},
    "dormant": {"name", "on"},
    "talk_remembered": {"name", "last_talk", "since"},
    "goal": {"name", "on", "topic"},
    "welcome_back": {"on"},
}
"""Facts of the rules whose key is put together as the coach speaks, by the start of the key."""


def test_a_rule_only_names_facts_it_is_spoken_with() -> None:
    in_code = facts_in_code()
    for key, rule in read_texts("rules").items():
        elsewhere = [facts for start, facts in SPOKEN_ELSEWHERE.items() if key.startswith(start)]
        assert key in in_code or elsewhere, f"nobody speaks {key}"
        given = in_code.get(key, set()).union(*elsewhere)
        for part in ("why", "act"):
            for text in rule[part].values():
                assert set(re.findall(r"{(\w+)}", text)) <= given, key


def test_every_rule_says_where_it_comes_from() -> None:
    studies = set(read_texts("studies"))
    for rule, sources in RULES.items():
        assert sources, rule
        for source in sources:
            assert re.fullmatch(r"[AB]\d+", source) or source in studies, (rule, source)


def test_every_closeness_has_its_word_and_its_stage() -> None:
    assert tuple(read_texts("coach")["closeness"]) == CLOSENESS
