/* Measures the engine beside other ways of doing the same, in interleaved rounds: bench [COMMAND [RATIOS [renew]]];
 * RATIOS is the file of the last time's. The work:
 * per sample 9 normals (8 as lognormals, 1 as such) and 1 uniform; chip-hours, rent, energy and the wear of the
 * hardware from them; mean and 5 quantiles of rent and of ownership. `bench --only N` runs the engine alone on
 * N samples, for its memory, `bench --rows` the rows of batch alone. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* wait4 */
#include "engine/engine.h"
#include "tools/bench_ratios.h"
#include "tools/bench_rows.h"
#include "tools/yardstick.h"

#include <fcntl.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 1000000, ROUNDS = 7, STARTS = 40 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The model, the same for everybody: linear wear over the year of the run. */
static inline void cost(const double x[WORK_INPUTS], double *rent, double *own)
{
    double chip_hours = x[CHIPS] * x[HOURS];
    double energy = chip_hours * x[POWER] * 1e-3 * x[PUE] * x[ELECTRICITY];
    double wear = chip_hours * (1 / 8766.0) * x[HARDWARE] * x[OVERHEAD] * x[RATE] * (1.0 - 0.4 * x[AGE]) * 2.3;
    *rent = chip_hours * x[PRICE];
    *own = energy + wear;
}

/* ---- ours ---- */

static inline void model_loop(const double *const *in, size_t n, double *restrict rent, double *restrict own)
{
    const double *chips = in[CHIPS], *hours = in[HOURS], *price = in[PRICE], *power = in[POWER], *pue = in[PUE];
    const double *electricity = in[ELECTRICITY], *hardware = in[HARDWARE], *overhead = in[OVERHEAD];
    const double *rate = in[RATE], *age = in[AGE];
    for (size_t i = 0; i < n; i++) {
        double x[WORK_INPUTS] = {chips[i],       hours[i],    price[i],    power[i], pue[i],
                                 electricity[i], hardware[i], overhead[i], rate[i],  age[i]};
        double rented, owned;
        cost(x, &rented, &owned);
        rent[i] = rented;
        own[i] = owned;
    }
}

static void model_any(const void *unused, const double *const *in, size_t n, double *const *out)
{
    (void)unused;
    model_loop(in, n, out[0], out[1]);
}

#ifdef ISA_COPIES
__attribute__((target("avx2"))) static void model_avx2(const void *unused, const double *const *in, size_t n,
                                                       double *const *out)
{
    (void)unused;
    model_loop(in, n, out[0], out[1]);
}

#ifdef __clang__
#define WIDEST "avx512f,avx512dq"
#else
#define WIDEST "avx512f,avx512dq,prefer-vector-width=512"
#endif
__attribute__((target(WIDEST))) static void model_avx512(const void *unused, const double *const *in, size_t n,
                                                         double *const *out)
{
    (void)unused;
    model_loop(in, n, out[0], out[1]);
}

static engine_model *model_for(enum isa isa)
{
    return isa == ISA_AVX512 ? model_avx512 : isa == ISA_AVX2 ? model_avx2 : model_any;
}
#else
static engine_model *model_for(enum isa isa)
{
    (void)isa;
    return model_any;
}
#endif

static struct engine_answer run_engine(double samples, int threads, bool pseudo_random, enum isa isa)
{
    quantity inputs[WORK_INPUTS];
    struct engine_answer answer;
    work_inputs(inputs);
    struct engine_job job = {.inputs = inputs,
                             .input_count = WORK_INPUTS,
                             .evaluate = model_for(isa_choose(isa)),
                             .output_count = 2};
    job.settings = (struct engine_settings){.samples = samples,
                                            .seed = 1,
                                            .threads = threads,
                                            .pseudo_random = pseudo_random,
                                            .levels = work_levels,
                                            .level_count = WORK_LEVELS,
                                            .isa = isa};
    if (engine_run(&job, &answer, NULL) != TRAINCOST_OK) {
        fputs("bench: out of memory\n", stderr);
        exit(1);
    }
    return answer;
}

static double timed_engine(double samples, int threads, bool pseudo_random, enum isa isa,
                           struct work_answer *out)
{
    double begun = now();
    struct engine_answer answer = run_engine(samples, threads, pseudo_random, isa);
    double seconds = now() - begun;
    for (int j = 0; j < 2; j++) {
        out->mean[j] = answer.figures[j].mean;
        memcpy(out->quantile[j], answer.figures[j].quantile, sizeof out->quantile[j]);
    }
    engine_answer_free(&answer);
    return seconds;
}

