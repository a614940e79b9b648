#!/bin/sh
# arch.sh FOLDER MAKE...: the bytes that build/traincost prints, against those of other instruction sets of x86-64 and
# of other processors under qemu, which it builds in FOLDER with Debian's cross compilers. What is not there is skipped,
# and said. The libraries of the others are Debian's packages, unpacked in FOLDER; nothing of the system changes.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$(dirname "$0")/.." || exit 1
folder=$1
shift
LC_ALL=C
export LC_ALL
mkdir -p "$folder" || exit 1
folder=$(cd "$folder" && pwd) || exit 1
bad=0
tried=0

cat >"$folder/rows.csv" <<'END'
type,chips,hours,rental-price
H800,512,198,
H100,64,"pert(10, 20, 60)",2..3
tpu-v4,64,2wk,
nonsense,1,1,1
MI300X,8,~100,"triangular(1, 2, 4)"
END

# What RUNNER... prints and how it ends, a command a line.
answers() {
    while read -r arguments; do
        echo "\$ traincost $arguments"
        eval "\"\$@\" $arguments" 2>/dev/null </dev/null
        echo "status $?"
    done <<END
512xH800 --hours 198 --format json
examples/deepseek-r1.yaml --format json
examples/gpt-4-reported.yaml --format csv --sampler mc
64xH100 --hours 'pert(10, 20, 60)' --quantiles 0.1%,50%,99.9% --format json
64xH100 --hours 'pert(1, 1.5, 9)' --price 'pert(1, 2, 3)' --power 'pert(300W, 650W, 700W)' --format csv --seed 7
8xB200 --hours 'triangular(10, 20, 60)' --price 'normal(4, 0.4)' --pue 'uniform(1.1, 1.3)' --format json
llama-3-1-405b --format json
check deepseek-r1 --format json
check openai-gpt-4
claims --format csv --samples 4096
compare deepseek-r1 openai-gpt-4 --format json
compare --type H100,A100-80GB,tpu-v5p --params 70B --tokens 15T --chips 1024
sweep --vary chips=256..4096 --steps 5 --type H100 --params 70B --tokens 15T --outputs rent,hours
solve hours --budget 1M --confidence 90% --chips 1024 --type H100 --date 2025-01 --price 2..3 --format json
solve tokens --budget 10M --type H100 --params 70B --mfu 0.4 --goodput 0.9 --price 2 --outputs rental_usd
solve break-even 64xH100 --date 2024-06 --samples 4096
chips H100 --format json
batch '$folder/rows.csv' --quantiles 1%,50%,99.5% --total
512xH800 --hours 198 --plot
END
}

compare_answers() { # NAME RUNNER...
    name=$1
    shift
    answers "$@" >"$folder/$name.txt"
    tried=$((tried + 1))
    if cmp -s "$folder/here.txt" "$folder/$name.txt"; then
        echo "same bytes: $name"
    else
        echo "OTHER BYTES: $name"
        diff "$folder/here.txt" "$folder/$name.txt" | head -n 20
        bad=1
    fi
}

# Debian's packages of the libraries for another processor, without the links to shared ones: they are linked statically.
fetch() { # ARCHITECTURE ROOT
    [ -f "$2/done" ] && return
    mkdir -p "$2/state/lists/partial" "$2/cache/archives/partial" "$2/debs" || return 1
    set -- "$1" "$2" -qq -o "APT::Architecture=$1" -o "APT::Architectures=$1" -o "Dir::State=$2/state" \
        -o Dir::State::status=/dev/null -o "Dir::Cache=$2/cache" -o APT::Sandbox::User=root
    root=$2
    shift 2
    apt-get "$@" update >/dev/null 2>&1
    (cd "$root/debs" && apt-get "$@" download libgsl-dev libyaml-dev libcsv-dev >/dev/null 2>&1) || return 1
    for package in "$root"/debs/*.deb; do dpkg -x "$package" "$root" || return 1; done
    find "$root/usr/lib" -name '*.so' -exec rm -f {} +
    rm -rf "$root/state" "$root/cache"
    : >"$root/done"
}

other_processor() { # ARCHITECTURE TRIPLET EMULATOR MAKE...
    architecture=$1
    triplet=$2
    emulator=$3
    shift 3
    for tool in "$triplet-gcc" "$emulator"; do
        command -v "$tool" >/dev/null || { echo "skipped: $architecture, as there is no $tool"; return; }
    done
    root=$folder/$architecture
    fetch "$architecture" "$root" || { echo "skipped: $architecture, as its libraries cannot be fetched"; return; }
    PKG_CONFIG_LIBDIR=$root/usr/lib/$triplet/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root \
        "$@" b="$root/build" CC="$triplet-gcc" CC_FOR_BUILD="${CC:-cc}" LD="$triplet-ld" AR="$triplet-ar" OBJCOPY="$triplet-objcopy" \
        CFLAGS=-O2 CPPFLAGS="-idirafter $root/usr/include" LDFLAGS="-L$root/usr/lib/$triplet" \
        "$root/build/traincost" >"$folder/$architecture.log" 2>&1 ||
        { echo "does not build for $architecture:"; tail -n 20 "$folder/$architecture.log"; bad=1; return; }
    compare_answers "$architecture" "$emulator" -L "/usr/$triplet" "$root/build/traincost"
}

# One of the instruction sets of x86-64: a processor that has it and no later one.
instruction_set() { # NAME PROCESSOR
    emulator=qemu-x86_64-static
    [ "$(uname -m)" = x86_64 ] || { echo "skipped: $1, as this is no x86-64"; return; }
    command -v $emulator >/dev/null || { echo "skipped: $1, as there is no $emulator"; return; }
    compare_answers "$1" $emulator -cpu "$2" build/traincost
}

answers build/traincost >"$folder/here.txt"
grep -c '^status 0' "$folder/here.txt" | sed "s/\$/ of $(grep -c '^status' "$folder/here.txt") commands end with 0/"
here=$(uname -m)
wide() { { grep -m 1 -o -w avx512dq /proc/cpuinfo || grep -m 1 -o -w avx2 /proc/cpuinfo || echo sse2; } | head -n 1; }
[ "$here" != x86_64 ] || here="$here with $(wide)"
echo "here: $here, $(wc -c <"$folder/here.txt") bytes"
case $here in *avx512*) ;; *) echo 'skipped: AVX-512, as this processor has none and qemu neither' ;; esac
instruction_set sse2 qemu64
instruction_set avx2 Haswell
other_processor arm64 aarch64-linux-gnu qemu-aarch64-static "$@"
other_processor s390x s390x-linux-gnu qemu-s390x-static "$@"
[ $tried -gt 0 ] || { echo 'nothing to compare with'; exit 1; }
exit $bad
