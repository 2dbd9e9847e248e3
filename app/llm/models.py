"""Which language model is asked, and how: one string, or any LlamaIndex `LLM`, becomes a stream of text.

The only module that knows LLM providers. Their packages are optional, and imported when one is named. Keys
come from the environment and go to their provider only. It does not know what is asked (`app.llm.prompt`).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.llm.draft import tidied
from app.words import content_words, stem, stems
from ingest.errors import NewsdeskError, UsageError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

# Seconds until the first word, between words, and for the whole of an answer.
PATIENCE = 60.0
LONGEST_WAIT = 180.0
# Where nothing else is known of a server's model: enough for rules, passages and an answer.
WINDOW = 8_192
# Tokens of an answer, thinking aloud included; and of the rules and question around the passages.
MOST_OUTPUT = 2_048
_AROUND_PASSAGES = 800
_FEWEST = 500
_MOST_CHARACTERS = 60_000
_LONGEST_QUESTION = 4_000
_HISTORY = 6

_FORMS = "ollama/NAME, openai/NAME, anthropic/NAME, or http://HOST:PORT/v1#NAME for a compatible server"
_NOTHING = "{name} returned nothing: ask again, or use another model."
_CONDENSE = """\
Rewrite the last question so that it can be understood without the earlier ones: put names, places and \
dates in the place of words that point back. Keep its language and its meaning, add nothing, do not answer \
it. Write the question on one line and nothing else."""


class LLMError(NewsdeskError):
    """The language model cannot be used or did not answer; an answer without one is still possible."""


@dataclass(frozen=True, slots=True)
class Model:
    """A LlamaIndex model under the name that readers see."""

    llm: LLM
    name: str

    @classmethod
    def of(cls, llm: str | LLM) -> Model:
        """The model that a string names, or a LlamaIndex model of one's own."""
        if isinstance(llm, str):
            return cls(open_llm(llm), llm.strip())
        return cls(llm, llm.metadata.model_name or type(llm).__name__)

    @property
    def room(self) -> int:
        """The tokens of passages that the model can read besides all else."""
        told = self.llm.metadata
        return max(_FEWEST, told.context_window - max(_FEWEST, told.num_output) - _AROUND_PASSAGES)

    def stream(self, system: str, user: str) -> Generator[str]:
        """The answer in pieces as they come; raises LLMError with one sentence when it does not."""
        from llama_index.core.llms import ChatMessage, MessageRole

        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=system),
            ChatMessage(role=MessageRole.USER, content=user),
        ]
        started, length = time.monotonic(), 0
        try:
            for response in self.llm.stream_chat(messages):
                piece = response.delta or ""
                length += len(piece.strip())
                yield piece
                if length > _MOST_CHARACTERS:
                    return
                if time.monotonic() - started > LONGEST_WAIT:
                    raise TimeoutError
        except NewsdeskError:
            raise
        except Exception as error:
            raise LLMError(_explained(error, self.name)) from error
        if not length:
            raise LLMError(_NOTHING.format(name=self.name))


def open_llm(spec: str) -> LLM:
    """The LlamaIndex model that a string names; raises UsageError where it names none."""
    spec = spec.strip()
    if re.match(r"https?://", spec):
        return _compatible(spec)
    provider, _, name = spec.partition("/")
    if provider not in _PROVIDERS or not name:
        raise UsageError(f"No language model is named {spec!r}: write {_FORMS}.")
    return _PROVIDERS[provider](name)


def _compatible(spec: str) -> LLM:
    address, _, name = spec.partition("#")
    try:
        parts = urlsplit(address)
        is_address = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_address = False
    if not is_address or not name:
        raise UsageError(f"{spec!r} names no model of a server: write it as http://HOST:PORT/v1#NAME.")
    make = _imported("llama_index.llms.openai_like", "OpenAILike", "llama-index-llms-openai-like")
    return make(
        model=name,
        api_base=address,
        # Never another provider's key.
        api_key=os.environ.get("NEWSDESK_LLM_KEY") or "none",
        is_chat_model=True,
        context_window=WINDOW,
        max_tokens=MOST_OUTPUT,
        temperature=0.0,
        timeout=PATIENCE,
        max_retries=0,
    )


def _openai(name: str) -> LLM:
    make = _imported("llama_index.llms.openai", "OpenAI", "llama-index-llms-openai")
    key = _key("OPENAI_API_KEY", f"openai/{name}")
    return make(
        model=name, api_key=key, max_tokens=MOST_OUTPUT, temperature=0.0, timeout=PATIENCE, max_retries=1
    )


