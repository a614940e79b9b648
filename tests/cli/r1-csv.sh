# SPDX-License-Identifier: GPL-3.0-or-later
traincost examples/deepseek-r1.yaml --format csv
