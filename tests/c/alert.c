/* Alert lists through the C functions: opened, searched, exchanged while inspections run, and the channel for covert
 * entries. Arguments: a package, a package of covert entries, the public key of an authority, a file for the sealed message. */
#include "landfall.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
            exit(1); \
        } \
    } while (0)

#define OK LANDFALL_STATUS_OK
#define ROUNDS 12

static const int64_t AT = 1306886400; /* 2011-06-01 */
static const char ZONE[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
static const char QUERY[] = "{\"id\":\"q\",\"surname\":\"ERIKSSON\",\"given\":\"ANA MARIA\",\"birth_date\":\"1974-08-12\"}";

static unsigned char *read_file(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    unsigned char *bytes = malloc(1 << 20);
    MUST(file && bytes);
    *length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static landfall_alerts *open_list(const char *name) {
    size_t length;
    unsigned char *bytes = read_file(name, &length);
    landfall_alerts *alerts = NULL;
    MUST(landfall_alerts_open(bytes, length, 1, &alerts, NULL) == OK);
    free(bytes);
    return alerts;
}

/* The outcome of alert.person for the traveller of ZONE. */
static uint32_t person(const landfall_engine *engine) {
    landfall_inspection *inspection = NULL;
    landfall_assessment *assessment = NULL;
    uint32_t outcome = 0;
    MUST(landfall_inspection_new(engine, AT, &inspection) == OK);
    MUST(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 0, NULL, NULL) == OK);
    MUST(landfall_inspection_assess(inspection, &assessment) == OK);
    MUST(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_ALERT_PERSON, 0, &outcome, NULL) == OK);
    landfall_assessment_free(assessment);
    landfall_inspection_free(inspection);
    return outcome;
}

/* Whether a list says this of QUERY. */
static int says(landfall_text *text, const char *words) {
    const char *view = NULL;
    int found;
    MUST(landfall_text_view(text, &view, NULL) == OK);
    found = strstr(view, words) != NULL;
    MUST(landfall_text_free(text) == OK);
    return found;
}

/* Inspects while the lists are exchanged: every answer is one of the two. */
static void *inspect(void *engine) {
    int round;
    for (round = 0; round < ROUNDS; round++) {
        uint32_t outcome = person(engine);
        MUST(outcome == LANDFALL_OUTCOME_FAILED || outcome == LANDFALL_OUTCOME_NOT_PERFORMED);
    }
    return NULL;
}

static void exchange(landfall_engine *engine, landfall_alerts *alerts) {
    const landfall_alerts *lists[1];
    pthread_t threads[2];
    int number;
    lists[0] = alerts;
    for (number = 0; number < 2; number++) {
        MUST(pthread_create(&threads[number], NULL, inspect, engine) == 0);
    }
    for (number = 0; number < 2 * ROUNDS; number++) {
        MUST(landfall_engine_swap_alerts(engine, lists, (size_t)(number % 2)) == OK);
    }
    for (number = 0; number < 2; number++) {
        MUST(pthread_join(threads[number], NULL) == 0);
    }
    MUST(landfall_engine_swap_alerts(engine, lists, 1) == OK && person(engine) == LANDFALL_OUTCOME_FAILED);
    lists[0] = NULL;
    MUST(landfall_engine_swap_alerts(engine, lists, 1) == LANDFALL_STATUS_NULL_POINTER);
    MUST(person(engine) == LANDFALL_OUTCOME_FAILED);
    MUST(landfall_engine_swap_alerts(engine, NULL, 0) == OK && person(engine) == LANDFALL_OUTCOME_NOT_PERFORMED);
}

