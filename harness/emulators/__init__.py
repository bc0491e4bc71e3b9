"""The registry of emulators: every module in this folder that defines a class with a name. A new emulator is a new file."""

import importlib
import pkgutil

from harness.emulators.base import Emulator


def load() -> dict[str, Emulator]:
    """One instance of each emulator by name."""
    modules = [f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__)]
    for module in modules:
        importlib.import_module(module)
    ours = [cls for cls in descendants(Emulator) if cls.__module__ in modules]
    classes = sorted(ours, key=lambda cls: (cls.order, cls.name))
    return {cls.name: cls() for cls in classes}


def descendants(cls: type) -> list[type]:
    """Its subclasses, and theirs: an emulator may be another one with a difference."""
    return [one for child in cls.__subclasses__() for one in (child, *descendants(child))]
