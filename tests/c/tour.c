/* A counter's way through the interface: every getter once, on the standard's specimen passport. */
#include "landfall.h"

#include "check.h"

#include <string.h>

static const char ZONE[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
static const char SAME[] = "{\"reporter\":\"officer\",\"claim\":\"holder_comparison\",\"result\":\"same\"}";
static const int64_t JUNE_2011 = 1306886400;

static void field_is(const landfall_assessment *assessment, uint32_t field, const char *expected) {
    const char *text = NULL, *again = NULL;
    size_t len = 0;
    OK(landfall_assessment_field(assessment, 0, field, &text, &len));
    CHECK(strcmp(text, expected) == 0 && len == strlen(expected));
    OK(landfall_assessment_field(assessment, 1, field, &again, NULL));
    CHECK(strcmp(again, expected) == 0);
}

static void versions_and_words(void) {
    const char *text = NULL;
    size_t len = 0, index = 0;
    uint32_t number = 0, major = 0, minor = 0;

    OK(landfall_version(&text, &len));
    CHECK(strcmp(text, LANDFALL_VERSION) == 0 && len == strlen(text));
    OK(landfall_abi_version(&major, &minor));
    CHECK(major == LANDFALL_ABI_MAJOR && minor == LANDFALL_ABI_MINOR);
    OK(landfall_abi_check(LANDFALL_ABI_MAJOR, 0));
    CHECK(landfall_abi_check(LANDFALL_ABI_MAJOR, LANDFALL_ABI_MINOR + 1) == LANDFALL_STATUS_ABI_MISMATCH);
    CHECK(landfall_abi_check(LANDFALL_ABI_MAJOR + 1, 0) == LANDFALL_STATUS_ABI_MISMATCH);

    OK(landfall_status_text(LANDFALL_STATUS_OK, &text, NULL));
    OK(landfall_status_text(LANDFALL_STATUS_MRZ_LINE_LENGTH, &text, &len));
    CHECK(len > 20 && strlen(text) == len);
    CHECK(landfall_status_text(99999, &text, &len) == LANDFALL_STATUS_NOT_FOUND && text == NULL && len == 0);

    OK(landfall_word_name(LANDFALL_VOCABULARY_CHECK, LANDFALL_CHECK_MRZ_CALENDAR, &text, NULL));
    CHECK(strcmp(text, "mrz.calendar") == 0);
    OK(landfall_word_meaning(LANDFALL_VOCABULARY_OUTCOME, LANDFALL_OUTCOME_PASSED, &text, NULL));
    OK(landfall_word_number(LANDFALL_VOCABULARY_OUTCOME, "not_present", SIZE_MAX, &number));
    CHECK(number == LANDFALL_OUTCOME_NOT_PRESENT);
    while (landfall_word_at(LANDFALL_VOCABULARY_OUTCOME, index, &number) == LANDFALL_STATUS_OK)
        index++;
    CHECK(index == 7 && number == 0);
}

static void confidence(const landfall_assessment *assessment) {
    int32_t document = 0, holder = 0, overall = 0;
    uint32_t level = 0, basis = 0;
    OK(landfall_assessment_confidence(assessment, &document, &holder, &overall, &level, &basis));
    CHECK(overall == (document < holder ? document : holder));
    CHECK(level >= LANDFALL_LEVEL_NONE && level <= LANDFALL_LEVEL_VERY_HIGH);
    CHECK(basis == LANDFALL_BASIS_ASSUMED || basis == LANDFALL_BASIS_MEASURED);
    OK(landfall_assessment_confidence(assessment, NULL, NULL, NULL, &level, NULL));
}

static void checks(const landfall_assessment *assessment) {
    size_t count = 0, index;
    uint32_t check, outcome, reason, axis, document, by_id, why;
    OK(landfall_assessment_check_count(assessment, &count));
    CHECK(count > 13);
    for (index = 0; index < count; index++) {
        OK(landfall_assessment_check(assessment, index, &check, &outcome, &reason, &axis, &document));
        CHECK(check && outcome && reason && axis && document <= 1);
        OK(landfall_assessment_check_by_id(assessment, check, document, &by_id, &why));
        CHECK(by_id == outcome && why == reason);
    }
    CHECK(landfall_assessment_check(assessment, count, &check, &outcome, &reason, &axis, &document)
          == LANDFALL_STATUS_NOT_FOUND);
    CHECK(check == 0 && outcome == 0);

    OK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_HOLDER_COMPARISON, 0, &outcome, &reason));
    CHECK(outcome == LANDFALL_OUTCOME_PASSED && reason == LANDFALL_REASON_OFFICER_SAYS_SAME);
    OK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_DOCUMENT_SPECIMEN, 1, &outcome, NULL));
    CHECK(outcome == LANDFALL_OUTCOME_FAILED);
    CHECK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_DOCUMENT_SPECIMEN, 2, &outcome, NULL)
          == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_assessment_check_by_id(assessment, 99999, 0, &outcome, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
}

