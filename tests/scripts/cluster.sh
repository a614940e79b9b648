#!/bin/sh
# 100,000 rows over eight tasks of a real one-node Slurm, which is started and stopped here, and through GNU Parallel:
# put together they are the single run byte for byte, and so they are after a task was killed.
# SPDX-License-Identifier: GPL-3.0-or-later
for tool in slurmctld slurmd sbatch scancel munged parallel; do
    PATH=$PATH:/usr/sbin:/sbin command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo 'skipped: Slurm is started by root alone'; exit 0; }
PATH=$PATH:/usr/sbin:/sbin
tmp=$(mktemp -d) || exit 1
bad=0
fault() { echo "$*"; bad=1; }
stop() {
    for daemon in slurmd slurmctld munged; do
        pid=$(cat "$tmp/$daemon.pid" 2>/dev/null) && kill "$pid" 2>/dev/null
    done
    for wait in $(seq 50); do
        ls "$tmp"/*.pid >/dev/null 2>&1 || break
        sleep 0.3
    done
    rm -rf "$tmp"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Ports that nothing listens to.
port=$((20000 + $$ % 20000))
host=$(hostname -s)
mkdir -p "$tmp/state" "$tmp/spool"
head -c 1024 /dev/urandom >"$tmp/key"
chmod 700 "$tmp"
chmod 400 "$tmp/key"
cat >"$tmp/slurm.conf" <<CONF
ClusterName=traincost
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$tmp/socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$tmp/state
SlurmdSpoolDir=$tmp/spool
SlurmctldPidFile=$tmp/slurmctld.pid
SlurmdPidFile=$tmp/slurmd.pid
SlurmctldLogFile=$tmp/slurmctld.log
SlurmdLogFile=$tmp/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
# From 23 on it can do without control groups, which a container or a chroot may not have.
[ "$(slurmd -V | sed 's/^[^0-9]*\([0-9]*\).*/\1/')" -lt 23 ] || echo CgroupPlugin=disabled >"$tmp/cgroup.conf"
munged --force --key-file="$tmp/key" --socket="$tmp/socket" --pid-file="$tmp/munged.pid" --log-file="$tmp/munge.log" \
    --seed-file="$tmp/seed" >"$tmp/said" 2>&1 || { echo "munged: $(cat "$tmp/said")"; exit 1; }
SLURM_CONF=$tmp/slurm.conf
export SLURM_CONF
slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF" || { cat "$tmp"/slurm*.log; exit 1; }
for wait in $(seq 100); do
    [ "$(sinfo --noheader --format=%T)" = idle ] && break
    sleep 0.2
done
kill -0 "$(cat "$tmp/slurmd.pid" 2>/dev/null)" 2>/dev/null ||
    { echo "skipped: slurmd does not run here: $(tail -n 1 "$tmp/slurmd.log")"; exit 0; }
[ "$(sinfo --noheader --format=%T)" = idle ] || { echo "slurmd runs, and its node is not idle"; exit 1; }

rows=100000
awk -v rows=$rows 'BEGIN {
    print "job,chips,type,hours,date"
    split("H100 H800 A100 tpu-v4 MI300X B200", type, " ")
    for (i = 1; i <= rows; i++)
        printf "%d,%d,%s,%d,202%d-%02d\n", i, 8 * (i % 40 + 1), type[i % 6 + 1], i % 300 + 1, 4 + i % 2, i % 12 + 1
}' >"$tmp/jobs.csv"
set -- --samples 2048 --outputs rental_usd
traincost batch "$tmp/jobs.csv" --threads 2 "$@" >"$tmp/single" || fault 'the single run fails'
folder=$PWD/examples/slurm

# One task is killed when its answers have begun; then all are submitted again.
job=$(cd "$tmp" && sbatch --parsable --array=1-8 --output="$tmp/log.%a" "$folder/batch.sbatch" jobs.csv out "$@")
for wait in $(seq 100); do
    [ -s "$tmp/out.003" ] && break
    sleep 0.1
done
scancel --signal=KILL "${job}_3" 2>/dev/null || scancel "${job}_3"
for wait in $(seq 300); do
    [ -z "$(squeue --noheader --job "$job" 2>/dev/null)" ] && break
    sleep 0.2
done
lacking=$(cat "$tmp"/out.00? | wc -l)
[ "$lacking" -lt $((rows + 8)) ] || echo 'the killed task had ended already'
(cd "$tmp" && timeout 300 sbatch --wait --array=1-8 --output="$tmp/log.%a" "$folder/batch.sbatch" jobs.csv out "$@" >/dev/null) ||
    fault "the tasks fail: $(cat "$tmp"/log.* | head -3)"
"$folder/merge.sh" "$tmp/out" >"$tmp/merged" || fault 'the parts cannot be merged'
cmp "$tmp/single" "$tmp/merged" || fault "Slurm's tasks together are not the single run"

sh examples/parallel.sh "$tmp/jobs.csv" 8 "$@" >"$tmp/merged" 2>"$tmp/said" || fault "parallel.sh fails: $(head -3 "$tmp/said")"
cmp "$tmp/single" "$tmp/merged" || fault "GNU Parallel's tasks together are not the single run"
exit $bad
