"""vCard files: contact cards of telephones and programs, in and out."""

from enishi.exchange.vcard.card_reader import read_vcards
from enishi.exchange.vcard.card_writer import write_vcards

__all__ = ["read_vcards", "write_vcards"]
