# Tables of one's own, and price lists of others, with what they may lack, repeat or get wrong.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
list() { # KIND OPTION...: the list stands on standard input
    kind=$1
    shift
    cat >list.csv
    echo "\$ traincost prices import $kind list.csv $*"
    traincost prices import "$kind" list.csv --date 2026-10 --vendor Ours "$@" 2>&1
    echo "= $?"
}
printf 'chip,usd,term,count,region\nH100,2.5,on-demand,8,north\nH100,2.5,on-demand,8,south\nH100,2.4,on-demand,8,south\nA100,1.5,spot,1,\n' | list csv
printf 'chip,usd\nH100,0\nH100,-1\nH100,abc\nH100,1e9\n,2\nH100/2,2\nH100 MIG 1g,2\n' | list csv
printf 'chip,term\nH100,spot\n' | list csv
printf 'usd,term\n2,spot\n' | list csv
printf 'chip,usd\n' | list csv
printf '' | list csv
printf 'chip,usd\nH100,"2\n' | list csv
printf 'chip,usd,currency\nH100,2,EUR\nH100,3,USD\nA100,2,XYZ\nA100,2,$\n' | list csv
printf 'chip,usd\nH100,2\n' | list csv --currency EUR
printf 'chip,usd\nH100,2\n' | list csv --currency XYZ
printf 'chip,usd,memory\nA100,2,40\nA100,2,80\nA100,2,80 GB\nA100,2,99999\nV100,1,16384\n' | list csv
printf 'chip,usd,count\nH100,16,8\nH100,16,0\nH100,16,x\nH100,16,0.5\n' | list csv
printf 'price,gpu_name,gpu_count,instance_name,location,spot,gpu_memory\n2.4,H100NVL,1,a,x,True,94\n2,A100_PCIE,1,b-pcie,x,false,80\n3,tpu,1,v,x,,\n9,tpu-v5p-8,1,v5p-8,x,False,\n9,v5litepod-4,1,v,x,False,\n' | list gpuhunt
printf 'AcceleratorName,InstanceType,AcceleratorCount,Price,Region,SpotPrice\ntpu-v5p-8,TPU-VM,1,16,us,\ntpu-v5p-,TPU-VM,1,16,us,\ntpu-v9-8,TPU-VM,1,16,us,\nH100,m,8,,us,\nH100,m,8,80,us,24\nH100,m,8,80,eu,24\n' | list skypilot

table() { # NAME: the table stands on standard input
    rm -rf own
    mkdir own
    cat >"own/$1.csv"
    echo "# $1: $(tail -n 1 "own/$1.csv")"
    traincost 8xH100 --hours 1 --catalog own --outputs chip_hours --format csv 2>&1 | tail -n 1
}
price() {
    printf 'chip,kind,usd,low_usd,high_usd,date,term,tier,source\n%s\n' "$1" | table prices
}
price 'H100,rent,2,1,3,2026-05,1y,specialised,ours'
price 'H100,rent,2,3,4,2026-05,1y,specialised,ours'
price 'H100,rent,5,3,4,2026-05,1y,specialised,ours'
price 'H100,rent,0,,,2026-05,1y,specialised,ours'
price 'H100,rent,,,,2026-05,1y,specialised,ours'
price 'H100,lease,2,,,2026-05,1y,specialised,ours'
price 'H100,rent,2,,,2026-13,1y,specialised,ours'
price 'H100,rent,2,,,,1y,specialised,ours'
price 'H100,rent,2,,,2026-05,2y,specialised,ours'
price 'H100,rent,2,,,2026-05,1y,cheap,ours'
price 'H1000,rent,2,,,2026-05,1y,specialised,ours'
price 'H100,rent,2,,,2026-05,1y,specialised,'
price 'H100,rent,2x,,,2026-05,1y,specialised,ours'
price 'H100,rent,2,,,2026-05,1y,specialised,ours,more'
price 'H100,rent,2'
through() {
    printf 'chip,format,method,kind,organization,name,chips,batch,sequence,active,params,tokens_per_s,mfu,date,source\n%s\n' "$1" | table throughput
}
through 'h100-sxm,bf16,full,run,Ours,one,8,1000000,4096,7B,7B,,0.4,2026-05,https://example.org/t'
through 'H100,bf16,full,run,Ours,one,8,1000000,4096,7B,7B,,1.4,2026-05,https://example.org/t'
through 'H100,bf16,full,run,Ours,one,8,1000000,4096,7B,7B,,0,2026-05,https://example.org/t'
through 'H100,bf16,full,run,Ours,one,8,1000000,4096,8B,7B,,0.4,2026-05,https://example.org/t'
through 'H100,bf16,full,run,Ours,one,8,1Q,4096,7B,7B,,0.4,2026-05,https://example.org/t'
through 'H100,bf16,full,run,Ours,one,8,1Mk,4096,7B,7B,,0.4,2026-05,https://example.org/t'
through 'H100,bf16,full,run,Ours,one,8,1e31,4096,7B,7B,,0.4,2026-05,https://example.org/t'
through 'H100,bf17,full,run,Ours,one,8,1000000,4096,7B,7B,,0.4,2026-05,https://example.org/t'
fact() {
    printf 'key,qualifier,region,date,value,unit,source,note\n%s\n' "$1" | table economics
}
fact 'pue,other,,2026,1.1..1.3,ratio,https://example.org/f,'
fact 'pue,other,,2026,1..,ratio,https://example.org/f,'
fact 'pue,nobody,,2026,1.1..1.3,ratio,https://example.org/f,'
fact 'pew,other,,2026,1.1..1.3,ratio,https://example.org/f,'
fact 'pue,other,,2026,0.5,ratio,https://example.org/f,'
fact 'pue,other,,2026,1.1..1.3,kWh,https://example.org/f,'
fact 'electricity-price,,US,2026,-1,USD/kWh,https://example.org/f,'
fact 'electricity-price,,Nowhere,2026,0.1,USD/kWh,https://example.org/f,'
fact 'electricity-price,,US,2026,0.1..0.2,USD/kWh,https://example.org/f,'
fact 'electricity-price-spread,,,2026,0,ratio,https://example.org/f,'
printf 'place,within\nx,US\n' | table places
printf 'chip,usd\nH100,2\n' | table currency
printf 'nothing,at all\n1,2\n' | table chips
