"""Reads a PDF of ours back: how many pages it has, and the words on them."""

import re
import zlib
from base64 import a85decode


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def words_of(pdf: bytes) -> str:
    """Every line that is drawn, in the order in which it is drawn."""
    objects = dict(re.findall(rb"(\d+) 0 obj\n(.*?)endobj", pdf, re.DOTALL))
    fonts = _fonts(objects)
    drawn = b"".join(stream for body in objects.values() if b" Tf" in (stream := _stream(body)))
    lines, font = [], b""
    for name, text in re.findall(rb"/(F\d+(?:\+\d+)?) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", drawn):
        if name:
            font = name
        else:
            lines.append(fonts[font](_bytes(text)))
    return " ".join(lines)


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*?)endstream", body, re.DOTALL)
    if not found:
        return b""
    data = found[1]
    if b"ASCII85Decode" in body:
        data = a85decode(b"<~" + data.strip(), adobe=True)
    # What stands after the packed bytes, such as a line's end, is no part of them.
    return zlib.decompressobj().decompress(data) if b"FlateDecode" in body else data


def _fonts(objects):
    """By the name on the page: how the bytes of a text become letters."""
    found = {}
    for body in objects.values():
        for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", body):
            found[name] = _decoder(objects, objects[number])
    return found


def _decoder(objects, font):
    if b"UCS2" in font or b"UTF16" in font:
        return lambda text: text.decode("utf-16-be")
    told = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if not told:
        return lambda text: text.decode("latin-1")
    told = _stream(objects[told[1]]).split(b"beginbfchar")[1].split(b"endbfchar")[0]
    letters = {
        int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be")
        for code, value in re.findall(rb"<(\w+)> <(\w+)>", told)
    }
    return lambda text: "".join(letters.get(code, "") for code in text)


ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def _bytes(text: bytes) -> bytes:
    def plain(found):
        code = found[1]
        return bytes([int(code, 8)]) if code[:1].isdigit() else ESCAPES.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.DOTALL)
