"""How large a formula and what it makes may grow, and how much work it may take: these bound every evaluation."""

FORMULA_LENGTH_MAX = 10_000
TEXT_LENGTH_MAX = 1_000_000
DEPTH_MAX = 100
INSERTIONS_MAX = 1_000
ITEMS_MAX = 10_000
DIGITS_MAX = 34
# What one evaluation may cost: a step for each part of a formula worked out, one for each
# item of a list that is touched, and one for so many characters of a text.
STEPS_MAX = 300_000
CHARACTERS_A_STEP = 200
