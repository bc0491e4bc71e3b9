#!/bin/sh
# setup.sh - installs the Debian packages of packages.txt that are missing, or of packages-NAME.txt for setup.sh NAME. Does nothing, quickly, when none is.
# What each package is for, and the check without installing: ./exolab doctor.

table=$(dirname "$(readlink -f "$0")")/packages${1:+-$1}.txt
missing=
for package in $(sed 's/#.*//' "$table" | awk 'NF {print $1}'); do
    case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
        "install ok installed") ;;
        *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "setup: this is not a Debian system (no apt-get). Install what provides these Debian packages:$missing" >&2
    exit 2
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "setup: run as root: apt-get install$missing" >&2
        exit 2
    fi
    as_root=sudo
fi

install() {
    # shellcheck disable=SC2086 # $missing is a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

echo "setup: installing$missing"
known=yes
for package in $missing linux-image-amd64; do   # the last is only downloaded, by harness/booting/linux.py
    apt-cache show "$package" >/dev/null 2>&1 || known=
done
if [ -z "$known" ]; then
    $as_root apt-get update -q || { echo "setup: apt-get update failed: is there a network?" >&2; exit 2; }
fi
install || { echo "setup: could not install:$missing (see apt-get's message above; try apt-get update)" >&2; exit 2; }
