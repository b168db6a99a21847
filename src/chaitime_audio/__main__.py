"""``python -m chaitime_audio`` is ``chaitime``."""

from .cli import main

if __name__ == "__main__":
    main()
