"""Errors that can stop the server before it opens, each with one sentence for the person."""

from __future__ import annotations

from enishi.errors import EnishiError


class PortInUseError(EnishiError):
    """Another program listens on the requested port. Facts: `port`."""

    sentence = "Port {port} is in use by another program."
    way_out = "Choose another one with --port, or leave --port out and a free one is found."


class ListenAddressError(EnishiError):
    """The address to listen on is not one of this computer's. Facts: `listen`."""

    sentence = "This computer cannot listen on {listen}."
    way_out = "Give --listen an address of this computer, or leave it out."


class PublicSocketError(EnishiError):
    """Others could enter the folder of the socket. Facts: `folder`."""

    sentence = "The folder of the socket is not private: {folder}."
    way_out = "Choose a folder of yours that nobody else can enter (`chmod 700`)."


class SocketInUseError(EnishiError):
    """There is another program or another file where the socket should be. Facts: `path`."""

    sentence = "Another program uses {path}."
    way_out = "Choose another path with --socket."


class SocketPathError(EnishiError):
    """No socket can be made at a path. Facts: `path`."""

    sentence = "No Unix socket can be made at {path}."
    way_out = "Choose a shorter path, in a folder that you may write to."


class ProxyTokenMissingError(EnishiError):
    """`--socket` was given without the token of a proxy."""

    sentence = "--socket is for jupyter-server-proxy, which sets ENISHI_PROXY_TOKEN."
    way_out = "Leave --socket out to open the workbook in a browser."


class PortRefusedError(EnishiError):
    """The system does not allow us to listen on the port. Facts: `port`."""

    sentence = "This computer does not allow the use of port {port}."
    way_out = "Choose a number above 1024 with --port."


class DataDirError(EnishiError):
    """The person's folder cannot be created or written to. Facts: `folder`."""

    sentence = "The folder for your data cannot be written to: {folder}."
    way_out = "Set the environment variable ENISHI_DATA to a folder that can."


class ForeignWidgetsError(EnishiError):
    """Another package's `widgets` lies where ours was. Facts: `folder`."""

    sentence = "Another package has replaced files of Enishi in {folder}."
    way_out = "Install Enishi again, in an environment of its own."


class NoNetworkError(EnishiError):
    """This computer has no address in a private network."""

    sentence = "This computer is in no network that phones beside it could reach."
    way_out = "Join the Wi-Fi first, or open a hotspot on a phone and let this computer join it."


class SeveralNetworksError(EnishiError):
    """This computer is in several private networks. Facts: `addresses`."""

    sentence = "This computer is in several networks: {addresses}."
    way_out = "Choose the one that the phones are in with --listen."


class OpenToAllError(EnishiError):
    """People would come from the internet without encryption. Facts: `address`."""

    sentence = "{address} is not within the network here, and people would come without encryption."
    way_out = "Let them come by https: give --address an address that begins with https."


class CopyFolderError(EnishiError):
    """The folder for the copy is missing, or cannot be written to. Facts: `folder`."""

    sentence = "A copy cannot be kept in {folder}: nothing can be written there."
    way_out = "Give --copy a folder that exists, for example on a memory stick."


class CopyTakenError(EnishiError):
    """In the folder for the copy is a book that would be lost. Facts: `folder`."""

    sentence = (
        "In {folder} is a book that is no older copy of this one, so nothing was written there."
    )
    way_out = (
        "Give --copy another folder; or go on from that book, with ENISHI_DATA set to its folder."
    )


class CopyNeedsFileError(EnishiError):
    """The books are in a database server, which has copies of its own."""

    sentence = "--copy is for books in a file, and these are in PostgreSQL."
    way_out = "Leave --copy out; the database server keeps copies by its own means."


class ShortSecretError(EnishiError):
    """`ENISHI_COOKIE_SECRET` can be guessed. Facts: `least`, in characters."""

    sentence = "The secret in ENISHI_COOKIE_SECRET is shorter than {least} characters."
    way_out = "`openssl rand -hex 32` prints one that is long enough."


