# SPDX-License-Identifier: GPL-3.0-or-later
traincost deepseek-r1 --format svg
