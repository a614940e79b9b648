# SPDX-License-Identifier: GPL-3.0-or-later
traincost chips --date 2025-01 | head -n 12
traincost chips --format csv --date 2025-01 | head -n 3
