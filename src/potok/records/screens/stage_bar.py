"""The stages of a record on its card: where it stands, how long it stood where, where it may go by a click."""

from collections.abc import Sequence
from datetime import timedelta

from potok.records import catalogue
from potok.records.models import History, Stage
from potok.records.screens.facts import Card
from potok.ui import shapes, words


def stages(card: Card) -> list[shapes.Stage]:
    """Open stages and the won one in order; a lost one only when the record stands there."""
    now = card.row.stage
    if now is None:
        return []
    known = [one for one in _stages(card) if _is_shown(one, now)]
    place = next(number for number, one in enumerate(known) if one.pk == now.pk)
    stood = _stood(card)
    return [_stage(card, one, number - place, stood) for number, one in enumerate(known)]


def lost(card: Card) -> list[Stage]:
    """The stages that end a record without success: they stand in the menu."""
    if not card.of.pipeline or card.row.stage is None:
        return []
    return [one for one in _stages(card) if one.kind == Stage.LOST and one.pk != card.row.stage_id]


def _stages(card: Card) -> list[Stage]:
    # Of the whole catalogue: what was shared with somebody is seen in whatever pipeline it stands, a hidden one too.
    return catalogue.whole().stages_of(card.row.pipeline_id)


def _is_shown(stage: Stage, now: Stage) -> bool:
    if stage.pk == now.pk:
        return True
    if stage.kind == Stage.WON:
        return now.kind != Stage.LOST
    return stage.kind == Stage.OPEN


def _stage(card: Card, stage: Stage, steps: int, stood: dict[str, timedelta]) -> shapes.Stage:
    state = "done" if steps < 0 else "ahead" if steps > 0 else "now"
    lasted = stood.get(stage.code)
    url = card.url("move", stage.code) if card.may_edit else ""
    return shapes.Stage(stage.title, state, words.lasts(lasted) if lasted and steps <= 0 else "", url)


def _stood(card: Card) -> dict[str, timedelta]:
    """How long the record has stood on each stage, by the stage's code, from its history."""
    moves = History.objects.filter(record_type=card.of.name, record_id=card.row.pk, after__has_key="stage")
    return added_up([(at, after["stage"]) for at, after in moves.order_by("id").values_list("at", "after")])


def added_up(moves: Sequence[tuple[object, str]]) -> dict[str, timedelta]:
    """Add up what lies between moves; the last one lasts until now."""
    stood: dict[str, timedelta] = {}
    ends = [*[at for at, _ in moves[1:]], words.now()][: len(moves)]
    for (at, code), end in zip(moves, ends, strict=True):
        stood[code] = stood.get(code, timedelta()) + (end - at)  # type: ignore[operator]
    return stood
