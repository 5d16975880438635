"""What a runbook is looked for with: what an incident says of itself, but none of its talk.

So the suggestions stay as they are while people write, and change when the title, the text or a label does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from stanch.core.config import Config
from stanch.core.incident import Incident
from stanch.core.labels import NAMES
from stanch.core.runbooks.model import Runbook
from stanch.core.runbooks.ranking import Said
from stanch.core.severity import same_name
from stanch.core.thread import Thread

TOLD = ("broken", "data", "changed", "trigger")
"""The answers of the form that say what it is; the others say how bad it is, and who saw it."""

OWN = frozenset(map(same_name, (*NAMES, "incident")))
"""Labels that come and go with the process, and say nothing of what broke; `incident` is what many add by hand."""

HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""What nobody sees: the hints of a template, and what the opening of a game remembers."""


def said_of(thread: Thread, incident: Incident, config: Config, runbooks: Iterable[Runbook]) -> Said:
    """What is known of an incident: of a filled form its answers, else the whole text; and its labels."""
    text = told(incident.form) if incident.form else HIDDEN.sub(" ", thread.body)
    labels = [label for label in thread.labels if _speaks(label, config)]
    spoken = " ".join((thread.title, text)).lower()
    services = (*_labelled(labels, config, runbooks), *(name for name in config.services if name.lower() in spoken))
    return Said(thread.title, "\n".join((text, *labels)), tuple(dict.fromkeys(services)))


def told(form: Mapping[str, str]) -> str:
    """What a form tells about the failure."""
    return "\n".join(form[name] for name in TOLD if form.get(name))


def _speaks(label: str, config: Config) -> bool:
    return config.severity_of(label) is None and not config.is_client_report(label) and same_name(label) not in OWN


def _labelled(labels: Iterable[str], config: Config, runbooks: Iterable[Runbook]) -> Iterator[str]:
    """The services that labels name: `checkout`, `service: checkout`, `area/checkout`."""
    named = {same_name(label.replace("/", ":").rpartition(":")[2]) for label in labels}
    known = dict.fromkeys((*config.services, *(name for one in runbooks for name in one.services)))
    return (name for name in known if same_name(name) in named)
