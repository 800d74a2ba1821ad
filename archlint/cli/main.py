"""The entry point: runs a command and turns whatever ends it into an exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

from archlint import __version__
from archlint.cli import progress
from archlint.model import InputError

OK, FINDINGS, INVALID, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def main() -> None:
    """Run ``archlint``. The process ends with the exit code."""
    gc.disable()  # a short-lived process; collecting while a large file is read takes longer than reading it
    progress.begin(sys.argv[1:])
    code = run(sys.argv[1:])
    progress.end()
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process, at once where nobody could wait to tidy up: taking a graph apart takes as long as some checks.

    Whatever has to do something at the end (a profiler, a pool of processes) has imported ``threading``.
    """
    if "threading" in sys.modules:
        sys.exit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(code)
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run a command and give its exit code: 0 fine, 1 findings, 2 wrong usage or input, 3 a bug, 130 interrupted."""
    try:
        code = _command(arguments)
        sys.stdout.flush()
    except InputError as error:
        return _invalid(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_output()
        return OK
    except OSError as error:
        return _failed(error)
    except Exception as error:  # noqa: BLE001  whatever it is, it is a bug of ours and not the user's
        from archlint.cli.usage import is_wrong_usage  # noqa: PLC0415

        return _usage(error, arguments) if is_wrong_usage(error) else _bug(error, arguments)
    return code if isinstance(code, int) else OK


def _command(arguments: list[str]) -> object:
    """Run a command: the commonest ones without the library that reads all of them."""
    if arguments == ["--version"]:
        from archlint.cli.console import answer  # noqa: PLC0415

        answer(f"archlint {__version__}\n", None)
        return OK
    if arguments[:1] == ["check"]:
        from archlint.cli.quick import quick_check  # noqa: PLC0415

        if (wanted := quick_check(arguments[1:])) is not None:
            from archlint.cli import checking  # noqa: PLC0415

            return checking.run(wanted)
    from archlint.cli.app import app  # noqa: PLC0415

    return app(args=arguments, prog_name="archlint", standalone_mode=False)


def _usage(error: Exception, arguments: list[str]) -> int:
    from archlint.cli.app import COMMANDS  # noqa: PLC0415
    from archlint.cli.console import complain  # noqa: PLC0415

    message = error.format_message() if hasattr(error, "format_message") else str(error)
    stop = "" if message.endswith((".", "?")) else "."
    command = next((word for word in arguments[:1] if word in COMMANDS), "")
    where = f"`archlint {command} --help` lists its options" if command else "`archlint --help` lists the commands"
    complain(f"archlint: {message}{stop} {where}.")
    return INVALID


def _invalid(error: InputError) -> int:
    from archlint.cli.console import error_paint, tell  # noqa: PLC0415
    from archlint.report.problems import problems_text  # noqa: PLC0415

    tell(problems_text(error, error_paint(), error.texts))
    return INVALID


def _failed(error: OSError) -> int:
    """What the system refuses: a path that cannot be, a folder that may not be read, a disk that is full."""
    from archlint.cli.console import complain  # noqa: PLC0415

    named = f": {str(error.filename)[:200]}" if error.filename is not None else ""
    complain(f"archlint: cannot go on: {(error.strerror or type(error).__name__).lower()}{named}")
    _close_output()
    return INVALID


def _close_output() -> None:
    """Let nothing more be written, not even by the interpreter when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bug(error: Exception, arguments: list[str]) -> int:
    from archlint.cli.console import complain  # noqa: PLC0415

    complain(f"archlint: this is a bug in archlint, please report it: {type(error).__name__}: {error}")
    if "--verbose" in arguments or "-v" in arguments:
        import traceback  # noqa: PLC0415

        traceback.print_exception(error)
    else:
        complain("archlint: `--verbose` shows where it happened")
    return BUG
