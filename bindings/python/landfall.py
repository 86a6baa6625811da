"""Landfall for Python: the C library through ctypes, in one file, for Python 3.8 and later.

    library = Library("liblandfall.so")     # or LANDFALL_LIBRARY in the environment
    with library.engine() as engine, engine.inspect("2011-06-01") as inspection:
        inspection.read_mrz(text)
        assessment = inspection.assess()

What cannot be read raises `Error` with status, part and offset. A document that is read and found wrong raises nothing:
its assessment has failed checks. Words (recommendations, outcomes, checks, fields) are the names that JSON has.
Objects free what they hold when they are closed, left by `with`, or collected. An engine may be used by many threads at
once, every other object by one at a time.
"""

import ctypes
import json
import os
from collections import namedtuple
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint16, c_uint32, c_uint64, c_void_p
from datetime import date, datetime, timezone

ABI_MAJOR = 1
ABI_MINOR = 0

_OK = 0
_NOT_FOUND = 5
_VOCABULARIES = 15  # the number of the vocabulary that names the others
_POLICIES = {"default": 0, "training": 1}
_FORMS = {"original": 0, "png": 1}
_CHALLENGE = 8
_READERS = {"ocr_b": 0, "uniform": 1}

Check = namedtuple("Check", "id outcome reason axis document")
Ground = namedtuple("Ground", "id check reason document")
Confidence = namedtuple("Confidence", "document holder overall level basis")
Place = namedtuple("Place", "text line first last")
Picture = namedtuple("Picture", "data_group content")


class Error(Exception):
    """A call that did not succeed. Its text holds no document data."""

    def __init__(self, status, name, message, part="call", offset=0):
        super().__init__(message)
        self.status = status
        self.name = name
        self.part = part
        self.offset = offset


class _EngineConfig(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("policy_kind", c_uint32),
        ("policy", c_char_p),
        ("policy_len", c_size_t),
        ("not_before", c_int64),
    ]


class _Image(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("format", c_uint32),
        ("width", c_uint32),
        ("height", c_uint32),
        ("ppi", c_uint32),
        ("light", c_uint32),
        ("pixels", c_char_p),
        ("pixels_len", c_size_t),
        ("stride", c_size_t),
    ]


class _RepairConfig(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reader", c_uint32),
        ("unread", c_char_p),
        ("unread_len", c_size_t),
        ("costs", POINTER(c_uint16)),
        ("cost_count", c_size_t),
    ]


_TEXT = [POINTER(c_void_p), POINTER(c_size_t)]
_NUMBER = POINTER(c_uint32)
_SIGNED = POINTER(c_int32)
_INPUT = [c_char_p, c_size_t]

