"""The server: Voilà with everything closed that we do not need, its kernels, pages and commands.

`cli` starts everything; `app.EnishiServer` is the server. Only the entry point and the tests import
this package.
"""

from enishi.serve.jupyter_patches import skip_format_checkers
from enishi.serve.own_widgets import prefer_own_widgets

skip_format_checkers()  # before any module here imports Jupyter
prefer_own_widgets()  # before any module here looks for it
