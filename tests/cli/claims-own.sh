# A list of one's own: what is broken or claims nothing does not stop it; words, verdicts, one's own alone.
# SPDX-License-Identifier: GPL-3.0-or-later
cat >"$scratch/mine.yaml" <<'END'
- id: mine-one
  name: Mine one
  date: 2025-01
  type: H100
  chips: 64
  hours: 100
  claim:
    usd: 13k
    source: https://example.org/one
- id: mine-none
  type: H100
  chips: 64
  hours: 100
- id: mine-broken
  type: H880
  chips: 64
  hours: 100
  claim:
    usd: 13k
    source: https://example.org/two
END
cd "$scratch" || exit 1
traincost claims --catalog mine.yaml --mine
echo "status $?"
traincost claims --catalog mine.yaml --mine --verdict high --format json
traincost claims gpt-4 --samples 2048
traincost claims OpenAI-GPT-4 --format csv --samples 2048
for wrong in 'claims zzz' 'claims mine-none --catalog mine.yaml' 'check R1' 'check gpt-4' 'check mine-broken --catalog mine.yaml'; do
    echo "\$ traincost $wrong"
    # shellcheck disable=SC2086
    traincost $wrong 2>&1
    echo "status $?"
done
