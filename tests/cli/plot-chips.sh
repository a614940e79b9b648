# SPDX-License-Identifier: GPL-3.0-or-later
traincost chips mi300x --plot
