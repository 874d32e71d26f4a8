"""What is found once of an object and kept with it: ``functools.cached_property`` without its lock, which costs as much again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):
    """A property that is found when it is first asked for; for objects that one thread has to itself."""

    def __init__(self, find: Callable[[Any], T]) -> None:
        self._find = find
        self._name = find.__name__
        self.__doc__ = find.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> kept[T]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> T: ...

    def __get__(self, owner: object | None, kind: type) -> T | kept[T]:
        """Return what was found, which the object holds under the same name from then on."""
        if owner is None:
            return self
        found = owner.__dict__[self._name] = self._find(owner)
        return found
