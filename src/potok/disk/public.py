"""What disk offers to other parts.

from potok.disk.public import Holder, Place, files, holders
from potok.disk import public as disk

holders.add("task", Holder(sees=…, adds=…))                    # at start-up of the part that owns tasks
files.add(call, name="act.pdf", content=bytes_or_stream, on=Place("task", 12))
disk.hung_on("task", ids=[12])                                 # {12: [File, …]}
"""

from potok.disk.hanging import Holder, Place, holders, seen
from potok.disk.models import File
from potok.disk.operations import files, limits
from potok.disk.queries import by_id, content, file, hung_on

__all__ = ["File", "Holder", "Place", "by_id", "content", "file", "files", "holders", "hung_on", "limits", "seen"]
