#!/bin/sh
# Installs the Debian packages named that are not there yet; elsewhere it says what is needed. INSTALL_MISSING=no: only
# says what is missing, as a build machine without a network wants it.
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
missing=''
if command -v dpkg-query >/dev/null 2>&1; then
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || exit 0
fi
if [ "${INSTALL_MISSING-yes}" = no ]; then
    [ -z "$missing" ] || echo "Not installed, as INSTALL_MISSING=no:$missing" >&2
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    for tool in cc c++ make pkg-config objcopy valgrind mandoc python3; do
        command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
    done
    for library in gsl yaml-0.1 jansson check; do
        pkg-config --exists "$library" 2>/dev/null || missing="$missing $library"
    done
    printf '#include <csv.h>\nint main(void) { return 0; }\n' >"${TMPDIR:-/tmp}/traincost-$$.c"
    cc -c "${TMPDIR:-/tmp}/traincost-$$.c" -o /dev/null 2>/dev/null || missing="$missing libcsv"
    rm -f "${TMPDIR:-/tmp}/traincost-$$.c"
    [ -z "$missing" ] && exit 0
    echo "Please install:$missing (the Debian names of all that is needed: $*)" >&2
    exit 1
fi
as_root=''
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Please install, as root:$missing" >&2; exit 1; }
    as_root=sudo
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# A package source that has expired is no reason to stop where the others have all that is missing.
$as_root apt-get update -qq || echo 'apt-get update failed: trying with the lists that are there' >&2
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
