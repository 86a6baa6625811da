/* Policies held to the rules and laid open, and pictures that are not there. */
#include "landfall.h"

#include "check.h"

#include <string.h>

static void checked(void) {
    const char *const nothing = "name = \"own\"";
    landfall_error *error = NULL;
    OK(landfall_error_new(&error));
    CHECK(landfall_policy_check(nothing, SIZE_MAX, error) == LANDFALL_STATUS_POLICY_SYNTAX);
    CHECK(landfall_policy_check("name = \"\xE9\"", SIZE_MAX, error) == LANDFALL_STATUS_NOT_UTF8);
    CHECK(landfall_policy_check(NULL, 0, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_policy_check(NULL, 7, NULL) == LANDFALL_STATUS_NULL_POINTER);
    OK(landfall_error_free(error));
}

static void explained(void) {
    const uint32_t kinds[] = {LANDFALL_POLICY_DEFAULT, LANDFALL_POLICY_TRAINING};
    const char *const names[] = {"\"name\":\"default\"", "\"name\":\"training\""};
    size_t index = 0;
    for (index = 0; index < 2; index++) {
        landfall_text *json = NULL;
        const char *text = NULL;
        size_t len = 0;
        OK(landfall_policy_explain(kinds[index], NULL, 0, &json, NULL));
        OK(landfall_text_view(json, &text, &len));
        CHECK(len == strlen(text) && strstr(text, names[index]) != NULL);
        CHECK(strstr(text, "\"basis\":\"measured\"") != NULL && strstr(text, "\"rationale\":") != NULL);
        OK(landfall_text_free(json));
    }
    CHECK(landfall_policy_explain(7, NULL, 0, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    {
        landfall_text *json = NULL;
        CHECK(landfall_policy_explain(7, NULL, 0, &json, NULL) == LANDFALL_STATUS_BAD_ARGUMENT && json == NULL);
    }
}

static void no_pictures(void) {
    static const char zone[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                               "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
    landfall_engine *engine = NULL;
    landfall_inspection *inspection = NULL;
    landfall_bytes *bytes = NULL;
    const uint8_t *view = NULL;
    size_t len = 0;
    uint32_t group = 7, document = 0;
    OK(landfall_engine_new(NULL, &engine, NULL));
    OK(landfall_inspection_new(engine, 1306886400, &inspection));
    OK(landfall_inspection_read_mrz(inspection, zone, SIZE_MAX, NULL, 0, &document, NULL));
    CHECK(landfall_inspection_picture(inspection, document, 0, LANDFALL_PICTURE_ORIGINAL, &group, &bytes, NULL) ==
          LANDFALL_STATUS_NOT_FOUND);
    CHECK(bytes == NULL && group == 0);
    CHECK(landfall_inspection_picture(inspection, 300, 0, LANDFALL_PICTURE_PNG, NULL, &bytes, NULL) ==
          LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_inspection_picture(inspection, document, 0, LANDFALL_PICTURE_PNG, NULL, NULL, NULL) ==
          LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_bytes_view(bytes, &view, &len) == LANDFALL_STATUS_NULL_POINTER);
    OK(landfall_bytes_free(bytes));
    OK(landfall_inspection_free(inspection));
    OK(landfall_engine_free(engine));
}

int main(void) {
    checked();
    explained();
    no_pictures();
    return 0;
}
