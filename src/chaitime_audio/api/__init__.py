"""The door for programs: what ``import chaitime_audio`` offers, made of the rooms below.

``following`` progress and cancellation · ``making`` an episode · ``reading`` one that is made: its values,
its texts, its findings · ``publishing`` feed and site · ``foreign_errors`` where those of the system become
ours. docs/api.md is its manual; the command line stands beside it and takes from it what both need.
"""
