# Over half of a price list of unknown chips is exit status 2, and says what to do; half is not.
# SPDX-License-Identifier: GPL-3.0-or-later
cd "$scratch" || exit 1
printf 'AcceleratorName,AcceleratorCount,Price,InstanceType\nNobodyKnows,1,2.0,a\nNorThis,1,3.0,b\nH100,1,2.5,c\n' >most.csv
traincost prices import skypilot most.csv --date 2026-10-01 --vendor Ours 2>&1
echo "status $?"
sed 2d most.csv >half.csv
traincost prices import skypilot half.csv --date 2026-10-01 --vendor Ours >/dev/null 2>&1
echo "status $?"
