/* Another's price list as a table of the catalogue: which chip a row is about, and what one of them costs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"
#include "base/text.h"
#include "base/text_date.h"
#include "catalog/catalog.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IMPORT_NAME = 96, LISTED_TEXT = 40 };

/* USD for an hour of a chip: a list that has more says that it is not offered. */
static const double most_rent = 30;

/* The names that a column has, of the three kinds of lists; of "csv" any of them. */
enum import_column { LISTED_MACHINE, LISTED_CHIP, LISTED_COUNT, LISTED_MEMORY, LISTED_PRICE, LISTED_SPOT_PRICE,
                     LISTED_SPOT, LISTED_REGION, LISTED_VENDOR, LISTED_CURRENCY, LISTED_INFO, LISTED_COLUMNS };
static const char *const column_names[LISTED_COLUMNS][6] = {
    [LISTED_MACHINE] = {"InstanceType", "instance_name", "instance"},
    [LISTED_CHIP] = {"AcceleratorName", "gpu_name", "chip", "type", "gpu"},
    [LISTED_COUNT] = {"AcceleratorCount", "gpu_count", "count", "chips"},
    [LISTED_MEMORY] = {"gpu_memory", "memory_gb"},
    [LISTED_PRICE] = {"Price", "usd"},
    [LISTED_SPOT_PRICE] = {"SpotPrice", "spot_price"},
    [LISTED_SPOT] = {"spot"},
    [LISTED_REGION] = {"Region", "location"},
    [LISTED_VENDOR] = {"vendor", "provider", "cloud"},
    [LISTED_CURRENCY] = {"currency"},
    [LISTED_INFO] = {"GpuInfo"},
};

struct listed_offer {
    const traincost_chip *chip;
    const char *machine, *listed_region, *vendor, *term;
    double usd;
    const struct traincost_rate *rate; /* of the currency that it was asked in; NULL: dollars */
    bool dropped;
};

struct price_list {
    const traincost_catalog *catalog;
    const char *vendor, *currency; /* of all rows where no column says so */
    int day;
    struct table table, map;
    int columns[LISTED_COLUMNS];
    struct listed_offer *offers; /* two a row at most */
    size_t offer_count;
    const char **unknown; /* the names of unknown chips, one a row */
    traincost_import *counts;
};

/* ---- read ---- */

static int listed_column(const struct table *table, enum import_column wanted)
{
    for (size_t c = 0; c < table->columns; c++)
        for (size_t i = 0; i < 6 && column_names[wanted][i]; i++)
            if (text_same(table->cells[c], column_names[wanted][i]))
                return (int)c;
    return -1;
}

static const char *listed(const struct price_list *list, size_t row, enum import_column column)
{
    return list->columns[column] < 0 ? "" : table_cell(&list->table, row, (size_t)list->columns[column]);
}

static traincost_status read_listed_table(const char *path, struct table *table, traincost_error *error)
{
    char *text = NULL;
    const char *why = NULL;
    size_t length = 0;
    int line = 0;
    traincost_status status = file_read(path, &text, &length, error);
    if (status)
        return status;
    size_t mark = strncmp(text, "\xEF\xBB\xBF", 3) ? 0 : 3;
    if (!text_is_clean(text, length, &line, &why)) {
        status = error_set(error, TRAINCOST_SYNTAX, "%s", why);
        error_place(error, line, 0);
    } else
        status = table_parse(text + mark, length - mark, table, error);
    free(text);
    if (status)
        error_prefix(error, "%s", path);
    return status;
}

static traincost_status find_columns(struct price_list *list, const char *path, traincost_error *error)
{
    for (int c = 0; c < LISTED_COLUMNS; c++)
        list->columns[c] = listed_column(&list->table, (enum import_column)c);
    if (list->columns[LISTED_CHIP] < 0)
        return error_set(error, TRAINCOST_SYNTAX,
                         "%s: no column names the chip: AcceleratorName, gpu_name, chip or type", path);
    if (list->columns[LISTED_PRICE] < 0 && list->columns[LISTED_SPOT_PRICE] < 0)
        return error_set(error, TRAINCOST_SYNTAX, "%s: no column has the price: Price, usd or SpotPrice", path);
    if (!list->vendor && list->columns[LISTED_VENDOR] < 0)
        return error_set(error, TRAINCOST_MISSING, "%s: no vendor is stated, and no column names one", path);
    return TRAINCOST_OK;
}

