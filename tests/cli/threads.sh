# The same bytes on any number of threads, for either sampler.
# SPDX-License-Identifier: GPL-3.0-or-later
for sampler in qmc mc; do
    for threads in 1 2 5; do
        traincost 64..512xH100 --hours '~198' --date 2025-01 --sampler $sampler --samples 20000 \
            --threads $threads --format json >"$scratch/$sampler.$threads"
    done
    cmp "$scratch/$sampler.1" "$scratch/$sampler.2" && cmp "$scratch/$sampler.1" "$scratch/$sampler.5" && echo "$sampler: same"
done
traincost 64..512xH100 --hours '~198' --date 2025-01 --samples 20000 --seed 2 --format json |
    cmp -s - "$scratch/qmc.1" || echo 'another seed: another answer'
