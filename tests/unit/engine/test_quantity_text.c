/* How quantities are written, read and printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/quantities.h"

#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

/* ---- the grammar ---- */

static const struct {
    enum dimension dimension;
    const char *text;
    enum quantity_form form;
    double a, b, c;
} forms[] = {
    {DIMENSION_COUNT, "198", FORM_EXACT, 198, 0, 0},
    {DIMENSION_COUNT, " 198\t", FORM_EXACT, 198, 0, 0},
    {DIMENSION_COUNT, "2.788M", FORM_EXACT, 2.788e6, 0, 0},
    {DIMENSION_COUNT, "3e24", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_COUNT, "1_000", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_COUNT, "70B", FORM_EXACT, 7e10, 0, 0},
    {DIMENSION_COUNT, "70 B", FORM_EXACT, 7e10, 0, 0},
    {DIMENSION_COUNT, "15T", FORM_EXACT, 1.5e13, 0, 0},
    {DIMENSION_COUNT, "2G", FORM_EXACT, 2e9, 0, 0},
    {DIMENSION_COUNT, "2P", FORM_EXACT, 2e15, 0, 0},
    {DIMENSION_COUNT, "2E", FORM_EXACT, 2e18, 0, 0},
    {DIMENSION_COUNT, "5k", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_COUNT, "5K", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_COUNT, "-5k", FORM_EXACT, -5000, 0, 0},
    {DIMENSION_COUNT, "0", FORM_EXACT, 0, 0, 0},
    {DIMENSION_COUNT, "~198", FORM_ABOUT, 198, 0, 0},
    {DIMENSION_COUNT, "~ 25k", FORM_ABOUT, 25000, 0, 0},
    {DIMENSION_COUNT, "1.5..2.5", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_COUNT, "1.5 .. 2.5", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_COUNT, "1.5 to 2.5", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_COUNT, "-2..3", FORM_INTERVAL, -2, 3, 0},
    {DIMENSION_COUNT, "-3..-2", FORM_INTERVAL, -3, -2, 0},
    {DIMENSION_COUNT, "1..2M", FORM_INTERVAL, 1e6, 2e6, 0},
    {DIMENSION_COUNT, "800..1.2k", FORM_INTERVAL, 800, 1200, 0},
    {DIMENSION_COUNT, "1k..2M", FORM_INTERVAL, 1000, 2e6, 0},
    {DIMENSION_COUNT, "90k to 0.1M", FORM_INTERVAL, 9e4, 1e5, 0},
    {DIMENSION_COUNT, "2 +- 0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2+-0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2 +/- 0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2±0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2±25%", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2M ± 25%", FORM_PLUS_MINUS, 2e6, 5e5, 0},
    {DIMENSION_COUNT, "3M ± 1M/2", FORM_PLUS_MINUS, 3e6, 5e5, 0},
    {DIMENSION_COUNT, "3M..8M/2", FORM_INTERVAL, 3e6, 4e6, 0},
    {DIMENSION_COUNT, "-2 +- 25%", FORM_PLUS_MINUS, -2, 0.5, 0},
    {DIMENSION_COUNT, "normal(5, 2)", FORM_NORMAL, 5, 2, 0},
    {DIMENSION_COUNT, "normal( -5 ,2 )", FORM_NORMAL, -5, 2, 0},
    {DIMENSION_COUNT, "lognormal(2M, 1.5)", FORM_LOGNORMAL, 2e6, 1.5, 0},
    {DIMENSION_COUNT, "uniform(1, 3)", FORM_UNIFORM, 1, 3, 0},
    {DIMENSION_COUNT, "triangular(1, 2, 4)", FORM_TRIANGULAR, 1, 2, 4},
    {DIMENSION_COUNT, "pert(1, 2, 4)", FORM_PERT, 1, 2, 4},
    {DIMENSION_COUNT, "pert(1k,2k,4k)", FORM_PERT, 1e3, 2e3, 4e3},
    {DIMENSION_TIME, "198 h", FORM_EXACT, 198, 0, 0},
    {DIMENSION_TIME, "198h", FORM_EXACT, 198, 0, 0},
    {DIMENSION_TIME, "3 d", FORM_EXACT, 72, 0, 0},
    {DIMENSION_TIME, "3 wk", FORM_EXACT, 504, 0, 0},
    {DIMENSION_TIME, "1 mo", FORM_EXACT, 730.5, 0, 0},
    {DIMENSION_TIME, "2y", FORM_EXACT, 17532, 0, 0},
    {DIMENSION_TIME, "2.788M h", FORM_EXACT, 2.788e6, 0, 0},
    {DIMENSION_TIME, "90..100 d", FORM_INTERVAL, 2160, 2400, 0},
    {DIMENSION_TIME, "12 h .. 3 d", FORM_INTERVAL, 12, 72, 0},
    {DIMENSION_TIME, "3 d +- 12 h", FORM_PLUS_MINUS, 72, 12, 0},
    {DIMENSION_TIME, "3 +- 1 d", FORM_PLUS_MINUS, 72, 24, 0},
    {DIMENSION_TIME, "10 d +- 20%", FORM_PLUS_MINUS, 240, 48, 0},
    {DIMENSION_TIME, "normal(2 h, 1 h)", FORM_NORMAL, 2, 1, 0},
    {DIMENSION_TIME, "lognormal(2 d, 1.5)", FORM_LOGNORMAL, 48, 1.5, 0},
    {DIMENSION_TIME, "~3 wk", FORM_ABOUT, 504, 0, 0},
    {DIMENSION_POWER, "400 W", FORM_EXACT, 400, 0, 0},
    {DIMENSION_POWER, "0.4kW", FORM_EXACT, 400, 0, 0},
    {DIMENSION_POWER, "10..20 MW", FORM_INTERVAL, 1e7, 2e7, 0},
    {DIMENSION_POWER, "800 W..1.2 kW", FORM_INTERVAL, 800, 1200, 0},
    {DIMENSION_ENERGY, "433 MWh", FORM_EXACT, 433e3, 0, 0},
    {DIMENSION_ENERGY, "2 kWh", FORM_EXACT, 2, 0, 0},
    {DIMENSION_ENERGY, "1.3 GWh", FORM_EXACT, 1.3e6, 0, 0},
    {DIMENSION_MASS, "24.7t", FORM_EXACT, 24700, 0, 0},
    {DIMENSION_MASS, "24.7 kg", FORM_EXACT, 24.7, 0, 0},
    {DIMENSION_MASS, "2 t to 3 t", FORM_INTERVAL, 2000, 3000, 0},
    {DIMENSION_MONEY, "$294k", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_MONEY, "294k$", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_MONEY, "294k USD", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_MONEY, "USD 5.576M", FORM_EXACT, 5.576e6, 0, 0},
    {DIMENSION_MONEY, "$ 1_000", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_MONEY, "$1..$2", FORM_INTERVAL, 1, 2, 0},
    {DIMENSION_MONEY, "$1..2M", FORM_INTERVAL, 1e6, 2e6, 0},
    {DIMENSION_MONEY, "~$5M", FORM_ABOUT, 5e6, 0, 0},
    {DIMENSION_MONEY, "normal($5, $1)", FORM_NORMAL, 5, 1, 0},
    {DIMENSION_MONEY_PER_HOUR, "2", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "USD 2", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "2 $/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "2 USD/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$1.5..$2.5/h", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_MONEY_PER_HOUR, "1.5 to 2.5 $/h", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_MONEY_PER_KWH, "$0.08/kWh", FORM_EXACT, 0.08, 0, 0},
    {DIMENSION_MONEY_PER_KWH, "0.08 USD/kWh", FORM_EXACT, 0.08, 0, 0},
    {DIMENSION_CARBON, "0.4 kg/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_CARBON, "400 g/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "40%", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "40 %", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "0.4", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "40..60%", FORM_INTERVAL, 0.4, 0.6, 0},
    {DIMENSION_SHARE, "40% .. 60%", FORM_INTERVAL, 0.4, 0.6, 0},
    {DIMENSION_SHARE, "40% +- 5%", FORM_PLUS_MINUS, 0.4, 0.05, 0},
    {DIMENSION_SHARE, "0.4 +- 25%", FORM_PLUS_MINUS, 0.4, 0.1, 0},
    {DIMENSION_RATIO, "1.1", FORM_EXACT, 1.1, 0, 0},
    {DIMENSION_RATIO, "1.1x", FORM_EXACT, 1.1, 0, 0},
    {DIMENSION_FLOP, "3e24", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_FLOP, "3 YFLOP", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_FLOP, "3Z", FORM_EXACT, 3e21, 0, 0},
    {DIMENSION_FLOP, "2 EFLOP", FORM_EXACT, 2e18, 0, 0},
    {DIMENSION_FLOP, "2.15e25 FLOP", FORM_EXACT, 2.15e25, 0, 0},

    /* thousands */
    {DIMENSION_COUNT, "1,000", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_COUNT, "2,788,000", FORM_EXACT, 2788000, 0, 0},
    {DIMENSION_COUNT, "1,720,320.5", FORM_EXACT, 1720320.5, 0, 0},
    {DIMENSION_COUNT, "1,000..2,000", FORM_INTERVAL, 1000, 2000, 0},
    {DIMENSION_COUNT, "1,000-2,000", FORM_INTERVAL, 1000, 2000, 0},
    {DIMENSION_MONEY, "$5,576,000", FORM_EXACT, 5.576e6, 0, 0},
    {DIMENSION_COUNT, "uniform(1,300)", FORM_UNIFORM, 1, 300, 0},
    /* multipliers in words */
    {DIMENSION_TOKENS, "15 trillion", FORM_EXACT, 1.5e13, 0, 0},
    {DIMENSION_TOKENS, "14.8T tokens", FORM_EXACT, 1.48e13, 0, 0},
    {DIMENSION_TOKENS, "300 billion tokens", FORM_EXACT, 3e11, 0, 0},
    {DIMENSION_TOKENS, "15t", FORM_EXACT, 1.5e13, 0, 0},
    {DIMENSION_PARAMS, "70b", FORM_EXACT, 7e10, 0, 0},
    {DIMENSION_PARAMS, "671B parameters", FORM_EXACT, 6.71e11, 0, 0},
    {DIMENSION_PARAMS, "125m", FORM_EXACT, 1.25e8, 0, 0},
    {DIMENSION_CHIPS, "512 GPUs", FORM_EXACT, 512, 0, 0},
    {DIMENSION_CHIPS, "2,048 chips", FORM_EXACT, 2048, 0, 0},
    {DIMENSION_CHIPS, "16k accelerators", FORM_EXACT, 16e3, 0, 0},
    {DIMENSION_COUNT, "1.5 million", FORM_EXACT, 1.5e6, 0, 0},
    /* intervals as they are typed */
    {DIMENSION_COUNT, "26-30", FORM_INTERVAL, 26, 30, 0},
    {DIMENSION_COUNT, "26 - 30", FORM_INTERVAL, 26, 30, 0},
    {DIMENSION_COUNT, "26\xe2\x80\x93" "30", FORM_INTERVAL, 26, 30, 0},
    {DIMENSION_COUNT, "1e5-2e5", FORM_INTERVAL, 1e5, 2e5, 0},
    {DIMENSION_COUNT, "5-7k", FORM_INTERVAL, 5e3, 7e3, 0},
    {DIMENSION_COUNT, "~90-100", FORM_INTERVAL, 90, 100, 0},
    {DIMENSION_COUNT, "~1..2", FORM_INTERVAL, 1, 2, 0},
    {DIMENSION_COUNT, "about 198", FORM_ABOUT, 198, 0, 0},
    {DIMENSION_COUNT, "\xe2\x89\x88" "198", FORM_ABOUT, 198, 0, 0},
    {DIMENSION_SHARE, "25-30%", FORM_INTERVAL, 0.25, 0.30, 0},
    {DIMENSION_SHARE, "40 percent", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_TIME, "1-2 days", FORM_INTERVAL, 24, 48, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2-$4", FORM_INTERVAL, 2, 4, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2-3/hr", FORM_INTERVAL, 2, 3, 0},
    /* products */
    {DIMENSION_COUNT, "5x24x8", FORM_EXACT, 960, 0, 0},
    {DIMENSION_COUNT, "15*24*160", FORM_EXACT, 57600, 0, 0},
    {DIMENSION_COUNT, "5 \xc3\x97 24 \xc3\x97 8", FORM_EXACT, 960, 0, 0},
    {DIMENSION_COUNT, "98.32/8", FORM_EXACT, 12.29, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "34/8", FORM_EXACT, 4.25, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$98.32/8/h", FORM_EXACT, 12.29, 0, 0},
    {DIMENSION_MONEY, "$2 x 147k", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_CHIP_TIME, "512x198 h", FORM_EXACT, 101376, 0, 0},
    {DIMENSION_CHIP_TIME, "512 x 3 days", FORM_EXACT, 36864, 0, 0},
    {DIMENSION_CHIPS, "2x8..4x8", FORM_INTERVAL, 16, 32, 0},
    {DIMENSION_CHIPS, "2k x 8", FORM_EXACT, 16000, 0, 0},
    {DIMENSION_COUNT, "10^24", FORM_EXACT, 1e24, 0, 0},
    {DIMENSION_FLOP, "2.15 x 10^25 FLOP", FORM_EXACT, 2.15e25, 0, 0},
    {DIMENSION_FLOP, "3.8\xc3\x97" "10^25", FORM_EXACT, 3.8e25, 0, 0},
    {DIMENSION_FLOP, "10\xc2\xb2\xe2\x81\xb5", FORM_EXACT, 1e25, 0, 0},
    {DIMENSION_FLOP, "2 \xc3\x97 10\xc2\xb9\xe2\x81\xb0 FLOP", FORM_EXACT, 2e10, 0, 0},
    {DIMENSION_FLOP, "10\xe2\x81\xbb\xc2\xb3", FORM_EXACT, 1e-3, 0, 0},
    {DIMENSION_FLOP, "10^2-300", FORM_INTERVAL, 100, 300, 0},
    {DIMENSION_FLOP, "3 PFLOP/sec-days", FORM_EXACT, 3 * 86400e15, 0, 0},
    {DIMENSION_FLOP, "3 PFLOP/second days", FORM_EXACT, 3 * 86400e15, 0, 0},
    {DIMENSION_TIME, "2...3", FORM_INTERVAL, 2, 3, 0},
    {DIMENSION_TIME, "2 \xe2\x80\xa6 3 d", FORM_INTERVAL, 48, 72, 0},
    {DIMENSION_TIME, "1\xe2\x80\xa6" "2", FORM_INTERVAL, 1, 2, 0},
    /* times */
    {DIMENSION_TIME, "3 weeks", FORM_EXACT, 504, 0, 0},
    {DIMENSION_TIME, "90 min", FORM_EXACT, 1.5, 0, 0},
    {DIMENSION_TIME, "90 Minutes", FORM_EXACT, 1.5, 0, 0},
    {DIMENSION_TIME, "36 s", FORM_EXACT, 0.01, 0, 0},
    {DIMENSION_TIME, "36 secs", FORM_EXACT, 0.01, 0, 0},
    {DIMENSION_TIME, "2 yrs", FORM_EXACT, 17532, 0, 0},
    {DIMENSION_TIME, "2d 7h 51min", FORM_EXACT, 55.85, 0, 0},
    {DIMENSION_TIME, "1h30m", FORM_EXACT, 1.5, 0, 0},
    {DIMENSION_TIME, "2 days, 7 hours and 51 minutes", FORM_EXACT, 55.85, 0, 0},
    {DIMENSION_TIME, "1wk2d", FORM_EXACT, 216, 0, 0},
    {DIMENSION_TIME, "2d 7h..3d", FORM_INTERVAL, 55, 72, 0},
    {DIMENSION_TIME, "49:24:56", FORM_EXACT, 49 + 1496.0 / 3600, 0, 0},
    {DIMENSION_TIME, "2-01:24:56", FORM_EXACT, 49 + 1496.0 / 3600, 0, 0},
    {DIMENSION_TIME, "2-01:24", FORM_EXACT, 49.4, 0, 0},
    {DIMENSION_TIME, "0:30:00", FORM_EXACT, 0.5, 0, 0},
    {DIMENSION_TIME, "00:00:36.5", FORM_EXACT, 36.5 / 3600, 0, 0},
    {DIMENSION_CHIP_TIME, "14591077 min", FORM_EXACT, 14591077 / 60.0, 0, 0},
    {DIMENSION_CHIP_TIME, "2.788M GPU hours", FORM_EXACT, 2.788e6, 0, 0},
    {DIMENSION_CHIP_TIME, "147k GPU-hours", FORM_EXACT, 147e3, 0, 0},
    {DIMENSION_CHIP_TIME, "147k H800 hours", FORM_EXACT, 147e3, 0, 0},
    {DIMENSION_CHIP_TIME, "101,376 chip-hours", FORM_EXACT, 101376, 0, 0},
    {DIMENSION_CHIP_TIME, "3 GPU-days", FORM_EXACT, 72, 0, 0},
    {DIMENSION_CHIP_TIME, "5k GPUh", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_CHIP_TIME, "2-01:24:56", FORM_EXACT, 49 + 1496.0 / 3600, 0, 0},
    {DIMENSION_SECONDS, "4.2", FORM_EXACT, 4.2, 0, 0},
    {DIMENSION_SECONDS, "4.2 s", FORM_EXACT, 4.2, 0, 0},
    {DIMENSION_SECONDS, "350 ms", FORM_EXACT, 0.35, 0, 0},
    {DIMENSION_SECONDS, "1min 20s", FORM_EXACT, 80, 0, 0},
    {DIMENSION_SECONDS, "0:01:20", FORM_EXACT, 80, 0, 0},
    /* power, energy, mass, carbon */
    {DIMENSION_POWER, "150 MW", FORM_EXACT, 1.5e8, 0, 0},
    {DIMENSION_POWER, "700 watts", FORM_EXACT, 700, 0, 0},
    {DIMENSION_POWER, "1.2 megawatts", FORM_EXACT, 1.2e6, 0, 0},
    {DIMENSION_ENERGY, "3.6 GJ", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_ENERGY, "433 megawatt-hours", FORM_EXACT, 433e3, 0, 0},
    {DIMENSION_ENERGY, "433 kwh", FORM_EXACT, 433, 0, 0},
    {DIMENSION_MASS, "24.7 tCO2e", FORM_EXACT, 24700, 0, 0},
    {DIMENSION_MASS, "24.7 t CO2eq", FORM_EXACT, 24700, 0, 0},
    {DIMENSION_MASS, "502 tonnes", FORM_EXACT, 502e3, 0, 0},
    {DIMENSION_MASS, "1.2 ktCO2", FORM_EXACT, 1.2e6, 0, 0},
    {DIMENSION_MASS, "500 g", FORM_EXACT, 0.5, 0, 0},
    {DIMENSION_CARBON, "400 gCO2e/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_CARBON, "0.4 kg CO2/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_CARBON, "0.4 t/MWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_CARBON, "400 kg/MWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_CARBON, "400 g per kWh", FORM_EXACT, 0.4, 0, 0},
    /* money */
    {DIMENSION_MONEY, "$0.5347 million", FORM_EXACT, 534.7e3, 0, 0},
    {DIMENSION_MONEY, "$5bn", FORM_EXACT, 5e9, 0, 0},
    {DIMENSION_MONEY, "$5m", FORM_EXACT, 5e6, 0, 0},
    {DIMENSION_MONEY, "$534,700", FORM_EXACT, 534.7e3, 0, 0},
    {DIMENSION_MONEY, "5 million dollars", FORM_EXACT, 5e6, 0, 0},
    {DIMENSION_MONEY, "US$ 100 million", FORM_EXACT, 1e8, 0, 0},
    {DIMENSION_MONEY, "$2 to $3 million", FORM_INTERVAL, 2e6, 3e6, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2 per hour", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/hr", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/GPU-hour", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2 per GPU hour", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/GPU/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/H100-hour", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$1.60 to $4.34 a chip-hour", FORM_INTERVAL, 1.6, 4.34, 0},
    {DIMENSION_MONEY_PER_HOUR, "$48/day", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$1461/GPU/month", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$731 to $1461/month", FORM_INTERVAL, 731 / 730.5, 2, 0},
    {DIMENSION_MONEY_PER_KWH, "8 ct/kWh", FORM_EXACT, 0.08, 0, 0},
    {DIMENSION_MONEY_PER_KWH, "8.61 cents per kWh", FORM_EXACT, 0.0861, 0, 0},
    {DIMENSION_MONEY_PER_KWH, "$80/MWh", FORM_EXACT, 0.08, 0, 0},
    {DIMENSION_MONTHS, "18", FORM_EXACT, 18, 0, 0},
    {DIMENSION_MONTHS, "2y", FORM_EXACT, 24, 0, 0},
    {DIMENSION_MONEY_PER_KW_MONTH, "150", FORM_EXACT, 150, 0, 0},
    {DIMENSION_MONEY_PER_KW_MONTH, "$150/kW/month", FORM_EXACT, 150, 0, 0},
    {DIMENSION_MONEY_PER_KW_MONTH, "120..220 USD/kW a month", FORM_INTERVAL, 120, 220, 0},
    {DIMENSION_MONEY_PER_KW_MONTH, "$1800/kW-year", FORM_EXACT, 150, 0, 0},
    /* compute */
    {DIMENSION_FLOP, "3e24 FLOPs", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_FLOP, "1 PFLOP-day", FORM_EXACT, 8.64e19, 0, 0},
    {DIMENSION_FLOP, "3640 PFLOP/s-days", FORM_EXACT, 3640 * 8.64e19, 0, 0},
    {DIMENSION_FLOP, "3640 petaflop/s-days", FORM_EXACT, 3640 * 8.64e19, 0, 0},
    {DIMENSION_FLOP, "3640 PF-days", FORM_EXACT, 3640 * 8.64e19, 0, 0},
    {DIMENSION_FLOP, "2 exaFLOP", FORM_EXACT, 2e18, 0, 0},
    {DIMENSION_THROUGHPUT, "3800", FORM_EXACT, 3800, 0, 0},
    {DIMENSION_THROUGHPUT, "3800 tokens/s/GPU", FORM_EXACT, 3800, 0, 0},
    {DIMENSION_THROUGHPUT, "1.2M tokens/s", FORM_EXACT, 1.2e6, 0, 0},
    {DIMENSION_THROUGHPUT, "3800 tok/sec/chip", FORM_EXACT, 3800, 0, 0},
    {DIMENSION_THROUGHPUT, "86.4M tokens per day", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_THROUGHPUT, "400 TFLOP/s", FORM_EXACT, 400, 0, 0},
    {DIMENSION_THROUGHPUT, "400 TFLOPS/GPU", FORM_EXACT, 400, 0, 0},
    {DIMENSION_THROUGHPUT, "0.4 PFLOP/s", FORM_EXACT, 400, 0, 0},
    /* spelled as few do */
    {DIMENSION_MASS, "5 t CO\xe2\x82\x82", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_MASS, "5 t CO\xe2\x82\x82" "e", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_MASS, "5 tCO\xe2\x82\x82" "eq", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_MASS, "5 t-CO\xe2\x82\x82-eq", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_MASS, "5 tCO2-eq", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_CARBON, "0.4 kg CO\xe2\x82\x82" "e/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/GPUh", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/TPUh", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/GPU\xc2\xb7h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_KW_MONTH, "$0.15/W/month", FORM_EXACT, 150, 0, 0},
    {DIMENSION_MONEY_PER_KW_MONTH, "$150/kW", FORM_EXACT, 150, 0, 0},
    {DIMENSION_CHIP_TIME, "5k TPUh", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_FLOP, "10^-2", FORM_EXACT, 0.01, 0, 0},
    {DIMENSION_FLOP, "2e24 - 3e24", FORM_INTERVAL, 2e24, 3e24, 0},
    {DIMENSION_COUNT, "2 \xe2\x80\x94 3", FORM_INTERVAL, 2, 3, 0},
    {DIMENSION_COUNT, "\xe2\x88\x92" "3..\xe2\x88\x92" "2", FORM_INTERVAL, -3, -2, 0},
    {DIMENSION_COUNT, "0E0", FORM_EXACT, 0, 0, 0},
    {DIMENSION_COUNT, "2k x 3k", FORM_EXACT, 6e6, 0, 0},
    {DIMENSION_TIME, "2 h x 3 h", FORM_EXACT, 6, 0, 0},
};

START_TEST(every_form_reads_as_the_grammar_says)
{
    quantity q = read_as(forms[_i].dimension, forms[_i].text);
    ck_assert_msg(q.form == forms[_i].form, "'%s' has form %d", forms[_i].text, (int)q.form);
    ck_assert_msg(close_to(q.a, forms[_i].a, 1e-15) && close_to(q.b, forms[_i].b, 1e-15) &&
                      close_to(q.c, forms[_i].c, 1e-15),
                  "'%s' is %.17g, %.17g, %.17g", forms[_i].text, q.a, q.b, q.c);
    ck_assert(isinf(q.least) && isinf(q.most));
}
END_TEST

/* ---- currencies, and what a price or a throughput is of ---- */

static const struct {
    enum dimension dimension;
    const char *text;
    double a;
    const char *currency;
    enum unit_per per;
    enum unit_rate rate;
    const char *printed;
} stated[] = {
    {DIMENSION_MONEY, "2 EUR", 2, "EUR", PER_UNSAID, RATE_UNSAID, "2 EUR"},
    {DIMENSION_MONEY, "\xe2\x82\xac" "2", 2, "EUR", PER_UNSAID, RATE_UNSAID, "2 EUR"},
    {DIMENSION_MONEY, "\xc2\xa5" "3.859M", 3.859e6, "CNY", PER_UNSAID, RATE_UNSAID, "3859000 CNY"},
    {DIMENSION_MONEY, "500k CNY", 5e5, "CNY", PER_UNSAID, RATE_UNSAID, "500000 CNY"},
    {DIMENSION_MONEY, "RMB 500k", 5e5, "CNY", PER_UNSAID, RATE_UNSAID, "500000 CNY"},
    {DIMENSION_MONEY, "5 million yuan", 5e6, "CNY", PER_UNSAID, RATE_UNSAID, "5000000 CNY"},
    {DIMENSION_MONEY, "0.125 EUR", 0.125, "EUR", PER_UNSAID, RATE_UNSAID, "0.125 EUR"},
    {DIMENSION_MONEY, "1.25 EUR", 1.25, "EUR", PER_UNSAID, RATE_UNSAID, "1.25 EUR"},
    {DIMENSION_MONEY, "1.234M EUR", 1.234e6, "EUR", PER_UNSAID, RATE_UNSAID, "1234000 EUR"},
    {DIMENSION_MONEY, "$1.125", 1.125, "USD", PER_UNSAID, RATE_UNSAID, "1.125"},
    {DIMENSION_MONEY_PER_HOUR, "3.125 EUR", 3.125, "EUR", PER_UNSAID, RATE_UNSAID, "3.125 EUR"},
    {DIMENSION_MONEY, "\xc2\xa3" "1,000", 1000, "GBP", PER_UNSAID, RATE_UNSAID, "1000 GBP"},
    {DIMENSION_MONEY, "\xe2\x82\xb9" "2 crore", 2e7, "INR", PER_UNSAID, RATE_UNSAID, "20000000 INR"},
    {DIMENSION_MONEY, "300k yen", 3e5, "JPY", PER_UNSAID, RATE_UNSAID, "300000 JPY"},
    {DIMENSION_MONEY, "$250k/server", 250e3, "USD", PER_SERVER, RATE_UNSAID, "250000/server"},
    {DIMENSION_MONEY, "$25k per GPU", 25e3, "USD", PER_CHIP, RATE_UNSAID, "25000/chip"},
    {DIMENSION_MONEY_PER_HOUR, "2..3 EUR/h", 2, "EUR", PER_UNSAID, RATE_UNSAID, "2..3 EUR"},
    {DIMENSION_MONEY_PER_HOUR, "\xe2\x82\xac" "2-\xe2\x82\xac" "3", 2, "EUR", PER_UNSAID, RATE_UNSAID, "2..3 EUR"},
    {DIMENSION_MONEY_PER_HOUR, "$98.32/server", 98.32, "USD", PER_SERVER, RATE_UNSAID, "98.32/server"},
    {DIMENSION_MONEY_PER_HOUR, "98.32 USD per node per hour", 98.32, "USD", PER_SERVER, RATE_UNSAID, "98.32/server"},
    {DIMENSION_MONEY_PER_HOUR, "$16..$20/instance-hour", 16, "USD", PER_SERVER, RATE_UNSAID, "16..20/server"},
    {DIMENSION_MONEY_PER_HOUR, "16 +- 2 EUR/node", 16, "EUR", PER_SERVER, RATE_UNSAID, "16 +- 2 EUR/server"},
    {DIMENSION_MONEY_PER_HOUR, "normal(2 EUR, 0.5)", 2, "EUR", PER_UNSAID, RATE_UNSAID, "normal(2 EUR, 0.5 EUR)"},
    {DIMENSION_MONEY_PER_HOUR, "lognormal(2 EUR, 1.5)", 2, "EUR", PER_UNSAID, RATE_UNSAID, "lognormal(2 EUR, 1.5)"},
    {DIMENSION_MONEY_PER_KWH, "\xe2\x82\xac" "8 ct/kWh", 0.08, "EUR", PER_UNSAID, RATE_UNSAID, "0.08 EUR"},
    {DIMENSION_MONEY, "\xef\xbf\xa5" "500", 500, "CNY", PER_UNSAID, RATE_UNSAID, "500 CNY"},
    {DIMENSION_MONEY_PER_KWH, "0.2 EUR/kWh", 0.2, "EUR", PER_UNSAID, RATE_UNSAID, "0.2 EUR"},
    {DIMENSION_THROUGHPUT, "3800", 3800, "USD", PER_UNSAID, RATE_UNSAID, "3800"},
    {DIMENSION_THROUGHPUT, "3800 tokens/s/GPU", 3800, "USD", PER_CHIP, RATE_TOKENS, "3800 tokens/s/chip"},
    {DIMENSION_THROUGHPUT, "1.2M tokens/s", 1.2e6, "USD", PER_UNSAID, RATE_TOKENS, "1200000 tokens/s"},
    {DIMENSION_THROUGHPUT, "30k tokens/s/node", 30e3, "USD", PER_SERVER, RATE_TOKENS, "30000 tokens/s/server"},
    {DIMENSION_THROUGHPUT, "380..420 TFLOP/s/GPU", 380, "USD", PER_CHIP, RATE_TFLOP, "380..420 TFLOP/s/chip"},
};

START_TEST(what_a_figure_is_in_and_of_is_kept_and_printed)
{
    char printed[QUANTITY_TEXT];
    quantity q = read_as(stated[_i].dimension, stated[_i].text);
    ck_assert_msg(q.a == stated[_i].a, "'%s' is %g", stated[_i].text, q.a);
    ck_assert_str_eq(currency_codes[q.currency], stated[_i].currency);
    ck_assert_int_eq(q.per, stated[_i].per);
    ck_assert_int_eq(q.rate, stated[_i].rate);
    quantity_print(&q, printed, sizeof printed);
    ck_assert_str_eq(printed, stated[_i].printed);
    quantity back = read_as(stated[_i].dimension, printed);
    ck_assert_msg(same_bounded_quantity(&q, &back) && q.per == back.per && q.rate == back.rate && q.currency == back.currency,
                  "'%s'", printed);
}
END_TEST

/* What rounding a written figure leaves open. */
static const struct {
    enum dimension dimension;
    const char *text;
    double written, telling;
} places[] = {
    {DIMENSION_COUNT, "198", 1, 1},
    {DIMENSION_COUNT, "1500", 1, 100},
    {DIMENSION_COUNT, "2.788M", 1e3, 1e3},
    {DIMENSION_COUNT, "3e24", 1e24, 1e24},
    {DIMENSION_COUNT, "2.15e25", 1e23, 1e23},
    {DIMENSION_COUNT, "1,720,320", 1, 10},
    {DIMENSION_COUNT, "5x24x8", 0, 0},
    {DIMENSION_TIME, "2d", 24, 24},
    {DIMENSION_TIME, "2d 7h", 1, 1},
    {DIMENSION_TIME, "49:24:56", 1.0 / 3600, 1.0 / 3600},
    {DIMENSION_SHARE, "25%", 0.01, 0.01},
    {DIMENSION_COUNT, "1..2", 0, 0},
};

START_TEST(the_places_of_the_digits_are_kept)
{
    quantity q = read_as(places[_i].dimension, places[_i].text);
    ck_assert_msg(close_to(q.written, places[_i].written, 1e-12) && close_to(q.telling, places[_i].telling, 1e-12),
                  "'%s': %g, %g", places[_i].text, q.written, q.telling);
}
END_TEST

/* ---- what is refused ---- */

static const struct {
    const char *key, *text;
    traincost_status status;
    int column;
    const char *word;
} nonsense[] = {
    {"chips", "0", TRAINCOST_RANGE, 1, "at least 1"},
    {"chips", "-3", TRAINCOST_RANGE, 1, "at least 1"},
    {"chips", "512.5x", TRAINCOST_UNIT, 6, "'x'"},
    {"chips", "0x10", TRAINCOST_UNIT, 2, "'x'"},
    {"chips", "512 H800", TRAINCOST_UNIT, 5, "unit"},
    {"chips", "5 kW", TRAINCOST_UNIT, 3, "a power"},
    {"hours", "1..", TRAINCOST_SYNTAX, 4, "missing"},
    {"hours", "2 x 1,5", TRAINCOST_SYNTAX, 6, "parts thousands"},
    {"hours", "2 x 0x10", TRAINCOST_UNIT, 6, "decimal"},
    {"hours", "2 x 3kWh", TRAINCOST_UNIT, 6, "an energy"},
    {"hours", "5..2", TRAINCOST_RANGE, 1, "backwards"},
    {"hours", "nan", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "NaN", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "inf", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "-inf", TRAINCOST_SYNTAX, 2, "finite"},
    {"hours", "infinity", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "1..inf", TRAINCOST_SYNTAX, 4, "finite"},
    {"hours", "1e400", TRAINCOST_RANGE, 1, "too large"},
    {"hours", "1..1e400", TRAINCOST_RANGE, 4, "too large"},
    {"hours", "1e308 y", TRAINCOST_RANGE, 1, "too large"},
    {"hours", "1e-400", TRAINCOST_RANGE, 1, "too small"},
    {"hours", "0", TRAINCOST_RANGE, 1, "above 0"},
    {"hours", "", TRAINCOST_SYNTAX, 1, "missing"},
    {"hours", "  ", TRAINCOST_SYNTAX, 3, "missing"},
    {"hours", "~", TRAINCOST_SYNTAX, 2, "missing"},
    {"hours", "198 hours of it", TRAINCOST_SYNTAX, 11, "left over"},
    {"hours", "198 h 5", TRAINCOST_SYNTAX, 7, "left over"},
    {"hours", "~1..2..3", TRAINCOST_SYNTAX, 6, "left over"},
    {"hours", "1..2..3", TRAINCOST_SYNTAX, 5, "left over"},
    {"hours", "1__0", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "1_", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "_1", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "1.", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "1.2.3", TRAINCOST_SYNTAX, 4, "one point"},
    {"hours", "+5", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "--5", TRAINCOST_SYNTAX, 2, "number"},
    {"hours", "1,00", TRAINCOST_SYNTAX, 2, "comma"},
    {"hardware-price", "\xe2\x82\xac" "38.000", TRAINCOST_SYNTAX, 4, "write 38,000 or 38k"},
    {"purchase-price", "1.250 EUR", TRAINCOST_SYNTAX, 1, "write 38,000 or 38k"},
    {"purchase-price", "1.250.000 EUR", TRAINCOST_SYNTAX, 6, "one point"},
    {"hours", "0,500", TRAINCOST_SYNTAX, 2, "point"},
    {"hours", "1..2,0000", TRAINCOST_SYNTAX, 5, "comma"},
    {"hours", "1,000,00", TRAINCOST_SYNTAX, 6, "comma"},
    {"hours", "1000,000", TRAINCOST_SYNTAX, 5, "comma"},
    {"hours", "-1..2", TRAINCOST_RANGE, 1, "above 0"},
    {"hours", "uniform(-1, 2)", TRAINCOST_RANGE, 1, "above 0"},
    {"chips", "0..2", TRAINCOST_RANGE, 1, "at least 1"},
    {"mfu", "0.5..1.5", TRAINCOST_RANGE, 1, "at most 1"},
    {"mfu", "40", TRAINCOST_RANGE, 1, "write 40%"},
    {"hours", "30 m", TRAINCOST_UNIT, 4, "write min or mo"},
    {"hours", "12:30", TRAINCOST_SYNTAX, 3, "1h 30min"},
    {"hours", "1:61:00", TRAINCOST_SYNTAX, 2, "clock"},
    {"hours", "2-25:00:00", TRAINCOST_SYNTAX, 5, "clock"},
    {"hours", "three weeks", TRAINCOST_SYNTAX, 1, "in figures"},
    {"hours", "5 kW", TRAINCOST_UNIT, 3, "s min h d wk mo y"},
    {"hours", "3 d 2 wk", TRAINCOST_SYNTAX, 5, "left over"},
    {"hours", "147k GPU-hours", TRAINCOST_UNIT, 6, "chip-hours"},
    {"hours", "1/0", TRAINCOST_RANGE, 1, "divided by 0"},
    {"hours", "5x", TRAINCOST_UNIT, 2, "'x'"},
    {"params", "8x7B", TRAINCOST_SYNTAX, 2, "active-params"},
    {"flop", "400 TFLOP/s", TRAINCOST_UNIT, 5, "a throughput"},
    {"power", "3 mW", TRAINCOST_UNIT, 3, "W kW MW"},
    {"rental-price", "$2..3 EUR", TRAINCOST_UNIT, 1, "two currencies"},
    {"rental-price", "$2 EUR", TRAINCOST_UNIT, 4, "'EUR'"},
    {"rental-price", "2 XYZ/h", TRAINCOST_UNIT, 3, "EUR GBP CNY"},
    {"rental-price", "2 $/kWh", TRAINCOST_UNIT, 3, "a price of a chip-hour"},
    {"hours", "198 xyz", TRAINCOST_UNIT, 5, "'xyz'"},
    {"hours", "3kWh", TRAINCOST_UNIT, 2, "an energy"},
    {"hours", "$3", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "3 %", TRAINCOST_UNIT, 3, "a share"},
    {"hours", "2 +-", TRAINCOST_SYNTAX, 5, "missing"},
    {"hours", "2 +- -1", TRAINCOST_RANGE, 6, "width"},
    {"hours", "2 to", TRAINCOST_SYNTAX, 5, "missing"},
    {"hours", "two", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "gauss(1, 2)", TRAINCOST_SYNTAX, 1, "lognormal"},
    {"hours", "normal", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "normal(1)", TRAINCOST_SYNTAX, 9, "one number more"},
    {"hours", "normal(1, 2", TRAINCOST_SYNTAX, 12, "')'"},
    {"hours", "normal(1, 2, 3)", TRAINCOST_SYNTAX, 12, "')'"},
    {"hours", "normal(1, 2) h", TRAINCOST_SYNTAX, 14, "left over"},
    {"hours", "normal(5, -2)", TRAINCOST_RANGE, 1, "standard deviation"},
    {"hours", "lognormal(-1, 2)", TRAINCOST_RANGE, 1, "median"},
    {"hours", "lognormal(0, 2)", TRAINCOST_RANGE, 1, "median"},
    {"hours", "lognormal(2, 0.5)", TRAINCOST_RANGE, 1, "factor"},
    {"hours", "lognormal(2, 1000001)", TRAINCOST_RANGE, 1, "factor"},
    {"hours", "lognormal(2, 1.5 h)", TRAINCOST_UNIT, 18, "a time"},
    {"hours", "uniform(3, 1)", TRAINCOST_RANGE, 1, "backwards"},
    {"hours", "triangular(1, 5, 3)", TRAINCOST_RANGE, 1, "order"},
    {"hours", "triangular(1, 2)", TRAINCOST_SYNTAX, 16, "one number more"},
    {"hours", "pert(4, 2, 1)", TRAINCOST_RANGE, 1, "order"},
    {"hours", "normal(-5, 1)", TRAINCOST_RANGE, 1, "above 0"},
    {"rental-price", "$", TRAINCOST_SYNTAX, 2, "missing"},
    {"rental-price", "-2", TRAINCOST_RANGE, 1, "at least 0"},
    {"rental-price", "2 h", TRAINCOST_UNIT, 3, "a time"},
    {"rental-price", "2 €€", TRAINCOST_SYNTAX, 6, "left over"},
    {"power", "400m", TRAINCOST_UNIT, 4, "multipliers"},
    {"power", "400 kWh", TRAINCOST_UNIT, 5, "an energy"},
    {"pue", "0.5", TRAINCOST_RANGE, 1, "at least 1"},
    {"pue", "110%", TRAINCOST_UNIT, 4, "a share"},
    {"power-fraction", "1.5", TRAINCOST_RANGE, 1, "at most 1"},
    {"power-fraction", "150%", TRAINCOST_RANGE, 1, "at most 1"},
    {"power-fraction", "0", TRAINCOST_RANGE, 1, "above 0"},
    {"depreciation", "0.14 per year", TRAINCOST_UNIT, 6, "unit"},
    {"hardware-price", "$5/h", TRAINCOST_UNIT, 3, "is a price; hardware-price takes money"},
    {"hardware-price", "5 USD/kWh", TRAINCOST_UNIT, 3, "is a price; hardware-price takes money"},
    {"hardware-price", "5 USD/kW", TRAINCOST_UNIT, 3, "unit"},
    {"rental-price", "$2/kW", TRAINCOST_UNIT, 3, "unit"},
    {"rental-price", "2 CHFx/h", TRAINCOST_UNIT, 3, "'CHFx/h'"},
    {"electricity-price", "0.1 USD/kWh/h", TRAINCOST_UNIT, 5, "unit"},
    {"electricity-price", "0.1 USD/kWh/kW", TRAINCOST_UNIT, 5, "unit"},
    {"electricity-price", "0.1 USD/kWh/GPU", TRAINCOST_UNIT, 5, "unit"},
    {"throughput", "3 tokens", TRAINCOST_UNIT, 3, "tokens"},
    {"throughput", "3 tokens/kWh", TRAINCOST_UNIT, 3, "is tokens; throughput takes"},
    {"throughput", "3 tokens/s/kW", TRAINCOST_UNIT, 3, "is tokens; throughput takes"},
    {"carbon-intensity", "3 g/h", TRAINCOST_UNIT, 3, "is a mass; carbon-intensity takes"},
    {"hours", "12:3:00", TRAINCOST_SYNTAX, 3, "clock"},
    {"hours", "12:30:5", TRAINCOST_SYNTAX, 3, "clock"},
    {"hours", "2-01:2:00", TRAINCOST_SYNTAX, 5, "clock"},
    {"hours", "1:00:61", TRAINCOST_SYNTAX, 2, "clock"},
    {"hours", "10^", TRAINCOST_SYNTAX, 3, "left over"},
    {"hours", "10^123", TRAINCOST_SYNTAX, 3, "left over"},
    {"hours", "10^--2", TRAINCOST_SYNTAX, 3, "left over"},
    {"hours", "5\xc2\xb2", TRAINCOST_UNIT, 2, "is no unit here"},
    {"hours", "9^2", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "0X10", TRAINCOST_UNIT, 2, "'x'"},
    {"hours", "3 per week", TRAINCOST_UNIT, 3, "unit"},
    {NULL, "5 h", TRAINCOST_UNIT, 3, "a time"},
    {NULL, "1e29..1e400", TRAINCOST_RANGE, 7, "too large"},
};

START_TEST(the_widest_lognormal_is_taken)
{
    traincost_quantity *q = NULL;
    ck_assert_int_eq(traincost_quantity_parse("hours", "lognormal(2, 1000000)", &q, NULL), TRAINCOST_OK);
    traincost_quantity_free(q);
}
END_TEST

START_TEST(nonsense_is_refused_with_its_place_and_reason)
{
    traincost_quantity left = {0}, *q = &left;
    traincost_error *error = traincost_error_new();
    const char *text = nonsense[_i].text;
    traincost_status status = traincost_quantity_parse(nonsense[_i].key, text, &q, error);
    const char *message = traincost_error_message(error);
    ck_assert_msg(status == nonsense[_i].status, "'%s' gives %s: %s", text, traincost_status_name(status),
                  message);
    ck_assert_ptr_null(q);
    ck_assert_int_eq(traincost_error_status(error), status);
    ck_assert_msg(traincost_error_column(error) == nonsense[_i].column, "'%s': column %d: %s", text,
                  traincost_error_column(error), message);
    ck_assert_msg(strstr(message, nonsense[_i].word) && strstr(message, text), "'%s': %s", text, message);
    ck_assert_msg(strstr(message, nonsense[_i].key ? nonsense[_i].key : "value"), "'%s': %s", text, message);
    ck_assert(!strchr(message, '\n'));
    ck_assert_int_eq(traincost_quantity_parse(nonsense[_i].key, text, &q, NULL), status);
    traincost_error_free(error);
}
END_TEST

START_TEST(keys_that_take_no_quantity_are_refused)
{
    traincost_error *error = traincost_error_new();
    traincost_quantity *q = NULL;
    ck_assert_int_eq(traincost_quantity_parse("type", "5", &q, error), TRAINCOST_UNKNOWN);
    ck_assert_int_eq(traincost_quantity_parse("hous", "5", &q, error), TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "hours") != NULL);
    ck_assert_int_eq(traincost_quantity_parse("price", "5", &q, error), TRAINCOST_OK);
    traincost_quantity_free(q);
    traincost_quantity_free(NULL);
    traincost_error_free(error);
}
END_TEST

START_TEST(a_long_text_is_cut_in_the_message)
{
    char *text = malloc(1 << 20);
    traincost_error *error = traincost_error_new();
    traincost_quantity *q = NULL;
    ck_assert(text != NULL);
    memset(text, '1', (1 << 20) - 1);
    text[(1 << 20) - 1] = '\0';
    ck_assert_int_eq(traincost_quantity_parse("hours", text, &q, error), TRAINCOST_RANGE);
    memset(text, ' ', (1 << 20) - 2);
    text[(1 << 20) - 2] = 'q';
    ck_assert_int_eq(traincost_quantity_parse("hours", text, &q, error), TRAINCOST_SYNTAX);
    ck_assert_int_eq(traincost_error_column(error), (1 << 20) - 1);
    ck_assert_uint_lt(strlen(traincost_error_message(error)), 400);
    traincost_error_free(error);
    free(text);
}
END_TEST

/* ---- printing ---- */

static double random_number(gsl_rng *rng)
{
    double x = (gsl_rng_uniform(rng) - 0.5) * pow(10, (int)gsl_rng_uniform_int(rng, 40) - 20);
    return gsl_rng_uniform_int(rng, 4) ? x : rint(x * 100);
}

static void sort(double *a, double *b)
{
    double low = fmin(*a, *b), high = fmax(*a, *b);
    *a = low;
    *b = high;
}

static quantity random_quantity(gsl_rng *rng, enum quantity_form form)
{
    quantity q = {.form = form, .a = random_number(rng), .least = -INFINITY, .most = INFINITY};
    if (form == FORM_EXACT || form == FORM_ABOUT)
        return q;
    q.b = random_number(rng);
    if (form == FORM_PLUS_MINUS || form == FORM_NORMAL)
        q.b = fabs(q.b);
    else if (form == FORM_LOGNORMAL) {
        q.a = fabs(q.a) + 1e-30;
        q.b = 1 + fmod(fabs(q.b), 1e5);
    } else
        sort(&q.a, &q.b);
    if (form == FORM_INTERVAL && q.a > 0 && q.b > 1e12 * q.a)
        q.a = q.b / 1e6;
    if (form != FORM_TRIANGULAR && form != FORM_PERT)
        return q;
    q.c = random_number(rng);
    sort(&q.b, &q.c);
    sort(&q.a, &q.b);
    return q;
}

START_TEST(what_is_printed_reads_back)
{
    struct quantity_rule rule = free_rule(DIMENSION_COUNT);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    char text[QUANTITY_TEXT];
    for (int i = 0; i < 10000; i++) {
        quantity q = random_quantity(rng, (enum quantity_form)_i), back = {0};
        size_t length = quantity_print(&q, text, sizeof text);
        ck_assert_uint_lt(length, sizeof text);
        if (length != strlen(text) || quantity_parse(text, &rule, &back, NULL) ||
            !same_bounded_quantity(&q, &back))
            ck_abort_msg("%.17g, %.17g, %.17g is printed as '%s'", q.a, q.b, q.c, text);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(what_was_read_prints_and_reads_back)
{
    char text[QUANTITY_TEXT];
    quantity q = read_as(forms[_i].dimension, forms[_i].text);
    quantity_print(&q, text, sizeof text);
    quantity back = read_as(forms[_i].dimension, text);
    ck_assert_msg(same_bounded_quantity(&q, &back), "'%s' is printed as '%s'", forms[_i].text, text);
}
END_TEST

START_TEST(printing_behaves_as_snprintf)
{
    traincost_quantity *q = NULL;
    char out[16];
    memset(out, '#', sizeof out);
    ck_assert_int_eq(traincost_quantity_parse("power-fraction", "40..60%", &q, NULL), TRAINCOST_OK);
    ck_assert_uint_eq(traincost_quantity_print(q, NULL, 0), 8);
    ck_assert_uint_eq(traincost_quantity_print(q, out, 4), 8);
    ck_assert_str_eq(out, "0.4");
    ck_assert(out[4] == '#');
    ck_assert_uint_eq(traincost_quantity_print(q, out, sizeof out), 8);
    ck_assert_str_eq(out, "0.4..0.6");
    ck_assert(traincost_quantity_quantile(q, 0.05) > 0.39);
    traincost_quantity_free(q);
}
END_TEST

Suite *quantity_text_suite(void)
{
    Suite *suite = suite_create("quantity-text");
    TCase *tests = tcase_create("texts");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, what_a_figure_is_in_and_of_is_kept_and_printed, 0, COUNT(stated));
    tcase_add_loop_test(tests, the_places_of_the_digits_are_kept, 0, COUNT(places));
    tcase_add_loop_test(tests, every_form_reads_as_the_grammar_says, 0, COUNT(forms));
    tcase_add_test(tests, the_widest_lognormal_is_taken);
    tcase_add_loop_test(tests, nonsense_is_refused_with_its_place_and_reason, 0, COUNT(nonsense));
    tcase_add_test(tests, keys_that_take_no_quantity_are_refused);
    tcase_add_test(tests, a_long_text_is_cut_in_the_message);
    tcase_add_loop_test(tests, what_is_printed_reads_back, 0, FORM_PERT + 1);
    tcase_add_loop_test(tests, what_was_read_prints_and_reads_back, 0, COUNT(forms));
    tcase_add_test(tests, printing_behaves_as_snprintf);
    suite_add_tcase(suite, tests);
    return suite;
}