static double ours_1(struct work_answer *out)
{
    return timed_engine(SAMPLES, 1, false, ISA_BEST, out);
}

static double ours_2(struct work_answer *out)
{
    return timed_engine(SAMPLES, 2, false, ISA_BEST, out);
}

static double ours_mc(struct work_answer *out)
{
    return timed_engine(SAMPLES, 1, true, ISA_BEST, out);
}

static double ours_avx2(struct work_answer *out)
{
    return isa_choose(ISA_AVX2) == ISA_AVX2 ? timed_engine(SAMPLES, 1, false, ISA_AVX2, out) : -1;
}

static double ours_any(struct work_answer *out)
{
    return timed_engine(SAMPLES, 1, false, ISA_ANY, out);
}

static double timed_yardstick(enum isa isa, struct work_answer *out)
{
    if (!yardstick_has(isa))
        return -1;
    double begun = now();
    yardstick_run(isa, SAMPLES, out);
    return now() - begun;
}

static double yardstick_avx512(struct work_answer *out)
{
    return timed_yardstick(ISA_AVX512, out);
}

static double yardstick_avx2(struct work_answer *out)
{
    return timed_yardstick(ISA_AVX2, out);
}

/* ---- plain ways ---- */

static double columns[2][SAMPLES];

static void finish_sorted(struct work_answer *out)
{
    for (int j = 0; j < 2; j++) {
        out->mean[j] = gsl_stats_mean(columns[j], 1, SAMPLES);
        gsl_sort(columns[j], 1, SAMPLES);
        for (int k = 0; k < WORK_LEVELS; k++)
            out->quantile[j][k] = gsl_stats_quantile_from_sorted_data(columns[j], 1, SAMPLES, work_levels[k]);
    }
}

static double plain_gsl(struct work_answer *out)
{
    double begun = now();
    static unsigned long seed = 1;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed++);
    for (int i = 0; i < SAMPLES; i++) {
        double x[WORK_INPUTS];
        for (int k = 0; k < RATE; k++)
            x[k] = gsl_ran_lognormal(rng, log(work_a[k]), work_b[k]);
        x[RATE] = work_a[RATE] + gsl_ran_gaussian(rng, work_b[RATE]);
        x[AGE] = gsl_ran_flat(rng, work_a[AGE], work_b[AGE]);
        cost(x, &columns[0][i], &columns[1][i]);
    }
    gsl_rng_free(rng);
    finish_sorted(out);
    return now() - begun;
}

static uint64_t xoshiro[4] = {1, 2, 3, 4};

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

/* xoshiro256+, in (0, 1). */
static double uniform(void)
{
    uint64_t word = xoshiro[0] + xoshiro[3], t = xoshiro[1] << 17;
    xoshiro[2] ^= xoshiro[0];
    xoshiro[3] ^= xoshiro[1];
    xoshiro[1] ^= xoshiro[2];
    xoshiro[0] ^= xoshiro[3];
    xoshiro[2] ^= t;
    xoshiro[3] = rotate(xoshiro[3], 45);
    return ((double)(word >> 12) + 0.5) * 0x1p-52;
}

/* Two normals of Box and Muller. */
static void two_normals(double *z)
{
    double radius = sqrt(-2 * log(uniform())), angle = 6.283185307179586 * uniform();
    z[0] = radius * cos(angle);
    z[1] = radius * sin(angle);
}

/* Quantiles from 8192 bins even in the logarithm, so that nothing is sorted. */
static void finish_binned(struct work_answer *out)
{
    enum { BINS = 8192 };
    static unsigned counts[BINS];
    for (int j = 0; j < 2; j++) {
        double sum = 0, low = log(columns[j][0]) - 3, step = 6.0 / (double)BINS, seen = 0;
        memset(counts, 0, sizeof counts);
        for (int i = 0; i < SAMPLES; i++) {
            double at = (log(columns[j][i]) - low) / step;
            sum += columns[j][i];
            counts[!(at >= 0) ? 0 : at >= (double)BINS ? BINS - 1 : (int)at]++;
        }
        out->mean[j] = sum / (double)SAMPLES;
        for (int bin = 0, k = 0; bin < BINS && k < WORK_LEVELS; seen += counts[bin++])
            for (; k < WORK_LEVELS && seen + counts[bin] >= work_levels[k] * (double)SAMPLES; k++)
                out->quantile[j][k] = exp(low + step * (bin + (work_levels[k] * (double)SAMPLES - seen) / counts[bin]));
    }
}

