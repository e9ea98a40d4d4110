"""What can be wrong with a formula, and what can go wrong while it is worked out."""

from potok.engine.problems import _, problem

# While reading.
UNEXPECTED = problem(
    "expr.unexpected",
    _("“{found}” is not expected here."),
    hint=_("Look for a missing operator, comma or bracket just before it."),
)
UNFINISHED = problem(
    "expr.unfinished", _("The formula breaks off."), hint=_("Finish it or close the bracket that is still open.")
)
UNCLOSED_TEXT = problem(
    "expr.unclosed_text",
    _("The text is not closed."),
    hint=_("Put the same quotation mark at its end; inside the text write it twice."),
)
FOREIGN_OPERATOR = problem(
    "expr.foreign_operator", _("There is no operator “{found}”."), hint=_("Write “{instead}” instead.")
)
UNCLOSED_INSERTION = problem(
    "expr.unclosed_insertion",
    _("The inserted value is not closed."),
    hint=_("Write {{=Source:name}} for a value and {{{{=formula}}}} for a formula."),
)
WRONG_REFERENCE = problem(
    "expr.wrong_reference",
    _("“{found}” does not name a value."),
    hint=_("Write {{=Source:name}}, for example {{=Document:title}}."),
)
UNKNOWN_CAPTION = problem(
    "expr.unknown_caption", _("There is no field called “{name}”."), hint=_("Choose the value from the list again.")
)
UNKNOWN_WORD = problem(
    "expr.unknown_word",
    _("The word “{word}” means nothing here."),
    hint=_("Put a text in quotation marks; write a value as {{=Source:name}}."),
)
TOO_LONG = problem(
    "expr.too_long",
    _("The text has {length} characters; at most {most} can be read."),
    hint=_("Divide it into several variables."),
)
TOO_MANY_INSERTIONS = problem(
    "expr.too_many_insertions",
    _("Into the text {count} values are inserted; at most {most} can be."),
    hint=_("Divide it into several variables."),
)
TOO_DEEP = problem(
    "expr.too_deep",
    _("The formula is nested more than {most} deep."),
    hint=_("Work out a part of it into a variable first."),
)
TOO_MANY_DIGITS = problem(
    "expr.too_many_digits", _("The number has more than {most} digits."), hint=_("Write a shorter number.")
)

# While checking.
UNKNOWN_NAME = problem(
    "expr.unknown_name", _("There is no value {name}."), hint=_("Choose one that exists or declare it first.")
)
MISSPELT_NAME = problem("expr.misspelt_name", _("There is no value {name}."), hint=_("Did you mean {guess}?"))
UNKNOWN_FUNCTION = problem(
    "expr.unknown_function", _("There is no function “{name}”."), hint=_("Choose one from the list of functions.")
)
MISSPELT_FUNCTION = problem(
    "expr.misspelt_function", _("There is no function “{name}”."), hint=_("Did you mean {guess}?")
)
UNKNOWN_MODIFIER = problem(
    "expr.unknown_modifier",
    _("“{modifier}” cannot be applied to a value of type “{given}”."),
    hint=_("Use printable, a date format such as d.m.Y, or no modifier."),
)
WRONG_COUNT = problem(
    "expr.wrong_count", _("The function “{name}” was given {count} arguments."), hint=_("Write {usage}.")
)
WRONG_ARGUMENT = problem(
    "expr.wrong_argument",
    _("“{parameter}” of the function “{function}” cannot be of type “{given}”."),
    hint=_("Give it a value of type “{wanted}”, or convert with todate, tonumber or totext."),
)
WRONG_OPERAND = problem(
    "expr.wrong_operand",
    _("“{operator}” cannot be applied to “{left}” and “{right}”."),
    hint=_("Convert one side with todate, tonumber or totext, or compare with a value of the same type."),
)
WRONG_SIGN = problem(
    "expr.wrong_sign", _("“{operator}” cannot be applied to “{given}”."), hint=_("Use it with a number or an amount.")
)
NOT_A_CONDITION = problem(
    "expr.not_a_condition",
    _("A condition has to give yes or no, and this gives “{given}”."),
    hint=_("Compare it with something, for example with = or with empty()."),
)

NO_ITEM_NAME = problem(
    "expr.no_item_name",
    _("“{function}” needs a name for the item here."),
    hint=_("Write {usage}, for example {function}({{=Variable:list}}, item, item > 3)."),
)

# While evaluating.
TOO_MUCH_WORK = problem(
    "expr.too_much_work",
    _("The formula takes too many steps."),
    hint=_("Give it a shorter list or text, or divide it into several steps."),
)
NOT_KNOWN_HERE = problem(
    "expr.not_known_here",
    _("“{wanted}” is not known where this formula is worked out."),
    hint=_("Use it in a step of a process."),
)
DIVIDED_BY_ZERO = problem(
    "expr.divided_by_zero", _("The formula divides by zero."), hint=_("Check the divisor with if() first.")
)
NUMBER_TOO_LARGE = problem(
    "expr.number_too_large",
    _("The result has more than {most} digits or is no number."),
    hint=_("Check the values that the formula works with."),
)
RESULT_TOO_LONG = problem(
    "expr.result_too_long",
    _("The result is longer than {most}."),
    hint=_("Insert less text or fewer items."),
)
WRONG_VALUE = problem(
    "expr.wrong_value",
    _("“{value}” cannot be used as “{wanted}”."),
    hint=_("Correct the value, or convert it with todate, tonumber or totext."),
)
OUT_OF_CALENDAR = problem(
    "expr.out_of_calendar", _("The date lies beyond the years 1 to 9999."), hint=_("Check the interval.")
)
MIXED_CURRENCIES = problem(
    "expr.mixed_currencies",
    _("Amounts in {one} and in {other} cannot be reckoned together."),
    hint=_("Convert one of them first."),
)
