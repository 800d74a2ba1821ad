"""Names with wildcards, as permissions have them: ``*`` is any text, ``?`` any character.

A file from outside says what the patterns are, so they are matched in time that grows with pattern times text: the
standard library's translation of file-name patterns never goes back over a star that has matched.
"""

from __future__ import annotations

import re
from fnmatch import translate
from functools import lru_cache


@lru_cache(maxsize=1024)
def wildcard(text: str) -> re.Pattern[str]:
    """A pattern for whole texts; nothing but stars and question marks has a meaning."""
    return re.compile(translate(text.replace("[", "[[]")))
