"""Which sentences belong to the page and not to the report: captions, bylines, links, headings, letters.

By their wording and looks alone, in English; it knows no outlet. A sentence taken for furniture is still in
the article and found by a search, but it is never quoted. Where furniture runs into a sentence, it tells how
far it goes: labels and credits (`label_end`), and the heads of live pages (`heads`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.words import words

_ENDED = re.compile(r"[.!?…。！？।؟۔][\"”’'»)\]]*$")
_FURNITURE = re.compile(
    "|".join(
        (
            # calls to the reader
            r"^(?:read|see|watch) (?:more|also|next)\b|^read (?:the|our|my|other|on)\b|^check out\b",
            r"^(?:related|more)\s*[:|]|^unable to view\b|^hit play\b|^join our\b|\bplease tick here\b",
            r"^(?:read|see|find out|learn|listen|watch|check|sign-?up)\b.{0,80}\bhere(?: for \w+)?\.$",
            r"^(?:visit|see) \S+\.(?:com|org|gov|net)\b|^(?:need|want|looking) (?:an?|to|for|more)\b.*\?$",
            r"^more (?:on this|from the)\b|^follow (?:here|along|our)\b|^get (?:the latest|our)\b",
            r"^(?:sign[- ]?up|subscribe|log ?in|share this|follow us|contact us|support (?:us|our)\b)",
            r"^(?:to|you can) (?:subscribe|sign up)\b|^thank you for (?:supporting|reading|subscribing)\b",
            r"\bclick here\b|^download (?:the|our|for)\b|^play\b.{0,60}\b(?:crossword|puzzle|quiz)\b",
            r"^(?:reach|follow|find|contact)\b.{0,60}(?<!\w)@\w|\b(?:reach|follow) (?:him|her) (?:at|on)\b",
            r"^(?:please |consider |help )*support(?:ing)?\b.{0,60}\b(?:journalism\b|by subscribing)",
            r"^(?:keep |be sure to )?(?:refresh|check back|come back|stay tuned).{0,60}\b(?:page|updates?)\b",
            r"^(?:turn|tune in) to\b.{0,60}\bcoverage\b",
            r"^for (?:the latest|more)\b.{0,80}\b(?:visit|see|go to|follow|read|check out)\b",
            r"^(?:got|have) (?:an?|any)\b.{0,40}\b(?:tip|idea|story)s?\b.{0,40}\?$|^get the facts\b",
            r"^(?:call|text|contact)\b.{0,80}\d{3}\)?[- ]\d{3}|\brelevant is this ad\b",
            # letters
            r"\b(?:our|your|free|daily|weekly) newsletters?\b|\bsign up (?:for|to)\b.{0,80}\bnewsletter\b",
            r"\bnewsletter\b.{0,80}\b(?:inbox|digest|sign up)\b|\b(?:to|in|into) your inbox\b",
            # captions and credits
            r"^(?:photo|photograph|image|picture|video|audio|watch|listen|source|contributing|credit)s?\s*:",
            r"^(?:photo|photograph|image|picture|video|audio)s? by\b",
            r"\((?:photo|image|picture|ap photo|file)\b[^()]*\)|\([A-Z][^()]*(?:/| via )[^()]*\)\W*$",
            r"\bgetty images\b|\bfile photo\b|\bhide caption\b",
            r"^by (?-i:[A-Z])[\w.’-]+ (?-i:[A-Z])[\w.’-]+\W*$",
            # what is said of the page itself
            r"^(?:published|updated|posted)\s*(?:at|on|:|\d)|^a version of this (?:article|story)\b",
            r"^\(?this (?:article|story|page|video|report|(?:live )?blog|transcript)(?: and headline)?\s"
            r"(?:(?:was|has been|have been|will be) (?:originally|first|last|updated|automatically)|"
            r"is (?:no longer being|being|a) (?:updated|developing))\b|^this page (?:reflects|recaps)\b",
            r"\bcontributed to this (?:report|story|article)\b|^contributing by\b|^editor[’']s note\b",
            r"\d min(?:ute)? read\b|^(?:just|must) watch(?:ed)?\b|\breplay more videos\b",
            # small print, addresses, menus
            r"\b(?:cookie|privacy) (?:policy|settings)\b|\bterms of (?:use|service)\b|^advertisement\b|©",
            r"\ball rights reserved\b|\baffiliate (?:fee|link)|^terms apply\b|^prices were accurate\b",
            r"\b(?:we|network) may earn\b|\bmay earn (?:us|revenue)\b|\brecommendations are independently\b",
            r"\bcontent partner\b|\bcontent is produced independently\b|\bnot provide editorial input\b",
            r"\b(?:coverage|fact[- ]check work)\b.{0,80}\b(?:by|with)(?:,? in part,?)? a grant\b",
            r"\bnewsrooms?\b.{0,60}\b(?:operate independently|our coverage|or news coverage)\b",
            r"\bhas a gambling problem\b|^must be \d\d or older\b|^we occasionally recommend\b",
            r"^we will use .{0,20}\b(?:details|data|information)\b",
            r"https?://|\bwww\.|\S+@\S+\.\w|\|[^|]*\||(?:•.*){3}",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
# A label stuck to a headline ("Graceland:Who built it?") is a link to another report. Briefs that begin so
# with their place are longer.
_LABEL = re.compile(r"[^\s:][^\n:.!?…]{0,60}:(?=[A-Z“‘'\"’])")
_LABELLED = 20
_WRITER = re.compile(
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3} (?:(?:covers|writes about|reports on)\b.{3,150}\b(?:for|at)\b|"
    r"is (?:an? |the )?(?:[\w&’'-]+ ){0,6}(?:reporter|correspondent|columnist|editor|writer|producer)s? "
    r"(?:for|at|with)\b)"
)


# A label, or the credit of the picture before, that stands glued to a sentence.
_AGENCY = (
    r"(?:[A-Z]{2,5}(?: Press| Wire| Today Network)?|Reuters|Redux|Zuma(?: Press)?|Bloomberg|Shutterstock|"
    r"Xinhua|Pool)"
)
_GLUED = re.compile(
    r"(?:AI[ -](?:assisted|generated|written) summary:?|Video Ad Feedback|"
    r"(?!The )(?:[A-Z][\w.’'-]* ){1,3}[A-Z][\w.’'-]+(?:/[A-Z][\w. ]+?)*"
    rf"(?:/|/?[\w. ]+ via ){_AGENCY})\s+(?=[A-Z“\"])(?!Images|Today|TODAY|News)"
)
# 9:05 pm ET March 9, 2031 Share this update
_STAMP = re.compile(
    r"^\d{1,2}:\d\d\s?[ap]\.?m\.?\s[A-Z]{2,4}\b(?:,? [A-Z][a-z]+\.? \d{1,2}, \d{4}\b)?\s+Share this \w+\s+",
    re.MULTILINE,
)
# So many characters after the stamp are a heading and a byline.
_HEAD = 170
_NAME = r"[A-Z][\w’'-]+ (?:[A-Z]\. )?(?:[a-z]{2,3} )?[A-Z][\w’'-]+"
_BYLINE = re.compile(
    rf"(?<=[^.,;:–—-] )(?P<names>{_NAME}(?:(?:,| and|, and) {_NAME})*) (?P<body>"
    r"(?:The|An?|As|At|After|Before|During|For|From|I[nf]|It|On|Once|One|When|While|With|Th(?:is|at|ese|ose)|"
    r"There|He|She|They|We|You|Some|Many|Most|More|Both|Just|By|No|Not|All|Amid|Hours|Despite|Following) |"
    r"[“\"](?=[A-Z]))"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an update on a live page: time, heading and byline from `start` to `end`.

    `is_sure`: what is reported begins at `end`; else no sentence that begins before `end` can be quoted.
    """

    start: int
    end: int
    is_sure: bool