# Every function that is used here, and the types of its arguments; all of them return a status.
_FUNCTIONS = {
    "version": _TEXT,
    "abi_check": [c_uint32, c_uint32],
    "status_text": [c_uint32] + _TEXT,
    "word_name": [c_uint32, c_uint32] + _TEXT,
    "word_number": [c_uint32] + _INPUT + [_NUMBER],
    "word_at": [c_uint32, c_size_t, _NUMBER],
    "text_view": [c_void_p] + _TEXT,
    "text_free": [c_void_p],
    "error_new": [POINTER(c_void_p)],
    "error_free": [c_void_p],
    "error_detail": [c_void_p, _NUMBER] + _TEXT + [POINTER(c_size_t)],
    "error_text": [c_void_p] + _TEXT,
    "engine_new": [POINTER(_EngineConfig), POINTER(c_void_p), c_void_p],
    "engine_free": [c_void_p],
    "inspection_new": [c_void_p, c_int64, POINTER(c_void_p)],
    "inspection_free": [c_void_p],
    "inspection_read_mrz": [c_void_p] + _INPUT + _INPUT + [_NUMBER, c_void_p],
    "inspection_read_payload": [c_void_p] + _INPUT + [_NUMBER, c_void_p],
    "inspection_read_page": [c_void_p, c_void_p, POINTER(_Image), c_size_t, c_uint32, _NUMBER, _NUMBER, c_void_p],
    "reader_new": [POINTER(c_void_p)],
    "reader_free": [c_void_p],
    "inspection_add_fact": [c_void_p] + _INPUT + [c_void_p],
    "inspection_assess": [c_void_p, POINTER(c_void_p)],
    "inspection_read_chip_file": [c_void_p, c_uint32] + _INPUT + [_NUMBER, c_void_p],
    "inspection_could_not_read": [c_void_p],
    "inspection_challenge": [c_void_p, c_uint32] + _INPUT + [c_char_p],
    "inspection_chip_answer": [c_void_p, c_uint32] + _INPUT + _INPUT + [c_void_p],
    "inspection_picture": [c_void_p, c_uint32, c_size_t, c_uint32, _NUMBER, POINTER(c_void_p), c_void_p],
    "bytes_view": [c_void_p] + _TEXT,
    "bytes_free": [c_void_p],
    "trust_new": [POINTER(c_void_p)],
    "trust_free": [c_void_p],
    "trust_import": [c_void_p] + _INPUT + _INPUT + [POINTER(c_size_t)] * 2 + [c_void_p],
    "engine_with_trust": [c_void_p, c_void_p, POINTER(c_void_p)],
    "alerts_open": _INPUT + [c_uint64, POINTER(c_void_p), c_void_p],
    "alerts_free": [c_void_p],
    "alerts_use_nicknames": [c_void_p] + _INPUT + [POINTER(c_size_t), c_void_p],
    "alerts_screen": [c_void_p] + _INPUT + [c_int64, POINTER(c_void_p), c_void_p],
    "engine_swap_alerts": [c_void_p, POINTER(c_void_p), c_size_t],
    "assessment_free": [c_void_p],
    "assessment_json": [c_void_p] + _TEXT,
    "assessment_recommendation": [c_void_p, _NUMBER],
    "assessment_confidence": [c_void_p, _SIGNED, _SIGNED, _SIGNED, _NUMBER, _NUMBER],
    "assessment_document_count": [c_void_p, POINTER(c_size_t)],
    "assessment_field": [c_void_p, c_uint32, c_uint32] + _TEXT,
    "assessment_check": [c_void_p, c_size_t] + [_NUMBER] * 5,
    "assessment_check_by_id": [c_void_p, c_uint32, c_uint32, _NUMBER, _NUMBER],
    "assessment_ground": [c_void_p, c_size_t] + [_NUMBER] * 4,
    "assessment_action": [c_void_p, c_size_t, _NUMBER],
    "assessment_hint": [c_void_p, c_size_t, _NUMBER] + _TEXT,
    "assessment_policy_sha256": [c_void_p] + _TEXT,
    "mrz_parse": _INPUT + _INPUT + [c_int64, POINTER(c_void_p), c_void_p],
    "mrz_free": [c_void_p],
    "mrz_json": [c_void_p] + _TEXT,
    "mrz_layout": [c_void_p, _NUMBER],
    "mrz_field": [c_void_p, c_uint32] + _TEXT + [_NUMBER] * 3,
    "mrz_check_by_id": [c_void_p, c_uint32, _NUMBER, _NUMBER],
    "mrz_make": _INPUT + [POINTER(c_void_p), c_void_p],
    "mrz_repair": _INPUT + [POINTER(_RepairConfig), POINTER(c_void_p), c_void_p],
}


def _seconds(at):
    """Seconds after 1970-01-01T00:00:00Z of an integer, an aware datetime, a date, or a text of ISO 8601."""
    if isinstance(at, int):
        return at
    if isinstance(at, str):
        at = datetime.fromisoformat(at.replace("Z", "+00:00")) if "T" in at else date.fromisoformat(at)
    if not isinstance(at, datetime):
        return int(datetime(at.year, at.month, at.day, tzinfo=timezone.utc).timestamp())
    if at.tzinfo is None:
        raise ValueError("a time of inspection needs a time zone")
    return int(at.timestamp())


def _bytes(text):
    return text.encode("utf-8") if isinstance(text, str) else bytes(text)


