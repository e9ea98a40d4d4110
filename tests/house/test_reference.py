"""Everything with a public name has an entry in the reference, and the entry says something."""

from django.utils.module_loading import autodiscover_modules

from tools import reference


def test_everything_public_says_what_it_is() -> None:
    autodiscover_modules("commands")
    silent = [name for name, text in reference.described() if len(text) < 3 and " test." not in name]
    assert not silent, f"the first line of its docstring, or its title, is what the reference tells: {silent}"


def test_a_made_up_docstring_counts_as_none() -> None:
    from dataclasses import dataclass

    @dataclass
    class Moved:
        deal: int

    assert reference.said(Moved) == ""
    assert reference.said(reference.said.__class__) != ""
