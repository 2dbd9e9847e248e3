"""Things that can be told from a list: whether a name is a country's, a state's or a language's.

The lists are those of ISO 3166 and 639 in the library `pycountry`, with the short names that newspapers use.
"""

from __future__ import annotations

from functools import lru_cache

from app.words import stem, stems

_COUNTRY = frozenset(map(stem, "country countries nation nations".split()))
_STATE = frozenset(map(stem, "state states".split()))
_SPOKEN = (
    "US|U.S.|USA|United States|America|UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Russia|Iran|"
    "Syria|Vietnam|Venezuela|Bolivia|Tanzania|Moldova|Taiwan|Laos|Brunei|Turkey|Congo|UAE|"
    "South Korea|North Korea|Czech Republic|Ivory Coast|Palestine|Kosovo|Vatican|Netherlands|Cape Verde|"
    "Macedonia|Burma|Swaziland|East Timor"
).split("|")


def listed(noun: str, name: str) -> bool | None:
    """Whether the name is such a thing; None where there is no list of such things."""
    heads = set(stems(noun)[-1:])
    if heads & _COUNTRY:
        return _plain(name) in _countries()
    if heads & _STATE:
        return _plain(name) in _states()
    return None


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """The stems of the names of one word that countries and states have."""
    return frozenset(stem(name) for name in _countries() | _states() if name.isalpha())


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").replace(".", "").replace("’", "'")


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    import pycountry

    names = {c.name for c in pycountry.countries} | set(_SPOKEN)
    names |= {c.common_name for c in pycountry.countries if hasattr(c, "common_name")}
    names |= {
        name.split(",")[0] for name in names if ", " in name and "Korea" not in name and "Congo" not in name
    }
    return frozenset(map(_plain, names))


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The states of the federations that newspapers call so."""
    import pycountry

    federations = ("US", "IN", "AU", "BR", "MX", "DE", "NG", "MY")
    parts = pycountry.subdivisions
    return frozenset(_plain(part.name) for part in parts if part.country_code in federations)
