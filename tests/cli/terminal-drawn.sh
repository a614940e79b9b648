# What a terminal gets that others do not: its width and height, colour, characters beyond ASCII.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
TERM=xterm
export TERM
on() { # COLUMNS ROWS ARGUMENT...
    size="cols $1 rows $2"
    shift 2
    echo "\$ traincost $*"
    LC_ALL=C.UTF-8 script -qec "stty $size; traincost $*" /dev/null </dev/null | tr -d '\r' | sed "s/$escape/^[/g"
}
escape=$(printf '\033')
on 100 50 8xH100 --hours 10..20 --price 2..3 --samples 2048 --outputs rent,energy
NO_COLOR=1 on 40 50 8xH100 --hours 10..20 --price 2 --samples 2048 --outputs rent,energy
TERM=dumb on 200 50 8xH100 --hours 10 --price 2 --samples 2048 --outputs rent
TERM='' on 0 0 8xH100 --hours 10 --price 2 --samples 2048 --outputs rent --color always
on 90 40 8xH100 --hours 10..20 --price 2..3 --samples 2048 --color never --plot
on 90 40 check 512xH800 --hours 278 --claim 294k --samples 2048 --plot
on 90 40 compare 8xH100 8xH800 --hours 10 --price 1..3 --outputs rental_usd --samples 2048 --plot
on 90 40 sweep --vary hours=10..40 --steps 3 --chips 64 --type H100 --price 2..3 --outputs rent --samples 2048 --plot
on 90 40 chips V100 --plot
on 90 40 solve break-even 64xH100 --samples 2048 --outputs rental_usd
# A text that is longer than the terminal says its verdict again.
on 90 12 check 512xH800 --hours 278 --claim 294k --samples 2048
