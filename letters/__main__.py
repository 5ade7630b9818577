"""python -m letters: the command line."""

from letters.cli import main

main(prog_name="letters")