def _anthropic(name: str) -> LLM:
    # Its LlamaIndex package does not yet speak with later versions of the client.
    packages = 'llama-index-llms-anthropic "anthropic<1"'
    make = _imported("llama_index.llms.anthropic", "Anthropic", packages)
    key = _key("ANTHROPIC_API_KEY", f"anthropic/{name}")
    return make(
        model=name, api_key=key, max_tokens=MOST_OUTPUT, temperature=0.0, timeout=PATIENCE, max_retries=1
    )


def _ollama(name: str) -> LLM:
    make = _imported("llama_index.llms.ollama", "Ollama", "llama-index-llms-ollama")
    # Without a window of its own Ollama cuts long prompts silently.
    return make(
        model=name,
        base_url=os.environ.get("OLLAMA_HOST") or "http://localhost:11434",
        context_window=WINDOW,
        temperature=0.0,
        request_timeout=PATIENCE,
        additional_kwargs={"num_predict": MOST_OUTPUT},
    )


def _scripted(name: str) -> LLM:
    from app.llm.scripts import BEHAVIOURS

    if name not in BEHAVIOURS:
        raise UsageError(f"No scripted model behaves {name!r}; there are: {', '.join(BEHAVIOURS)}.")
    from app.llm.scripted import ScriptedLLM

    return ScriptedLLM(behaviour=name)


_PROVIDERS: dict[str, Callable[[str], LLM]] = {
    "ollama": _ollama,
    "openai": _openai,
    "anthropic": _anthropic,
    "scripted": _scripted,
}


def _imported(module: str, name: str, packages: str) -> Callable[..., LLM]:
    try:
        return getattr(import_module(module), name)  # type: ignore[no-any-return]
    except ImportError as error:
        message = f"This language model needs what is not installed: pip install {packages}"
        raise UsageError(message) from error


def _key(variable: str, spec: str) -> str:
    if key := os.environ.get(variable):
        return key
    raise UsageError(f"{spec} needs a key: set {variable}.")


def _explained(error: Exception, name: str) -> str:
    """What went wrong, without the words of the server: they may hold a part of the key or of the prompt."""
    chain = list(_chain(error))
    status = next((s for e in chain if isinstance(s := getattr(e, "status_code", None), int)), None)
    kinds = " ".join(type(e).__name__ for e in chain)
    if status in (401, 403):
        return f"{name} refused the key: check the key that is set for it."
    if status == 404:
        return f"{name} is not there: check the name of the model and the address of its server."
    if status == 429:
        return f"{name} takes no more questions for now: wait, or check the account's quota."
    if status is not None:
        return f"{name} answered with the error {status}: ask again, or use another model."
    if "ValidationError" in kinds:  # an answer without any text in it
        return _NOTHING.format(name=name)
    if "Timeout" in kinds:
        return f"{name} did not answer in time: ask again, or use a faster model."
    if "Connect" in kinds or any(isinstance(e, OSError) for e in chain):
        return f"{name} cannot be reached: check that its server runs and that the address is right."
    return f"{name} failed ({type(error).__name__}): ask again, or use another model."


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def condense(model: Model, question: str, history: Sequence[str]) -> str:
    """A follow-up as a question of its own; the question itself when the model makes no sense of it.

    `history` holds the earlier questions, oldest first. What the model writes counts only when it is one line
    and brings in no figure and hardly a word that nobody asked. Raises LLMError when the model fails.
    """
    earlier = [" ".join(one.split())[:500] for one in history[-_HISTORY:] if one.strip()]
    if not earlier:
        return question
    asked = "\n".join([*(f"Earlier: {one}" for one in earlier), f"Last question: {question}"])
    written = "".join(model.stream(_CONDENSE, asked))
    return _as_question(written, [*earlier, question]) or question


def _as_question(written: str, asked: Sequence[str]) -> str | None:
    """The one line of it that is a question made of what was asked; None when it is anything else."""
    spoken = re.sub(r"(?is)^.*</think(?:ing)?>", "", written)
    lines = [line for line in map(tidied, spoken.splitlines()) if line]
    if len(lines) != 1:
        return None
    line = re.sub(r"(?i)^(?:(?:standalone|rewritten|last) )?question:\s*", "", lines[0]).strip("\"“”'‘’ ")
    told = content_words(line)
    known = {word for one in asked for word in stems(one)}
    new = [word for word in told if stem(word) not in known]
    is_made_up = any(not word[0].islower() for word in new) or len(new) > max(1, len(told) // 4)
    is_question = len(line.split()) >= 2 and len(line) < _LONGEST_QUESTION
    return line if is_question and told and not is_made_up else None
