/* Trust through the C functions: brought in, written, opened, given to an engine. */
#include "landfall.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "line %d: %s\n", __LINE__, #condition); \
            return 1; \
        } \
    } while (0)

static unsigned char *read_file(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    unsigned char *bytes = malloc(1 << 20);
    *length = 0;
    if (file && bytes) {
        *length = fread(bytes, 1, 1 << 20, file);
    }
    if (file) {
        fclose(file);
    }
    return bytes;
}

int main(int count, char **names) {
    landfall_trust *trust = NULL, *opened = NULL;
    landfall_engine *engine = NULL, *with_trust = NULL;
    landfall_text *json = NULL;
    const char *view = NULL;
    size_t length, added = 9, left_out = 9, anchors = 0, lists = 0, waiting = 9;
    int64_t at = 1793534400;
    unsigned char *written;
    int number;

    MUST(landfall_trust_new(&trust) == LANDFALL_STATUS_OK);
    for (number = 1; number < count; number++) {
        unsigned char *bytes = read_file(names[number], &length);
        MUST(bytes && length);
        MUST(landfall_trust_import(trust, bytes, length, "the ministry", SIZE_MAX, &added, &left_out, NULL) == LANDFALL_STATUS_OK);
        free(bytes);
    }
    MUST(left_out == 0);
    MUST(landfall_trust_state_never_published(trust, "XY", SIZE_MAX, "the ministry", SIZE_MAX) == LANDFALL_STATUS_OK);
    MUST(landfall_trust_write(trust, at, NULL, 0, &length) == LANDFALL_STATUS_OK);
    written = malloc(length);
    MUST(written && landfall_trust_write(trust, at, written, length, &length) == LANDFALL_STATUS_OK);
    MUST(landfall_trust_open(written, length, &opened, NULL) == LANDFALL_STATUS_OK);
    MUST(landfall_trust_count(opened, &anchors, NULL, &lists, &waiting) == LANDFALL_STATUS_OK);
    MUST(anchors == 2 && lists == 1 && waiting == 0);
    MUST(landfall_trust_readiness(opened, at, &json) == LANDFALL_STATUS_OK);
    MUST(landfall_text_view(json, &view, &length) == LANDFALL_STATUS_OK && strstr(view, "\"issuers\""));
    MUST(landfall_engine_new(NULL, &engine, NULL) == LANDFALL_STATUS_OK);
    MUST(landfall_engine_with_trust(engine, opened, &with_trust) == LANDFALL_STATUS_OK);
    written[80] ^= 1;
    MUST(landfall_trust_free(opened) == LANDFALL_STATUS_OK);
    MUST(landfall_trust_open(written, length, &opened, NULL) != LANDFALL_STATUS_OK && opened == NULL);
    free(written);
    landfall_engine_free(with_trust);
    landfall_engine_free(engine);
    landfall_text_free(json);
    landfall_trust_free(trust);
    printf("ready\n");
    return 0;
}
