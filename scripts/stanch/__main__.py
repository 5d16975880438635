"""`python -m stanch`."""

from stanch.cli import main

if __name__ == "__main__":
    main()
