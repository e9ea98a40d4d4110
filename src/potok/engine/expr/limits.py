"""How large a formula and what it makes may grow. Without loops in the language, these bound every evaluation."""

FORMULA_LENGTH_MAX = 10_000
TEXT_LENGTH_MAX = 1_000_000
DEPTH_MAX = 100
ITEMS_MAX = 10_000
DIGITS_MAX = 34
