"""A description is shown with its formatting and without any harm."""

import pytest

from potok.tasks import formatting


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Акт\nи счёт", "<p>Акт<br>и счёт</p>"),
        ("<b>Срочно</b>", "<b>Срочно</b>"),
        ("<script>alert(1)</script>дело", "дело"),
        ('<a href="javascript:alert(1)">сюда</a>', '<a rel="noopener nofollow">сюда</a>'),
        ('<p onclick="x()">дело</p>', "<p>дело</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
    ],
)
def test_only_harmless_html_is_shown(text: str, html: str) -> None:
    assert formatting.shown(text) == html


def test_an_address_becomes_a_link() -> None:
    assert 'href="https://potok.example/a"' in formatting.shown("см. https://potok.example/a")


def test_plain_text_has_no_tags() -> None:
    assert formatting.plain("<p>Акт</p><p><b>счёт</b></p>") == "Акт\nсчёт"
    assert formatting.plain("5 < 6") == "5 < 6"
