# SPDX-License-Identifier: GPL-3.0-or-later
traincost chips H100 --date 2024-06
