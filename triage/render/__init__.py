"""Word the records: as JSON objects (the contract) and as text for a terminal or the desk.

In: records. Out: plain dictionaries, or lines of text. Nothing is decided here.
"""

from triage.render.objects import (
    CONTRACT,
    ask_object,
    cite_object,
    disclosure_object,
    hit_object,
    split_object,
)
from triage.render.report import report_object, report_text
from triage.render.shown import correction_object, correction_text, mark_evidence, shown_object, shown_text
from triage.render.text import ask_text, cite_text, disclosure_text, hits_text, roles_text, split_text
from triage.render.words import (
    describe_correction,
    describe_decision,
    describe_diversion,
    describe_fit,
    describe_outcome,
    describe_relation,
    describe_slots,
    describe_status,
    describe_test,
    describe_verdict,
)

__all__ = [
    "CONTRACT",
    "ask_object",
    "ask_text",
    "cite_object",
    "cite_text",
    "correction_object",
    "correction_text",
    "describe_correction",
    "describe_decision",
    "describe_diversion",
    "describe_fit",
    "describe_outcome",
    "describe_relation",
    "describe_slots",
    "describe_status",
    "describe_test",
    "describe_verdict",
    "disclosure_object",
    "disclosure_text",
    "hit_object",
    "hits_text",
    "mark_evidence",
    "report_object",
    "report_text",
    "roles_text",
    "shown_object",
    "shown_text",
    "split_object",
    "split_text",
]
