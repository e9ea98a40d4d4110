"""What a text would be if it had been typed with the other keyboard layout switched on: `рщеуд` is hotel."""

ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_ENGLISH = str.maketrans(RUSSIAN, ENGLISH)
_TO_RUSSIAN = str.maketrans(ENGLISH, RUSSIAN)


def other_layout(text: str) -> str:
    """Type the same keys in the other layout; the first letter tells which one the text is in."""
    first = next((char for char in text if char.isalpha()), "")
    return text.translate(_TO_ENGLISH if first in RUSSIAN else _TO_RUSSIAN)
