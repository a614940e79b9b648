# SPDX-License-Identifier: GPL-3.0-or-later
traincost sweep --name Tuning --vary chips=256..4096 --steps 5 --type H100 --params 70B --tokens 15T \
    --outputs rent,hours --budget 20M --plot
