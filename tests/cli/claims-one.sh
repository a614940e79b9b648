# The whole story of one, with sources, notes and other tellings; the status is not that of a check.
# SPDX-License-Identifier: GPL-3.0-or-later
traincost claims stable-diffusion-v1-mostaque
traincost claims falcon-180b-epoch | head -n 5
traincost claims deepseek-r1 --format csv
