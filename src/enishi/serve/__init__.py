"""The edge: Voilà closed and calmed, its kernels, its pages, the command line.

`cli` starts everything; `app.Workbook` is the server. Nobody imports this package but its entry
point and its tests.
"""
