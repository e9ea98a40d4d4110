"""What is understood of what was typed: sounds, layouts, numbers, patronymics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.people.public import folded
from potok.records.search import asking
from potok.records.search.asking import variants
from potok.records.search.patronymics import written
from potok.records.search.sounds import openings, sound

# One word in the spellings of passports (ICAO 9303), of GOST 7.79 B, BGN/PCGN and as people write.
SPELLINGS = [
    "щукин shchukin schukin shukin shhukin",
    "захарченко zakharchenko zaharchenko",
    "семёнов semyonov semenov semionov",
    "соловьёв solovyov solovev soloviev solov'yov",
    "дмитриев dmitriyev dmitriev",
    "ельцин yeltsin eltsin elczin",
    "мария mariya maria mariia marija",
    "юрий yuriy yuri iurii jurij yury",
    "царицын tsaritsyn czaricyn",
    "александр aleksandr alexandr",
    "жуков zhukov",
    "хрущев khrushchev hruschev khrushhev",
    "чехов chekhov tchekhov",
    "подъезд podezd podyezd pod'ezd",
    "анна anna ana",
    "филипп filipp philipp filip",
]
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SYSTEMS = {
    "passport": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia",
    "bgn": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch ' y ' e yu ya",
    "gost": "a b v g d e yo zh z i j k l m n o p r s t u f h cz ch sh shh ' y ' e yu ya",
    "telegram": "a b v g d e e zh z i i k l m n o p r s t u f h ts ch sh sch _ y _ e iu ia",
}
# Vowels and consonants take turns, as in words; three consonants at once nobody can spell back.
syllables = st.tuples(st.sampled_from("бвгджзйклмнпрстфхцчшщ"), st.sampled_from("аеёиоуыэюя")).map("".join)
words = st.lists(syllables, min_size=1, max_size=5).map("".join)


def spelled(word: str, system: str) -> str:
    letters = dict(zip(CYRILLIC, SYSTEMS[system].replace("_", "").split(" "), strict=True))
    return "".join(letters[letter] for letter in word)


@pytest.mark.parametrize("line", SPELLINGS, ids=lambda line: line.split()[0])
def test_all_spellings_of_a_word_sound_alike(line: str) -> None:
    assert len({sound(asking.words(folded(word))[0]) for word in line.split()}) == 1


def test_words_that_differ_sound_different() -> None:
    names = "иванов петров сидоров кузнецов смирнов попов васильев новиков федоров морозов волков лебедев"
    assert len({sound(word) for word in names.split()}) == len(names.split())


@given(words, st.sampled_from(sorted(SYSTEMS)))
def test_a_word_is_found_by_its_transliteration_and_the_other_way_round(word: str, system: str) -> None:
    latin = asking.words(spelled(word, system))
    russian = asking.words(folded(word))
    assert [sound(one) for one in latin] == [sound(one) for one in russian]


@given(words, st.integers(1, 12))
def test_the_beginning_of_a_word_finds_the_word(word: str, length: int) -> None:
    whole, typed = folded(word), folded(word[:length])
    assert sound(whole).startswith(openings(typed))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("рщеуд", "hotel"),
        ("bdfyjd", "иванов"),
        ("Bdfyjd Gtnh", "иванов петр"),
        ("j,sxyj", "обычно"),
        (";erjd", "жуков"),
        ("ёлка", "елка"),
    ],
)
def test_either_layout_is_among_the_readings(typed: str, meant: str) -> None:
    assert meant in [reading.text for reading in variants(typed)]


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("555-12", "55512"),
        ("555 12 34", "5551234"),
        ("8 (921) 555-12-34", "9215551234"),
        ("+7 921 555 12 34", "9215551234"),
        ("+7 921", "921"),
        ("8 921 55", "92155"),
        ("9215551234", "9215551234"),
        ("2024-0157", "20240157"),
        ("7812000110", "7812000110"),
    ],
)
def test_numbers_are_understood_however_they_are_divided(typed: str, digits: str) -> None:
    assert [term.digits for term in variants(typed)[0].terms] == [digits]


def test_numbers_that_only_stand_beside_each_other_stay_apart() -> None:
    terms = variants("договор 15 от 2024 500")[0].terms
    assert {term.digits for term in terms if term.digits} == {"2024", "500"}
    assert "15" in {term.word for term in terms}


@given(st.text("0123456789", min_size=3, max_size=14), st.integers(0, 11), st.integers(3, 11))
def test_any_piece_of_a_number_is_among_its_grams(number: str, start: int, length: int) -> None:
    piece = number[start : start + length]
    if len(piece) == 3:
        assert any(gram.startswith(piece) for gram in asking.grams(number))
    elif len(piece) > 3:
        assert {gram for gram in asking.grams(piece) if len(gram) == 4} <= asking.grams(number)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("иваныч", "иванович"),
        ("сергеич", "сергеевич"),
        ("васильич", "васильевич"),
        ("палыч", "павлович"),
        ("саныч", "александрович"),
        ("михалыч", "михайлович"),
        ("сергевна", "сергеевна"),
        ("николавна", "николаевна"),
        ("петрович", ""),
        ("ивановна", ""),
        ("ильич", ""),
        ("ильинична", ""),
        ("кирпич", "кирпевич"),
    ],
)
def test_a_patronymic_as_said_means_the_whole_one(said: str, meant: str) -> None:
    assert written(said) == meant


@given(st.text(max_size=300))
def test_whatever_is_typed_is_understood_somehow(text: str) -> None:
    for reading in variants(text):
        assert reading.terms
        for term in reading.terms:
            assert "'" not in "".join(term.openings)
            assert "\\" not in "".join(term.openings)
            assert term.digits or all(term.openings)


@pytest.mark.parametrize("text", ["", "   ", "!!!", "«»"])
def test_nothing_typed_means_nothing(text: str) -> None:
    assert not variants(text)
