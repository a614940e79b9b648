# Names as people write them.
# SPDX-License-Identifier: GPL-3.0-or-later
for name in H800 h800 'NVIDIA H800 SXM5' 'A100 80GB' 'TPU v4' tpu-v5p MI300X GB200 Trainium2 910B A100 H100 v100; do
    printf '%s: ' "$name"
    traincost chips "$name" --format csv | sed -n '2s/,.*//p'
done
