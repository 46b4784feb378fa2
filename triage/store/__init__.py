"""Keep the records of an index, and swap one build of it for the next.

In: precedents with their rows, disclosures, files with what failed in them. Out: the same records by row, reference or
file (`records`), and the folder of the build in use (`builds`).
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
from triage.store.records import Failure, Store, StoredFile

__all__ = [
    "CONTRACT",
    "Failure",
    "Manifest",
    "Store",
    "StoredFile",
    "begin_build",
    "build_lock",
    "check_manifest",
    "current_build",
    "publish_build",
    "read_manifest",
    "write_manifest",
]
