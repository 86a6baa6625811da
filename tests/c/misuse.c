/* What a host can do wrong: every case gives a status, and nothing else happens. */
#include "landfall.h"

#include "check.h"

#include <string.h>

static const char ZONE[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

static landfall_engine *engine;
static landfall_inspection *inspection;
static landfall_assessment *assessment;
static landfall_mrz *mrz;
static landfall_error *error;

/* Whatever stands behind a length that is refused must not be read; valgrind watches. */
static char *small;

static void nulls(void) {
    const char *text;
    uint32_t number;
    CHECK(landfall_version(NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_abi_version(NULL, &number) == LANDFALL_STATUS_NULL_POINTER && number == 0);
    CHECK(landfall_status_text(1, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_word_number(LANDFALL_VOCABULARY_CHECK, NULL, 4, &number) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_word_at(LANDFALL_VOCABULARY_CHECK, 0, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_engine_new(NULL, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_new(engine, 0, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_assess(inspection, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_assess(NULL, &assessment) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_mrz(inspection, NULL, 88, NULL, 0, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_mrz(inspection, NULL, SIZE_MAX, NULL, 0, NULL, NULL)
          == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 1, NULL, NULL)
          == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_mrz(NULL, ZONE, SIZE_MAX, NULL, 0, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_mrz(inspection, NULL, 0, NULL, 0, NULL, NULL) == LANDFALL_STATUS_MRZ_EMPTY);
    CHECK(landfall_inspection_add_fact(inspection, NULL, 0, NULL) == LANDFALL_STATUS_BAD_JSON);
    CHECK(landfall_mrz_parse(ZONE, SIZE_MAX, NULL, 0, 0, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_mrz_json(NULL, &text, NULL) == LANDFALL_STATUS_NULL_POINTER && text == NULL);
    CHECK(landfall_mrz_layout(NULL, &number) == LANDFALL_STATUS_NULL_POINTER && number == 0);
    CHECK(landfall_error_new(NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_error_detail(NULL, &number, &text, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_text_view(NULL, &text, NULL) == LANDFALL_STATUS_NULL_POINTER);
    OK(landfall_engine_free(NULL));
    OK(landfall_inspection_free(NULL));
    OK(landfall_assessment_free(NULL));
    OK(landfall_mrz_free(NULL));
    OK(landfall_text_free(NULL));
    OK(landfall_error_free(NULL));
}

static void lengths(void) {
    uint32_t document = 7;
    CHECK(landfall_inspection_read_mrz(inspection, small, SIZE_MAX - 1, NULL, 0, &document, NULL)
          == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(document == 0);
    CHECK(landfall_inspection_read_mrz(inspection, small, (size_t)-5, NULL, 0, NULL, NULL)
          == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(landfall_inspection_read_mrz(inspection, small, 4097, NULL, 0, NULL, NULL) == LANDFALL_STATUS_TOO_LARGE);
    CHECK(landfall_inspection_read_mrz(inspection, small, 0xFFFFFFFFu, NULL, 0, NULL, NULL)
          != LANDFALL_STATUS_OK);
    CHECK(landfall_inspection_add_fact(inspection, small, 65537, NULL) == LANDFALL_STATUS_TOO_LARGE);
    CHECK(landfall_inspection_read_mrz(inspection, small, SIZE_MAX, NULL, 0, NULL, NULL)
          == LANDFALL_STATUS_MRZ_LINE_LENGTH);
    CHECK(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, "<", 1, NULL, NULL)
          == LANDFALL_STATUS_BAD_ARGUMENT);
}

static void text_without_end(void) {
    size_t size = 65537;
    char *endless = malloc(size);
    CHECK(endless != NULL);
    memset(endless, 'A', size);
    CHECK(landfall_inspection_read_mrz(inspection, endless, SIZE_MAX, NULL, 0, NULL, NULL)
          == LANDFALL_STATUS_TOO_LARGE);
    CHECK(landfall_inspection_add_fact(inspection, endless, SIZE_MAX, NULL) == LANDFALL_STATUS_TOO_LARGE);
    free(endless);
}

static void encodings(void) {
    static const char LATIN_1[] = "{\"reporter\":\"\xE9\"}";
    uint32_t status = 0, number = 7;
    const char *part = NULL, *text = NULL;
    size_t len = 0, offset = 0;
    CHECK(landfall_inspection_add_fact(inspection, LATIN_1, SIZE_MAX, error) == LANDFALL_STATUS_NOT_UTF8);
    OK(landfall_error_detail(error, &status, &part, &len, &offset));
    CHECK(status == LANDFALL_STATUS_NOT_UTF8 && strcmp(part, "fact") == 0 && len == 4 && offset == 13);
    OK(landfall_error_text(error, &text, &len));
    CHECK(strlen(text) == len && len > 10);
    CHECK(landfall_word_number(LANDFALL_VOCABULARY_CHECK, "\xFF", 1, &number) == LANDFALL_STATUS_NOT_UTF8);
    CHECK(number == 0);
    /* A zone may hold any bytes: what is not ASCII is read, and wrong. */
    OK(landfall_inspection_add_fact(inspection,
        "{\"reporter\":\"officer\",\"claim\":\"holder_comparison\",\"result\":\"same\"}", SIZE_MAX, error));
    OK(landfall_error_detail(error, &status, &part, &len, &offset));
    CHECK(status == LANDFALL_STATUS_OK && part == NULL && len == 0 && offset == 0);
    CHECK(landfall_error_text(error, &text, &len) == LANDFALL_STATUS_NOT_FOUND && text == NULL);
}

static void configurations(void) {
    struct {
        landfall_engine_config known;
        uint64_t unknown;
    } later;
    landfall_engine_config config;
    landfall_engine *made = engine;
    uint32_t status = 0;
    const char *part = NULL;

    memset(&config, 0, sizeof config);
    CHECK(landfall_engine_new(&config, &made, NULL) == LANDFALL_STATUS_BAD_LENGTH && made == NULL);
    config.struct_size = (uint32_t)sizeof config;
    config.policy_kind = 77;
    CHECK(landfall_engine_new(&config, &made, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    config.policy_kind = LANDFALL_POLICY_DEFAULT;
    config.policy_len = 5;
    CHECK(landfall_engine_new(&config, &made, NULL) == LANDFALL_STATUS_NULL_POINTER);
    config.policy = "no = [policy";
    config.policy_len = SIZE_MAX;
    CHECK(landfall_engine_new(&config, &made, error) == LANDFALL_STATUS_POLICY_SYNTAX);
    OK(landfall_error_detail(error, &status, &part, NULL, NULL));
    CHECK(status == LANDFALL_STATUS_POLICY_SYNTAX && strcmp(part, "policy") == 0);
    config.policy_kind = LANDFALL_POLICY_TRAINING;
    CHECK(landfall_engine_new(&config, &made, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    config.policy = NULL;
    config.policy_len = 0;
    config.not_before = INT64_MAX;
    CHECK(landfall_engine_new(&config, &made, NULL) == LANDFALL_STATUS_BAD_TIME && made == NULL);

    /* A host with a later header: what this library does not know must be 0. */
    memset(&later, 0, sizeof later);
    later.known.struct_size = (uint32_t)sizeof later;
    OK(landfall_engine_new(&later.known, &made, NULL));
    OK(landfall_engine_free(made));
    later.unknown = 1;
    CHECK(landfall_engine_new(&later.known, &made, NULL) == LANDFALL_STATUS_ABI_MISMATCH && made == NULL);
    later.known.struct_size = 1u << 20;
    CHECK(landfall_engine_new(&later.known, &made, NULL) == LANDFALL_STATUS_BAD_LENGTH);
}

static void repairs(void) {
    static const uint16_t COSTS[37] = {0};
    landfall_repair_config config;
    landfall_text *text = NULL;

    memset(&config, 0, sizeof config);
    CHECK(landfall_mrz_repair(ZONE, SIZE_MAX, &config, &text, NULL) == LANDFALL_STATUS_BAD_LENGTH);
    config.struct_size = (uint32_t)sizeof config;
    CHECK(landfall_mrz_repair(ZONE, SIZE_MAX, &config, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    config.cost_count = 88 * 37;
    CHECK(landfall_mrz_repair(ZONE, SIZE_MAX, &config, &text, NULL) == LANDFALL_STATUS_NULL_POINTER);
    config.costs = COSTS;
    config.cost_count = 37;
    CHECK(landfall_mrz_repair(ZONE, SIZE_MAX, &config, &text, NULL) == LANDFALL_STATUS_BAD_LENGTH);
    config.cost_count = SIZE_MAX;
    CHECK(landfall_mrz_repair(ZONE, SIZE_MAX, &config, &text, NULL) == LANDFALL_STATUS_BAD_LENGTH);
    config.cost_count = 0;
    config.reader = 77;
    CHECK(landfall_mrz_repair(ZONE, SIZE_MAX, &config, &text, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_mrz_make("{}", SIZE_MAX, &text, error) == LANDFALL_STATUS_BAD_JSON && text == NULL);
    CHECK(landfall_mrz_make(NULL, 2, &text, error) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_text_free((landfall_text *)error) == LANDFALL_STATUS_BAD_HANDLE);
}

static void handles(void) {
    landfall_inspection *made = NULL;
    landfall_assessment *stale = NULL;
    landfall_mrz *other = NULL;
    const char *text = NULL;
    uint32_t number = 7;
    int local = 0;

    /* Of another type. */
    CHECK(landfall_inspection_new((landfall_engine *)mrz, 0, &made) == LANDFALL_STATUS_BAD_HANDLE && made == NULL);
    CHECK(landfall_mrz_layout((landfall_mrz *)engine, &number) == LANDFALL_STATUS_BAD_HANDLE && number == 0);
    CHECK(landfall_mrz_free((landfall_mrz *)inspection) == LANDFALL_STATUS_BAD_HANDLE);
    CHECK(landfall_mrz_parse(ZONE, SIZE_MAX, NULL, 0, 0, &other, (landfall_error *)engine)
          == LANDFALL_STATUS_BAD_HANDLE);
    CHECK(other == NULL);
    /* Never given out. */
    CHECK(landfall_mrz_layout((landfall_mrz *)(void *)&local, &number) == LANDFALL_STATUS_BAD_HANDLE);
    CHECK(landfall_mrz_layout((landfall_mrz *)(uintptr_t)1, &number) == LANDFALL_STATUS_BAD_HANDLE);
    CHECK(landfall_engine_free((landfall_engine *)(void *)&local) == LANDFALL_STATUS_BAD_HANDLE);
    /* Freed already, and used or freed once more, also when others were made in between. */
    OK(landfall_inspection_assess(inspection, &stale));
    OK(landfall_assessment_free(stale));
    OK(landfall_inspection_assess(inspection, &assessment));
    CHECK(landfall_assessment_json(stale, &text, NULL) == LANDFALL_STATUS_BAD_HANDLE && text == NULL);
    CHECK(landfall_assessment_free(stale) == LANDFALL_STATUS_BAD_HANDLE);
    OK(landfall_assessment_json(assessment, &text, NULL));
    OK(landfall_assessment_free(assessment));
}

static void times(void) {
    landfall_inspection *made = inspection;
    landfall_mrz *zone = mrz;
    CHECK(landfall_inspection_new(engine, INT64_MAX, &made) == LANDFALL_STATUS_BAD_TIME && made == NULL);
    CHECK(landfall_inspection_new(engine, INT64_MIN, &made) == LANDFALL_STATUS_BAD_TIME);
    CHECK(landfall_mrz_parse(ZONE, SIZE_MAX, NULL, 0, INT64_MIN, &zone, NULL) == LANDFALL_STATUS_BAD_TIME);
    CHECK(zone == NULL);
}

static void budgets(void) {
    uint32_t status = LANDFALL_STATUS_OK, document = 0;
    int count = 0;
    while (status == LANDFALL_STATUS_OK && count < 100) {
        status = landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 0, &document, error);
        count++;
    }
    CHECK(status == LANDFALL_STATUS_BUDGET_EXCEEDED && count == 17 && document == 0);
}

int main(void) {
    small = malloc(4);
    CHECK(small != NULL);
    memcpy(small, "ABC", 4);
    OK(landfall_error_new(&error));
    OK(landfall_engine_new(NULL, &engine, NULL));
    OK(landfall_inspection_new(engine, 1306886400, &inspection));
    OK(landfall_mrz_parse(ZONE, SIZE_MAX, NULL, 0, 0, &mrz, error));
    nulls();
    lengths();
    text_without_end();
    encodings();
    configurations();
    repairs();
    handles();
    times();
    budgets();
    OK(landfall_mrz_free(mrz));
    OK(landfall_inspection_free(inspection));
    OK(landfall_engine_free(engine));
    OK(landfall_error_free(error));
    CHECK(landfall_error_free(error) == LANDFALL_STATUS_BAD_HANDLE);
    free(small);
    return 0;
}
