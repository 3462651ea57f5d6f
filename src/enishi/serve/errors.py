"""What can stop the server before it opens, each as one sentence."""

from __future__ import annotations

from enishi.errors import EnishiError


class PortInUse(EnishiError):
    """Another program listens on the port that was asked for. Facts: `port`."""

    sentence = "Port {port} is in use by another program."
    way_out = "Choose another one with --port, or leave --port out and a free one is found."


class PortRefused(EnishiError):
    """The system does not let us listen on the port. Facts: `port`."""

    sentence = "This computer does not allow the use of port {port}."
    way_out = "Choose a number above 1024 with --port."


class NoPlace(EnishiError):
    """The person's folder cannot be made or written to. Facts: `folder`."""

    sentence = "The folder for your data cannot be written to: {folder}."
    way_out = "Set the environment variable ENISHI_DATA to a folder that can."


class NoWorkbooks(EnishiError):
    """The folder with the notebooks is not there. Facts: `folder`."""

    sentence = "There are no notebooks in {folder}."
    way_out = "Install Enishi again, or set ENISHI_WORKBOOKS to the folder that holds them."
