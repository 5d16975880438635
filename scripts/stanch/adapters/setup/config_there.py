"""What a configuration that is there already decides about what is brought beside it."""

from collections.abc import Mapping

from stanch.adapters.config_file import read_either
from stanch.core.config_hotfix import HotfixRules
from stanch.core.config_problems import ALTERNATIVE_PATH, CONFIG_PATH


def gate_in(files: Mapping[str, str]) -> HotfixRules:
    """What it asks of hotfixes; the defaults where there is none, or none that can be read."""
    return read_either(files.get(CONFIG_PATH), files.get(ALTERNATIVE_PATH)).config.hotfix
