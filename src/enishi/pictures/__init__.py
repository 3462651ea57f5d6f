"""The pictures: what the person wrote, drawn by Plotly, with a sentence, a table and one act each.

Each module has one function that turns the book's frames into a `Picture`. Nothing here knows a
sheet or a browser: `widgets.parts.picture` shows a picture on a page, and `Picture.to_figure` gives
it to a notebook.
"""
