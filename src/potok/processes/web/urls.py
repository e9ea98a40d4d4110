"""Addresses of processes: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.processes.web import assigned, assignments, definitions, directing, handover, instances, stages

app_name = "processes"
urlpatterns = [
    path("assignments/", assigned.listing, name="assigned"),
    path("assignments/chosen", assigned.chosen, name="chosen"),
    path("assignments/chosen/answer", assigned.answer_many, name="answer_many"),
    path("assignments/chosen/claim", assigned.claim_many, name="claim_many"),
    path("assignments/chosen/delegation", assigned.give_many, name="give_many"),
    path("assignments/handover", handover.show, name="handover"),
    path("assignments/handover/act", handover.carry_out, name="hand_over"),
    path("assignments/<int:id>/claim", directing.claim, name="claim"),
    path("assignments/<int:id>/terms", directing.change, name="change_assignment"),
    path("assignments/<int:id>/asked", directing.ask, name="ask"),
    path("assignments/<int:id>/reminder", directing.remind, name="remind"),
    path("assignments/<int:id>", assignments.show, name="assignment"),
    path("assignments/<int:id>/answer", assignments.answer, name="answer"),
    path("assignments/<int:id>/draft", assignments.draft, name="draft"),
    path("assignments/<int:id>/delegation", assignments.delegate, name="delegate"),
    path("assignments/<int:id>/people", assignments.colleagues, name="colleagues"),
    path("instances/", instances.listing, name="instances"),
    path("instances/<int:id>/", instances.show, name="instance"),
    path("instances/<int:id>/termination", instances.terminate, name="terminate"),
    path("instances/<int:id>/stage", stages.stage, name="stage"),
    path("instances/<int:id>/note", stages.note, name="run_note"),
    path("instances/<int:id>/files", stages.attach, name="run_files"),
    path("instances/<int:id>/links", stages.links, name="run_links"),
    path("instances/<int:id>/records", stages.linkable, name="run_records"),
    path("instances/<int:id>/access", stages.admissions, name="run_access"),
    path("incidents/<int:id>/resolution", instances.mend, name="mend"),
    path("definitions/", definitions.listing, name="definitions"),
    path("definitions/new", definitions.create, name="new_definition"),
    path("definitions/check", definitions.check, name="check"),
    path("definitions/<int:id>/", definitions.show, name="definition"),
    path("definitions/<int:id>/switch", definitions.switch, name="switch"),
    path("definitions/<int:id>/constants", definitions.constant, name="constant"),
    path("definitions/<int:id>/versions/<int:number>", definitions.version, name="version"),
    path("definitions/<int:id>/start", definitions.start, name="start"),
]
