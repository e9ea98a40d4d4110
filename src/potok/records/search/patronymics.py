"""Patronymics as people say them, and as they are written: «Иваныч» is Иванович, «Сергевна» is Сергеевна. Pure."""

SPECIAL = {
    "саныч": "александрович", "сана": "александровна", "санна": "александровна", "палыч": "павлович",
    "пална": "павловна", "михалыч": "михайлович", "михална": "михайловна", "иванна": "ивановна",
    "дмитрич": "дмитриевич", "дмитревна": "дмитриевна",
}  # fmt: skip
FULL = ("ович", "евич", "ьич", "овна", "евна", "ична", "инична")
# Whoever is called by these has a patronymic in ‑ич that is already whole.
WHOLE = {"ильич", "лукич", "кузьмич", "фомич", "никитич"}


def written(word: str) -> str:
    """The whole form of a patronymic that was shortened, or nothing."""
    if word in SPECIAL:
        return SPECIAL[word]
    if word in WHOLE or len(word) < 5:
        return ""
    if word.endswith("ыч"):
        return f"{word[:-2]}ович"
    if word.endswith("ьич"):
        return f"{word[:-2]}евич"
    if word.endswith("ич") and not word.endswith(FULL):
        return f"{word[:-2]}евич"
    if word.endswith("вна") and not word.endswith(("овна", "евна", "ивна")):
        return f"{word[:-3]}евна"
    return _with_both(word)


def _with_both(word: str) -> str:
    """«Сергевна», «Андревна», «Алексевна»: the stem has lost its own е."""
    for stem in ("серг", "андр", "алекс", "матв", "тимоф", "елис"):
        if word == f"{stem}евна":
            return f"{stem}еевна"
        if word == f"{stem}евич":
            return f"{stem}еевич"
    return ""
