"""The keys of the house and where they come from."""

from chengxin.foundation.keyring.ring import Keyring, KeyringUnreadable, RotationUnfinished
from chengxin.foundation.keyring.source import EnvironmentKeys, FileKeys, KeyProvider, current, forget, store

__all__ = [
    "EnvironmentKeys",
    "FileKeys",
    "KeyProvider",
    "Keyring",
    "KeyringUnreadable",
    "RotationUnfinished",
    "current",
    "forget",
    "store",
]
