"""Photos of persons: read, cut square, written anew by us, so that nothing hides in them."""

import hashlib
import io
import os
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from potok.kit.calls import Call
from potok.kit.ids import new_key
from potok.kit.operations import operation
from potok.people import rules
from potok.people.models import Person
from potok.people.operations import persons, profiles
from potok.people.permissions import EDIT_PEOPLE

SIDE = 256
MEGABYTES_MAX = 10
PIXELS_MAX = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@operation("people.photo.set", needs="")
def set_(call: Call, *, person: Person, picture: bytes) -> Person:
    """Give oneself a photo."""
    profiles.check_own(call, person=person)
    return persons.keep(call, person=person, wanted={"photo": store(redrawn(picture))})


@operation("people.person.picture", needs=EDIT_PEOPLE)
def picture(call: Call, *, person: Person, picture: bytes) -> Person:
    """Give another person a photo."""
    return persons.keep(call, person=person, wanted={"photo": store(redrawn(picture))})


def redrawn(picture: bytes) -> bytes:
    """Draw a picture anew as a square WebP, turned the right way up."""
    if len(picture) > MEGABYTES_MAX * 1024 * 1024:
        raise rules.LARGE_IMAGE(place="photo", megabytes=MEGABYTES_MAX)
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            # The size stands in the header: a bomb is refused before it is unpacked.
            if image.width * image.height > PIXELS_MAX:
                raise rules.LARGE_IMAGE(place="photo", megabytes=MEGABYTES_MAX)
            square = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), (SIDE, SIDE))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise rules.WRONG_IMAGE(place="photo") from None
    drawn = io.BytesIO()
    square.save(drawn, "WEBP", quality=85)
    return drawn.getvalue()


def store(drawn: bytes) -> str:
    """Write a photo under the name of its content and return the name."""
    name = f"{hashlib.sha256(drawn).hexdigest()[:32]}.webp"
    place = folder() / name
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_name(f".{new_key()}")
        with half.open("wb") as file:
            file.write(drawn)
            file.flush()
            os.fsync(file.fileno())
        half.replace(place)
    return name


def folder() -> Path:
    """Where photos lie."""
    return Path(settings.DATA) / "photos"
