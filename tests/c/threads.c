/* One engine, many threads: each inspects by itself, and all get the same bytes. */
#define _POSIX_C_SOURCE 200809L

#include "landfall.h"

#include "check.h"

#include <pthread.h>
#include <string.h>

enum { THREADS = 4, ROUNDS = 25 };

static const char ZONE[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
static landfall_engine *engine;

static void *inspect(void *last) {
    int round;
    for (round = 0; round < ROUNDS; round++) {
        landfall_inspection *inspection = NULL;
        landfall_assessment *assessment = NULL;
        const char *json = NULL;
        size_t len = 0;
        char **kept = last;
        OK(landfall_inspection_new(engine, 1306886400, &inspection));
        OK(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 0, NULL, NULL));
        OK(landfall_inspection_assess(inspection, &assessment));
        OK(landfall_inspection_free(inspection));
        OK(landfall_assessment_json(assessment, &json, &len));
        free(*kept);
        *kept = malloc(len + 1);
        CHECK(*kept != NULL);
        memcpy(*kept, json, len + 1);
        OK(landfall_assessment_free(assessment));
    }
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    char *json[THREADS] = {NULL};
    int i;
    OK(landfall_engine_new(NULL, &engine, NULL));
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, inspect, &json[i]) == 0);
    for (i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    OK(landfall_engine_free(engine));
    for (i = 0; i < THREADS; i++) {
        CHECK(strcmp(json[i], json[0]) == 0);
    }
    for (i = 0; i < THREADS; i++)
        free(json[i]);
    return 0;
}
