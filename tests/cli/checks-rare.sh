# Claims of one figure alone, at least and at most, in what the energy counts, of others' dollars and of several stages.
# SPDX-License-Identifier: GPL-3.0-or-later
check() {
    echo "\$ traincost check $*"
    traincost check "$@" --samples 2048 2>&1
    echo "= $?"
}
work='64xH100 --params 7B --tokens 1T --precision bf16'
# shellcheck disable=SC2086
{
    check 64xH100 --claim-mfu '>40%'
    check $work --claim-mfu '<20%'
    check $work --claim-mfu '>95%'
    check $work --claim-mfu 40..50%
    check $work --claim-hours '<1'
    check $work --claim-hours '>1000'
    check $work --claim-hours 700
    check $work --hours 700 --claim-mfu 40%
    check 64xH100 --params 7B --claim-mfu 40%
    check 64xH100 --flop 4e22 --claim-hours 700
}
echo "\$ traincost check $work --claim-throughput 10000"
# shellcheck disable=SC2086
traincost check $work --claim-throughput 10000 --samples 2048 2>&1
cd "$scratch" || exit 1
cat >run.yaml <<'END'
name: Two stages
date: 2025-01
stages:
  - {name: first, type: H100, chips: 64, hours: 100}
  - {name: second, type: A100, chips: 2048, hours: 10..12}
claim:
  usd: EUR 40k
  energy: 20MWh
  energy-counts: chips
  co2: 5t
  chip-hours: 28k
  published: 2024-12-31
END
check run.yaml
sed 's/counts: chips/counts: servers/; s/EUR 40k/8k/; s/2024-12-31/2025-06/' run.yaml >other.yaml
check other.yaml
sed 's/energy: 20MWh/energy: 1GWh/; s/co2: 5t/co2: 900t/; s/28k/35k/' run.yaml >more.yaml
check more.yaml --dollars 2020
