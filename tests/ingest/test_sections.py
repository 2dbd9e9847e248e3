"""The names of sections: one section whatever its case, counted as most articles spell it."""

from __future__ import annotations

from ingest.sections import counted, section_key


def test_the_case_and_the_spaces_of_a_section_say_nothing() -> None:
    assert section_key("World  News") == section_key("WORLD NEWS") == section_key(" world news ")
    assert section_key("Straße") == section_key("STRASSE")
    assert section_key("Sport") != section_key("Sports")


def test_sections_are_counted_largest_first_as_most_spell_them() -> None:
    names = ["sport", "SPORT", "Sport", "Sport", "", "Arts", "Law", "arts", "  "]
    assert counted(names) == [("Sport", 4), ("Arts", 2), ("Law", 1)]
    assert counted([]) == []
