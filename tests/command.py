"""What a run of the command line in this process leaves behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple


class Done(NamedTuple):
    """What a run of the command line left behind."""

    status: int
    out: str
    err: str

    def objects(self) -> list[dict[str, Any]]:
        """Read standard output as one JSON object a line; only a line feed ends a line."""
        return [json.loads(line) for line in self.out.split("\n") if line]


Run = Callable[..., Done]
