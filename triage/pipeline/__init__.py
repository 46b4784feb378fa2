"""The order of the stages: the only package that knows it.

In: texts, files, folders. Out: the records of `schema`. The heavy stages are imported when they are first needed, so
that reading a citation does not load an embedding model.
"""

from triage.pipeline.build import Progress, ReindexReport, corpus_digest, reindex
from triage.pipeline.correct import Corrected, correct
from triage.pipeline.edits import read_edits, record_edits
from triage.pipeline.parallel import read_paths
from triage.pipeline.query import OpenIndex, ask, build_name, is_stale, open_index, search
from triage.pipeline.report import report_reading
from triage.pipeline.show import show
from triage.pipeline.texts import check_request, cite, read_text, split

__all__ = [
    "Corrected",
    "OpenIndex",
    "Progress",
    "ReindexReport",
    "ask",
    "build_name",
    "check_request",
    "cite",
    "corpus_digest",
    "correct",
    "is_stale",
    "open_index",
    "read_edits",
    "read_paths",
    "read_text",
    "record_edits",
    "reindex",
    "report_reading",
    "search",
    "show",
    "split",
]
