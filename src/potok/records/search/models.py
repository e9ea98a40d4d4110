"""Tables of the search: one entry for each thing that can be found, and the words that occur in any."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Entry(models.Model):
    """One thing that can be found. `words` holds the sounds of its words, pieces of its numbers (`#9215`) and Russian
    stems; `key` is the folded title; `owner` brings one's own things forward and decides nothing else."""

    objects: ClassVar[models.Manager["Entry"]]
    kind = models.TextField()
    object = models.BigIntegerField()
    owner = models.BigIntegerField(null=True)
    title = models.TextField()
    key = models.TextField(db_collation="C")
    words = SearchVectorField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "object"], name="search_entry_once")]
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="search_entry_words"),
            models.Index(fields=["key"], name="search_entry_key"),
            models.Index(fields=["owner", "-at"], name="search_entry_owner"),
            models.Index(fields=["-at"], name="search_entry_at"),
        ]


class Unread(models.Model):
    """An entry whose words are not among the known ones yet. Only ever inserted and taken: nobody waits for another."""

    objects: ClassVar[models.Manager["Unread"]]
    entry = models.BigIntegerField()


class Word(models.Model):
    """A sound that occurs somewhere; `near` holds numbers that words with one mistake share with it."""

    objects: ClassVar[models.Manager["Word"]]
    sound = models.TextField(primary_key=True, db_collation="C")
    near = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["near"], name="search_word_near")]


class Built(models.Model):
    """One row: by which rules the entries were written. Other rules, and all are written anew."""

    objects: ClassVar[models.Manager["Built"]]
    rules = models.IntegerField()