class Library:
    """The loaded C library."""

    def __init__(self, path=None):
        """Loads the library at `path`, or at what LANDFALL_LIBRARY names."""
        path = path or os.environ.get("LANDFALL_LIBRARY")
        if not path:
            raise ValueError("give the path of the Landfall library, or set LANDFALL_LIBRARY")
        loaded = ctypes.CDLL(os.fspath(path))
        self._functions = {}
        for name, arguments in _FUNCTIONS.items():
            function = getattr(loaded, "landfall_" + name)
            function.argtypes = arguments
            function.restype = c_uint32
            self._functions[name] = function
        self._words = {}
        self.call("abi_check", ABI_MAJOR, ABI_MINOR)

    def status(self, function, *arguments):
        """Calls a C function and gives its status."""
        return self._functions[function](*arguments)

    def call(self, function, *arguments):
        """Calls a C function that says no more than its status."""
        status = self.status(function, *arguments)
        if status != _OK:
            raise Error(status, self._status_name(status), self._view("status_text", status) or str(status))

    def read(self, function, *arguments):
        """Calls a C function that reads, and so can say where it failed."""
        report = c_void_p()
        self.call("error_new", byref(report))
        try:
            status = self.status(function, *arguments, report)
            if status != _OK:
                part, length, offset = c_void_p(), c_size_t(), c_size_t()
                self.call("error_detail", report, None, byref(part), byref(length), byref(offset))
                message = self._view("error_text", report)
                where = ctypes.string_at(part, length.value).decode()
                raise Error(status, self._status_name(status), message, where, offset.value)
        finally:
            self.call("error_free", report)

    def _view(self, function, *arguments):
        """The text that a function gives, or None if it finds none."""
        text, length = c_void_p(), c_size_t()
        status = self.status(function, *arguments, byref(text), byref(length))
        if status == _NOT_FOUND:
            return None
        if status != _OK:
            self.call(function, *arguments, byref(text), byref(length))
        return ctypes.string_at(text, length.value).decode()

    def _status_name(self, status):
        return self._view("word_name", 1, status)

    def version(self):
        """The version of the library."""
        return self._view("version")

    def words(self, vocabulary):
        """The words of a vocabulary ("check", "outcome", "field", ...): from name to number."""
        if vocabulary not in self._words:
            number = c_uint32()
            name = _bytes(vocabulary)
            self.call("word_number", _VOCABULARIES, name, len(name), byref(number))
            of = number.value
            words, index = {}, 0
            while self.status("word_at", of, index, byref(number)) == _OK:
                words[self._view("word_name", of, number.value)] = number.value
                index += 1
            self._words[vocabulary] = words
        return self._words[vocabulary]

    def number(self, vocabulary, name):
        """The number of a word."""
        try:
            return self.words(vocabulary)[name]
        except KeyError:
            raise ValueError(f"{name!r} is no {vocabulary}") from None

    def name(self, vocabulary, number):
        """The name of a word; None for 0."""
        of = self.number("vocabulary", vocabulary)
        return self._view("word_name", of, number) if number else None

    def engine(self, policy="default", not_before=0):
        """An engine with a compiled-in policy ("default", "training"), or with the text of a policy file."""
        return Engine(self, policy, not_before)

    def reader(self):
        """What reads pictures."""
        return Reader(self)

    def trust(self):
        """An empty trust store."""
        return Trust(self)

    def alerts(self, package, least_version=0):
        """An alert list, from the bytes of a package; `least_version` is the version that was last seen."""
        return Alerts(self, package, least_version)

    def mrz(self, text, at, unread=""):
        """Reads a machine-readable zone by itself."""
        return Mrz(self, text, at, unread)

    def make_mrz(self, **content):
        """Writes a machine-readable zone: layout="td3", document_code="P", issuer="UTO", ...; gives its lines."""
        text, words = c_void_p(), _bytes(json.dumps(content))
        self.read("mrz_make", words, len(words), byref(text))
        try:
            return self._view("text_view", text).split("\n")
        finally:
            self.call("text_free", text)

    def repair_mrz(self, text, reader="ocr_b", costs=(), unread=""):
        """The most likely reading of a zone that satisfies its rules, beside what was printed, as a dictionary.

        `costs` are what the reader says of each position: 37 each, in the order of 0-9, A-Z and the filler.
        """
        if reader not in _READERS:
            raise ValueError(f"{reader!r} is no reader")
        text, unread, repaired = _bytes(text), _bytes(unread), c_void_p()
        config = _RepairConfig(struct_size=ctypes.sizeof(_RepairConfig), reader=_READERS[reader])
        config.unread, config.unread_len = unread, len(unread)
        config.costs, config.cost_count = (c_uint16 * len(costs))(*costs), len(costs)
        self.read("mrz_repair", text, len(text), byref(config), byref(repaired))
        try:
            return json.loads(self._view("text_view", repaired))
        finally:
            self.call("text_free", repaired)


