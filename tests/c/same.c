/* Prints what the library says of its arguments, for a comparison with what Rust says, byte by byte.
 *
 *   same assess AT POLICY [mrz TEXT | fact JSON]...
 *   same mrz AT TEXT
 *   same make JSON
 *   same repair READER TEXT [ROWS of made-up costs]
 *
 * What cannot be read is printed as its status, part and offset. */
#include "landfall.h"

#include "check.h"

#include <string.h>

static landfall_error *error;

static int trouble(void) {
    uint32_t status = 0;
    const char *part = NULL;
    size_t offset = 0;
    OK(landfall_error_detail(error, &status, &part, NULL, &offset));
    printf("%lu in %s at %lu", (unsigned long)status, part, (unsigned long)offset);
    return 0;
}

static int assess(int64_t at, uint32_t policy, int count, char **words) {
    landfall_engine_config config;
    landfall_engine *engine = NULL;
    landfall_inspection *inspection = NULL;
    landfall_assessment *assessment = NULL;
    const char *json = NULL;
    size_t len = 0;
    int failed = 0;

    memset(&config, 0, sizeof config);
    config.struct_size = (uint32_t)sizeof config;
    config.policy_kind = policy;
    OK(landfall_engine_new(&config, &engine, error));
    OK(landfall_inspection_new(engine, at, &inspection));
    OK(landfall_engine_free(engine));
    for (; count >= 2 && !failed; count -= 2, words += 2) {
        uint32_t status = strcmp(words[0], "mrz") == 0
            ? landfall_inspection_read_mrz(inspection, words[1], SIZE_MAX, NULL, 0, NULL, error)
            : landfall_inspection_add_fact(inspection, words[1], strlen(words[1]), error);
        failed = status != LANDFALL_STATUS_OK;
    }
    if (failed) {
        trouble();
    } else {
        OK(landfall_inspection_assess(inspection, &assessment));
        OK(landfall_assessment_json(assessment, &json, &len));
        CHECK(strlen(json) == len);
        fwrite(json, 1, len, stdout);
    }
    OK(landfall_assessment_free(assessment));
    OK(landfall_inspection_free(inspection));
    return 0;
}

static int mrz(int64_t at, const char *text) {
    landfall_mrz *zone = NULL;
    const char *json = NULL;
    size_t len = 0;
    if (landfall_mrz_parse(text, strlen(text), NULL, 0, at, &zone, error) != LANDFALL_STATUS_OK)
        return trouble();
    OK(landfall_mrz_json(zone, &json, &len));
    fwrite(json, 1, len, stdout);
    OK(landfall_mrz_free(zone));
    return 0;
}

static int show(landfall_text *made) {
    const char *text = NULL;
    size_t len = 0;
    OK(landfall_text_view(made, &text, &len));
    fwrite(text, 1, len, stdout);
    OK(landfall_text_free(made));
    return 0;
}

static int make(const char *json) {
    landfall_text *made = NULL;
    if (landfall_mrz_make(json, SIZE_MAX, &made, error) != LANDFALL_STATUS_OK)
        return trouble();
    return show(made);
}

static int repair(uint32_t reader, const char *text, const char *rows) {
    static uint16_t costs[90 * 37];
    landfall_repair_config config;
    landfall_text *made = NULL;
    size_t i;

    memset(&config, 0, sizeof config);
    config.struct_size = (uint32_t)sizeof config;
    config.reader = reader;
    if (rows != NULL) {
        config.costs = costs;
        config.cost_count = strtoul(rows, NULL, 10) * 37;
        for (i = 0; i < sizeof costs / sizeof costs[0]; i++)
            costs[i] = (uint16_t)(i * 7919 % 500);
    }
    if (landfall_mrz_repair(text, SIZE_MAX, &config, &made, error) != LANDFALL_STATUS_OK)
        return trouble();
    return show(made);
}

int main(int argc, char **argv) {
    int result = 2;
    OK(landfall_abi_check(LANDFALL_ABI_MAJOR, LANDFALL_ABI_MINOR));
    OK(landfall_error_new(&error));
    if (argc >= 4 && strcmp(argv[1], "assess") == 0)
        result = assess(strtoll(argv[2], NULL, 10), (uint32_t)strtoul(argv[3], NULL, 10), argc - 4, argv + 4);
    else if (argc == 4 && strcmp(argv[1], "mrz") == 0)
        result = mrz(strtoll(argv[2], NULL, 10), argv[3]);
    else if (argc == 3 && strcmp(argv[1], "make") == 0)
        result = make(argv[2]);
    else if (argc >= 4 && strcmp(argv[1], "repair") == 0)
        result = repair((uint32_t)strtoul(argv[2], NULL, 10), argv[3], argc > 4 ? argv[4] : NULL);
    OK(landfall_error_free(error));
    return result;
}
