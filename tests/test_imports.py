"""What the desk imports: `app.py` is a module without a package, which import-linter does not take."""

from __future__ import annotations

import ast
from pathlib import Path

_APP = Path(__file__).resolve().parents[1] / "app.py"
_HEAVY = {"spacy", "sentence_transformers", "torch", "faiss", "streamlit"}
_MAY = {"pipeline", "render", "config", "errors", "ingest", "schema"}


def _modules(path: Path) -> set[str]:
    """List every module that a file imports, anywhere in it; `from a import b` counts as `a.b`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_the_desk_reaches_only_the_pipeline_and_the_wording() -> None:
    """The desk imports no stage, no store and no index: it draws what the pipeline returns."""
    named = {name.split(".")[1] for name in _modules(_APP) if name.split(".")[0] == "triage"}
    assert named == _MAY & named
    assert "pipeline" in named


def test_the_desk_imports_streamlit_and_no_other_heavy_library() -> None:
    """Each heavy library is imported in one place; the desk's is Streamlit."""
    assert {name.split(".")[0] for name in _modules(_APP)} & _HEAVY == {"streamlit"}