/* ---- the chip ---- */

static bool squeezed_has(const char *text, const char *word)
{
    char plain[IMPORT_NAME];
    text_squeeze(text, plain, sizeof plain);
    return strstr(plain, word) != NULL;
}

static const char *mapped(const struct price_list *list, const char *name)
{
    int from = table_column(&list->map, "name"), to = table_column(&list->map, "chip");
    for (size_t row = 0; row < list->map.rows; row++)
        if (text_same(table_cell(&list->map, row, (size_t)from), name))
            return table_cell(&list->map, row, (size_t)to);
    return name;
}

static const traincost_chip *spelled_chip(const struct price_list *list, const char *name, const char *form,
                                     const char *memory)
{
    char text[IMPORT_NAME];
    const traincost_chip *chip = NULL;
    const char *gap = *form ? " " : "";
    if (snprintf(text, sizeof text, "%s%s%s%s%s", name, gap, form, *memory ? " " : "", memory) <
        (int)sizeof text)
        (void)!traincost_catalog_find(list->catalog, text, &chip, NULL, NULL);
    return chip;
}

/* "{'Gpus': [{'Name': 'V100', 'MemoryInfo': {'SizeInMiB': 16384}}]}": GiB of one chip; 0 where it does not say. SkyPilot's
 * MemoryGiB is the host's. */
static double memory_in_info(const char *info)
{
    static const char word[] = "sizeinmib";
    double mebibytes = 0;
    for (; *info; info++)
        if (text_begins(info, word)) {
            info += strlen(word);
            info += strspn(info, "'\": ");
            return text_number(info, &mebibytes) ? round(mebibytes / 1024) : 0;
        }
    return 0;
}

static double listed_memory(const struct price_list *list, size_t row)
{
    double gigabytes = 0;
    return text_number(listed(list, row, LISTED_MEMORY), &gigabytes) ? gigabytes
                                                                     : memory_in_info(listed(list, row, LISTED_INFO));
}

/* By its name with the form and the memory, as far as the catalogue tells them apart. */
static const traincost_chip *listed_chip(const struct price_list *list, size_t row, const char *name)
{
    static const char *const forms[] = {"sxm", "pcie", "nvl"};
    const char *form = "";
    char memory[32] = "";
    double gigabytes = listed_memory(list, row);
    for (size_t i = 0; i < 3 && !*form; i++)
        if (squeezed_has(listed(list, row, LISTED_MACHINE), forms[i]) && !squeezed_has(name, forms[i]))
            form = forms[i];
    if (gigabytes >= 1 && gigabytes < 10000)
        snprintf(memory, sizeof memory, "%dGB", (int)gigabytes);
    const traincost_chip *chip = spelled_chip(list, name, form, memory);
    if (!chip && *form)
        chip = spelled_chip(list, name, form, "");
    if (!chip && *memory)
        chip = spelled_chip(list, name, "", memory);
    return chip ? chip : spelled_chip(list, name, "", "");
}

/* "tpu-v5p-12288" is a slice, whose number counts the cores of the older kinds, of which a chip has two, and else the
 * chips: it is cut off, and the chips are given. 0 where the name is of no slice. */
static double cut_slice(char *name)
{
    static const char *const by_core[] = {"v2", "v3", "v4", "v5p"};
    char *end = strrchr(name, '-');
    double number = 0;
    if (!text_begins(name, "tpu") || !end || text_number(end + 1, &number) != strlen(end + 1) || !(number >= 1))
        return 0;
    *end = '\0';
    for (size_t i = 0; i < sizeof by_core / sizeof *by_core; i++)
        if (text_ends_in(name, strlen(name), by_core[i], strlen(by_core[i])))
            return number / 2;
    return number;
}

