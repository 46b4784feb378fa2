"""The options that several verbs take.

In: nothing. Out: decorators.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

__all__ = [
    "config_option",
    "corpus_option",
    "index_option",
    "json_option",
    "jsonl_option",
    "received_option",
    "text_argument",
]

_CORPUS: Final = Path("corpus")
_INDEX: Final = Path("index")

config_option = click.option("--config", "config_file", type=click.Path(path_type=Path), help="TOML file of settings.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
jsonl_option = click.option(
    "--jsonl", "as_jsonl", is_flag=True, help="Read one JSON object a line from standard input."
)
index_option = click.option(
    "--index", type=click.Path(path_type=Path), default=_INDEX, show_default=True, help="Index folder."
)
corpus_option = click.option(
    "--corpus", type=click.Path(path_type=Path), default=_CORPUS, show_default=True, help="Folder of past disclosures."
)
text_argument = click.argument("text", metavar="FILE|-", required=False)
received_option = click.option(
    "--received", type=click.DateTime(["%Y-%m-%d"]), help="Day the request was received; today by default for `ask`."
)
