"""What commands do, one module per area; `DEEDS` maps an action's word to its function."""

from graphgrad_tui.deeds.table import DEEDS

__all__ = ["DEEDS"]