/* ---- the currency ---- */

static bool is_dollar(const char *currency)
{
    return text_same(currency, "USD") || !strcmp(currency, "$");
}

/* NULL where no rate is known. */
static const traincost_rate *rate_of_list(const struct price_list *list, const char *currency)
{
    const traincost_rate *rate;
    for (size_t i = 0; (rate = traincost_catalog_rate(list->catalog, i)); i++)
        if (!strcmp(rate->key, "exchange-rate") && text_same(rate->currency, currency))
            return catalog_find_rate(list->catalog, rate->key, rate->currency, list->day);
    return NULL;
}

static traincost_status check_currency(const struct price_list *list, traincost_error *error)
{
    struct text_buffer known = {0};
    const traincost_rate *rate;
    const char *before = "";
    traincost_status status = TRAINCOST_OK;
    if (!list->currency || is_dollar(list->currency) || rate_of_list(list, list->currency))
        return TRAINCOST_OK;
    for (size_t i = 0; (rate = traincost_catalog_rate(list->catalog, i)); i++) {
        if (strcmp(rate->key, "exchange-rate") != 0 || !strcmp(before, rate->currency))
            continue;
        text_add(&known, ", ");
        text_add(&known, before = rate->currency);
    }
    status = known.failed ? error_no_memory(error)
                          : error_set(error, TRAINCOST_UNKNOWN, "currency '%.20s': it is one of USD%s", list->currency,
                                      known.text ? known.text : "");
    free(known.text);
    return status;
}

/* ---- offers ---- */

static double listed_price(const struct price_list *list, size_t row, enum import_column column)
{
    const char *text = listed(list, row, column);
    double value = 0;
    text += *text == '$';
    return *text && text_number(text, &value) == strlen(text) ? value : 0;
}

static void add_offer(struct price_list *list, size_t row, const traincost_chip *chip, double usd,
                      const traincost_rate *rate, const char *term)
{
    const char *vendor = list->vendor ? list->vendor : listed(list, row, LISTED_VENDOR);
    list->offers[list->offer_count++] = (struct listed_offer){
        chip, listed(list, row, LISTED_MACHINE), listed(list, row, LISTED_REGION), vendor, term, usd, rate, false};
}

static void price_row(struct price_list *list, size_t row, const traincost_chip *chip, double chips,
                      const traincost_rate *rate)
{
    double parts = chips * (rate ? rate->value : 1);
    double price = listed_price(list, row, LISTED_PRICE) / parts;
    double spot = listed_price(list, row, LISTED_SPOT_PRICE) / parts;
    const char *is_spot = listed(list, row, LISTED_SPOT);
    bool all_spot = text_same(is_spot, "true") || text_same(is_spot, "yes") || !strcmp(is_spot, "1");
    bool priced = price >= 1e-6 && price <= most_rent, spotted = spot >= 1e-6 && spot <= most_rent;
    if (priced)
        add_offer(list, row, chip, price, rate, all_spot ? "spot" : "on-demand");
    if (spotted && !(priced && spot >= price))
        add_offer(list, row, chip, spot, rate, "spot");
    else if (spotted)
        list->counts->no_spot++;
    if (!priced && !spotted)
        list->counts->unpriced++;
}

