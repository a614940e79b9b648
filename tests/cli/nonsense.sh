# Each is refused: status 2, a message, nothing on standard output.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
run='--type H800 --hours 198'
refused --chips 0 $run
refused --chips -3 $run
refused --chips=-3 $run
refused --chips 512.5x $run
refused --chips 1e400 $run
refused --chips '' $run
run='--chips 512 --type H800'
refused $run --hours 1..
refused $run --hours 5..2
refused $run --hours nan
refused $run --hours inf
refused $run --hours 0
refused $run --hours 3kWh
refused $run --hours '198 or so'
refused $run
run='512xH800 --hours 198'
refused $run --price '$'
refused $run --price -1
refused $run --power 400m
refused $run --pue 0.5
refused $run --power-fraction '150%'
refused $run --date 2025-13
refused $run --date yesterday
refused $run --operator mine
refused $run --region Atlantis
refused $run --term never
refused $run --chip-hours 5k
refused $run --quantiles 50,5
refused $run --quantiles 0
refused $run --outputs rents
refused $run --samples 1
refused $run --threads 0
refused $run --seed 1.5
refused $run --sampler best
refused $run --tolerance 0
refused $run --format yaml
refused $run --hour
refused $run --prize 2
refused $run -x
refused $run --explain=yes
refused $run 64xH100
refused --chips 512 --type H880 --hours 198
refused 512xH880 --hours 198
refused 512x --hours 198
refused chips H880
refused chips H100 --hours 5
refused chip
refused break-even 1024xH100
refused own 1024xH100
refused CO2e
refused --stage chips=512,hours=198
refused --stage 512xH800,hours=198,colour=red
refused --stage name=a,512xH800,hours=1 --stage name=a,512xH800,hours=1
refused --stage ''
refused help nobody
