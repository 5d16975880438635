"""How templates are read: strict, sandboxed, and with every text from people made harmless by default."""

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from stanch.core.errors import StanchError
from stanch.core.markdown import Safe
from stanch.core.wanted import View
from stanch.render import filters

_PACKAGE = Path(__file__).parents[1]
PLACES = (_PACKAGE / "_templates", _PACKAGE.parents[1] / "templates")
_UNWANTED = ("safe", "escape", "e", "forceescape", "urlize", "striptags", "tojson", "xmlattr", "pprint")

FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    OSError,
)
"""What filling a template can raise: a value of the wrong kind, an unknown zone, a template that includes itself."""


class TemplateProblemError(StanchError):
    """A template is missing, is not Jinja, or asks for what its view does not have."""

    exit_code = 2


def shipped_source(name: str) -> str:
    """A shipped template as it is written. Raises OSError when there is none."""
    return next(path / name for path in PLACES if path.is_dir()).read_text(encoding="utf-8")


class Environment(ImmutableSandboxedEnvironment):
    """Jinja without HTML escaping: `made_safe` is applied to every text that is not `Safe` instead."""

    # What a macro or a set block returns has been made safe, piece by piece, already.
    concat = staticmethod(lambda pieces: Safe("".join(pieces)))

    def __init__(self, overrides: Mapping[str, str], made_safe: Callable[[str], str]) -> None:
        shipped = FileSystemLoader([path for path in PLACES if path.is_dir()])
        super().__init__(
            loader=ChoiceLoader([DictLoader(dict(overrides)), shipped]),
            undefined=StrictUndefined,
            finalize=_shown_by(made_safe),
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        self.filters.update(filters.ALL)
        for name in _UNWANTED:
            del self.filters[name]

    def filled(self, name: str, view: View) -> str:
        """The template with its values, as it comes. Raises TemplateProblemError, which names it."""
        try:
            return self.get_template(name).render(dict(view))
        except FAILURES as problem:
            raise TemplateProblemError(f"template {name}: {_sentence(problem)}") from problem


def _shown_by(made_safe: Callable[[str], str]) -> Callable[[object], object]:
    def shown(value: object) -> object:
        if isinstance(value, Safe | Undefined):
            return value
        if isinstance(value, str):
            return made_safe(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{value!r} cannot be shown as it is; give it to a filter first")
        return value

    return shown


def _sentence(problem: Exception) -> str:
    line = getattr(problem, "lineno", None)
    said = str(problem) or type(problem).__name__
    return f"line {line}: {said}" if line else said
