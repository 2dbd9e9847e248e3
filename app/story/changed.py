"""A quantity over time: a series where it changed from report to report, a conflict where reports differ.

Only reports that name the subject of the question and give a level of the very amount count, one figure for
each article. It knows no near-copies (`app.story.differ`) and no corrections (`app.story.correct`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.answer import Note
from app.candidates import Candidate
from app.story.amounts import MEASURES, amounts
from app.story.figures import Figure
from app.story.quantity import Quantity
from app.story.readings import Findings, Report, agree, conflict, day, days_apart, same_value
from app.story.scope import tells_of_another
from app.words import covered_share, stems

# Of the words that name what an amount is of, a report has this share, and this one of what the best has.
_SUBJECT = 0.5
_OF_BEST = 0.75
# Between two reports of one running story lie at most so many days.
_STORY_DAYS = 120
# What does not grow from day to day is told at the same time within so many days.
_SAME_DAYS = 2
# An older value told again so soon after a newer one is a disagreement, later it is a correction.
_BACK_DAYS = 14
# A toll that is told anew is at least and at most so many times the one before.
_REVISED, _AT_ONCE = 0.75, 20.0
# No story goes further than from one to so many.
_EVER = 1e3
# What naming the subject counts beside one more report.
_OWN = 0.01
# From here on a report of the same day may be an update of another.
_UPDATE_SECONDS = 2 * 3_600
_SHOWN = 4


def changed(wanted: Quantity, found: Sequence[Candidate], idf: Callable[[str], float]) -> Findings | None:
    """The series of a quantity, or the conflict over it; None when all reports agree."""
    reports = _of_one_story(_one_each(wanted, found, [(word, idf(word)) for word in wanted.subject]))
    if wanted.adds_up:
        reports = _growing(reports)
    if not reports:
        return None
    latest = reports[0]
    against = _against(wanted, reports)
    if against is not None:
        return Findings((conflict([latest, against], reports),), latest.reading)
    steps = _steps(wanted, reports)
    if len(steps) < 2:
        return None
    if wanted.former:
        return Findings((_series(steps),))
    older = [r for r in reports if not same_value(_figure(r), _figure(latest))]
    lead = latest if latest.value == steps[0].value else steps[0]
    return Findings((_series(steps),), lead.reading, frozenset((r.article.id, r.start) for r in older))


def _figure(report: Report) -> Figure:
    assert report.figure is not None
    return report.figure


def _one_each(
    wanted: Quantity, found: Sequence[Candidate], subject: Sequence[tuple[str, float]]
) -> list[Report]:
    """For each article the sentence that names most of the subject, the latest article first."""
    best: dict[str, Report] = {}
    for candidate in found:
        sentence, article = candidate.sentence, candidate.article
        for figure in amounts(wanted, sentence.text)[:1]:
            year = article.published.start.year if article.published else 0
            if tells_of_another(wanted, sentence.text, figure, article.title, year):
                continue
            share = covered_share(subject, {*sentence.stems, *stems(article.title)})
            own = len(wanted.subject & sentence.stems)
            if not (wanted.names or wanted.states) and own < min(2, len(wanted.subject)):
                continue
            report = Report(article, sentence.start, sentence.end, figure.text, share, figure)
            if share >= _SUBJECT and (article.id not in best or share > best[article.id].coverage):
                best[article.id] = report
    enough = _OF_BEST * max((report.coverage for report in best.values()), default=0.0)
    dated = [report for report in best.values() if report.coverage >= enough and _is_of_year(wanted, report)]
    return sorted(dated, key=lambda r: (-(r.when or 0), -r.coverage, r.article.id))


def _is_of_year(wanted: Quantity, report: Report) -> bool:
    """Whether it is dated, and in a year that the question names if it names one."""
    years = {word for word in wanted.rest if len(word) == 4 and word.isdigit()}
    published = report.article.published
    return published is not None and (not years or str(published.start.year) in years)


def _of_one_story(reports: list[Report]) -> list[Report]:
    """From the latest back, with one unit and measure, as long as the next one is not too far away."""
    story: list[Report] = []
    for report in reports:
        if story and days_apart(story[-1], report) > _STORY_DAYS:
            break
        if not story or (_measure(report) == _measure(story[0]) and _is_near(report, story[0])):
            story.append(report)
    return story


def _measure(report: Report) -> tuple[str, frozenset[str]]:
    figure = _figure(report)
    return figure.unit, MEASURES.intersection(figure.counted[:1])


def _is_near(report: Report, latest: Report) -> bool:
    """Whether one value may have become the other: neither is so many times the other as no story allows."""
    low, high = sorted((_figure(report).value, _figure(latest).value))
    return high <= _EVER * low


def _growing(reports: list[Report]) -> list[Report]:
    """Of tolls, the latest first, the most that grew one from the other; the rest told of something else.

    A toll is revised downwards by little, and grows by much only within bounds. Of as many, those whose
    sentences name more of the subject.
    """
    chains: list[tuple[float, list[Report]]] = []
    for report in reversed(reports):
        worth = 1 + _OWN * report.coverage
        before = [
            (total, chain)
            for total, chain in chains
            if _REVISED <= _figure(report).value / max(_figure(chain[0]).value, 1.0) <= _AT_ONCE
        ]
        total, chain = max(before, key=lambda one: one[0], default=(0.0, []))
        chains.append((total + worth, [report, *chain]))
    return max(chains, key=lambda one: (one[0], one[1][0].when or 0), default=(0.0, []))[1]


def _against(wanted: Quantity, reports: list[Report]) -> Report | None:
    """The report of another outlet that disagrees with the latest at about the same time."""
    latest, *others = reports
    within = 0 if wanted.grows else _SAME_DAYS
    for report in others:
        if agree(latest, report) or report.article.source == latest.article.source:
            continue
        if days_apart(latest, report) <= within and not _updates(wanted, latest, report):
            return report
        goes_back = any(
            same_value(_figure(old), _figure(latest)) and (old.when or 0) < (report.when or 0)
            for old in others
        )
        if goes_back and days_apart(latest, report) <= _BACK_DAYS:
            return report
    return None


def _updates(wanted: Quantity, later: Report, report: Report) -> bool:
    """Whether on one day what grows had grown by the later report, both being timed to the second."""
    times = [r.article.published for r in (later, report)]
    if not wanted.grows or any(t is None or t.precision != "second" for t in times):
        return False
    apart = (later.when or 0) - (report.when or 0)
    return apart >= _UPDATE_SECONDS and _figure(later).value > _figure(report).value


def _steps(wanted: Quantity, reports: list[Report]) -> list[Report]:
    """The first report of each value, latest first, without repeats and without what the later one allows."""
    steps: list[Report] = []
    for report in reports:
        if not steps:
            steps.append(report)
        elif same_value(_figure(steps[-1]), _figure(report)):
            steps[-1] = report  # told earlier already
        elif days_apart(steps[-1], report) < 1 and not _updates(wanted, steps[-1], report):
            continue
        elif not agree(steps[-1], report) or _figure(steps[-1]).value > _figure(report).value:
            steps.append(report)
    return steps


def _series(steps: Sequence[Report]) -> Note:
    latest, *earlier = (step.reading for step in steps)
    shown = [
        f"{r.value} on {day(r.published)}{f' ({r.source})' if r.source else ''}" for r in earlier[:_SHOWN]
    ]
    more = f", and {len(earlier) - _SHOWN} more before" if len(earlier) > _SHOWN else ""
    text = f"The figure changed: {latest.value} on {day(latest.published)}"
    text += f"{f' ({latest.source})' if latest.source else ''}; before that {', '.join(shown)}{more}."
    return Note("series", text, (latest, *earlier))