static void read_offer(struct price_list *list, size_t row)
{
    const char *currency = listed(list, row, LISTED_CURRENCY), *count = listed(list, row, LISTED_COUNT);
    char name[IMPORT_NAME] = "";
    double chips = 1;
    list->counts->rows++;
    snprintf(name, sizeof name, "%.90s", mapped(list, listed(list, row, LISTED_CHIP)));
    bool counted = !*count || text_number(count, &chips) == strlen(count);
    if (!*name || (counted && !(chips > 0))) {
        list->counts->without_chip++;
        return;
    }
    if (squeezed_has(name, "mig") || strchr(name, '/') || !counted || chips < 1 || chips > floor(chips)) {
        list->counts->parts++;
        return;
    }
    if (!*currency)
        currency = list->currency ? list->currency : "USD";
    const traincost_rate *rate = is_dollar(currency) ? NULL : rate_of_list(list, currency);
    if (!rate && !is_dollar(currency)) {
        list->counts->foreign++;
        return;
    }
    double slice = cut_slice(name);
    const traincost_chip *chip = listed_chip(list, row, name);
    list->counts->assumed += chip && !list->currency && !*listed(list, row, LISTED_CURRENCY);
    if (chip)
        price_row(list, row, chip, slice > 0 ? slice * chips : chips, rate);
    else
        list->unknown[list->counts->unknown++] = listed(list, row, LISTED_CHIP);
}

/* ---- order ---- */

static int compare_texts(const char *const *left, const char *const *right, size_t count)
{
    int order = 0;
    for (size_t i = 0; i < count && order == 0; i++)
        order = strcmp(left[i], right[i]);
    return order;
}

static int compare_machines(const void *a, const void *b)
{
    const struct listed_offer *x = a, *y = b;
    const char *const left[] = {x->chip->id, x->vendor, x->machine, x->listed_region, x->term};
    const char *const right[] = {y->chip->id, y->vendor, y->machine, y->listed_region, y->term};
    int order = compare_texts(left, right, 5);
    return order ? order : (x->usd > y->usd) - (x->usd < y->usd);
}

static int compare_offers(const void *a, const void *b)
{
    const struct listed_offer *x = a, *y = b;
    const char *const left[] = {x->chip->id, x->term, x->vendor};
    const char *const right[] = {y->chip->id, y->term, y->vendor};
    int order = compare_texts(left, right, 3);
    if (order == 0)
        order = (x->usd > y->usd) - (x->usd < y->usd);
    return order ? order : strcmp(x->listed_region, y->listed_region);
}

/* A spot price that is no less than the same machine's in the same place is none. */
static void drop_false_spots(struct price_list *list)
{
    const struct listed_offer *asked = NULL;
    qsort(list->offers, list->offer_count, sizeof *list->offers, compare_machines);
    for (size_t i = 0; i < list->offer_count; i++) {
        struct listed_offer *offer = &list->offers[i];
        if (!strcmp(offer->term, "on-demand"))
            asked = offer;
        else if (asked && asked->chip == offer->chip && !strcmp(asked->vendor, offer->vendor) &&
                 *offer->machine && !strcmp(asked->machine, offer->machine) &&
                 !strcmp(asked->listed_region, offer->listed_region) && offer->usd >= asked->usd)
            offer->dropped = true;
        list->counts->no_spot += offer->dropped;
    }
}

/* ---- write ---- */

static void put_cell(struct text_buffer *out, const char *text)
{
    bool quoted = text[strcspn(text, ",\"\r\n")] != '\0';
    text_add(out, quoted ? "\"" : "");
    for (; *text; text++) {
        text_add(out, *text == '"' ? "\"" : "");
        text_add_bytes(out, text, 1);
    }
    text_add(out, quoted ? "\"" : "");
}

/* As the catalogue has the vendor; who is not in it is taken for a specialised cloud. */
static const char *tier_of(const struct price_list *list, const char *vendor)
{
    const struct rows *rows = catalog_rows(list->catalog);
    for (size_t i = 0; i < rows->observation_count; i++)
        if (*rows->observations[i].tier && text_same(rows->observations[i].vendor, vendor))
            return rows->observations[i].tier;
    return "specialised";
}

