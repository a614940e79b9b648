# An answer takes the place of a file only when it is whole.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
ask='8xH100 --hours 3 --samples 2048'
said() { sed 's/^traincost: //' err; echo "status $1"; }

echo 'links and permissions are kept:'
echo old >file
chmod 640 file
ln file other-name
ln -s file link
ln -s nowhere dangling
traincost $ask -o link
traincost $ask -o dangling
ln -s ./././././short first
ln -s far short
traincost $ask -o first
stat -c '%A %h %N' file link dangling nowhere short far
head -n 1 other-name
cmp file nowhere && echo same

echo 'what fails leaves the old file, or none:'
echo old >kept
traincost 8xH100 --hours 0 -o kept 2>err
said $?
cat kept
traincost 8xH100 --hours 0 -o new 2>err
said $?
sh -c "ulimit -f 0; traincost $ask -o kept; echo status \$?" 2>&1 | sed 's/^traincost: //'
cat kept
traincost $ask -o nowhere/at-all 2>err
said $?
traincost $ask -o /dev/full 2>err
said $?
timeout -s KILL 0.3 traincost $ask --tolerance 0.0001% -o kept 2>/dev/null
cat kept

echo 'an input is no place for the answer:'
cp "$root/examples/deepseek-r1.yaml" run.yaml
ln -s run.yaml same.yaml
mkdir own
cp "$root/lib/catalog/data/chips.csv" own/
printf 'chips,type,hours\n8,H100,1\n' >rows.csv
printf 'name,chip\nMine,H100\n' >map.csv
printf 'chip,usd\nMine,2\n' >prices.csv
for place in run.yaml same.yaml ./run.yaml; do
    traincost run.yaml -o $place 2>err
    said $?
done
traincost 8xH100 --hours 3 --catalog own -o own/chips.csv 2>err
said $?
traincost - -o run.yaml <run.yaml 2>err
said $?
traincost run.yaml >>run.yaml 2>err
said $?
timeout 10 traincost batch - <rows.csv >>rows.csv 2>err
said $?
timeout 10 traincost batch <rows.csv >>rows.csv 2>err
said $?
timeout 10 traincost batch rows.csv >>rows.csv 2>err
said $?
traincost prices import csv prices.csv --date 2026-10 --vendor Ours --map map.csv -o map.csv 2>err
said $?
cat rows.csv map.csv
cmp run.yaml "$root/examples/deepseek-r1.yaml" && cmp own/chips.csv "$root/lib/catalog/data/chips.csv" && echo untouched

echo 'a stream that is closed is not the file:'
echo old >kept
traincost 8xH100 -o kept 2>&-
echo "status $?: $(cat kept)"
traincost $ask -o one 2>&- && traincost $ask -o two <&- && traincost $ask -o three >&- &&
    traincost $ask -o four <&- >&- 2>&- && cmp one two && cmp one three && cmp one four && echo 'all four alike'
traincost $ask >&- 2>err
said $?
ls -A
