# Steps, their time and a throughput: what they make of the hours, and what does not go together.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit
. "$root/tests/refused.sh"
hours() {
    echo "\$ traincost $*"
    traincost "$@" --outputs hours,chip_hours --samples 2048 2>&1
    echo "status $?"
}
run() { printf '%s\n' 'type: H100' 'chips: 64' "$@" >run.yaml; }
run 'steps: 1000' 'step-time: 36s'
hours run.yaml
run 'steps: 900..1100' 'step-time: 30s..40s'
hours run.yaml
hours 64xH100 --params 7B --tokens 1B --batch-tokens 1M --step-time 36s
hours 64xH100 --params 7B --tokens 36M --throughput 10k
hours 64xH100 --flop 1e20 --throughput 400TFLOP/s
run 'steps: 1000' 'batch-tokens: 1M' 'throughput: 10k'
hours run.yaml
for lines in 'steps: 1000' 'steps: 1000,step-time: 36s,throughput: 10k' 'steps: 1000,step-time: 36s,hours: 20' \
    'steps: 1000,step-time: 36s,params: 7B,tokens: 2B,batch-tokens: 1M' \
    'steps: 1000,batch-tokens: 1M,params: 7B,tokens: 1B,mfu: 0.4,step-time: 36s' \
    'batch-tokens: 1k,sequence-length: 4k,params: 7B,tokens: 1B' 'batch-tokens: 32,params: 7B,tokens: 1B'; do
    printf 'type: H100\nchips: 64\n' >run.yaml
    echo "$lines" | tr ',' '\n' >>run.yaml
    echo "# $lines"
    refused run.yaml
done
refused 64xH100 --step-time 36s
refused 64xH100 --throughput 10k
refused 64xH100 --throughput 400TFLOP/s
refused 64xH100 --throughput 10k --tokens 1B --params 7B --hours 5
refused 64xH100 --params 7B --trainable-params 8B --tokens 1B --mfu 0.4
