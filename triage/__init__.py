"""FOI request triage and precedent search.

Importing this package loads none of the heavy libraries; each stage loads its own when it is first used.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
