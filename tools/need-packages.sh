#!/bin/sh
# Installs the Debian packages named, where it may; says in one line what is missing where it may not.
missing=
for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "letters: missing$missing (Debian's names); install what your system calls them, then try again" >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then become=; elif sudo -n true 2>/dev/null; then become=sudo; else
    echo "letters: missing Debian packages; ask for: apt-get install$missing" >&2
    exit 1
fi
echo "letters: installing Debian packages:$missing"
$become apt-get update -qq >/dev/null
$become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
    echo "letters: could not install Debian packages:$missing" >&2
    exit 1
}
