# A batch goes on with what an ended one has answered, whatever the rows are, and with no other's answers.
# SPDX-License-Identifier: GPL-3.0-or-later
. "$root/tests/refused.sh"
cd "$scratch" || exit 1
only='--outputs rental_usd --quantiles 50 --price 2'
again() { # TEXT OPTION...: as printf takes it; each way to end it gives the same answers
    # shellcheck disable=SC2059
    printf "$1" >rows
    shift
    # shellcheck disable=SC2086
    traincost batch rows $only "$@" >whole 2>words
    status=$?
    cat whole words
    for length in 0 1 $(($(head -n 1 whole | wc -c))) $(($(wc -c <whole) / 2)) $(($(wc -c <whole) - 1)) $(wc -c <whole); do
        head -c "$length" whole >answers
        # shellcheck disable=SC2086
        traincost batch rows $only "$@" --resume answers >out 2>words.again
        [ $? -eq $status ] || echo "from $length bytes: another status"
        cat out
        cmp whole answers
        cmp words words.again
    done
}
again 'chips,type,hours\n8,H100,1\n8,H100,2\n8,H100,3\n'
again 'chips,type,hours,note\r\n8,H100,1,\r\n8,H100,2,"a, ""b"""\r\n8,H100,3\r\n'
again 'chips,type,hours\n8,H100\n8,H100,2,9,"9"\n\n8,H1000,3\n'
again 'chips,type,hours\n8,H100,1\n8,H100,2\n' --total
again '{"chips": 8, "type": "H100", "hours": 1}\n{"chips": 8, "type": "H100", "hours": 2} \t\r\nno JSON\n\n{"chips": 8}\n'

printf 'chips,type,hours\n8,H100,1\n8,H100,2\n8,"H100",3\n8,"H100",3,4\n' >rows
# shellcheck disable=SC2086
traincost batch rows $only >whole 2>/dev/null
other() { # SED: what it makes of the answers is no answer to these rows
    sed "$1" whole >answers
    # shellcheck disable=SC2086
    refused batch rows $only --resume answers
}
other '1s/chips/chaps/'
other '1s/,.*//'
other '2s/1,/9,/'
other '2s/.*/8/'
other '2s/.*/8,H100,1/'
other '2s/.*//'
other '3s/8,H100,2/8,H100,22/'
other '3s/8,H100,2/&;/'
other '4s/"H100"/"H200"/'
other '5s/""H100""/"H100"/'
other '5s/,4",/,4,/'
other '$p'
printf '{"chips": 8, "type": "H100", "hours": 1}\n{"chips": 8, "type": "H100", "hours": 2}\n' >rows
# shellcheck disable=SC2086
traincost batch rows $only >whole
other '1s/"hours": 1/"hours": 9/'
other '1s/.*/{"row"/'
other '1s/.*/{"row":8}/'
refused batch rows $only --resume absent/answers
refused batch rows $only --resume .
refused batch rows $only --resume answers -o others
