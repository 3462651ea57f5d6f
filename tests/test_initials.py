import pytest

from enishi.words.initials import hide_names, initials


@pytest.mark.parametrize(
    ("name", "said"),
    [("架空 花子", "架○"), ("見本", "見○"), ("Hanako Kakuu", "H.K."), ("ann", "A."), ("", "")],
)
def test_a_name_becomes_its_initial(name: str, said: str) -> None:
    assert initials(name) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("架空さんに本を返す", "架○さんに本を返す"),
        ("架空 花子さんへ", "架○さんへ"),
        ("花子さんに電話", "花○さんに電話"),
        ("Send the slides to Hanako", "Send the slides to H."),
        ("本を返す", "本を返す"),
    ],
)
def test_a_name_inside_a_text_is_hidden_too(text: str, said: str) -> None:
    assert hide_names(text, ["架空 花子", "Hanako Kakuu"]) == said


def test_a_short_name_is_hidden_only_where_it_is_a_name() -> None:
    assert hide_names("林さんと森林公園へ", ["林 例子"]) == "林○さんと森林公園へ"
    assert hide_names("Ask Ann about the annual plan", ["Ann"]) == "Ask A. about the annual plan"
