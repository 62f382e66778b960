"""chengxin (诚信): public credit records about people, kept lawfully and answered for."""

__version__ = "0.1.0"
