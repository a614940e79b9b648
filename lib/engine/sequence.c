/* Sobol' points with random digital shifts: the point of a seed, an index and a dimension. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/sequence.h"

/* The primitive polynomials and first direction numbers of dimensions 2 and on, from S. Joe and F. Y. Kuo,
 * SIAM J. Sci. Comput. 30 (2008) 2635-2654, table new-joe-kuo-6.21201. */
static const struct {
    uint8_t degree;
    uint8_t polynomial; /* its inner coefficients */
    uint16_t first[9];
} direction_table[SEQUENCE_DIMENSIONS - 1] = {
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

static uint64_t stream_key(uint64_t seed, uint64_t replicate, uint64_t dimension)
{
    uint64_t key = sequence_mix(seed + sequence_golden);
    key = sequence_mix(key ^ sequence_mix(replicate + 2 * sequence_golden));
    return sequence_mix(key ^ sequence_mix(dimension + 3 * sequence_golden));
}

static uint64_t top_digit(int k)
{
    return (uint64_t)1 << (SEQUENCE_DIGITS - 1 - k);
}

/* The first `count` columns of the generator matrix, most significant digit first. */
static void direction_columns(size_t dimension, int count, uint64_t *columns)
{
    int degree = dimension ? direction_table[dimension - 1].degree : count;
    for (int k = 0; k < count && k < degree; k++)
        columns[k] = dimension ? direction_table[dimension - 1].first[k] * top_digit(k) : top_digit(k);
    for (int k = degree; k < count; k++) {
        unsigned polynomial = direction_table[dimension - 1].polynomial;
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
        scramble[c] =
            top_digit(c) | (sequence_mix(key + (uint64_t)(c + 1) * sequence_golden) & (top_digit(c) - 1));
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
    line->shift = line->pseudo_random ? key : key >> (64 - SEQUENCE_DIGITS);
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

uint64_t sequence_point(const struct sequence_line *line, uint64_t index)
{
    uint64_t digits = line->shift;
    for (; index; index &= index - 1)
        digits ^= line->columns[__builtin_ctzll(index)];
    return digits;
}