static double plain_c(struct work_answer *out)
{
    double begun = now();
    for (int i = 0; i < SAMPLES; i++) {
        double x[WORK_INPUTS], z[WORK_INPUTS];
        for (int k = 0; k < WORK_INPUTS; k += 2)
            two_normals(z + k);
        for (int k = 0; k < RATE; k++)
            x[k] = work_a[k] * exp(work_b[k] * z[k]);
        x[RATE] = work_a[RATE] + work_b[RATE] * z[RATE];
        x[AGE] = work_a[AGE] + (work_b[AGE] - work_a[AGE]) * uniform();
        cost(x, &columns[0][i], &columns[1][i]);
    }
    finish_binned(out);
    return now() - begun;
}

/* numpy, in blocks that stay in the cache; it measures itself, without its start. */
static const char numpy_work[] =
    "import time\n"
    "import numpy as np\n"
    "n, block = %d, 16384\n"
    "rng = np.random.Generator(np.random.SFC64(1))\n"
    "def run():\n"
    "    rent, own = np.empty(n), np.empty(n)\n"
    "    for i in range(0, n, block):\n"
    "        m = min(block, n - i)\n"
    "        f = lambda a, b: np.exp(np.log(a) + b * rng.standard_normal(m))\n"
    "        hours = f(512, .02) * f(198, .05)\n"
    "        rent[i:i + m] = hours * f(2.4, .3)\n"
    "        energy = hours * f(900, .15) * 1e-3 * f(1.2, .06) * f(.08, .25)\n"
    "        wear = hours / 8766 * f(30000, .4) * f(1.6, .15) * (.14 + .03 * rng.standard_normal(m))\n"
    "        own[i:i + m] = energy + wear * (1 - .4 * rng.uniform(.2, 1.5, m)) * 2.3\n"
    "    p = [5, 25, 50, 75, 95]\n"
    "    return rent.mean(), own.mean(), np.percentile(rent, p), np.percentile(own, p)\n"
    "best = 9\n"
    "for _ in range(3):\n"
    "    t = time.perf_counter(); a = run(); best = min(best, time.perf_counter() - t)\n"
    "print(best, a[2][2])\n";

static double numpy_blocks(struct work_answer *out)
{
    char command[sizeof numpy_work + 64], script[sizeof numpy_work + 16], line[128] = "";
    char *rest;
    snprintf(script, sizeof script, numpy_work, SAMPLES);
    snprintf(command, sizeof command, "python3 -c '%s' 2>/dev/null", script);
    FILE *pipe = popen(command, "r");
    bool read = pipe && fgets(line, sizeof line, pipe);
    if (!pipe || pclose(pipe) != 0 || !read)
        return -1;
    double seconds = strtod(line, &rest);
    out->quantile[0][2] = strtod(rest, NULL);
    return seconds;
}

/* ---- the table ---- */

/* Each way gives its seconds, or less than 0 where it is not there. */
typedef double way_run(struct work_answer *out);

enum {
    ENGINE,
    ENGINE_2,
    ENGINE_MC,
    ENGINE_AVX2,
    ENGINE_ANY,
    TUNED_512,
    TUNED_2,
    PLAIN_C,
    PLAIN_GSL,
    NUMPY,
    WAYS
};

static struct way {
    const char *name;
    way_run *run;
    double seconds; /* the best round */
    struct work_answer answer;
} ways[WAYS] = {
    [ENGINE] = {.name = "engine, 1 thread", .run = ours_1},
    [ENGINE_2] = {.name = "engine, 2 threads", .run = ours_2},
    [ENGINE_MC] = {.name = "engine, pseudo-random", .run = ours_mc},
    [ENGINE_AVX2] = {.name = "engine, AVX2", .run = ours_avx2},
    [ENGINE_ANY] = {.name = "engine, the least instruction set", .run = ours_any},
    [TUNED_512] = {.name = "tuned by hand, AVX-512", .run = yardstick_avx512},
    [TUNED_2] = {.name = "tuned by hand, AVX2", .run = yardstick_avx2},
    [PLAIN_C] = {.name = "plain C: xoshiro, Box-Muller, libm, bins", .run = plain_c},
    [PLAIN_GSL] = {.name = "GSL: mt19937, gsl_ran_lognormal, gsl_sort", .run = plain_gsl},
    [NUMPY] = {.name = "numpy, blocks of 16384", .run = numpy_blocks},
};

static void measure(void)
{
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < WAYS; i++) {
            struct way *way = &ways[i];
            double seconds = round > 0 && way->seconds < 0 ? -1 : way->run(&way->answer);
            if (round == 0 || seconds < way->seconds)
                way->seconds = seconds;
        }
}

