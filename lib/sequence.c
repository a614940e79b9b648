#include "sequence.h"

#include "elementary.h"

/* Digits of a point: what fits behind the point of a double in [1, 2). */
enum { DIGITS = 52 };

/* Points made at a time; a power of two, so that a run of them shares its leading columns. */
enum { RUN_LOG = 8, RUN = 1 << RUN_LOG };

/* The primitive polynomials and first direction numbers of dimensions 2 and on, from S. Joe and F. Y. Kuo,
 * SIAM J. Sci. Comput. 30 (2008) 2635-2654, table new-joe-kuo-6.21201. */
static const struct {
    uint8_t degree;
    uint8_t polynomial; /* its inner coefficients */
    uint16_t first[9];
} table[SEQUENCE_DIMENSIONS - 1] = {
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
    {8, 38, {1, 3, 1, 11, 27, 43, 71, 9}},
    {8, 47, {1, 1, 7, 15, 21, 11, 81, 45}},
    {8, 49, {1, 3, 7, 3, 25, 31, 65, 79}},
    {8, 50, {1, 3, 1, 1, 19, 11, 3, 205}},
    {8, 52, {1, 1, 5, 9, 19, 21, 29, 157}},
    {8, 56, {1, 3, 7, 11, 1, 33, 89, 185}},
    {8, 67, {1, 3, 3, 3, 15, 9, 79, 71}},
    {8, 70, {1, 3, 7, 11, 15, 39, 119, 27}},
    {8, 84, {1, 1, 3, 1, 11, 31, 97, 225}},
    {8, 97, {1, 1, 1, 3, 23, 43, 57, 177}},
    {8, 103, {1, 3, 7, 7, 17, 17, 37, 71}},
    {8, 115, {1, 3, 1, 5, 27, 63, 123, 213}},
    {8, 122, {1, 1, 3, 5, 11, 43, 53, 133}},
    {9, 8, {1, 3, 5, 5, 29, 17, 47, 173, 479}},
    {9, 13, {1, 3, 3, 11, 3, 1, 109, 9, 69}},
    {9, 16, {1, 1, 1, 5, 17, 39, 23, 5, 343}},
    {9, 22, {1, 3, 1, 5, 25, 15, 31, 103, 499}},
    {9, 25, {1, 1, 1, 11, 11, 17, 63, 105, 183}},
};

/* The finaliser of splitmix64 (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014). */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static const uint64_t golden = 0x9e3779b97f4a7c15u;

static uint64_t stream_key(uint64_t seed, uint64_t replicate, uint64_t dimension)
{
    uint64_t key = mix(seed + golden);
    key = mix(key ^ mix(replicate + 2 * golden));
    return mix(key ^ mix(dimension + 3 * golden));
}

static uint64_t top_digit(int k)
{
    return (uint64_t)1 << (DIGITS - 1 - k);
}

/* The first `count` columns of the generator matrix, most significant digit first. */
static void direction_columns(size_t dimension, int count, uint64_t *columns)
{
    int degree = dimension ? table[dimension - 1].degree : count;
    for (int k = 0; k < count && k < degree; k++)
        columns[k] = dimension ? table[dimension - 1].first[k] * top_digit(k) : top_digit(k);
    for (int k = degree; k < count; k++) {
        unsigned polynomial = table[dimension - 1].polynomial;
        uint64_t v = columns[k - degree] ^ columns[k - degree] >> degree;
        for (int j = 1; j < degree; j++)
            if (polynomial >> (degree - 1 - j) & 1)
                v ^= columns[k - j];
        columns[k] = v;
    }
}

/* A column k of a digital net has digits 0..k only, so k + 1 columns of the scramble do. */
static void scramble_columns(uint64_t key, int count, uint64_t *columns)
{
    uint64_t scramble[SEQUENCE_COLUMNS];
    for (int c = 0; c < count; c++)
        scramble[c] = top_digit(c) | (mix(key + (uint64_t)(c + 1) * golden) & (top_digit(c) - 1));
    for (int k = 0; k < count; k++) {
        uint64_t v = 0;
        for (int c = 0; c <= k; c++)
            v ^= columns[k] & top_digit(c) ? scramble[c] : 0;
        columns[k] = v;
    }
}

void sequence_start(struct sequence_line *line, const struct sequence *sequence, uint64_t replicate,
                    size_t dimension, uint64_t points)
{
    uint64_t key = stream_key(sequence->seed, replicate, dimension);
    line->pseudo_random = sequence->pseudo_random || dimension >= SEQUENCE_DIMENSIONS;
    line->shift = line->pseudo_random ? key : key >> (64 - DIGITS);
    for (int k = 0; k < SEQUENCE_COLUMNS; k++)
        line->columns[k] = 0;
    if (line->pseudo_random)
        return;
    int count = 0;
    while (count < SEQUENCE_COLUMNS && (points - 1) >> count)
        count++;
    direction_columns(dimension, count, line->columns);
    scramble_columns(key, count, line->columns);
}

/* The middle of the cell of a point of 52 digits: never 0, never 1. */
static double cell_middle(uint64_t digits)
{
    return bits_to_double(digits | 0x3ff0000000000000u) - (1.0 - 0x1p-53);
}

static void fill_pseudo_random(uint64_t key, uint64_t first, size_t n, double *restrict u)
{
    for (size_t i = 0; i < n; i++)
        u[i] = cell_middle(mix(key + (first + i) * golden) >> (64 - DIGITS));
}

/* The points from `start`, a multiple of RUN, on: doubling what is there costs one exclusive or a point. */
static void make_run(const struct sequence_line *line, uint64_t start, size_t n, uint64_t x[RUN])
{
    x[0] = line->shift;
    for (int k = RUN_LOG; k < SEQUENCE_COLUMNS && start >> k; k++)
        x[0] ^= start >> k & 1 ? line->columns[k] : 0;
    for (size_t k = 0, half = 1; half < n; k++, half *= 2)
        for (size_t i = 0; i < half; i++)
            x[half + i] = x[i] ^ line->columns[k];
}

void sequence_fill(const struct sequence_line *line, uint64_t first, size_t n, double *u)
{
    if (line->pseudo_random) {
        fill_pseudo_random(line->shift, first, n, u);
        return;
    }
    while (n) {
        uint64_t x[RUN];
        size_t offset = (size_t)(first % RUN), here = n < RUN - offset ? n : RUN - offset;
        make_run(line, first - offset, offset + here, x);
        for (size_t i = 0; i < here; i++)
            u[i] = cell_middle(x[offset + i]);
        first += here;
        u += here;
        n -= here;
    }
}
