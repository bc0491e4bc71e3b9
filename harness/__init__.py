"""exolab's harness: boots the systems, collects what they print, checks it, tabulates and plots it.

Reading order: cli, runner, boot, emulators, protocol, records, law.
It reads tables and artefacts (ELF sections, logs), never C; building them is the Makefile's business.
"""
