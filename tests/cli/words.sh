# Words as people type them, and what they are taken for.
# SPDX-License-Identifier: GPL-3.0-or-later
first() { traincost "$@" 2>&1 | head -n 1; }
notes() { traincost "$@" 2>&1 | sed -n '/^Note/,/^$/p'; }
for cluster in H100:8 '8 H100' '16 nodes of 8 H100' A100x8 2x8xH100 '2,048 H800 GPUs' v5p-64 v4-128 v5litepod-64 v6e-256 4xp5.48xlarge a3-highgpu-8g; do
    first "$cluster" --hours 10
done
for cluster in '4xDGX H100' 'DGX A100' 4xHGX-H100 '8xGB200 NVL72' '8 GPUs' '2 servers of H100'; do
    traincost "$cluster" --hours 10 --outputs chip-hours 2>&1 | sed -n '1p;/^Note.* a server\|^Note.* rack/p'
done
first 8xh100-sxm --hours 'LogNormal(10, 1.2)'
first 8xh100-sxm --hours 10 --term on-demnd
first 8xh100-sxm --hours 10 --format jsn
first check 8xh100-sxm --hours 10 --claim 300 --counts rnt
for hours in '2-01:24:56' '2d 7h 51min' '49:24:56' '3 weeks' '1h30m' '1-2 days' '1,000'; do
    first 8xh100-sxm --hours "$hours"
done
first --type h100-sxm --chip-hours '14591077 min'
first --type h100-sxm --chip-hours '2.788M GPU hours'
first --type h100-sxm --chip-hours '512x198 h'
notes 8xh100-sxm --hours 10 --price '2 EUR' --date 2025-03
notes 4xp5.48xlarge --hours 10 --price '$98.32/server'
notes 8xh100-sxm --hours 90M
notes 8xh100-sxm --hours 10 --price 98.32
notes 8xh100-sxm --hours 10 --price 0.01
notes 8xh100-sxm --hours 10 --carbon-intensity 400
notes 64xh100-sxm --tokens 1T --params 30B-A3B
notes 64xh100-sxm --tokens 1T --params 8x7B
notes 8xh100-sxm --hours 10 --region us-central1
notes 8xh100-sxm --hours 10 --region Austria
for type in 'AMD H100' 'Intel A100' K21X v5p-64 'MI250X GCD' 'Radeon Instinct MI50'; do
    first --type "$type" --chips 8 --hours 10
done
first 8xh100-sxm --hours 'three weeks'
first 8xh100-sxm --hours 30m
first 8xh100-sxm --hours 12:30
first 8xh100-sxm --hours=-1..2
first 8xh100-sxm --hours 10 --price '2 XYZ'
first 64xh100-sxm --tokens 1T --params 9x7B
first 4xp5.48xlarg --hours 10
first 8xh100-sxm --hours 10 --region Frnce
first chek
first gpt-4
first R1
printf '\357\273\277type: H100\r\nchips: " 8 "\r\nhours: 2\r\n' | traincost - 2>&1 | head -n 1
traincost check 512xH800 --hours 278 --claim '¥2.1M' --date 2025-01 2>&1 | head -n 2
for date in 'January 2025' '17 Sept. 2025' 2025/9/7 2025-01-15T10:00:00Z 9/10/2025; do
    first 8xh100-sxm --hours 10 --date "$date"
done
traincost sweep 8xh100-sxm --hours 10 --vary 'date=Jan 2025,July 2025' --outputs rent | sed -n '/ 5 to 95/,/^$/p'
traincost chips h100-sxm --date 'Jan 2025' --term 1y --format json | grep -c '"date": "2025-01",'
printf '%s\n' chips,type,hours,date,price,region '8,h100-sxm,24,13/1/2025,-,NA' '8,h100-sxm,24,20250113,n/a,' '8,h100-sxm,24,13.1.2025,NaN,null' \
    '8,h100-sxm,24,1/3/2025,NA,' '8,h100-sxm,NA,2025,2,' | traincost batch - --outputs rent 2>&1
first 8xh100-sxm --hours 10 --base ./mine.yaml
first check 8xh100-sxm --hours 10 --claim '€250.000'
first check 'DeepSeek V3'
first check 'Llama 3.1 405B'
