"""Talks to the human: one file per command, found by its name.

Only here: printing, progress bars, exit codes. A command is a module of this package
with a click command called ``command``. Importing one must stay light: engines load
inside the call.
"""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from .. import __version__
from ..api.foreign_errors import our_error
from ..domain.text import terminal
from ..errors import ChaitimeError
from ..pipeline.stopping import cancel_all
from .command_list import Commands
from .signals import INTERRUPTED, TERMINATED, Signals, Terminated, leave

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100, "auto_envvar_prefix": "CHAITIME"}
_HELP = """Interview recordings in, published episodes out.

Without a command: how the show in this folder stands, and what to do next.
"""


@click.command(cls=Commands, help=_HELP, context_settings=_CONTEXT, invoke_without_command=True)
@click.version_option(__version__, prog_name="chaitime")
@click.pass_context
def chaitime(context: click.Context) -> None:
    """Carry the commands; what is said to the user stands in ``_HELP``."""
    if context.invoked_subcommand is None:
        from .here import show_here

        show_here()


def main() -> None:
    """Run the command line and exit with the code that tells the truth."""
    signals = Signals()
    signals.install()
    code = run(sys.argv[1:])
    if signals.code is not None:
        cancel_all()
        leave(signals.code)
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; every failure is one line on stderr."""
    _print_anything()
    try:
        code = chaitime.main(args=arguments, prog_name="chaitime", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _say("stopped; nothing is lost, run the same command again to go on", INTERRUPTED)
    except Terminated:
        return _say("terminated; nothing is lost, run the same command again to go on", TERMINATED)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except ChaitimeError as problem:
        return _say(str(problem), problem.exit_code)
    except BrokenPipeError:
        return 0
    except (OSError, MemoryError) as problem:  # OSError: of a file or folder that was named
        ours = our_error(problem)
        return _say(str(ours), ours.exit_code)
    except Exception as problem:  # the last door: a person gets a line, -v the traceback
        if "-v" in arguments or "--verbose" in arguments:
            raise
        return _say(f"unexpected {type(problem).__name__}: {problem}; run with -v to see where", 1)


def _print_anything() -> None:
    """Let output show ``?`` for what a pipe, a log or an old terminal has no letter for, and never fail."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):  # one that is closed, or a stand-in
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _say(text: str, code: int) -> int:
    """Print one line on stderr, whatever is in the text, and return the code."""
    with suppress(OSError):  # the terminal may be what was closed
        click.echo(f"chaitime: {terminal(text, instead=' ')}", err=True)
    return code
