# What cannot be read or written: status 3.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
trouble() {
    echo "\$ traincost $*"
    traincost "$@"
    echo "status $?"
}
exec 2>&1
trouble missing.yaml
trouble 8xH800 --hours 1 --catalog missing.csv
trouble 8xH800 --hours 1 --output missing/answer
mkdir folder
trouble 8xH800 --hours 1 --output folder
for what in '8xH800 --hours 1' '8xH800 --hours 1 --format json' 'chips' '--help' '--version'; do
    echo "\$ traincost $what >/dev/full"
    traincost $what >/dev/full
    echo "status $?"
done
# An estimate that fails leaves no file, and an old one as it was.
traincost 8xH800 --hours 5..2 --output new
[ ! -e new ] || echo 'a file was left'
echo kept >old
traincost 8xH800 --hours 5..2 --output old
cat old
traincost 8xH800 --hours 1 --price 2 --outputs rental_usd --format csv --output old && cat old