@lru_cache(maxsize=256)
def heads(text: str) -> tuple[Head, ...]:
    """The heads of the updates of a live page, in order; none on other pages."""
    found = []
    writers = set[str]()
    for stamp in _STAMP.finditer(text):
        byline = _BYLINE.search(text, stamp.end(), min(len(text), stamp.end() + _HEAD))
        found.append((stamp, byline.start("body") if byline else 0))
        writers.update(re.split(r",? and |, ", byline["names"]) if byline else ())
    return tuple(_head(text, stamp, body, writers) for stamp, body in found)


def _head(text: str, stamp: re.Match[str], body: int, writers: set[str]) -> Head:
    """The head behind a stamp; where no small word shows its end, a byline known from another head does."""
    line = text[stamp.end() : stamp.end() + _HEAD].split("\n")[0]
    known = [stamp.end() + line.index(f" {name} ") + len(name) + 2 for name in writers if f" {name} " in line]
    end = body or min(known, default=0)
    return Head(stamp.start(), end or stamp.end() + len(line), bool(end))


def label_end(sentence: str) -> int:
    """Where the label or credit glued to the beginning of a sentence ends; 0 without."""
    found = _GLUED.match(sentence)
    return found.end() if found else 0


def is_furniture(sentence: str, *, is_cut: bool = False, is_last: bool = False) -> bool:
    """Whether a sentence belongs to the page and not to the report.

    `is_cut`: its end is missing; `is_last`: it is one of the last, where the writer is introduced.
    """
    length = len(words(sentence))
    if length < 4 and len(sentence) < 25:
        return True
    if _LABEL.match(sentence) and (length <= _LABELLED or sentence.endswith("?")):
        return True
    if is_last and _WRITER.match(sentence):
        return True
    return bool(_FURNITURE.search(sentence)) or not (is_cut or _ENDED.search(sentence))
