"""Names are one name, in every system and to every eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.disk import rules
from potok.kit.errors import Refused

NAMES = {
    "a plain name stays": ("Акт № 7.pdf", "Акт № 7.pdf"),
    "folders are cut off": ("../../etc/passwd", "passwd"),
    "foreign folders are cut off": ("C:\\Docs\\act.pdf", "act.pdf"),
    "what turns the direction is left out": ("act\u202efdp.exe", "actfdp.exe"),
    "line breaks are left out": ("act\r\nX-Header: 1.pdf", "actX-Header: 1.pdf"),
    "й of two characters becomes one": ("Догово\u0440, ко\u043f\u0438\u0438\u0306.pdf", "Договор, копий.pdf"),
    "dots and spaces at the edges go": (" .hidden. ", "hidden"),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_becomes_one_name(case: str) -> None:
    given_name, kept = NAMES[case]
    assert rules.clean_name(given_name) == kept


@pytest.mark.parametrize("name", ["", " . ", "folder/", "\u202e"])
def test_a_file_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.clean_name(name)
    assert refused.value.code == "disk.file.nameless"


@given(st.text(min_size=1, max_size=600))
def test_any_name_fits_a_file_system_and_cleaning_it_again_changes_nothing(name: str) -> None:
    try:
        kept = rules.clean_name(name)
    except Refused:
        return
    assert len(kept.encode()) <= 255
    assert not {"/", "\\", "\0", "\n"} & set(kept)
    assert rules.clean_name(kept) == kept
