/* Barcodes through the interface: read by themselves, taken into an inspection, and what cannot be read. */
#include "landfall.h"

#include "check.h"

#include <string.h>

static const char PASS[] = "M1ERIKSSON/ANNA MARIA E123456 UTOYTOUT 0834 152F001A0025 100";
static const char OTHER[] = "M1MUSTERFRAU/ERIKA    E123456 UTOYTOUT 0834 152F001A0025 100";
static const char ZONE[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
static const char HEALTH[] = "HC1:6BF+70790T9WJWG.FKY";
static const int64_t JUNE_2011 = 1306886400;

static void a_pass_is_read_as_json(void) {
    landfall_text *text = NULL;
    const char *json = NULL;
    size_t len = 0;
    uint32_t kind = 0;
    OK(landfall_payload_read((const uint8_t *)PASS, sizeof PASS - 1, JUNE_2011, &kind, &text, NULL));
    CHECK(kind == LANDFALL_PAYLOAD_KIND_BCBP);
    OK(landfall_text_view(text, &json, &len));
    CHECK(strstr(json, "\"kind\":\"bcbp\"") != NULL && strstr(json, "\"date\":\"2011-06-01\"") != NULL);
    OK(landfall_text_free(text));
}

static void what_cannot_be_read_says_why(void) {
    landfall_text *text = NULL;
    landfall_error *error = NULL;
    size_t offset = 7;
    uint32_t status = 0;
    uint32_t kind = 0;
    OK(landfall_error_new(&error));
    CHECK(landfall_payload_read((const uint8_t *)HEALTH, sizeof HEALTH - 1, JUNE_2011, &kind, &text, NULL) ==
          LANDFALL_STATUS_PAYLOAD_NOT_READ);
    CHECK(kind == LANDFALL_PAYLOAD_KIND_EU_HEALTH_CERTIFICATE && text == NULL);
    CHECK(landfall_payload_read((const uint8_t *)"nothing", 7, JUNE_2011, NULL, &text, error) ==
          LANDFALL_STATUS_PAYLOAD_UNKNOWN);
    OK(landfall_error_detail(error, &status, NULL, NULL, &offset));
    CHECK(status == LANDFALL_STATUS_PAYLOAD_UNKNOWN && offset == 0);
    OK(landfall_error_free(error));
    CHECK(landfall_payload_read(NULL, 7, JUNE_2011, NULL, &text, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_payload_read((const uint8_t *)PASS, sizeof PASS - 1, JUNE_2011, NULL, NULL, NULL) ==
          LANDFALL_STATUS_NULL_POINTER);
}

static uint32_t outcome_of_name(const char *pass) {
    landfall_engine *engine = NULL;
    landfall_inspection *inspection = NULL;
    landfall_assessment *assessment = NULL;
    uint32_t outcome = 0, reason = 0, kind = 0;
    OK(landfall_engine_new(NULL, &engine, NULL));
    OK(landfall_inspection_new(engine, JUNE_2011, &inspection));
    OK(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 0, NULL, NULL));
    OK(landfall_inspection_read_payload(inspection, (const uint8_t *)pass, strlen(pass), &kind, NULL));
    OK(landfall_inspection_assess(inspection, &assessment));
    OK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_CROSS_PASS_NAME, 0, &outcome, &reason));
    OK(landfall_assessment_free(assessment));
    OK(landfall_inspection_free(inspection));
    OK(landfall_engine_free(engine));
    return outcome;
}

int main(void) {
    a_pass_is_read_as_json();
    what_cannot_be_read_says_why();
    CHECK(outcome_of_name(PASS) == LANDFALL_OUTCOME_PASSED);
    CHECK(outcome_of_name(OTHER) == LANDFALL_OUTCOME_FAILED);
    return 0;
}