class NoRoomError(EnishiError):
    """The disk is full, or a quota is used up, where a command has to write."""

    sentence = "Enishi could not be opened, because nothing can be written to the disk."
    way_out = "Please see whether it is full, then try again."


class ExportTakenError(EnishiError):
    """A file to be written exists. Facts: `file`."""

    sentence = "There is already a file {file}."
    way_out = "It was left as it is. Choose another name."


class UnwritableError(EnishiError):
    """A file cannot be written. Facts: `file`."""

    sentence = "{file} cannot be written."
    way_out = "Choose a folder that exists, that you may write to, and that has room."


class NoFileError(EnishiError):
    """A file cannot be read. Facts: `file`."""

    sentence = "There is no file {file} that can be read."
    way_out = "Check its name. Nothing was changed."


class ColumnsError(EnishiError):
    """The columns of a table are said in no form that is understood. Facts: `text`."""

    sentence = "“{text}” does not say what a column holds."
    way_out = 'Write HEADING=FIELD, such as --columns "Firma=organisation,Notiz=note".'


class NoColumnError(EnishiError):
    """A table has no such column. Facts: `heading`, `file`, `known`."""

    sentence = "{file} has no column “{heading}”."
    way_out = "Its columns: {known}."


class NoFieldError(EnishiError):
    """A column cannot hold this. Facts: `field`, `heading`, `known`."""

    sentence = "“{field}” is nothing that the column “{heading}” can hold."
    way_out = "Write one of these: {known}."


class NoSwapError(EnishiError):
    """Only LinkedIn's members write their names in either order. Facts: `file`, `kind`."""

    sentence = "{file} is read as {kind}; --swap-names is for the file of LinkedIn alone."
    way_out = "Leave the option out, or say with --columns which column holds the family name."


class UnknownEndingError(EnishiError):
    """The name of a file does not say what it is to hold. Facts: `file`."""

    sentence = "The name {file} does not say what to write."
    way_out = (
        "End it with .zip, .enishi or .json for a book, with .vcf, .csv or .xlsx for contacts."
    )


class NotInBackupError(EnishiError):
    """A backup holds no book of a person. Facts: `file`, `name`."""

    sentence = "In {file} there is no book of {name}."
    way_out = "Nothing was changed. `enishi restore` lists the automatic backups."


class NoWorkbooksError(EnishiError):
    """The folder with the notebooks does not exist. Facts: `folder`."""

    sentence = "There are no notebooks in {folder}."
    way_out = "Install Enishi again, or set ENISHI_WORKBOOKS to the folder that holds them."


class PublicUrlError(EnishiError):
    """The given text cannot be part of an address. Facts: `address`."""

    sentence = "“{address}” cannot be the address of the workbook."
    way_out = (
        "Expected is for example https://workbook.example/enishi/, or /enishi/ as a base: "
        "letters, digits and . _ ~ - only."
    )


class PublicUrlMissingError(EnishiError):
    """The server listens on every address, which is no address to open. Facts: `listen`."""

    sentence = "{listen} is where to listen, not an address people could open."
    way_out = "Say with --address how they reach this computer."


class FailedCellError(EnishiError):
    """A cell of an author's page failed."""

    sentence = "A cell of this page failed: {kind}: {found}."
    way_out = "Correct the cell, save the notebook, and load the page again."


class FullFolderError(EnishiError):
    """A new workbook is to be made in a folder that has something in it."""

    sentence = "There is something in {folder} already, so no workbook was made there."
    way_out = "Name a folder that is empty or does not exist yet."


class NewFolderError(EnishiError):
    """The folder of a new workbook cannot be made or written to."""

    sentence = "No workbook could be made in {folder}."
    way_out = "Check that the path is right and that you may write there."