/* The time of `slow` over that of `fast`, where both are here. */
static double ways_ratio(int slow, int fast)
{
    bool both = ways[slow].seconds > 0 && ways[fast].seconds > 0;
    return both ? ways[slow].seconds / ways[fast].seconds : NAN;
}

static void tell_faster(const char *what, int slow, double target)
{
    double ratio = ways_ratio(slow, ENGINE);
    if (!isnan(ratio))
        ratio_at_least(what, ratio, target);
}

static void tell_slower(const char *what, int slow, int fast, double target)
{
    double ratio = ways_ratio(slow, fast);
    if (!isnan(ratio))
        ratio_at_most(what, ratio, target);
}

static void print_speed(void)
{
    printf("%d samples of rent and ownership, best of %d interleaved rounds\n\n", SAMPLES, ROUNDS);
    printf("%-44s %8s %8s %8s\n", "", "M/s", "time", "median");
    for (int i = 0; i < WAYS; i++)
        if (ways[i].seconds > 0)
            printf("%-44s %8.2f %8.2f %8.0f\n", ways[i].name, (double)SAMPLES / ways[i].seconds / 1e6,
                   ways[i].seconds / ways[ENGINE].seconds, ways[i].answer.quantile[0][2]);
        else
            printf("%-44s not here\n", ways[i].name);
    putchar('\n');
    if (isa_choose(ISA_BEST) == ISA_AVX512)
        tell_slower("engine over tuned with AVX-512", ENGINE, TUNED_512, 1.5);
    tell_slower("engine over tuned with AVX2", ENGINE_AVX2, TUNED_2, 1.5);
    tell_faster("times as fast as GSL", PLAIN_GSL, 60);
    tell_faster("times as fast as numpy in blocks", NUMPY, 25);
    printf("%-44s %8.2f\n", "two threads as fast as one", ways_ratio(ENGINE, ENGINE_2));
}

/* A million samples take so short a time that a good part of it is the start of a thread. */
static void print_long_threads(void)
{
    const double samples = 10.0 * (double)SAMPLES;
    double seconds[2] = {INFINITY, INFINITY};
    struct work_answer answer;
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < 2; i++)
            seconds[i] = fmin(seconds[i], timed_engine(samples, 1 + i, false, ISA_BEST, &answer));
    ratio_at_least("the same with ten times as many samples", seconds[0] / seconds[1], 1.9);
}

/* The relative standard error of a quantile of a lognormal from n independent samples. */
static double independent_error(double sigma, double z, double p, double n)
{
    return sigma * sqrt(p * (1 - p) / n) / (exp(-z * z / 2) / 2.5066282746310002);
}

/* Errors of the rent, a lognormal, at the time that the engine takes for its default count. */
static void print_errors(void)
{
    double begun = now();
    struct engine_answer answer = run_engine(65536, 1, false, ISA_BEST);
    double seconds = now() - begun, sigma = 0;
    for (int i = CHIPS; i <= PRICE; i++)
        sigma = hypot(sigma, work_b[i]);
    const struct engine_figure *rent = &answer.figures[0];
    printf("\nrelative standard errors of rent after %.1f ms (65536 samples of the engine)\n\n", seconds * 1e3);
    printf("%-44s %8s %8s %8s\n", "", "samples", "median", "95 %");
    printf("%-44s %8.0f %7.4f%% %7.4f%%\n", ways[ENGINE].name, answer.samples,
           100 * rent->quantile_se[2] / rent->quantile[2], 100 * rent->quantile_se[4] / rent->quantile[4]);
    for (int i = PLAIN_C; i < WAYS; i++) {
        double n = seconds * (double)SAMPLES / ways[i].seconds;
        if (n > 0)
            printf("%-44s %8.0f %7.4f%% %7.4f%%\n", ways[i].name, n, 100 * independent_error(sigma, 0, 0.5, n),
                   100 * independent_error(sigma, 1.6448536269514722, 0.95, n));
    }
    putchar('\n');
    ratio_at_most("error of the median in percent", 100 * rent->quantile_se[2] / rent->quantile[2], 0.2);
    ratio_at_most("error of the 95 % quantile in percent", 100 * rent->quantile_se[4] / rent->quantile[4], 0.2);
    engine_answer_free(&answer);
}

/* ---- starting ---- */

struct start {
    double seconds, megabytes;
};

/* Runs a program with its output thrown away; seconds < 0 where it fails. */
static struct start start(char *const *argv)
{
    struct rusage used;
    int status;
    double begun = now();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execv(argv[0], argv);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &used) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return (struct start){-1, 0};
    return (struct start){now() - begun, (double)used.ru_maxrss / 1024};
}

