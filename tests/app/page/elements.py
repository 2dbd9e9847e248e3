"""What is in a piece of HTML: its elements, attributes and text."""

from __future__ import annotations

from html.parser import HTMLParser

# A quote may not make any of these, nor an attribute that runs something.
FORBIDDEN = {
    "script",
    "img",
    "iframe",
    "style",
    "link",
    "base",
    "meta",
    "object",
    "embed",
    "math",
    "template",
}


class Elements(HTMLParser):
    """Reads a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]

    @property
    def harmless(self) -> bool:
        running = any(name.startswith("on") or name in ("srcdoc", "style") for name, _ in self.attributes)
        addresses = [*self.values("href"), *self.values("src"), *self.values("action")]
        return (
            not running
            and not FORBIDDEN & set(self.names)
            and not any(address.strip().lower().startswith(("javascript:", "data:")) for address in addresses)
        )