static void grounds_actions_and_hints(const landfall_assessment *assessment) {
    size_t count = 0, index, len = 0;
    uint32_t ground, check, reason, document, action;
    const char *text = NULL;
    OK(landfall_assessment_ground_count(assessment, &count));
    CHECK(count >= 1);
    OK(landfall_assessment_ground(assessment, 0, &ground, &check, &reason, &document));
    CHECK(ground == LANDFALL_GROUND_SPECIMEN && check == LANDFALL_CHECK_DOCUMENT_SPECIMEN);
    CHECK(reason == LANDFALL_REASON_SPECIMEN_ISSUER && document == 1);
    CHECK(landfall_assessment_ground(assessment, count, &ground, NULL, NULL, NULL) == LANDFALL_STATUS_NOT_FOUND);
    for (index = 0; landfall_assessment_action(assessment, index, &action) == LANDFALL_STATUS_OK; index++)
        CHECK(action != 0);
    CHECK(index >= 1);
    for (index = 0; landfall_assessment_hint(assessment, index, &check, &text, &len) == LANDFALL_STATUS_OK; index++)
        CHECK(check != 0 && len > 0 && strlen(text) == len);
    CHECK(index >= 1);
}

static void assessment(void) {
    landfall_engine *engine = NULL;
    landfall_inspection *inspection = NULL;
    landfall_assessment *result = NULL;
    const char *text = NULL;
    size_t len = 0, count = 0;
    uint32_t document = 0, recommendation = 0;

    OK(landfall_engine_new(NULL, &engine, NULL));
    OK(landfall_inspection_new(engine, JUNE_2011, &inspection));
    OK(landfall_inspection_read_mrz(inspection, ZONE, SIZE_MAX, NULL, 0, &document, NULL));
    CHECK(document == 1);
    OK(landfall_inspection_add_fact(inspection, SAME, sizeof SAME - 1, NULL));
    OK(landfall_inspection_assess(inspection, &result));
    /* A result stands by itself. */
    OK(landfall_inspection_free(inspection));
    OK(landfall_engine_free(engine));

    OK(landfall_assessment_recommendation(result, &recommendation));
    CHECK(recommendation == LANDFALL_RECOMMENDATION_REFER);
    OK(landfall_assessment_document_count(result, &count));
    CHECK(count == 1);
    field_is(result, LANDFALL_FIELD_PRIMARY_IDENTIFIER, "ERIKSSON");
    field_is(result, LANDFALL_FIELD_SECONDARY_IDENTIFIER, "ANNA MARIA");
    field_is(result, LANDFALL_FIELD_BIRTH_DATE, "1974-08-12");
    field_is(result, LANDFALL_FIELD_SEX, "female");
    field_is(result, LANDFALL_FIELD_NATIONALITY, "UTO");
    field_is(result, LANDFALL_FIELD_NATIONALITY_NAME, "Utopia");
    field_is(result, LANDFALL_FIELD_DOCUMENT_KIND, "passport");
    field_is(result, LANDFALL_FIELD_LAYOUT, "td3");
    field_is(result, LANDFALL_FIELD_DOCUMENT_CODE, "P");
    field_is(result, LANDFALL_FIELD_DOCUMENT_NUMBER, "L898902C3");
    field_is(result, LANDFALL_FIELD_ISSUER, "UTO");
    field_is(result, LANDFALL_FIELD_ISSUER_NAME, "Utopia");
    field_is(result, LANDFALL_FIELD_EXPIRY_DATE, "2012-04-15");
    field_is(result, LANDFALL_FIELD_OPTIONAL_DATA, "ZE184226B");
    CHECK(landfall_assessment_field(result, 0, LANDFALL_FIELD_OPTIONAL_DATA_2, &text, &len)
          == LANDFALL_STATUS_NOT_FOUND);
    CHECK(text == NULL && len == 0);
    CHECK(landfall_assessment_field(result, 2, LANDFALL_FIELD_SEX, &text, &len) == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_assessment_field(result, 0, 0, &text, &len) == LANDFALL_STATUS_BAD_ARGUMENT);
    confidence(result);
    checks(result);
    grounds_actions_and_hints(result);
    OK(landfall_assessment_policy_sha256(result, &text, &len));
    CHECK(len == 64 && strspn(text, "0123456789abcdef") == 64);
    OK(landfall_assessment_json(result, &text, &len));
    CHECK(len > 100 && text[0] == '{' && text[len - 1] == '}' && text[len] == '\0');
    OK(landfall_assessment_free(result));
}

