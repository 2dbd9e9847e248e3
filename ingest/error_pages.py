"""What servers, gates and walls say in an article's place: not found, denied, turn JavaScript on.

Crawls are full of it. Only a short text whose first sentence says nothing else is one: news about a page that
was not found is news.
"""

from __future__ import annotations

import re

_LONGEST = 300  # characters
_NUMBER = r"(?:(?:http )?(?:error|status)?[ :]*[45]\d\d[ :.–—|-]*)?(?:error[ :–—-]+)?"
_SORRY = r"(?:(?:oops|sorry|we[’']?(?: a)?re sorry)[ ,!.…–—-]*(?:but )?)?"
_THING = (
    r"(?:the |this |that )?(?:requested )?(?:page|article|story|content|document|file|site|url|resource|link)"
)
_WANTED = r"(?: (?:that )?you(?: a|[’'])re looking for| (?:that )?you (?:have )?requested)?"
_GONE = (
    r"(?: (?:is|was|has|been|could|can|does|not|no|longer|be|cannot|\w{2,4}n[’']t))*"
    r" (?:found|available|exists?|removed|deleted|unavailable)"
)
_SAYINGS = (
    f"{_THING}{_WANTED}{_GONE}(?: on this server)?",
    "not found|forbidden|unauthori[sz]ed|bad gateway|gateway time-?out|(?:internal )?server error",
    "(?:access|permission) (?:is |was )?denied|too many requests|service (?:temporarily )?unavailable",
    "you (?:do not|don[’']t) have (?:permission|access)\\b.*",
    "(?:please )?(?:enable|turn on|activate) (?:javascript|js|cookies)\\b.*",
    "javascript is (?:disabled|required)\\b.*",
    "(?:just a|one) moment|checking (?:if the site|your browser)\\b.*",
    "(?:are you|(?:please )?verify (?:that )?you are) (?:not )?(?:a )?(?:robot|human)",
)
_NOTICE = re.compile(rf"{_NUMBER}{_SORRY}(?:{'|'.join(_SAYINGS)})[ .!?…]*", re.IGNORECASE)
_FIRST = re.compile(r"(?:[^.!?]|[.!?](?! ))*[.!?]*")


def is_error_page(text: str) -> bool:
    """Whether a whole text is no article but what somebody put in its place."""
    if len(text) > _LONGEST:
        return False
    first = _FIRST.match(" ".join(text.split()))
    return first is not None and _NOTICE.fullmatch(first[0]) is not None
