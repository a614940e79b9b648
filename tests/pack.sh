#!/bin/sh
# pack.sh NAME: the sources as a compressed archive on standard output, in a folder NAME; the same bytes from the same
# files, whoever packs them, with git or without.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C exec tar --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --mtime=./CHANGELOG.md --exclude='*~' --exclude='.*.sw[a-p]' --exclude='*.orig' --exclude='*.rej' \
    --exclude=__pycache__ --transform="s,^,$1/," --use-compress-program='gzip -n' \
    -cf - .ci .clang-format .gitignore Makefile README.md LICENSE CONTRIBUTING.md CHANGELOG.md \
    lib include cli examples tests man
