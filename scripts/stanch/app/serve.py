"""`stanch sandbox serve`: a repository of its own over HTTP, to try things against."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from stanch.app.embedded import needs_its_package
from stanch.core.errors import UsageProblem
from stanch.core.labels import NAMES
from stanch.core.wanted import Text
from stanch.render.words import Words


def serve(port: int, receiver: str | None, world_file: str | None, now: datetime, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises UsageProblem when the world's file or the port is no good."""
    from stanch.sandbox import server
    from stanch.sandbox.scenario import Scenario, ScenarioError
    from stanch.sandbox.world import World

    needs_its_package()
    if world_file is None:
        world = World(int(now.timestamp()))
        world.add_repository("harbour/checkout", labels=NAMES)
        for login, role in (("alex", "admin"), ("jordan", "write"), ("morgan", "write"), ("sam", "read")):
            world.add_person(login, role)
    else:
        try:
            world = Scenario.load(Path(world_file).read_text(encoding="utf-8")).world()
        except ScenarioError as problem:
            raise UsageProblem(f"{world_file} is no world: {problem}.") from problem
        except (OSError, ValueError, RecursionError) as problem:
            raise UsageProblem(f"{world_file} cannot be read ({type(problem).__name__}). Name a scenario.") from problem
    try:
        running = server.serve(world, port)
    except OSError as problem:
        raise UsageProblem(f"Port {port} cannot be used: {problem.strerror}. Choose another with --port.") from problem
    running.receive_at(receiver)
    view = {"url": running.address, "token": world.bot_token, "repository": next(iter(world.repos), "")}
    say(Words.load()(Text("summary/serving", view)).strip())
    threading.Event().wait()
