"""The page's templates are compiled once, and anew when they change."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from enishi.serve.handlers.template_cache import TemplateCache


def environment(compiled: TemplateCache, source: str) -> Environment:
    made = Environment(loader=DictLoader({"page": source}))
    made.bytecode_cache = compiled
    return made


def code(compiled: TemplateCache) -> list[object]:
    return [code for _, code in compiled.known.values()]


def test_a_template_is_compiled_once_for_all_environments() -> None:
    compiled = TemplateCache()
    first = environment(compiled, "one {{ name }}").get_template("page")
    made = code(compiled)
    second = environment(compiled, "one {{ name }}").get_template("page")
    assert first.render(name="fish") == second.render(name="fish") == "one fish"
    assert len(made) == 1
    assert code(compiled)[0] is made[0]


def test_a_template_that_has_changed_is_compiled_anew() -> None:
    compiled = TemplateCache()
    environment(compiled, "one {{ name }}").get_template("page")
    changed = environment(compiled, "two {{ name }}").get_template("page")
    assert changed.render(name="fish") == "two fish"


def test_a_template_that_is_compiled_is_not_read_from_another_ones_code() -> None:
    compiled = TemplateCache()
    loader = DictLoader({"page": "same", "other": "same"})
    made = Environment(loader=loader)
    made.bytecode_cache = compiled
    assert [made.get_template(name).name for name in ("page", "other")] == ["page", "other"]
    assert len(compiled.known) == 2
