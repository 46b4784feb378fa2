"""Every error that `triage` raises on purpose.

    TriageError
    ├── InputError            a text or file that cannot be used
    │   ├── EmptyInputError   nothing in it
    │   ├── TooLargeError     over a size limit of the configuration
    │   ├── NotTextError      binary, or no known encoding
    │   └── FormatError       text, but not in the form its name promises
    ├── ConfigError           the configuration names something unknown or impossible
    ├── EncoderError          the embedding model is missing or is not the one expected
    ├── StoredIndexError      the index folder is missing, damaged or stale
    ├── CorpusError           a corpus folder with nothing to build from
    └── WorkerError           a process that read files was killed

A message says what, where, and what to do next. `ValueError` is left for a caller's mistake.
"""

__all__ = [
    "ConfigError",
    "CorpusError",
    "EmptyInputError",
    "EncoderError",
    "FormatError",
    "InputError",
    "NotTextError",
    "StoredIndexError",
    "TooLargeError",
    "TriageError",
    "WorkerError",
]


class TriageError(Exception):
    """Root of every error raised on purpose; its text is fit to be shown to an officer."""


class InputError(TriageError):
    """A text or file that cannot be used."""


class EmptyInputError(InputError):
    """Nothing but white space."""


class TooLargeError(InputError):
    """Over a size limit of the configuration."""


class NotTextError(InputError):
    """Binary content, or an encoding that is none of the known ones."""


class FormatError(InputError):
    """Readable, but not in the form its name promises."""


class ConfigError(TriageError):
    """The configuration names something unknown or impossible."""


class EncoderError(TriageError):
    """The embedding model is missing, or its weights are not the ones expected."""


class StoredIndexError(TriageError):
    """The index folder is missing, damaged, or was built with other settings."""


class CorpusError(TriageError):
    """A corpus folder with nothing to build from."""


class WorkerError(TriageError):
    """A process that read files for this one was killed."""
