"""What every verb on the command line has in common: who does it, what was done, and why not when it was refused."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from django.core.exceptions import ObjectDoesNotExist
from django.db.utils import DataError, IntegrityError, OperationalError, ProgrammingError

from samspel.actions._perform import EditConflictError, RefusedError
from samspel.actions.applications import IncompleteError, PartNotReadableError
from samspel.engine.located import NotReadableError
from samspel.engine.permissions import OPERATOR, PUBLIC, Actor
from samspel.engine.verdicts import Reason
from samspel.store.queries.registry import names
from samspel.store.queries.rows import person_with_address
from samspel.wording import LANGUAGES, located, say, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REFUSED, UNREADABLE = 1, 2
"""Exit codes: the verb was refused, or what was given cannot be read."""

FOLDER = click.Path(exists=True, file_okay=False)


@dataclass(frozen=True, slots=True)
class Acting:
    """The person who acts, and the language in which the answer is told."""

    actor: Actor
    language: str

    def tell(self, code: str, **values: Any) -> None:
        """Say what was done, in the sentence of this code."""
        click.echo(say(Reason.of(code, **values), self.language, names(self.language)))


def stop(text: str, code: int = REFUSED) -> None:
    """Say why it goes no further, and end with this exit code."""
    click.echo(text, err=True)
    sys.exit(code)


def found[Row](row: Row | None, noun: str, key: object) -> Row:
    """The row that was asked for; a row that is not there, or not to be seen, ends the command."""
    if row is None:
        message = f"there is no {noun} {key}, or it is not for this person to see"
        raise click.ClickException(message)
    return row


def person(email: str) -> Actor:
    """The person with this address; an address without an account ends the command."""
    actor = person_with_address(email)
    if actor is None:
        message = f"there is no account with the address {email}; `samspel accounts open` makes one"
        raise click.UsageError(message)
    return actor


def acting(*, otherwise: Actor | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command `--as` and `--language`, hand it an `Acting`, and put refusals into words.

    `otherwise` is who acts when `--as` is left out; without it `--as` must be given.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @click.option("--as", "by", metavar="EMAIL", required=otherwise is None, help=_who(otherwise))
        @click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
        @wraps(command)
        def run(*, by: str | None, language: str, **given: Any) -> None:
            with told(language):
                actor = person(by) if by else otherwise or PUBLIC
                command(Acting(actor, language), **given)

        return run

    return decorate


def _who(otherwise: Actor | None) -> str:
    if otherwise == OPERATOR:
        return "Who does it: the address of an account. Without it, whoever runs the installation."
    return "Who asks: the address of an account. Without it, the public." if otherwise else "Who does it: an address."


@contextmanager
def told(language: str) -> Iterator[None]:
    """Turn a refusal into its sentence and exit code 1, and what cannot be read into its problems and exit code 2."""
    try:
        yield
    except IncompleteError as refused:
        stop("\n".join([_said(refused.reason, language), *_gaps(refused, language)]))
    except RefusedError as refused:
        stop(_said(refused.reason, language))
    except EditConflictError as conflict:
        stop(_conflict(conflict, language))
    except PartNotReadableError as error:
        stop("\n".join(f"{one.field}: {_said(one.reason, language)}" for one in error.errors), UNREADABLE)
    except NotReadableError as error:
        stop("\n".join(located(problem, language) for problem in error.problems), UNREADABLE)
    except UnicodeDecodeError as error:
        stop(f"expected a text in UTF-8; found other bytes ({error.reason})", UNREADABLE)
    except ObjectDoesNotExist:
        stop(_said(Reason.of("refused.nothing-yet"), language))
    except (DataError, IntegrityError) as error:
        stop(f"the database does not take it, and nothing was stored ({error})")
    except (OperationalError, ProgrammingError) as error:
        stop(f"the database does not answer ({error}); has `samspel migrate` made its tables?")


def _said(reason: Reason, language: str) -> str:
    return say(reason, language, names(language))


def _gaps(refused: IncompleteError, language: str) -> list[str]:
    return [f"  {term('part', gap.part, language)}, {gap.field}: {_said(gap.reason, language)}" for gap in refused.gaps]


def _conflict(conflict: EditConflictError, language: str) -> str:
    reason = Reason.of("refused.edit-conflict", by=conflict.by or "?", revision=conflict.revision)
    return f"{_said(reason, language)}\n  {conflict.stored}\n  {conflict.offered}"
