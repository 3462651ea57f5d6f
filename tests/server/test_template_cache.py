"""The page's templates are compiled once, and anew when they change."""

from __future__ import annotations

from jinja2 import DictLoader, Environment
from voila.exporter import VoilaExporter
from voila.paths import collect_template_paths

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


def test_all_that_a_page_is_made_of_is_compiled_before_it_is_rendered() -> None:
    pages = {
        "page": "{% extends 'base' %}{% block middle %}{% include 'part' %}{% endblock %}",
        "base": "{% import 'names' as names %}{% block middle %}{% endblock %}"
        "{{ names.one() }} {{ code | highlight_code }}{% include 'absent' ignore missing %}",
        "part": "part ",
        "names": "{% macro one() %}one{% endmacro %}",
        "unused": "never",
    }
    compiled = TemplateCache()
    compiled.attach(Environment(loader=DictLoader(pages)), "page")
    made = code(compiled)

    later = Environment(loader=DictLoader(pages))
    later.bytecode_cache = compiled
    later.filters["highlight_code"] = str.upper
    assert later.get_template("page").render(code="x") == "part one X"
    assert len(made) == 4
    assert all(one is other for one, other in zip(made, code(compiled), strict=True))


def test_voilas_templates_compile_before_it_sets_its_last_filters() -> None:
    places = collect_template_paths(["voila", "nbconvert"], "lab", prune=True)
    exporter = VoilaExporter()
    exporter.template_path = places
    compiled = TemplateCache()
    compiled.attach(exporter.environment, exporter.template_file)
    names = " ".join(code.co_filename for _, code in compiled.known.values())
    assert "lab/index.html.j2" in names
    assert "lab/base.html.j2" in names, "it uses the filters that are set late"


def test_a_template_that_does_not_compile_yet_waits_until_it_is_rendered() -> None:
    compiled = TemplateCache()
    source = "{{ 'x' | set_late }}"
    compiled.attach(Environment(loader=DictLoader({"page": source})), "page")
    assert compiled.known == {}

    late = environment(compiled, source)
    late.filters["set_late"] = str.upper
    assert late.get_template("page").render() == "X"
