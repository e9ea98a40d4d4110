"""The product's side: `python -m bench.crm measure|fill|people FILE …`, in a process of its own with its database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.crm import company, crowd_data, filling, measuring, questions
from bench.ours import house


def main() -> None:
    """Do one thing."""
    word, answers, *rest = sys.argv[1:]
    house.enter()
    made = company.furnish()
    if word == "fill":
        _fill(made, deals=int(rest[0]))
        Path(answers).write_text("")
    elif word == "measure":
        lines = list(_measured(made, deals=int(rest[0]), times=int(rest[1])))
        Path(answers).write_text("\n".join(map(json.dumps, lines)))
    else:
        Path(answers).write_text(json.dumps(crowd_data.people(made, count=int(rest[0]))))


def _measured(made: company.Company, *, deals: int, times: int) -> Iterator[dict[str, object]]:
    from potok.site import preparation

    preparation.gather_static()
    if _fill(made, deals=deals) >= 2 * deals:
        return  # a company that was kept has outgrown this size
    for who in questions.eyes(made):
        for question in questions.asked(made, who):
            yield _line(question, who, measuring.taken(question, who, times=times), deals)


def _fill(made: company.Company, *, deals: int) -> int:
    """See that there are so many deals at least; answers how many there are."""
    from potok.records import field_indexes
    from potok.records.public import record_types

    held = record_types["crm.deal"].rows().count()
    if held < deals:
        took = filling.fill(made, deals=deals)
        field_indexes.serve()
        sys.stderr.write(f"{deals:,} deals made in {took:.0f} s\n")
    return max(held, deals)


def _line(question: questions.Question, who: questions.Eyes, took: measuring.Took, deals: int) -> dict[str, object]:
    return {
        "name": f"{question.name}, {who.name}",
        "deals": deals,
        "page": took.p95,
        "statements": measuring.p95(took.statements),
        "bare": measuring.p95(took.bare) if took.bare else 0,
        "times": len(took.pages),
    }


if __name__ == "__main__":
    main()