static void zone(void) {
    landfall_mrz *mrz = NULL;
    const char *text = NULL;
    size_t len = 0, index;
    uint32_t layout = 0, line = 0, first = 0, last = 0, check, outcome, reason;

    OK(landfall_mrz_parse(ZONE, sizeof ZONE - 1, "#", 1, JUNE_2011, &mrz, NULL));
    OK(landfall_mrz_layout(mrz, &layout));
    CHECK(layout == LANDFALL_LAYOUT_TD3);
    OK(landfall_mrz_field(mrz, LANDFALL_MRZ_FIELD_EXPIRY_DATE, &text, &len, &line, &first, &last));
    CHECK(strcmp(text, "120415") == 0 && len == 6 && line == 2 && first == 22 && last == 27);
    CHECK(landfall_mrz_field(mrz, LANDFALL_MRZ_FIELD_OPTIONAL_DATA_2, &text, &len, &line, &first, &last)
          == LANDFALL_STATUS_NOT_FOUND);
    for (index = 0; landfall_mrz_check(mrz, index, &check, &outcome, &reason) == LANDFALL_STATUS_OK; index++)
        CHECK(check && outcome && reason);
    CHECK(index == 13);
    OK(landfall_mrz_check_by_id(mrz, LANDFALL_CHECK_MRZ_CHECK_DIGIT_COMPOSITE, &outcome, &reason));
    CHECK(outcome == LANDFALL_OUTCOME_PASSED && reason == LANDFALL_REASON_CONFIRMED);
    CHECK(landfall_mrz_check_by_id(mrz, LANDFALL_CHECK_SOD_PATH, &outcome, &reason) == LANDFALL_STATUS_NOT_FOUND);
    OK(landfall_mrz_json(mrz, &text, &len));
    CHECK(strlen(text) == len);
    OK(landfall_mrz_free(mrz));
}

static void repair(void) {
    landfall_text *repaired = NULL;
    const char *text = NULL;
    char misread[sizeof ZONE];
    memcpy(misread, ZONE, sizeof ZONE);
    misread[60] = 'O';
    OK(landfall_mrz_repair(misread, SIZE_MAX, NULL, &repaired, NULL));
    OK(landfall_text_view(repaired, &text, NULL));
    CHECK(strstr(text, "\"from\":\"O\",\"to\":\"0\"") != NULL && strlen(LANDFALL_REPAIR_CHARACTERS) == 37);
    OK(landfall_text_free(repaired));
}

int main(void) {
    versions_and_words();
    assessment();
    zone();
    repair();
    return 0;
}
