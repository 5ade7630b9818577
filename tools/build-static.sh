#!/bin/sh
# Builds the style sheet of the workspace from what npm has, to the file or folder named (the committed one by default).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-"$here/../letters/web/static/letters/workspace.css"}
command -v npm >/dev/null || { echo "letters: npm is missing; apt-get install npm" >&2; exit 1; }
mkdir -p "$(dirname "$target")"
cd "$here/static"
npm ci --silent --no-audit --no-fund --ignore-scripts >/dev/null
./node_modules/.bin/sass --no-source-map --style=compressed --load-path=node_modules --quiet-deps workspace.scss "$target"
