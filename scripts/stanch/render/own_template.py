"""A template of a team's own: a language small enough that nothing written in it can run on or reach out.

It has what the shipped layouts are written in: conditions, loops over the view, our filters, a few of Jinja's. No
method can be called and nothing made larger than the text may be, so what a template costs is counted in rounds.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2 import DictLoader, TemplateSyntaxError, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import LoopContext, Macro

from stanch.core.markdown import Safe, plain
from stanch.core.own_templates import TEMPLATES
from stanch.core.wanted import View
from stanch.render.environment import FAILURES, Environment, shipped_source

MOST_ROUNDS = 10_000
"""Rounds of all loops and calls of all macros together: the largest of our layouts takes a tenth of that."""

LONGEST_SOURCE = 65_536
LONGEST_PIECE = 200_000
"""Characters of anything that is put together on the way."""

PARTS = "postmortem/_parts.md"
"""What may be imported: the parts that the shipped layouts are made of."""

ALLOWED = (
    nodes.And, nodes.Assign, nodes.Call, nodes.Compare, nodes.CondExpr, nodes.Const, nodes.Filter, nodes.For,
    nodes.FromImport, nodes.Getattr, nodes.Getitem, nodes.If, nodes.Import, nodes.Keyword, nodes.List, nodes.Macro,
    nodes.Name, nodes.Neg, nodes.Not, nodes.Operand, nodes.Or, nodes.Output, nodes.Slice, nodes.Template,
    nodes.TemplateData, nodes.Test, nodes.Tuple,
)  # fmt: skip
"""What a template may be made of. No arithmetic, no joining of texts, no including, no blocks."""

OURS = frozenset({"at", "code", "day", "line", "link", "quote", "span", "trim", "when"})
THEIRS = frozenset({"capitalize", "default", "first", "last", "length", "lower", "title", "upper"})
TESTS = frozenset({"defined", "undefined", "none", "eq", "ne", "in", "number", "string", "true", "false"})


class OwnTemplateError(Exception):
    """What is wrong with a template, as a clause without its place. `line` counts from 1, 0 where nobody knows."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line

    def told(self, name: str) -> str:
        """The clause with its place, for a file of this name in the folder of templates."""
        place = f"{TEMPLATES}/{name}"
        return f"{place}:{self.line}: {self}" if self.line else f"{place}: {self}"


class TooMuchError(ValueError):
    """A template goes round too often, or makes too long a text."""


class Confined(Environment):
    """The usual environment with nothing in it but what ALLOWED, OURS and THEIRS name; it counts every round."""

    # What a macro returns was made safe piece by piece; it must not double from call to call.
    concat = staticmethod(lambda pieces: Safe("".join(bounded(pieces, LONGEST_PIECE))))

    def __init__(self) -> None:
        super().__init__({}, plain)
        self.loader = DictLoader({PARTS: shipped_source(PARTS)})
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in OURS | THEIRS}
        self.tests = {name: self.tests[name] for name in TESTS}
        self._rounds = 0

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        """Compile a template so that each round of a loop and each call of a macro is counted."""
        tree = self.parse(source) if isinstance(source, str) else source
        for one in (*tree.find_all(nodes.For), *tree.find_all(nodes.Macro)):
            count = nodes.Call(nodes.EnvironmentAttribute("count"), [], [], None, None)
            one.body.insert(0, nodes.ExprStmt(count).set_lineno(one.lineno, override=True))
        tree.set_environment(self)
        return super().compile(tree, *args, **kwargs)

    def count(self) -> None:
        """One round more. Raises TooMuchError."""
        self._rounds += 1
        if self._rounds > MOST_ROUNDS:
            raise TooMuchError(f"it goes round more than {MOST_ROUNDS:,} times")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Nothing has attributes but a loop and what was imported; the view's names are no attributes."""
        known = isinstance(obj, LoopContext | TemplateModule)
        return known and super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro) or obj == self.count


def filled(name: str, source: str, view: View, longest: int) -> str:
    """The template with its values, at most `longest` bytes. Raises OwnTemplateError."""
    environment = Confined()
    with _explained(name):
        code = environment.compile(_checked(environment, source), name, name)
        template = environment.template_class.from_code(environment, code, environment.make_globals(None))
        text = "".join(bounded(template.generate(dict(view)), longest))
        if len(text.encode("utf-8", "replace")) > longest:
            raise TooMuchError(f"it makes more than {longest:,} bytes")
        if not text.strip():
            raise OwnTemplateError("it says nothing")
    return text


def check(name: str, source: str) -> None:
    """Whether it is a template at all; the names in it are looked up when it is filled. Raises OwnTemplateError."""
    environment = Confined()
    with _explained(name):
        environment.compile(_checked(environment, source), name, name)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    """Whatever goes wrong is said as what is wrong with the template. Raises OwnTemplateError."""
    try:
        yield
    except TemplateSyntaxError as problem:
        raise OwnTemplateError(f"it is no template: {_clause(problem)}", problem.lineno) from problem
    except (*FAILURES, SyntaxError, MemoryError) as problem:
        raise OwnTemplateError(_clause(problem), _line(problem, name)) from problem


def bounded(pieces: Any, longest: int) -> Iterator[str]:
    """The pieces of a text, as long as they are not too long together. Raises TooMuchError."""
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > longest:
            raise TooMuchError(f"it makes more than {longest:,} characters")
        yield piece


def _checked(environment: Confined, source: str) -> nodes.Template:
    """The parsed template, if it is made of nothing but what is allowed. Raises OwnTemplateError."""
    if len(source) > LONGEST_SOURCE or "\0" in source:
        raise OwnTemplateError(f"it is no text, or longer than {LONGEST_SOURCE:,} characters")
    tree = environment.parse(source)
    for node in tree.find_all(nodes.Node):
        _check(node)
    return tree


def _check(node: nodes.Node) -> None:
    kind = type(node).__name__
    if not isinstance(node, ALLOWED) or getattr(node, "recursive", False):
        raise OwnTemplateError(f"{kind} is not for templates of your own", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in OURS | THEIRS:
        raise OwnTemplateError(f'there is no filter "{node.name}" here', node.lineno)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise OwnTemplateError(f'there is no test "{node.name}" here', node.lineno)
    if isinstance(node, nodes.Import | nodes.FromImport):
        named = getattr(node.template, "value", None)
        if named != PARTS:
            raise OwnTemplateError(f'only "{PARTS}" can be imported', node.lineno)


def _clause(problem: BaseException) -> str:
    """What went wrong, in one line without a full stop."""
    said = " ".join(str(problem).split()).rstrip(".")
    unknown = re.fullmatch(r"'(\w+)' is undefined", said)
    if unknown:
        return f'there is no "{unknown[1]}" in the view'
    return said[:200] or type(problem).__name__


def _line(problem: BaseException, name: str) -> int:
    """The line of the template that was being filled; Jinja puts it into the traceback."""
    line, trace = 0, problem.__traceback__
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == name else line
        trace = trace.tb_next
    return line
