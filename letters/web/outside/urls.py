"""The addresses of the outsiders' door."""

from django.urls import path

from letters.web.outside import answering, entering, stating

DOOR = [
    path("", answering.draft, name="outside_draft"),
    path("enter", entering.enter, name="outside_enter"),
    path("leave", entering.leave, name="outside_leave"),
    path("draft.pdf", answering.draft_pdf, name="outside_pdf"),
    path("form.docx", answering.form, name="outside_form"),
    path("form", answering.filled, name="outside_filled"),
    path("outcome.docx", answering.outcome, name="outside_outcome"),
    path("points/", answering.points, name="outside_points"),
    path("points/<int:pk>", answering.point, name="outside_point"),
    path("evidence/<int:pk>", answering.evidence, name="outside_evidence"),
    path("check", answering.check, name="outside_check"),
    path("sent", answering.sent, name="outside_sent"),
    path("statement/", stating.statement, name="outside_statement"),
    path("statement/form.docx", stating.form, name="outside_statement_form"),
    path("statement/form", stating.filled, name="outside_statement_filled"),
    path("statement/submit", stating.submit, name="outside_statement_submit"),
    path("statement/overseen", stating.overseen, name="outside_overseen"),
    path("statement/progress/<int:pk>", stating.progress, name="outside_progress"),
    path("statement/<slug:name>", stating.action, name="outside_action"),
    path("statement/<slug:name>/<int:pk>", stating.action, name="outside_old_action"),
    path("agencies", answering.agencies, name="outside_agencies"),
]
