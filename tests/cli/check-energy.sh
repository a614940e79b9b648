# SPDX-License-Identifier: GPL-3.0-or-later
traincost check gpt-3-patterson
traincost check llama-1-65b
