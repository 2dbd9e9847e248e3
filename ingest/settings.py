"""Where an archive lives and which model reads it: the few things a person may set.

Order: what is passed in, then the environment (`NEWSDESK_HOME`, `NEWSDESK_EMBEDDER`), then the default.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"


def home_folder(home: str | Path | None = None) -> Path:
    """The archive's folder, absolute; it need not exist yet."""
    chosen = (
        home or os.environ.get("NEWSDESK_HOME") or platformdirs.user_data_dir("newsdesk", appauthor=False)
    )
    return Path(chosen).expanduser().absolute()


def embedder_name() -> str:
    """The name or path of the embedding model."""
    return os.environ.get("NEWSDESK_EMBEDDER") or DEFAULT_EMBEDDER


def stay_offline() -> None:
    """Keeps the libraries underneath from calling out; call it before they are imported.

    Hugging Face would look for newer files of a model, Gradio and Chroma would send usage counts.
    """
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
