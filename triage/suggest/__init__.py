"""Decide what past answers mean for one new question.

In: a question and the matches found for it. Out: a `Suggestion` with verdict, gate, and every match in its place. Three
tests are kept apart and shown: is it the same question (`alike`, `measure`), is the answer really there (`relate`,
`gate`), does the scope fit (`scope`). All rules are explicit; their numbers stand in `SuggestSettings`. A past decision
never binds: the officer decides.
"""

from __future__ import annotations

from triage.suggest.decide import suggest
from triage.suggest.relate import relate

__all__ = ["relate", "suggest"]
