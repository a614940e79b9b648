# A price list of others becomes a table, and is laid over the catalogue.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
cat >list.csv <<'EOF'
AcceleratorName,InstanceType,AcceleratorCount,vCPUs,MemoryGiB,Price,Region,AvailabilityZone,GpuInfo,SpotPrice
H100,gpu-h100-sxm_8gpu,8,128,1600,23.60,eu-north1,,,10.00
V100,gpu_8x_v100_n,8,88,448,6.32,us-south-1,,,
B200,8B200.240V,8,240,1450,,FIN-01,,,13.69
A100-80GB,1x_A100-80GB_SECURE,1,8,80,1.39,CA,CA-1,,1.39
A100-80GB,1x_A100-80GB_SECURE,1,8,80,1.39,US,US-1,,1.39
tpu-v5p-12288,TPU-VM,1,,,25804.8,us-east5,us-east5-a,,
tpu-v6e-256,TPU-VM,1,,,691.2,us-east5,us-east5-a,,
,m5.large,,2,8,0.096,us-east-1,,,
H100-MIG-1g,part,1,,,0.5,us,,,
H100,gone,1,,,700,us,,,
EOF
traincost prices import skypilot list.csv --date 2026-10 --vendor Ours >table.csv 2>counts
cat table.csv counts
traincost prices import skypilot - --date 2026-10 --vendor Ours <list.csv 2>/dev/null | cmp - table.csv && echo 'standard input: the same'
traincost prices import skypilot list.csv --date '11/10/2026' --vendor Ours 2>&1
traincost 8xH100 --hours 10 --catalog table.csv --outputs chip_hours
printf 'price,gpu_name,gpu_count,instance_name,location,spot,gpu_memory\n2.4,H100,1,a,x,False,94\n2.4,H100,1,a,x,True,94\n9,Nobody,1,b,x,False,80\n9,Nobody2,1,b,x,False,80\n' >hunt.csv
traincost prices import gpuhunt hunt.csv --date 2026-10 --vendor Ours 2>&1
echo $?
printf 'name,chip\nNobody,B200\nNobody2,H200\n' >map.csv
traincost prices import gpuhunt hunt.csv --date 2026-10 --vendor Ours --map map.csv 2>&1
printf 'chip,kind,usd,date,term,tier,source\nH100,rent,2,2026-05,monthly,specialised,quote of 2026-05\n' >own.csv
traincost 8xH100 --hours 10 --catalog own.csv 2>&1
sed 's/monthly/1y/' own.csv >good.csv
traincost 8xH100 --hours 10 --catalog good.csv --outputs chip_hours
traincost prices import excel list.csv --date 2026-10 --vendor Ours 2>&1
traincost prices import csv list.csv --date 2026-10 2>&1
# Which V100 or A100 by the memory of the chip, not of the host; parts of a chip, and 700, which says that it is not offered.
cat >info.csv <<'EOF'
AcceleratorName,InstanceType,AcceleratorCount,MemoryGiB,Price,Region,GpuInfo,SpotPrice
V100,v16,1,256,2.1,x,"{'Gpus': [{'Name': 'V100', 'Count': 1.0, 'MemoryInfo': {'SizeInMiB': 16384}}], 'TotalGpuMemoryInMiB': 16384}",
V100,v32,8,40,25.6,x,"{""Gpus"": [{""Name"": ""V100"", ""Count"": 8.0, ""MemoryInfo"": {""SizeInMiB"": 32768}}]}",
A100,a40,1,80,1.9,x,"{'gpus': [{'name': 'a100', 'memoryinfo': {'sizeinmib': 40960}}]}",
H100,mig,0.14,80,0.4,x,,
H100,half,0.5,80,1.2,x,,
H100,gone,1,80,700,x,,700
H100,dear,8,80,241,x,,
EOF
traincost prices import skypilot info.csv --date 2026-10 --vendor Ours 2>&1
# In euros, as a column or the option says; a currency without a rate.
printf 'chip,price,currency\nH100,2,EUR\nH200,3,\nB200,4,usd\nA100,1,XXX\n' >euro.csv
traincost prices import csv euro.csv --date 2026-05 --vendor Ours 2>&1
traincost prices import csv euro.csv --date 2026-05 --vendor Ours --currency eur 2>&1
traincost prices import csv euro.csv --date 2026-05 --vendor Ours --currency XYZ 2>&1
# An own list: the chip by any name, and a source that is no address.
for chip in h100-sxm 'NVIDIA H100 SXM5 80GB' 'h100 sxm'; do
    printf 'chip,kind,usd,date,term,tier,source\n%s,rent,9,2026-05,on-demand,specialised,quote of 2026-05\n' "$chip" >own.csv
    traincost chips h100-sxm --catalog own.csv | grep 'quote of 2026-05'
done
