"""One mend to Material's search worker, so that a Chinese word is looked up whole.

The worker cuts a run of Chinese in the query by the words of the index. Its loop over the ends of words stops
one character short of the end of the query, so the last word is never found whole: 会议 is looked up as 会*,
which is nearly everything. The mend lets the loop reach the end. (Material 9.8.1, `segment` in its search
worker.) When Material changes this place, `mended` raises, and the build says so.
"""

from __future__ import annotations

from typing import Final

FILE: Final = "assets/javascripts/workers/search."
BROKEN: Final = "for(let o=s+1;o<t.length;o++)t.slice(s,o)in e"
WHOLE: Final = "for(let o=s+1;o<=t.length;o++)t.slice(s,o)in e"


def mended(script: str) -> str:
    """The worker's script with the mend. Raises ValueError when it is not there exactly once."""
    if script.count(BROKEN) != 1:
        raise ValueError("Material's search worker has changed; look at generator/search_worker.py")
    return script.replace(BROKEN, WHOLE)
