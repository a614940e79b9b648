/* Measures the engine beside plain ways of doing the same, in interleaved rounds: bench [COMMAND]. The work:
 * per sample 9 normals (8 as lognormals, 1 as such) and 1 uniform; chip-hours, rent, energy and the wear of the
 * hardware from them; mean and 5 quantiles of rent and of ownership. */
#define _DEFAULT_SOURCE /* wait4 */
#include "engine.h"

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

enum { SAMPLES = 1000000, ROUNDS = 5, STARTS = 40, INPUTS = 10, LEVELS = 5 };

static const double levels[LEVELS] = {0.05, 0.25, 0.5, 0.75, 0.95};

enum { CHIPS, HOURS, PRICE, POWER, PUE, ELECTRICITY, HARDWARE, OVERHEAD, RATE, AGE };
/* Medians and the sd of their logarithms; mean and sd of the normal; ends of the uniform. */
static const double a[INPUTS] = {512, 198, 2.4, 900, 1.2, 0.08, 30000, 1.6, 0.14, 0.2};
static const double b[INPUTS] = {0.02, 0.05, 0.3, 0.15, 0.06, 0.25, 0.4, 0.15, 0.03, 1.5};

struct answer {
    double mean[2], quantile[2][LEVELS];
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The model, the same for everybody: linear wear over the year of the run. */
static inline void cost(const double x[INPUTS], double *rent, double *own)
{
    double chip_hours = x[CHIPS] * x[HOURS];
    double energy = chip_hours * x[POWER] * 1e-3 * x[PUE] * x[ELECTRICITY];
    double wear = chip_hours * (1 / 8766.0) * x[HARDWARE] * x[OVERHEAD] * x[RATE] * (1.0 - 0.4 * x[AGE]) * 2.3;
    *rent = chip_hours * x[PRICE];
    *own = energy + wear;
}

/* ---- ours ---- */

static void model(const void *unused, const double *const *in, size_t n, double *const *out)
{
    const double *restrict chips = in[CHIPS], *restrict hours = in[HOURS], *restrict price = in[PRICE];
    const double *restrict power = in[POWER], *restrict pue = in[PUE], *restrict electricity = in[ELECTRICITY];
    const double *restrict hardware = in[HARDWARE], *restrict overhead = in[OVERHEAD];
    const double *restrict rate = in[RATE], *restrict age = in[AGE];
    double *restrict rent = out[0], *restrict own = out[1];
    (void)unused;
    for (size_t i = 0; i < n; i++) {
        double x[INPUTS] = {chips[i],       hours[i],    price[i],    power[i], pue[i],
                            electricity[i], hardware[i], overhead[i], rate[i],  age[i]};
        cost(x, &rent[i], &own[i]);
    }
}

static struct engine_answer run_engine(double samples, int threads, bool pseudo_random)
{
    quantity inputs[INPUTS];
    struct engine_answer answer;
    for (int i = 0; i < RATE; i++)
        inputs[i] = quantity_lognormal(a[i], exp(1.6448536269514722 * b[i]));
    inputs[RATE] = (quantity){FORM_NORMAL, a[RATE], b[RATE], 0, -INFINITY, INFINITY};
    inputs[AGE] = (quantity){FORM_UNIFORM, a[AGE], b[AGE], 0, -INFINITY, INFINITY};
    struct engine_job job = {.inputs = inputs, .input_count = INPUTS, .evaluate = model, .output_count = 2};
    job.settings = (struct engine_settings){.samples = samples,
                                            .seed = 1,
                                            .threads = threads,
                                            .pseudo_random = pseudo_random,
                                            .levels = levels,
                                            .level_count = LEVELS};
    if (engine_run(&job, &answer, NULL) != TRAINCOST_OK) {
        fputs("bench: out of memory\n", stderr);
        exit(1);
    }
    return answer;
}

static void ours(int threads, bool pseudo_random, struct answer *out)
{
    struct engine_answer answer = run_engine(SAMPLES, threads, pseudo_random);
    for (int j = 0; j < 2; j++) {
        out->mean[j] = answer.figures[j].mean;
        memcpy(out->quantile[j], answer.figures[j].quantile, sizeof out->quantile[j]);
    }
    engine_answer_free(&answer);
}

static void ours_1(struct answer *out)
{
    ours(1, false, out);
}

static void ours_2(struct answer *out)
{
    ours(2, false, out);
}

static void ours_mc(struct answer *out)
{
    ours(1, true, out);
}

/* ---- plain ways ---- */

static double columns[2][SAMPLES];

static void finish_sorted(struct answer *out)
{
    for (int j = 0; j < 2; j++) {
        out->mean[j] = gsl_stats_mean(columns[j], 1, SAMPLES);
        gsl_sort(columns[j], 1, SAMPLES);
        for (int k = 0; k < LEVELS; k++)
            out->quantile[j][k] = gsl_stats_quantile_from_sorted_data(columns[j], 1, SAMPLES, levels[k]);
    }
}

static void plain_gsl(struct answer *out)
{
    static unsigned long seed = 1;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed++);
    for (int i = 0; i < SAMPLES; i++) {
        double x[INPUTS];
        for (int k = 0; k < RATE; k++)
            x[k] = gsl_ran_lognormal(rng, log(a[k]), b[k]);
        x[RATE] = a[RATE] + gsl_ran_gaussian(rng, b[RATE]);
        x[AGE] = gsl_ran_flat(rng, a[AGE], b[AGE]);
        cost(x, &columns[0][i], &columns[1][i]);
    }
    gsl_rng_free(rng);
    finish_sorted(out);
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
static void finish_binned(struct answer *out)
{
    enum { BINS = 8192 };
    static unsigned counts[BINS];
    for (int j = 0; j < 2; j++) {
        double sum = 0, low = log(columns[j][0]) - 3, step = 6.0 / BINS, seen = 0;
        memset(counts, 0, sizeof counts);
        for (int i = 0; i < SAMPLES; i++) {
            double at = (log(columns[j][i]) - low) / step;
            sum += columns[j][i];
            counts[!(at >= 0) ? 0 : at >= BINS ? BINS - 1 : (int)at]++;
        }
        out->mean[j] = sum / SAMPLES;
        for (int bin = 0, k = 0; bin < BINS && k < LEVELS; seen += counts[bin++])
            for (; k < LEVELS && seen + counts[bin] >= levels[k] * SAMPLES; k++)
                out->quantile[j][k] = exp(low + step * (bin + (levels[k] * SAMPLES - seen) / counts[bin]));
    }
}

static void plain_c(struct answer *out)
{
    for (int i = 0; i < SAMPLES; i++) {
        double x[INPUTS], z[INPUTS];
        for (int k = 0; k < INPUTS; k += 2)
            two_normals(z + k);
        for (int k = 0; k < RATE; k++)
            x[k] = a[k] * exp(b[k] * z[k]);
        x[RATE] = a[RATE] + b[RATE] * z[RATE];
        x[AGE] = a[AGE] + (b[AGE] - a[AGE]) * uniform();
        cost(x, &columns[0][i], &columns[1][i]);
    }
    finish_binned(out);
}

/* ---- the table ---- */

static struct way {
    const char *name;
    void (*run)(struct answer *);
    double seconds; /* the best round */
    struct answer answer;
} ways[] = {
    {"engine, 1 thread", ours_1, 0, {{0}, {{0}}}},
    {"engine, 2 threads", ours_2, 0, {{0}, {{0}}}},
    {"engine, pseudo-random, 1 thread", ours_mc, 0, {{0}, {{0}}}},
    {"plain C: xoshiro, Box-Muller, libm, bins", plain_c, 0, {{0}, {{0}}}},
    {"GSL: mt19937, gsl_ran_lognormal, gsl_sort", plain_gsl, 0, {{0}, {{0}}}},
};
enum { WAYS = sizeof ways / sizeof *ways };

static void measure(void)
{
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < WAYS; i++) {
            double begun = now();
            ways[i].run(&ways[i].answer);
            double seconds = now() - begun;
            if (round == 0 || seconds < ways[i].seconds)
                ways[i].seconds = seconds;
        }
}

