"""What docs/oncall.md says of the section and the command is what they do."""

import re
from pathlib import Path

from stanch.adapters.config_file import read_config
from stanch.core.config_oncall import Oncall, OncallLayer, OncallOverride, Turns
from stanch.core.config_remarks import remarks
from stanch.core.rota import ALWAYS, Layer

PAGE = (Path(__file__).parents[1] / "docs/oncall.md").read_text(encoding="utf-8")
SHORT, LONG = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_its_examples_are_right() -> None:
    """Both load without a problem or a remark, and put on call whom the page says."""
    short, long = read_config(SHORT), read_config(LONG)
    assert (short.problems, long.problems) == ((), ())
    assert (remarks(short.config), remarks(long.config)) == ((), ())
    first = ("alex", "jordan", "morgan")
    assert short.config.oncall.layers == (Layer("primary", first), Layer("secondary", (*first[1:], first[0])))
    assert [layer.days for layer in long.config.oncall.layers] == [7, 14]


def test_the_long_example_has_every_key() -> None:
    """Whoever looks for a key finds it; people and layers exclude each other."""
    told = set(re.findall(r"(?:^|[{,]) *(?:- \{)?([a-z-]+):", LONG, re.MULTILINE))
    fields = [
        field for section in (Oncall, OncallLayer, OncallOverride, Turns) for field in section.model_fields.items()
    ]
    assert {field.alias or name for name, field in fields} - told == set()


def test_the_defaults_are_those_in_the_code() -> None:
    """From when turns are counted, and how long one lasts."""
    assert ("a Monday in 2001" in PAGE, ALWAYS.year, ALWAYS.weekday()) == (True, 2001, 0)
    layer = read_config("oncall: {people: [alex]}").config.oncall.layers[0]
    assert (f"Default: {layer.days // 7} week" in PAGE, f"{layer.at:%H:%M} on the weekday" in PAGE) == (True, True)
