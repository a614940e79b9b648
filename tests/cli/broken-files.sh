# Scenario files that are none. The line is named where there is one.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
. "$root/tests/refused.sh"
printf 'name: x\nstages:\n  - {type: H800, chips: 512, hours: 198}\n  - {type: H800, chips: 512, ours: 80}\n' >unknown-key.yaml
printf 'name: x\ncolour: red\ntype: H800\n' >unknown-run-key.yaml
printf 'type: H800\nchips: 8\nhours: 5..2\n' >bad-value.yaml
printf 'type: H800\nchips: 8\nhours: [1, 2]\n' >list.yaml
printf 'stages:\n  - {chips: 8, hours: 2}\n' >no-type.yaml
printf 'stages: [\n' >cut.yaml
printf 'a: &a [*a]\n' >alias.yaml
printf 'type: H800\ntype: H100\nchips: 1\nhours: 1\n' >twice.yaml
printf 'chips: 8\n---\nchips: 9\n' >two.yaml
printf 'type: H800\nchips: 8\nhours: \377\376\n' >bytes.yaml
printf 'just words\n' >words.yaml
printf 'stages: []\n' >no-stages.yaml
: >empty.yaml
awk 'BEGIN { for (i = 0; i < 200000; i++) print "%TAG !" i "! tag:e.org,2000:" }' >tags.yaml
mkdir folder.yaml
head -c 100000000 /dev/zero | tr '\0' 'a' >line.yaml
head -c 3000 /dev/zero | tr '\0' '[' >deep.yaml
for file in unknown-key unknown-run-key bad-value list no-type cut alias twice two bytes words no-stages empty folder \
    line deep tags; do
    refused $file.yaml | cut -c 1-300
done
refused 8xH800 --hours 1 --catalog line.yaml | cut -c 1-300
refused 8xH800 --hours 1 --catalog empty.yaml | cut -c 1-300
rm line.yaml
# A quantity that its parameter cannot take is told with the row that holds it.
printf 'key,qualifier,region,date,value,unit,source,note\npue,other,,2024,0.5..0.9,ratio,https://e.org,\n' >economics.csv
refused 8xH800 --hours 1 --catalog economics.csv
