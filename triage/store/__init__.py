"""Keep the records of an index, and swap one build of it for the next.

In: precedents with their rows, disclosures, files with what failed in them. Out: the same records by row, reference or
file (`records`), and the folder of the build in use (`builds`). Corrections of officers, which belong to the corpus and
not to a build, are kept by `corrections`; `lines` adds one line to a file that only grows.
"""

from triage.store.builds import (
    CONTRACT,
    Manifest,
    begin_build,
    build_lock,
    check_manifest,
    current_build,
    publish_build,
    read_manifest,
    write_manifest,
)
from triage.store.corrections import CORRECTIONS_FILE, BadLine, Overlay, append_correction, read_corrections
from triage.store.lines import append_line
from triage.store.records import Failure, Store, StoredFile

__all__ = [
    "CONTRACT",
    "CORRECTIONS_FILE",
    "BadLine",
    "Failure",
    "Manifest",
    "Overlay",
    "Store",
    "StoredFile",
    "append_correction",
    "append_line",
    "begin_build",
    "build_lock",
    "check_manifest",
    "current_build",
    "publish_build",
    "read_corrections",
    "read_manifest",
    "write_manifest",
]
