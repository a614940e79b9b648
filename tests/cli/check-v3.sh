# SPDX-License-Identifier: GPL-3.0-or-later
traincost check deepseek-v3
traincost check deepseek-v3 --active-params 671B | head -n 3
