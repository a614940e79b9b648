# Claims of a list of one's own: none, many, by the word of an organization, and one by one in each way to show it.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
cd "$scratch" || exit 1
awk 'BEGIN { for (i = 1; i <= 300; i++) printf "- id: none-%d\n  type: H100\n  chips: 64\n  hours: 100\n", i }' >none.yaml
refused claims --mine
refused claims --mine --catalog none.yaml
refused claims none-7 --catalog none.yaml
refused claims nun-7 --catalog none.yaml
refused claims --verdict lowest
cat >mine.yaml <<'END'
- id: one
  organization: Ours
  date: 2025-01
  type: H100
  chips: 64
  hours: 100
  claim: {usd: 13k, energy: 1GWh, source: 'https://example.org/one'}
- id: two
  name: '<Two>'
  organization: 'Ours, too'
  date: 2025-01
  type: H100
  chips: 64
  hours: 100
  claim: {usd: 1}
- id: three
  type: H100
  chips: 64
  hours: 100
  price: 2
  claim: {usd: 12800, chip-hours: 6400}
- id: four
  type: H100
  chips: 64
  hours: 100
  claim: {hours: 100}
- id: five
  type: H100
  chips: 8
  claim: {energy: 5MWh}
- id: nobody
  type: H100
  chips: 64
END
own='--catalog mine.yaml --mine --samples 2048'
# shellcheck disable=SC2086
{
    traincost claims $own
    echo "status $?"
    traincost claims too $own
    traincost claims $own --verdict high
    traincost claims $own --verdict consistent --format csv
    traincost claims $own --plot
    traincost claims four $own --plot
    traincost claims $own --format html | sed '1,/<body>/d; /<script/,/<\/script>/d; /<svg/,/<\/svg>/d'
    traincost claims three $own --format html | sed '1,/<body>/d; /<script/,/<\/script>/d; /<svg/,/<\/svg>/d'
    traincost claims four $own --format json | tr ',' '\n' | grep -c verdict
} 2>&1
