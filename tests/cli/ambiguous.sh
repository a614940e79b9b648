# A name of several chips takes the usual one and says so.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost 8xA100 --hours 10 --price 1 --outputs rental_usd
# What a newcomer types: a chip for a run, a name without its dash, values without quotes or options, a PDF, a form that the
# answer does not have, no verdict.
for words in 'H100' 'gpt4' '8xH100 --hours 10 days' '8xH100 10h' '8xH100 --hours 10 -o run.pdf' \
    'solve break-even 8xH100 -o run.svg' 'show deepseek-v3 -o run.json' 'claims --verdict wrong'; do
    # shellcheck disable=SC2086
    traincost $words 2>&1
    echo "status $?"
done
traincost claims --verdict High | grep -c high