static int by_size(const void *x, const void *y)
{
    double d = *(const double *)x - *(const double *)y;
    return (d > 0) - (d < 0);
}

/* A program that links what the command links and prints a line. */
static bool build_tiny(const char *folder, char *program, size_t size)
{
    char line[1024];
    snprintf(program, size, "%s/tiny", folder);
    snprintf(
        line, sizeof line,
        "cd '%s' && echo '#include <stdio.h>\nint main(void) { return puts(\"one line\") < 0; }' >tiny.c && "
        "${CC:-cc} -O2 tiny.c -Wl,--no-as-needed $(${PKG_CONFIG:-pkg-config} --libs gsl yaml-0.1 jansson) "
        "-lcsv "
        "-lm -o tiny 2>/dev/null",
        folder);
    return system(line) == 0;
}

static void print_starts(char *const *command, char *const *tiny)
{
    char *const *argv[2] = {command, tiny};
    double seconds[2][STARTS], megabytes[2] = {0};
    for (int round = 0; round < STARTS; round++)
        for (int i = 0; i < 2; i++) {
            struct start one = start(argv[i]);
            if (one.seconds < 0) {
                printf("\nstarting: %s failed\n", argv[i][0]);
                return;
            }
            seconds[i][round] = one.seconds;
            megabytes[i] = fmax(megabytes[i], one.megabytes);
        }
    printf("\nfrom start to exit, median of %d, interleaved\n\n%-44s %8s %8s\n", STARTS, "", "ms", "MB");
    for (int i = 0; i < 2; i++) {
        qsort(seconds[i], STARTS, sizeof *seconds[i], by_size);
        printf("%-44s %8.2f %8.1f\n", i ? "a program that prints a line" : "traincost, the main job",
               1e3 * seconds[i][STARTS / 2], megabytes[i]);
    }
    double limit = 1.5 * seconds[1][STARTS / 2] + 2e-3;
    putchar('\n');
    ratio_at_most("start over what is allowed", seconds[0][STARTS / 2] / limit, 1);
    ratio_at_most("MB of the main job", megabytes[0], 10);
}

static void measure_starts(char *command)
{
    char folder[] = P_tmpdir "/traincost-bench-XXXXXX", program[256], source[256];
    if (!mkdtemp(folder))
        return;
    if (build_tiny(folder, program, sizeof program)) {
        char *const main_job[] = {command, "--chips", "512", "--type", "H800", "--hours", "198", NULL};
        char *const tiny[] = {program, NULL};
        print_starts(main_job, tiny);
    } else {
        puts("\nstarting: not measured, there is no compiler");
    }
    snprintf(source, sizeof source, "%s/tiny.c", folder);
    unlink(program);
    unlink(source);
    rmdir(folder);
}

/* In a process of its own, as the ways above keep columns. */
static void measure_memory(char *self)
{
    static char *const counts[] = {"1e6", "1e9"};
    puts("\npeak memory of the engine, 2 threads\n");
    for (int i = 0; i < 2; i++) {
        char *const argv[] = {self, "--only", counts[i], NULL};
        struct start one = start(argv);
        if (one.seconds >= 0)
            ratio_at_most(i ? "MB for a billion samples" : "MB for a million samples", one.megabytes, 10);
    }
}

static int run_only(const char *samples)
{
    struct engine_answer answer = run_engine(strtod(samples, NULL), 2, false, ISA_BEST);
    engine_answer_free(&answer);
    return 0;
}

int main(int argc, char **argv)
{
    struct utsname machine;
    if (argc > 2 && !strcmp(argv[1], "--only"))
        return run_only(argv[2]);
    if (argc > 2)
        ratios_read(argv[2]);
    if (argc > 1 && !strcmp(argv[1], "--rows")) {
        measure_rows();
        return 0;
    }
    if (uname(&machine) == 0)
        printf("%s, %ld processors, libtraincost %s\n", machine.machine, sysconf(_SC_NPROCESSORS_ONLN),
               traincost_version());
    fflush(stdout);
    if (argc > 1)
        measure_starts(argv[1]); /* before the columns are touched: this process is small */
    measure_memory(argv[0]);
    putchar('\n');
    fflush(stdout);
    measure();
    print_speed();
    print_long_threads();
    print_errors();
    measure_rows();
    bool renew = argc > 3 && !strcmp(argv[3], "renew");
    return renew && !ratios_write(argv[2]);
}
