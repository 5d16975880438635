"""Record the cassettes anew: `python -m tests.contract.record`. Review the difference before you keep it."""

import sys

from tests.contract.exchanges import CASSETTES, EXCHANGES, recorder
from tests.contract.scenes import served, shop


def main() -> int:
    for exchange in EXCHANGES:
        world = shop()
        exchange.scene(world)
        (CASSETTES / f"{exchange.name}.yaml").unlink(missing_ok=True)
        with served(world) as github, recorder("all").use_cassette(exchange.name):
            exchange.talk(github)
        sys.stdout.write(f"{exchange.name}: {world.counts.requests} requests\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