static const char *vendor_of(const char *vendor)
{
    static const char *const known[][2] = {
        {"aws", "AWS"}, {"gcp", "Google Cloud"}, {"azure", "Azure"}, {"oci", "Oracle"}, {"vastai", "vast.ai"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_same(vendor, known[i][0]))
            return known[i][1];
    return vendor;
}

static bool is_same_offer(const struct listed_offer *a, const struct listed_offer *b)
{
    return a->chip == b->chip && !strcmp(a->term, b->term) && !strcmp(a->vendor, b->vendor) &&
           !(a->usd < b->usd) && !(a->usd > b->usd);
}

/* The machine, and what was asked in another currency: "gpu-h100; 2.1 EUR". */
static void put_note(struct text_buffer *out, const struct listed_offer *offer)
{
    char number[TEXT_NUMBER], asked[LISTED_TEXT];
    struct text_buffer note = {0};
    text_add(&note, offer->machine);
    if (offer->rate) {
        snprintf(asked, sizeof asked, "%.24s %.8s", text_print_digits(offer->usd * offer->rate->value, 6, number),
                 offer->rate->currency);
        text_add(&note, *offer->machine ? "; " : "");
        text_add(&note, asked);
    }
    put_cell(out, note.text ? note.text : "");
    out->failed |= note.failed;
    free(note.text);
}

static void put_offer(struct text_buffer *out, const struct price_list *list, const struct listed_offer *offer,
                      const char *where, const char *date, const char *format)
{
    char number[TEXT_NUMBER], source[IMPORT_NAME];
    const char *vendor = vendor_of(offer->vendor), *region = NULL;
    if (!*where || catalog_find_region(list->catalog, where, &region, NULL) != TRAINCOST_OK)
        region = "";
    snprintf(source, sizeof source, "price list (%s)", format);
    const char *const cells[] = {offer->chip->id, "rent", text_print_digits(offer->usd, 6, number), "", "", date,
                                 offer->term, tier_of(list, vendor), "", vendor, region, source};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        put_cell(out, cells[i]);
        text_add(out, ",");
    }
    put_note(out, offer);
    text_add(out, "\n");
}

/* One price is one row, wherever it is asked: its place is given where there is but one. */
static void put_offers(struct text_buffer *out, struct price_list *list, const char *date, const char *format)
{
    size_t kept = 0, next;
    for (size_t i = 0; i < list->offer_count; i++)
        if (!list->offers[i].dropped)
            list->offers[kept++] = list->offers[i];
    qsort(list->offers, kept, sizeof *list->offers, compare_offers);
    text_add(out, "chip,kind,usd,low_usd,high_usd,date,term,tier,includes,vendor,region,source,note\n");
    for (size_t i = 0; i < kept; i = next) {
        const char *where = list->offers[i].listed_region;
        for (next = i + 1; next < kept && is_same_offer(&list->offers[i], &list->offers[next]); next++)
            if (strcmp(where, list->offers[next].listed_region) != 0)
                where = "";
        list->counts->repeated += next - i - 1;
        list->counts->written++;
        put_offer(out, list, &list->offers[i], where, date, format);
    }
}

/* ---- unknown chips ---- */

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct unknown_name {
    const char *name;
    size_t rows;
};

static int compare_frequencies(const void *a, const void *b)
{
    const struct unknown_name *left = a, *right = b;
    return left->rows != right->rows ? (left->rows < right->rows ? 1 : -1) : strcmp(left->name, right->name);
}

/* False where memory runs out. */
static bool tell_unknown(struct price_list *list)
{
    enum { TOLD = 5 };
    struct text_buffer text = {0};
    size_t count = list->counts->unknown, kinds = 0;
    struct unknown_name *names = calloc(count + 1, sizeof *names);
    qsort(list->unknown, count, sizeof *list->unknown, compare_names);
    for (size_t i = 0; names && i < count; i++) {
        kinds += i == 0 || strcmp(list->unknown[i], list->unknown[i - 1]) != 0;
        names[kinds - 1].name = list->unknown[i];
        names[kinds - 1].rows++;
    }
    if (names)
        qsort(names, kinds, sizeof *names, compare_frequencies);
    text_add(&text, "");
    for (size_t k = 0; names && k < kinds && k < TOLD; k++) {
        char one[IMPORT_NAME + 32];
        snprintf(one, sizeof one, "%s%.90s (%zu)", k ? ", " : "", names[k].name, names[k].rows);
        text_add(&text, one);
    }
    if (kinds > TOLD)
        text_add(&text, ", ...");
    bool done = names && !text.failed;
    free(names);
    if (!done)
        free(text.text);
    list->counts->unknown_chips = done ? text.text : NULL;
    return done;
}

