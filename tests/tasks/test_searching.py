"""Tasks are found by their words, and by whoever may see them."""

from potok.kit.doors import opened
from potok.records.public import searching
from potok.tasks import public as tasks
from tests.company import Company


def found(text: str, *, by: int) -> list[str]:
    return [hit.title for hit in searching.found(text, by=by).hits]


def test_a_task_and_what_was_said_about_it_is_found_by_its_people_only(company: Company) -> None:
    with opened(company.alice.pk, door="screen") as call:
        task = tasks.add(call, title="Позвонить поставщику", responsible=company.bob.pk, description="про насосы")
        tasks.comments.add(call, task=task, text="Номер у секретаря")
    assert found("позвонить", by=company.bob.pk) == ["Позвонить поставщику"]
    assert found("насосов", by=company.bob.pk) == ["Позвонить поставщику"]
    assert found("секретарь", by=company.bob.pk) == ["Номер у секретаря"]
    assert found("позвонить", by=company.carol.pk) == found("секретарь", by=company.carol.pk) == []


def test_a_task_is_found_under_its_new_title_and_not_when_it_is_gone(company: Company) -> None:
    with opened(company.alice.pk, door="screen") as call:
        task = tasks.add(call, title="Заказать бумагу", responsible=company.bob.pk)
        tasks.change(call, task=task, fields={"title": "Заказать картон"})
    assert found("картон", by=company.bob.pk) == ["Заказать картон"]
    with opened(company.alice.pk, door="screen") as call:
        tasks.remove(call, task=task)
    assert found("картон", by=company.bob.pk) == []
