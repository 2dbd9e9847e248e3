"""Imports keep to the layers: ingest ← app ← eval, one file per backend, nothing heavy before its use."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Literal

import pytest

from tests.conftest import ROOT

LAYERS = ("ingest", "app", "eval")
FILES = sorted(file for layer in LAYERS for file in (ROOT / layer).rglob("*.py"))

# Each backend is known to one file (or the files of one name): everything else goes through that.
BACKENDS = {
    "sqlite3": ("ingest/archive.py", "ingest/census.py", "app/keep.py"),
    "chromadb": ("ingest/vectors.py",),
    "tantivy": ("ingest/lexical.py",),
    "openvino": ("ingest/ov_backend.py",),
    "httpcore": ("ingest/fetch.py", "ingest/pinned.py"),
    "protego": ("ingest/fetch.py",),
    "tenacity": ("ingest/fetch.py",),
    "docx": ("ingest/read/docx.py",),
    "feedparser": ("ingest/read/feed.py",),
    "pyarrow": ("ingest/read/parquet.py",),
    "pypdfium2": ("ingest/read/pdf.py",),
    "warcio": ("ingest/read/warc.py",),
    "sentence_transformers": ("ingest/st_backend.py",),
    "gradio": ("app/chat.py", "app/page/**/*.py"),
    "llama_index": ("app/llama.py", "app/llm/models.py", "app/llm/scripted.py", "eval/llm_judges.py"),
}
# The benchmark has to build the programs it compares with.
PEERS = tuple(f"eval/peers/{name}.py" for name in ("haystack", "langchain", "llamaindex", "vectors"))

# Seconds to import: no command may pay for these before it needs them.
HEAVY = (
    "chromadb",
    "dateparser",
    "docx",
    "feedparser",
    "gradio",
    "llama_index",
    "numpy",
    "openvino",
    "pyarrow",
    "pypdfium2",
    "scipy",
    "sentence_transformers",
    "torch",
    "trafilatura",
    "transformers",
    "warcio",
)


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def modules_in(nodes: list[ast.stmt], package: str) -> Iterator[str]:
    """The modules that the import statements among `nodes` name, relative ones made absolute."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*parents, *filter(None, [node.module])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def running(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements under a node, those left out that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if not for_types_only(child):
            yield from ([child] if isinstance(child, ast.stmt) else [])
            yield from running(child)


def imported(file: Path, when: Literal["ever", "running", "loading"] = "ever") -> set[str]:
    """What a file imports: ever (for types too), when its code runs, or as soon as it is itself imported."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    package = ".".join(file.relative_to(ROOT).parent.parts)
    everything = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    nodes = {"ever": everything, "running": list(running(tree)), "loading": tree.body}[when]
    return set(modules_in(nodes, package))


def top(module: str) -> str:
    return module.partition(".")[0]


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_go_one_way(file: Path) -> None:
    layer = LAYERS.index(file.relative_to(ROOT).parts[0])
    above = {m for m in imported(file) if top(m) in LAYERS[layer + 1 :]}
    assert not above, f"{LAYERS[layer]} must not know of {sorted(above)}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_nothing_imports_the_tests(file: Path) -> None:
    assert "tests" not in {top(m) for m in imported(file)}


@pytest.mark.parametrize("backend", BACKENDS)
def test_one_file_knows_each_backend(backend: str) -> None:
    users = {file for file in FILES if backend in {top(m) for m in imported(file, "running")}}
    allowed = {file for pattern in BACKENDS[backend] for file in ROOT.glob(pattern)}
    assert users & allowed, f"nothing uses {backend}: take it out of this list and of pyproject.toml"
    strangers = {name_of(file) for file in users - allowed} - set(PEERS)
    assert not strangers, f"{backend} is imported beside {BACKENDS[backend]}"


def test_dependencies_are_what_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    extra = {re.split(r"[^\w.-]", line)[0].lower() for line in project["optional-dependencies"]["bench"]}
    sources = packages_distributions()
    used, unmet = set(), []
    for file in FILES:
        allowed = required | (extra if name_of(file) in PEERS else set())
        for module in {top(m) for m in imported(file)} - {*sys.stdlib_module_names, *LAYERS}:
            providers = {source.lower().replace("_", "-") for source in sources.get(module, [module])}
            used |= providers
            unmet += [f"{name_of(file)}: {module}"] if not providers & allowed else []
    assert not unmet, "not among the dependencies of pyproject.toml"
    # Not imported here: what sentence-transformers computes with, and what trafilatura needs beside lxml
    # but asks for by the name of an extra that older versions of pip do not recognise.
    assert required - used == {"torch", "lxml-html-clean"}, "dependencies that nothing imports"


def test_no_import_cycles() -> None:
    modules = {name_of(file)[:-3].removesuffix("/__init__").replace("/", "."): file for file in FILES}
    needs = {name: imported(file, "loading") & modules.keys() - {name} for name, file in modules.items()}
    while ready := {name for name, needed in needs.items() if not needed & needs.keys()}:
        needs = {name: needed for name, needed in needs.items() if name not in ready}
    assert not needs, f"these import each other in a circle (or stand behind one): {sorted(needs)}"


@pytest.mark.parametrize("module", ["eval.main", "ingest.cli", "app.cli", "eval.cli", "app"])
def test_the_command_line_starts_light(module: str) -> None:
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    ).stdout.split()
    assert module.partition(".")[0] in loaded
    assert not set(loaded) & set(HEAVY)


@pytest.mark.parametrize("args", [("--help",), ("ask", "--help"), ("--no-such-flag",), ("status",)])
def test_commands_that_need_no_model_load_none(args: tuple[str, ...], home: Path) -> None:
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*{n.partition('.')[0] for n in sys.modules}, file=sys.stderr))\n"
        "from eval.main import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *args], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == (2 if "flag" in args[0] else 0), done.stderr
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "click" in loaded
    assert not loaded & {"torch", "sentence_transformers", "transformers", "gradio", "llama_index"}