static void covert(const landfall_engine *engine, const char *list, const char *authority, const char *output) {
    landfall_alerts *hidden = open_list(list);
    landfall_inspection *inspection = NULL;
    landfall_bytes *sealed = NULL;
    landfall_text *json = NULL;
    const uint8_t *bytes = NULL;
    size_t length = 0;
    FILE *file;
    MUST(landfall_alerts_screen(hidden, QUERY, SIZE_MAX, AT, &json, NULL) == OK);
    MUST(says(json, "{\"id\":\"q\",\"matches\":[]}"));
    MUST(landfall_inspection_new(engine, AT, &inspection) == OK);
    MUST(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 0, NULL, NULL) == OK);
    MUST(landfall_inspection_screen_covert(inspection, hidden, authority, SIZE_MAX, 0, &sealed, NULL) == OK);
    MUST(landfall_bytes_view(sealed, &bytes, &length) == OK && length > 16384);
    file = fopen(output, "wb");
    MUST(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
    MUST(landfall_bytes_free(sealed) == OK);
    MUST(landfall_inspection_screen_covert(inspection, hidden, authority, SIZE_MAX, 1, &sealed, NULL) == LANDFALL_STATUS_NOT_FOUND);
    MUST(landfall_inspection_screen_covert(inspection, hidden, "age1x", SIZE_MAX, 0, &sealed, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    MUST(sealed == NULL);
    landfall_inspection_free(inspection);
    landfall_alerts_free(hidden);
}

int main(int count, char **arguments) {
    landfall_alerts *alerts, *none = NULL;
    landfall_engine *engine = NULL, *screening = NULL;
    landfall_text *json = NULL;
    const landfall_alerts *lists[1];
    unsigned char *bytes;
    size_t length;
    char many[512];

    MUST(count == 5);
    alerts = open_list(arguments[1]);
    bytes = read_file(arguments[1], &length);
    MUST(landfall_alerts_open(bytes, length, 8, &none, NULL) == LANDFALL_STATUS_ALERT_ROLLBACK && none == NULL);
    MUST(landfall_alerts_open(bytes, length / 2, 0, &none, NULL) == LANDFALL_STATUS_TRUNCATED);
    MUST(landfall_alerts_open(NULL, 1, 0, &none, NULL) == LANDFALL_STATUS_NULL_POINTER);
    bytes[length / 2] ^= 1;
    MUST(landfall_alerts_open(bytes, length, 0, &none, NULL) == OK);
    MUST(landfall_alerts_verify(none, NULL) == LANDFALL_STATUS_ALERT_PAGE);
    landfall_alerts_free(none);
    free(bytes);

    MUST(landfall_alerts_verify(alerts, NULL) == OK);
    MUST(landfall_alerts_describe(alerts, AT, &json) == OK && says(json, "\"agency\":\"Utopia Border\""));
    MUST(landfall_alerts_screen(alerts, QUERY, SIZE_MAX, AT, &json, NULL) == OK && says(json, "\"entry\":\"UT-1\""));
    MUST(landfall_alerts_use_nicknames(alerts, "anna,annie\n\xFF\n", SIZE_MAX, &length, NULL) == OK && length == 1);
    MUST(landfall_alerts_use_nicknames(alerts, "anna,annie\n", SIZE_MAX, NULL, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    MUST(landfall_alerts_use_nicknames(alerts, NULL, 1, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    MUST(landfall_alerts_screen(alerts, "{\"name\":1}", SIZE_MAX, AT, &json, NULL) == LANDFALL_STATUS_BAD_JSON);
    MUST(landfall_alerts_screen(alerts, "{\"birth_date\":\"soon\"}", SIZE_MAX, AT, &json, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    snprintf(many, sizeof many, "%s\n{\"id\":\"r\",\"document_number\":\"U0001500\"}\n", QUERY);
    MUST(landfall_alerts_screen_many(alerts, many, SIZE_MAX, AT, &json, NULL) == OK);
    MUST(says(json, "\n{\"id\":\"r\",\"matches\":[{\"entry\":\"UT-3\""));

    MUST(landfall_engine_new(NULL, &engine, NULL) == OK && person(engine) == LANDFALL_OUTCOME_NOT_PERFORMED);
    lists[0] = alerts;
    MUST(landfall_engine_with_alerts(engine, NULL, 1, &screening) == LANDFALL_STATUS_NULL_POINTER && screening == NULL);
    MUST(landfall_engine_with_alerts(engine, lists, 1, &screening) == OK);
    MUST(person(screening) == LANDFALL_OUTCOME_FAILED && person(engine) == LANDFALL_OUTCOME_NOT_PERFORMED);
    exchange(screening, alerts);
    covert(engine, arguments[2], arguments[3], arguments[4]);
    MUST(landfall_alerts_free(alerts) == OK && landfall_alerts_free(alerts) == LANDFALL_STATUS_BAD_HANDLE);
    landfall_engine_free(screening);
    landfall_engine_free(engine);
    printf("screened\n");
    return 0;
}
