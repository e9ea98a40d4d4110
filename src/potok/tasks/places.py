"""Places on the card of a task that the parts above fill from their start-up."""

from potok.ui.slots import CardTab, slot

facts = slot(CardTab, "tasks.facts", "Below the facts of a task: `draw(request, task)` answers one more, or nothing.")
