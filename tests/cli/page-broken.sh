# The page of a claim that breaks a limit says so, and a figure that has no bearing says that it is unchecked.
# SPDX-License-Identifier: GPL-3.0-or-later
page() {
    echo "\$ traincost check $*"
    traincost check "$@" --samples 2048 --format html | sed '/<script/,$d; /<style/,/<\/style/d; s/<svg.*<\/svg>//; s/<[^>]*>/ /g' |
        grep -i 'broken\|verdict\|unchecked\|impossible\|not checked' | sed 's/  */ /g; s/ $//'
}
page 512xH800 --hours 10 --params 671B --tokens 14.8T --claim 294k
page 8xH100 --claim-energy 5MWh
