"""Runs of the evaluation as HTML: their scores with intervals, beside another run's, and case by case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.page.charts import interval
from app.page.parts import count, outlet
from app.page.runs import Estimate, Run, Scored, Unit, difference, estimate, unit_of
from app.page.text import clipped, safe

PAGE = 25
_YES_NO = {"True": "yes", "False": "no"}
_ADDRESS = "newsdesk eval run sample --out"


def none_yet(folder: str) -> str:
    """Where runs are looked for."""
    return (
        '<section class="opening" data-news="No runs yet."><h2>Nothing measured yet</h2>'
        "<p>A run asks the archive the questions of a suite and scores the answers. Its file is shown here "
        "when it is in this folder:</p>"
        f"<pre><code>{_ADDRESS} {safe(folder)}/sample.jsonl</code></pre></section>"
    )


def choices(names: Iterable[str]) -> str:
    """The fields that choose a run, another to set beside it, and cases by their words."""
    options = "".join(f'<option value="{safe(name)}">{safe(name)}</option>' for name in names)
    return (
        f'<label>Run <select name="run">{options}</select></label>'
        f'<label>Beside <select name="other"><option value="">no other</option>{options}</select></label>'
        '<label>Cases with <input type="search" name="words" data-only="cases" autocomplete="off" '
        'placeholder="words, tags or an id"></label>'
    )


def scores(run: Run, other: Run | None) -> str:
    """Every score of a run as a mean with its interval; with another run, the difference too."""
    metrics = [name for name in run.metrics if estimate(run.cases, name)]
    rows = "".join(_row(name, run, other) for name in metrics)
    beside = '<th scope="col">Beside</th><th scope="col">Difference, same cases</th>' if other else ""
    key = (
        f'<p class="small key"><i class="dot told" aria-hidden="true"></i> {safe(run.name)} '
        f'<i class="dot other" aria-hidden="true"></i> {safe(other.name)}</p>'
        if other
        else ""
    )
    told = f"{safe(run.name)}: {count(len(run.cases), 'case')}, {count(len(metrics), 'score')}"
    return (
        f'<section class="measured" data-news="{told}.">{_head(run)}{key}'
        '<div class="scroll wide" tabindex="0" role="region" aria-label="Scores">'
        f'<table class="scores{" two" if other else ""}">'
        '<thead><tr><th scope="col">Score</th><th scope="col" class="drawing">'
        '<span class="unseen">Chart from 0 to 1</span>'
        '<span class="axis" aria-hidden="true"><i>0</i><i>.5</i><i>1</i></span></th>'
        f'<th scope="col">Mean and 95 % interval</th>{beside}<th scope="col">Cases</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _head(run: Run) -> str:
    first: Mapping[str, Any] = run.cases[0].record if run.cases else {}
    versions = first.get("versions")
    listed = (
        "".join(
            f'<dt>{safe(str(name))}</dt><dd dir="auto">{safe(clipped(str(of), 200))}</dd>'
            for name, of in versions.items()
        )
        if isinstance(versions, dict)
        else ""
    )
    made = f'<details><summary>Made with</summary><dl class="facts">{listed}</dl></details>' if listed else ""
    faults = [f"{count(run.failed, 'case')} failed"] if run.failed else []
    faults += [f"{count(run.skipped, 'line')} could not be read"] if run.skipped else []
    note = f'<p class="problem">{", ".join(faults)}; they are in no mean.</p>' if faults else ""
    name = safe(run.name.removesuffix(".jsonl"))
    return f'<h2 dir="auto">{name}</h2><p class="small">{count(len(run.cases), "case")}</p>{note}{made}'


def _row(name: str, run: Run, other: Run | None) -> str:
    found = estimate(run.cases, name)
    if found is None:
        return ""
    unit = unit_of(name, (case.scores[name] for case in run.cases if name in case.scores))
    then = estimate(other.cases, name) if other else None
    drawn = ""
    if unit == "share":
        drawn = interval(found.low, found.mean, found.high)
        drawn += interval(then.low, then.mean, then.high, other=True) if then else ""
    beside = ""
    if other:
        apart = difference(run, other, name)
        beside = f'<td data-head="Beside">{_told(then, unit)}</td>'
        beside += f'<td data-head="Difference">{_apart(apart, unit)}</td>'
    lowest = (
        f'<button type="button" class="quiet" data-call="cases" data-into="cases" {_named(run, other)} '
        f'data-metric="{safe(name)}" title="Cases, the lowest first">{safe(name.replace("_", " "))}</button>'
    )
    return (
        f'<tr><th scope="row">{lowest}</th><td class="drawing">{drawn}</td>'
        f'<td data-head="Mean">{_told(found, unit)}</td>{beside}<td data-head="Cases">{found.n:,}</td></tr>'
    )


def _told(found: Estimate | None, unit: Unit) -> str:
    if found is None:
        return "not judged"
    if found.low is None or found.high is None:
        return f"<b>{_number(found.mean, unit)}</b>"
    within = f"[{_number(found.low, unit)}, {_number(found.high, unit)}]"
    return f"<b>{_number(found.mean, unit)}</b> <small>{within}</small>"


def _apart(found: Estimate | None, unit: Unit) -> str:
    """A difference, with a sign where its interval leaves out 0."""
    if found is None:
        return "no cases in common"
    if found.low is None or found.high is None:
        return _number(found.mean, unit, signed=True)
    clear = found.low > 0 or found.high < 0
    words = ("more" if found.mean > 0 else "less") if clear else "not told apart"
    within = ", ".join(_number(end, unit, signed=True) for end in (found.low, found.high))
    return f"<b>{_number(found.mean, unit, signed=True)}</b> <small>[{within}] {words}</small>"


def _number(value: float, unit: Unit, *, signed: bool = False) -> str:
    """Shares as .892, seconds as 0.13 s, all else with one decimal."""
    sign = "+" if signed and value > 0 else ""
    if unit == "share":
        text = f"{value:.3f}"
        return sign + (text.replace("0.", ".", 1) if abs(value) < 1 else text).replace("-", "−")
    return sign + (f"{value:.3f} s" if unit == "seconds" else f"{value:.1f}").replace("-", "−")


# Case by case


def cases(run: Run, other: Run | None, metric: str, words: str, shown: int) -> str:
    """The cases that have the words, the lowest by a score first where one is chosen."""
    wanted = words.casefold().split()
    found = [case for case in run.cases if all(word in _searched(case) for word in wanted)]
    if metric:
        found = sorted((c for c in found if metric in c.scores), key=lambda c: c.scores[metric])
    then = {case.id: case for case in other.cases} if other else {}
    rows = "".join(_case_row(run, case, then.get(case.id), metric, other) for case in found[:shown])
    more = (
        f'<p><button type="button" class="plain" data-call="cases" {_named(run, other)} '
        f'data-metric="{safe(metric)}" data-words="{safe(words)}" data-shown="{shown + PAGE}">'
        f"Show more of {len(found):,}</button></p>"
        if len(found) > shown
        else ""
    )
    told = count(len(found), "case") + (f", the lowest in {metric} first" if metric else "")
    return (
        f'<h3 class="head">Case by case</h3><p class="small" data-news="{safe(told)}.">{safe(told)}</p>'
        f'<ul class="plain-list cases">{rows}</ul>{more}'
    )


def _named(run: Run, other: Run | None) -> str:
    """Both runs, for what a button asks."""
    return f'data-run="{safe(run.name)}" data-other="{safe(other.name if other else "")}"'


def _searched(case: Scored) -> str:
    return f"{case.id} {case.question} {' '.join(case.tags)}".casefold()


def _case_row(run: Run, case: Scored, then: Scored | None, metric: str, other: Run | None) -> str:
    scored = ""
    if metric:
        unit = unit_of(metric, (c.scores[metric] for c in run.cases if metric in c.scores))
        before = _number(then.scores[metric], unit) if then and metric in then.scores else "not judged"
        scored = f"{safe(metric)} <b>{_number(case.scores[metric], unit)}</b>"
        scored += f", beside {before}" if other else ""
    failed = "✕ failed. " if case.record.get("error") else ""
    tags = ", ".join(case.tags[:5])
    return (
        f'<li><button type="button" class="open title-button" data-open="case" {_named(run, other)} '
        f'data-case="{safe(case.id)}" dir="auto">'
        f"{safe(clipped(case.question, 300))}</button>"
        f'<p class="small">{failed}{scored}{" · " if scored and tags else ""}{safe(tags)}</p></li>'
    )


def one_case(case: Scored, then: Scored | None, names: tuple[str, str]) -> str:
    """A case with what was expected, what came back and its evidence; beside it, what another run gave."""
    told = case.record.get("case")
    expected: Mapping[str, Any] = told if isinstance(told, dict) else {}
    facts = [
        ("Expected", "\n".join(_strings(expected.get("answers")))),
        ("From", "\n".join(_titles(_strings(expected.get("gold"))))),
        ("Quote", str(expected.get("quote") or "")),
        ("As of", str(expected.get("as_of") or "")),
        ("Answerable", _YES_NO.get(str(expected.get("answerable")), "")),
    ]
    listed = "".join(
        f'<dt>{name}</dt><dd dir="auto">{safe(clipped(text, 600))}</dd>' for name, text in facts if text
    )
    runs = [(names[0], case)] + ([(names[1], then)] if then else [])
    return (
        f'<p class="origin">{safe(case.id)}</p><h2 dir="auto">{safe(case.question)}</h2>'
        f'<dl class="facts">{listed}</dl>{"".join(_came_back(name, one) for name, one in runs)}'
    )


def _titles(gold: Sequence[str]) -> Sequence[str]:
    """The headlines of the expected articles; their addresses where no headline is told."""
    return [name for name in gold if "://" not in name] or gold


def _came_back(name: str, case: Scored) -> str:
    answer = case.record.get("answer")
    error = case.record.get("error")
    if error:
        body = f'<p class="problem" dir="auto">{safe(str(error))}</p>'
    else:
        body = _answer(answer, case.record) if isinstance(answer, dict) else "<p>No answer.</p>"
    rows = "".join(
        f'<tr><th scope="row">{safe(metric)}</th><td>{score:.3f}</td></tr>'
        for metric, score in case.scores.items()
    )
    many = count(len(case.scores), "score")
    table = f"<details><summary>{many}</summary><table><tbody>{rows}</tbody></table></details>"
    return f'<section><h3 class="head">{safe(name)}</h3>{body}{table}</section>'


def _answer(answer: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    direct = answer.get("direct")
    text = str(direct.get("text", "")) if isinstance(direct, dict) else ""
    short = f'<p class="direct" dir="auto">{safe(text)}</p>' if text else ""
    if answer.get("abstained"):
        return f'<p dir="auto"><b>Refused.</b> {safe(str(answer.get("reason") or ""))}</p>'
    articles = _articles(answer, record)
    return short + "".join(_sentence(s, articles) for s in _objects(answer.get("sentences")))


def _articles(answer: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What the record says of the articles, by id."""
    known = [*_objects(answer.get("hits")), *_objects(record.get("shown"))]
    return {str(article.get("article_id")): article for article in known}


def _sentence(sentence: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> str:
    cited = "".join(_citation(c, articles) for c in _objects(sentence.get("citations")))
    verdict = str(sentence.get("verdict") or "")
    sign = "" if verdict == "supported" else f" <small>({safe(verdict)})</small>"
    return (
        f'<blockquote dir="auto"><p>{safe(str(sentence.get("text", "")))}{sign}</p></blockquote>'
        f'<ul class="evidence">{cited}</ul>'
    )


def _citation(citation: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> str:
    id_ = str(citation.get("article_id"))
    article = articles.get(id_, {})
    when = str(article.get("published") or "undated")[:10]
    return (
        f'<li><q dir="auto">{safe(clipped(str(citation.get("quote", "")), 500))}</q> <span class="small">'
        f"{outlet(str(article.get('source') or ''))}, {safe(when)}: {safe(str(article.get('title') or id_))}"
        "</span></li>"
    )


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
