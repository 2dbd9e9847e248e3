"""One story told by several reports: what changed, where they differ, what happened when.

`figures`, `quantity`, `amounts` and `scope` read values; `readings`, `changed`, `differ`, `twins`, `correct`
and `presuppose` compare them, and `findings` puts what they find beside an answer. `timeline` and `compare`
are about a whole `topic`.
"""
