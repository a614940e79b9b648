# Each is refused: status 2, a message, nothing on standard output.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
refused check deepseek-r1 --claim -5
refused check deepseek-r1 --claim '>'
refused check deepseek-r1 --claim 3kWh
refused check deepseek-r1 --claim-energy '$294k'
refused check deepseek-r1 --claim nan
refused check deepseek-r1 --counts rentel
refused check deepseek-r1 --energy-counts world
refused check deepsek-r1
refused check 512xH800 --hours 198
refused check 512xH880 --hours 198 --claim 294k
refused check deepseek-r1 --quantiles 5,95
refused check deepseek-r1 openai-gpt-4
refused claims deepsek-r1
refused claims deepseek-r1 --claim 5
refused compare deepseek-r1
refused compare deepseek-r1 openai-gpt4
refused compare deepseek-r1 olmo-7b-a100
refused estimate deepseek-r1 --claim 5
refused clam
