"""Exact arithmetic with numbers too long for the machine: each is held by its remainders after large primes.

The numbers of constellations have thirty digits and more. They are calculated as remainders after a few primes of 31
bits, which the machine adds and multiplies quickly, and are put together again at the end by the Chinese remainder
theorem. Enough primes are taken that nothing is lost: the answer is exact, not rounded. Tables of remainders are
laid out as (state, prime, node), so that one operation serves all regions at once.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[np.int64]
type Objects = npt.NDArray[np.object_]

_SMALL = 4_096
"""Under this many numbers a plain remainder costs less than one division for each prime."""

_LARGEST_CHUNK = 1 << 20
"""The most products held at once."""


@lru_cache(maxsize=64)
def primes(bits: int) -> Ints:
    """Give the largest primes under 2^31 whose product has more than this many bits.

    >>> primes(40).tolist()
    [2147483647, 2147483629]
    """
    found: list[int] = []
    product, candidate = 1, (1 << 31) - 1
    while product.bit_length() <= bits:
        if _is_prime(candidate):
            found.append(candidate)
            product *= candidate
        candidate -= 2
    return np.array(found, dtype=np.int64)


def _is_prime(odd: int) -> bool:
    """Tell by Miller and Rabin's test; the bases 2, 3, 5 and 7 leave no doubt under 3 215 031 751."""
    twos = ((odd - 1) & (1 - odd)).bit_length() - 1
    for base in (2, 3, 5, 7):
        power = pow(base, (odd - 1) >> twos, odd)
        if power in (1, odd - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % odd
            if power == odd - 1:
                break
        else:
            return False
    return True


def reduced(table: Ints, by: Ints) -> Ints:
    """Bring a table (…, prime, node) to remainders from 0, in place when it is large."""
    if table.size < _SMALL:
        return np.remainder(table, by[:, None])
    for place, prime in enumerate(by.tolist()):
        # Division by one number for all is much quicker than NumPy's remainder.
        part = table[..., place, :]
        part -= part // prime * prime
    return table


class Sums:
    """Sums of products, one for each target: `target[k] = sum of left[i] * right[j]` over its pairs (i, j)."""

    def __init__(self, target: Ints, left: Ints, right: Ints) -> None:
        order = np.argsort(target, kind="stable")
        self.left = left[order]
        self.right = right[order]
        self.targets, self._starts = np.unique(target[order], return_index=True)

    def __len__(self) -> int:
        return int(self.targets.size)

    def of(self, left: Ints, right: Ints, by: Ints) -> Ints:
        """Give the sums for each target, as remainders; the last axes of both tables are broadcast."""
        shape = np.broadcast_shapes(left.shape[1:], right.shape[1:])
        width = shape[0] * shape[1]
        if not len(self):
            return np.zeros((0, *shape), dtype=np.int64)
        if self.left.size * width <= _LARGEST_CHUNK:
            return self._part(left, right, by, 0, len(self))
        step = max(1, len(self) * _LARGEST_CHUNK // (self.left.size * width))
        parts = [self._part(left, right, by, at, min(at + step, len(self))) for at in range(0, len(self), step)]
        return np.concatenate(parts)

    def _part(self, left: Ints, right: Ints, by: Ints, first: int, last: int) -> Ints:
        starts = self._starts[first:last]
        end = self._starts[last] if last < len(self) else self.left.size
        pairs = slice(starts[0], end)
        products = reduced(left[self.left[pairs]] * right[self.right[pairs]], by)
        return reduced(np.add.reduceat(products, starts - starts[0], axis=0), by)


def integers(table: Ints, by: Ints) -> Objects:
    """Put remainders (…, prime, node) together to exact whole numbers (…, node).

    >>> by = primes(40)
    >>> integers(np.array([[10**15 % p] for p in by.tolist()]), by).tolist()
    [1000000000000000]
    """
    moduli: list[int] = by.tolist()
    digits: list[Ints] = []
    for place, prime in enumerate(moduli):
        # Garner's mixed digits: what is left of the number after the digits found so far, divided by their base.
        known = np.zeros_like(table[..., place, :])
        base = 1
        for digit, modulus in zip(digits, moduli, strict=False):
            known = (known + digit % prime * base) % prime
            base = base * modulus % prime
        digits.append((table[..., place, :] - known) % prime * pow(base, -1, prime) % prime)
    # Two digits of 31 bits fit a machine word; only then are Python's long numbers needed.
    pairs = [
        digits[at] + digits[at + 1] * moduli[at] if at + 1 < len(digits) else digits[at]
        for at in range(0, len(digits), 2)
    ]
    answer: Any = pairs[-1].astype(object)
    for at in range(len(pairs) - 2, -1, -1):
        answer = pairs[at] + answer * (moduli[2 * at] * moduli[2 * at + 1])
    return np.asarray(answer, dtype=object)


def inverses(most: int, by: Ints) -> Ints:
    """Give 1/k for k from 0 (left at 0) to `most`, as (k, prime, 1)."""
    rows: Sequence[Sequence[int]] = [[pow(k, -1, prime) if k else 0 for prime in by.tolist()] for k in range(most + 1)]
    return np.array(rows, dtype=np.int64)[:, :, None]
