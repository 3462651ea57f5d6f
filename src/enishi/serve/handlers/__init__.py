"""Request handlers: the pages, the websocket, files, health and metrics."""
