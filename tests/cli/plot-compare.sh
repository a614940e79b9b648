# SPDX-License-Identifier: GPL-3.0-or-later
traincost compare deepseek-r1 openai-gpt-4 --plot