/* ---- in all ---- */

static traincost_status open_list(struct price_list *list, const char *path, const char *map, traincost_error *error)
{
    traincost_status status = read_listed_table(path, &list->table, error);
    if (status == TRAINCOST_OK)
        status = find_columns(list, path, error);
    if (status == TRAINCOST_OK && map)
        status = read_listed_table(map, &list->map, error);
    if (status == TRAINCOST_OK && map && (table_column(&list->map, "name") < 0 || table_column(&list->map, "chip") < 0))
        status = error_set(error, TRAINCOST_SYNTAX, "%s: a map has the columns name and chip", map);
    if (status)
        return status;
    list->offers = calloc(2 * list->table.rows + 1, sizeof *list->offers);
    list->unknown = calloc(list->table.rows + 1, sizeof *list->unknown);
    return list->offers && list->unknown ? TRAINCOST_OK : error_no_memory(error);
}

/* False where NULL was given where it may not be; there is no answer yet. */
static bool begin_import(const char *format, const char *path, const char *date, char **csv,
                         traincost_import **counts)
{
    if (csv)
        *csv = NULL;
    if (counts)
        *counts = NULL;
    return format && path && date && csv && counts;
}

traincost_status traincost_prices_import(const traincost_catalog *catalog, const char *format, const char *path,
                                         const char *date, const char *vendor, const char *map, char **csv,
                                         traincost_import **counts, traincost_error *error)
{
    if (!begin_import(format, path, date, csv, counts))
        return error_null(error, __func__);
    return traincost_prices_import_in(catalog, format, path, date, vendor, map, NULL, csv, counts, error);
}

traincost_status traincost_prices_import_in(const traincost_catalog *catalog, const char *format, const char *path,
                                            const char *date, const char *vendor, const char *map,
                                            const char *currency, char **csv, traincost_import **counts,
                                            traincost_error *error)
{
    if (!begin_import(format, path, date, csv, counts))
        return error_null(error, __func__);
    struct price_list list = {.catalog = catalog, .vendor = vendor, .currency = currency};
    struct text_buffer out = {0};
    if (strcmp(format, "skypilot") != 0 && strcmp(format, "gpuhunt") != 0 && strcmp(format, "csv") != 0)
        return error_set(error, TRAINCOST_UNKNOWN, "unknown price list '%.60s': skypilot, gpuhunt or csv", format);
    char plain[TEXT_DATE];
    const char *wrong = text_plain_date(date, plain);
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "date '%.60s': %s", date, wrong);
    text_date_middle(plain, &list.day);
    traincost_status status = check_currency(&list, error);
    if (status)
        return status;
    list.counts = calloc(1, sizeof *list.counts);
    status = list.counts ? open_list(&list, path, map, error) : error_no_memory(error);
    for (size_t row = 0; status == TRAINCOST_OK && row < list.table.rows; row++)
        read_offer(&list, row);
    if (status == TRAINCOST_OK && !tell_unknown(&list))
        status = error_no_memory(error);
    if (status == TRAINCOST_OK) {
        drop_false_spots(&list);
        put_offers(&out, &list, plain, format);
        *csv = out.text;
        if (out.failed) {
            free(out.text);
            *csv = NULL;
            status = error_no_memory(error);
        }
    }
    if (status == TRAINCOST_OK)
        *counts = list.counts;
    else
        traincost_import_free(list.counts);
    free(list.offers);
    free(list.unknown);
    table_free(&list.table);
    table_free(&list.map);
    return status;
}

void traincost_import_free(traincost_import *counts)
{
    if (counts)
        free((void *)counts->unknown_chips);
    free(counts);
}