static void print_speed(void)
{
    printf("%d samples of rent and ownership, best of %d rounds\n\n", SAMPLES, ROUNDS);
    printf("%-44s %8s %8s %8s\n", "", "M/s", "time", "median");
    for (int i = 0; i < WAYS; i++)
        printf("%-44s %8.2f %8.2f %8.0f\n", ways[i].name, SAMPLES / ways[i].seconds / 1e6,
               ways[i].seconds / ways[0].seconds, ways[i].answer.quantile[0][2]);
    printf("\n%.1f times as fast as GSL (target 60); two threads %.2f times as fast as one (1.9)\n",
           ways[WAYS - 1].seconds / ways[0].seconds, ways[0].seconds / ways[1].seconds);
}

/* The relative standard error of a quantile of a lognormal from n independent samples. */
static double independent_error(double sigma, double z, double p, double n)
{
    return sigma * sqrt(p * (1 - p) / n) / (exp(-z * z / 2) / 2.5066282746310002);
}

static double timed_engine(double samples, struct engine_answer *answer)
{
    double begun = now();
    *answer = run_engine(samples, 1, false);
    return now() - begun;
}

/* Errors of the rent, a lognormal, at the time that the engine takes for its default count. */
static void print_errors(void)
{
    struct engine_answer answer;
    double seconds = timed_engine(65536, &answer);
    double sigma = sqrt(b[CHIPS] * b[CHIPS] + b[HOURS] * b[HOURS] + b[PRICE] * b[PRICE]);
    const struct engine_figure *rent = &answer.figures[0];
    printf("\nrelative standard errors of rent after %.1f ms (65536 samples of the engine)\n\n", seconds * 1e3);
    printf("%-44s %8s %8s %8s\n", "", "samples", "median", "95 %");
    printf("%-44s %8.0f %7.4f%% %7.4f%%\n", "engine, 1 thread", answer.samples,
           100 * rent->quantile_se[2] / rent->quantile[2], 100 * rent->quantile_se[4] / rent->quantile[4]);
    for (int i = 3; i < WAYS; i++) {
        double n = seconds * SAMPLES / ways[i].seconds;
        printf("%-44s %8.0f %7.4f%% %7.4f%%\n", ways[i].name, n, 100 * independent_error(sigma, 0, 0.5, n),
               100 * independent_error(sigma, 1.6448536269514722, 0.95, n));
    }
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
    printf("\n%.2f ms of the %.2f ms that the target allows; memory target 10 MB\n",
           1e3 * seconds[0][STARTS / 2], 1e3 * limit);
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

int main(int argc, char **argv)
{
    struct utsname machine;
    if (uname(&machine) == 0)
        printf("%s, %ld processors, libtraincost %s\n", machine.machine, sysconf(_SC_NPROCESSORS_ONLN),
               traincost_version());
    fflush(stdout);
    if (argc > 1)
        measure_starts(argv[1]); /* first, while this process is small */
    measure();
    putchar('\n');
    print_speed();
    print_errors();
    return 0;
}