class _Owner:
    """An object that owns a handle."""

    _free = ""

    def __init__(self, library, handle):
        self._library = library
        self._handle = handle

    def close(self):
        """Frees what the object holds; to be called any number of times."""
        handle, self._handle = self._handle, c_void_p()
        if handle:
            self._library.call(self._free, handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_handle", None):
            self.close()


class Trust(_Owner):
    """Whom a post believes, brought in as bytes on the word of whoever is named."""

    _free = "trust_free"

    def __init__(self, library):
        handle = c_void_p()
        library.call("trust_new", byref(handle))
        super().__init__(library, handle)

    def add(self, material, vouched_by):
        """Takes certificates, master lists, revocation lists or directory files; gives how many anchors are new."""
        name, added = _bytes(vouched_by), c_size_t()
        arguments = (material, len(material), name, len(name), byref(added), None)
        self._library.read("trust_import", self._handle, *arguments)
        return added.value


class Alerts(_Owner):
    """An alert list: a package that was built before, shared between threads."""

    _free = "alerts_free"

    def __init__(self, library, package, least_version=0):
        handle = c_void_p()
        library.read("alerts_open", package, len(package), least_version, byref(handle))
        super().__init__(library, handle)

    def use_nicknames(self, rows):
        """Has names found under their short forms too, from rows of comma-separated names; says how many could not be read."""
        words, faults = _bytes(rows), c_size_t()
        self._library.read("alerts_use_nicknames", self._handle, words, len(words), byref(faults))
        return faults.value

    def screen(self, at, **query):
        """Looks one traveller up: screen(at, surname="...", birth_date="..."); gives a dictionary (docs/alerts.md)."""
        text, words = c_void_p(), _bytes(json.dumps(query))
        self._library.read("alerts_screen", self._handle, words, len(words), _seconds(at), byref(text))
        try:
            return json.loads(self._library._view("text_view", text))
        finally:
            self._library.call("text_free", text)


class Engine(_Owner):
    """Built once, shared between threads."""

    _free = "engine_free"

    def __init__(self, library, policy="default", not_before=0):
        config = _EngineConfig(struct_size=ctypes.sizeof(_EngineConfig), not_before=_seconds(not_before))
        if policy in _POLICIES:
            config.policy_kind = _POLICIES[policy]
        else:
            text = _bytes(policy)
            config.policy, config.policy_len = text, len(text)
        handle = c_void_p()
        library.read("engine_new", byref(config), byref(handle))
        super().__init__(library, handle)

    def with_trust(self, trust):
        """Another engine, which believes these anchors instead of its own."""
        made = Engine.__new__(Engine)
        handle = c_void_p()
        self._library.call("engine_with_trust", self._handle, trust._handle, byref(handle))
        _Owner.__init__(made, self._library, handle)
        return made

    def swap_alerts(self, *lists):
        """Exchanges the alert lists of this engine, in one step; inspections that are open keep theirs."""
        handles = (c_void_p * len(lists))(*[alerts._handle for alerts in lists])
        self._library.call("engine_swap_alerts", self._handle, handles, len(lists))

    def inspect(self, at):
        """Opens an inspection at a time: seconds after 1970, an aware datetime, a date, or a text of ISO 8601."""
        handle = c_void_p()
        self._library.call("inspection_new", self._handle, _seconds(at), byref(handle))
        return Inspection(self._library, handle)


class Reader(_Owner):
    """Reads zones and barcodes from pictures; keeps its memory from picture to picture. For one thread at a time."""

    _free = "reader_free"

    def __init__(self, library):
        handle = c_void_p()
        library.call("reader_new", byref(handle))
        super().__init__(library, handle)


class Inspection(_Owner):
    """One traveller, one encounter, at one given time."""

    _free = "inspection_free"

    def read_mrz(self, text, unread=""):
        """Takes the text of a machine-readable zone and gives the number of its document, from 1."""
        text, unread, document = _bytes(text), _bytes(unread), c_uint32()
        arguments = (text, len(text), unread, len(unread), byref(document))
        self._library.read("inspection_read_mrz", self._handle, *arguments)
        return document.value

    def read_payload(self, payload):
        """Takes the bytes of a barcode, and says what they are: "vds", "bcbp", "aamva", ..."""
        kind = c_uint32()
        self._library.read("inspection_read_payload", self._handle, payload, len(payload), byref(kind))
        return self._library.name("payload_kind", kind.value)

    def read_page(self, reader, visible=None, infrared=None, ultraviolet=None, ppi=0, whole_page=False):
        """Reads zones and barcodes of one page, from the bytes of its pictures as files; says how many documents and payloads.

        `visible` may be a list of frames of a camera, which are read together."""
        frames = visible if isinstance(visible, (list, tuple)) else [visible]
        given = [("visible", frame) for frame in frames] + [("infrared", infrared), ("ultraviolet", ultraviolet)]
        given = [(light, file) for light, file in given if file is not None]
        images = (_Image * max(len(given), 1))()
        for image, (light, file) in zip(images, given):
            image.struct_size, image.ppi = ctypes.sizeof(_Image), ppi
            image.light = self._library.number("light", light)
            image.pixels, image.pixels_len = file, len(file)
        documents, payloads = c_uint32(), c_uint32()
        arguments = (reader._handle, images, len(given), int(whole_page), byref(documents), byref(payloads))
        self._library.read("inspection_read_page", self._handle, *arguments)
        return documents.value, payloads.value

    def add_fact(self, reporter, claim, **more):
        """Takes a fact that only the host can know: add_fact("officer", "holder_comparison", result="same")."""
        fact = _bytes(json.dumps(dict(more, reporter=reporter, claim=claim)))
        self._library.read("inspection_add_fact", self._handle, fact, len(fact))

    def read_chip_file(self, document, file):
        """Takes a file of the chip of a document and gives its name: "ef_sod", "dg1", ..."""
        number = c_uint32()
        self._library.read("inspection_read_chip_file", self._handle, document, file, len(file), byref(number))
        return self._library.name("chip_file", number.value)

    def could_not_read(self):
        """Says that something was there which could not be read: nothing clears then."""
        self._library.call("inspection_could_not_read", self._handle)

    def challenge(self, document, random=None):
        """Issues a challenge for the chip of a document, from eight random bytes; gives the bytes to send."""
        random = os.urandom(_CHALLENGE) if random is None else random
        challenge = ctypes.create_string_buffer(_CHALLENGE)
        self._library.call("inspection_challenge", self._handle, document, random, len(random), challenge)
        return challenge.raw

    def chip_answer(self, document, challenge, answer):
        """Takes what the chip answered; it counts in its favour only for a challenge that this inspection issued."""
        arguments = (challenge, len(challenge), answer, len(answer))
        self._library.read("inspection_chip_answer", self._handle, document, *arguments)

    def pictures(self, document, form="png"):
        """The pictures on the chip of a document, the portrait to show first: as "png" or as "original"."""
        pictures = []
        while True:
            group, handle = c_uint32(), c_void_p()
            arguments = (document, len(pictures), _FORMS[form], byref(group), byref(handle))
            try:
                self._library.read("inspection_picture", self._handle, *arguments)
            except Error as error:
                if error.status == _NOT_FOUND:
                    return pictures
                raise
            try:
                at, length = c_void_p(), c_size_t()
                self._library.call("bytes_view", handle, byref(at), byref(length))
                pictures.append(Picture(group.value, ctypes.string_at(at, length.value)))
            finally:
                self._library.call("bytes_free", handle)

    def assess(self):
        """Judges what was read and reported so far."""
        handle = c_void_p()
        self._library.call("inspection_assess", self._handle, byref(handle))
        return Assessment(self._library, handle)


class Assessment(_Owner):
    """The result of an inspection."""

    _free = "assessment_free"

    def _number(self, function, kind=c_uint32):
        number = kind()
        self._library.call(function, self._handle, byref(number))
        return number.value

    def _rows(self, function, width):
        """The rows of a list, numbers only."""
        row = [c_uint32() for _ in range(width)]
        index = 0
        while self._library.status(function, self._handle, index, *map(byref, row)) == _OK:
            yield [number.value for number in row]
            index += 1

    @property
    def recommendation(self):
        """clear, refer or refuse."""
        return self._library.name("recommendation", self._number("assessment_recommendation"))

    @property
    def confidence(self):
        """In centibans: 1/100 of the decimal logarithm of a likelihood ratio."""
        numbers = [c_int32(), c_int32(), c_int32(), c_uint32(), c_uint32()]
        self._library.call("assessment_confidence", self._handle, *map(byref, numbers))
        document, holder, overall, level, basis = (number.value for number in numbers)
        name = self._library.name
        return Confidence(document, holder, overall, name("level", level), name("basis", basis))

    @property
    def document_count(self):
        """How many documents were read."""
        return self._number("assessment_document_count", c_size_t)

    def field(self, name, document=0):
        """A field of a document, or None; document 0 is the one that names the traveller."""
        number = self._library.number("field", name)
        return self._library._view("assessment_field", self._handle, document, number)

    @property
    def checks(self):
        """Every check."""
        name = self._library.name
        return [
            Check(name("check", id), name("outcome", outcome), name("reason", reason), name("axis", axis), document)
            for id, outcome, reason, axis, document in self._rows("assessment_check", 5)
        ]

    def outcome(self, check, document=0):
        """What came of a check; of all subjects the worst for document 0, and None if it was not expected or made."""
        outcome = c_uint32()
        arguments = (self._library.number("check", check), document, byref(outcome), None)
        status = self._library.status("assessment_check_by_id", self._handle, *arguments)
        if status not in (_OK, _NOT_FOUND):
            self._library.call("assessment_check_by_id", self._handle, *arguments)
        return self._library.name("outcome", outcome.value)

    @property
    def grounds(self):
        """What stands against clearing."""
        name = self._library.name
        return [
            Ground(name("ground", id), name("check", check), name("reason", reason), document)
            for id, check, reason, document in self._rows("assessment_ground", 4)
        ]

    @property
    def actions(self):
        """What to do, in the order of doing it."""
        return [self._library.name("action", number) for number, in self._rows("assessment_action", 1)]

    @property
    def hints(self):
        """What would help with checks that came to no conclusion, in English."""
        hints = []
        while True:
            hint = self._library._view("assessment_hint", self._handle, len(hints), None)
            if hint is None:
                return hints
            hints.append(hint)

    @property
    def policy_sha256(self):
        """SHA-256 of the policy file by which was judged."""
        return self._library._view("assessment_policy_sha256", self._handle)

    @property
    def json(self):
        """The whole assessment as one line of JSON."""
        return self._library._view("assessment_json", self._handle)


class Mrz(_Owner):
    """A machine-readable zone by itself."""

    _free = "mrz_free"

    def __init__(self, library, text, at, unread=""):
        text, unread, handle = _bytes(text), _bytes(unread), c_void_p()
        library.read("mrz_parse", text, len(text), unread, len(unread), _seconds(at), byref(handle))
        super().__init__(library, handle)

    @property
    def layout(self):
        """td1, td2, td3, mrv_a, ..."""
        layout = c_uint32()
        self._library.call("mrz_layout", self._handle, byref(layout))
        return self._library.name("layout", layout.value)

    def field(self, name):
        """A field as printed and its place, or None if the layout does not have it."""
        text, length, place = c_void_p(), c_size_t(), [c_uint32(), c_uint32(), c_uint32()]
        arguments = (self._library.number("mrz_field", name), byref(text), byref(length), *map(byref, place))
        status = self._library.status("mrz_field", self._handle, *arguments)
        if status == _NOT_FOUND:
            return None
        if status != _OK:
            self._library.call("mrz_field", self._handle, *arguments)
        return Place(ctypes.string_at(text, length.value).decode(), *(number.value for number in place))

    def outcome(self, check):
        """What came of a check."""
        outcome = c_uint32()
        number = self._library.number("check", check)
        self._library.call("mrz_check_by_id", self._handle, number, byref(outcome), None)
        return self._library.name("outcome", outcome.value)

    @property
    def json(self):
        """Everything that the zone says, as one line of JSON."""
        return self._library._view("mrz_json", self._handle)
