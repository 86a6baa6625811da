/* A chip through the interface: trust in, files in, a challenge out and its answer in; and everything that can be done
 * wrong with them. Prints the assessment, for a comparison with what Rust says.
 *
 *   chip FOLDER ANCHOR AT CHALLENGE ANSWER      the last two in hexadecimal */
#include "landfall.h"

#include "check.h"

#include <string.h>

static const char *const FILES[] = {"EF.COM", "EF.SOD", "DG1", "DG2", "DG11", "DG12", "DG14", "DG15"};
static const uint32_t NUMBERS[] = {LANDFALL_CHIP_FILE_EF_COM, LANDFALL_CHIP_FILE_EF_SOD, LANDFALL_CHIP_FILE_DG1,
                                   LANDFALL_CHIP_FILE_DG2,    LANDFALL_CHIP_FILE_DG11,   LANDFALL_CHIP_FILE_DG12,
                                   LANDFALL_CHIP_FILE_DG14,   LANDFALL_CHIP_FILE_DG15};
static const char SAME[] = "{\"reporter\":\"officer\",\"claim\":\"holder_comparison\",\"result\":\"same\"}";
static const char PACE[] = "{\"reporter\":\"reader\",\"claim\":\"chip_access\",\"document\":1,\"protocol\":\"pace\"}";
static const char CLOSED[] = "{\"reporter\":\"reader\",\"claim\":\"chip_file_unread\",\"document\":1,"
                             "\"file\":\"dg3\",\"why\":\"access_denied\"}";

static uint8_t bytes[1 << 20];

static size_t load(const char *folder, const char *name) {
    char path[4096];
    FILE *file;
    size_t len;
    CHECK(snprintf(path, sizeof path, "%s%s%s", folder, *name ? "/" : "", name) < (int)sizeof path);
    file = fopen(path, "rb");
    CHECK(file != NULL);
    len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    CHECK(len > 0 && len < sizeof bytes);
    return len;
}

static size_t unhex(const char *text, uint8_t *into, size_t room) {
    size_t len = strlen(text) / 2, i;
    unsigned value;
    CHECK(len <= room);
    for (i = 0; i < len; i++) {
        CHECK(sscanf(text + 2 * i, "%2x", &value) == 1);
        into[i] = (uint8_t)value;
    }
    return len;
}

static landfall_engine *engine_with(const char *anchor) {
    landfall_engine_config config;
    landfall_engine *bare = NULL, *engine = NULL;
    landfall_trust *trust = NULL;
    size_t added = 0, left_out = 7, len = load(anchor, "");

    memset(&config, 0, sizeof config);
    config.struct_size = (uint32_t)sizeof config;
    config.policy_kind = LANDFALL_POLICY_TRAINING;
    OK(landfall_engine_new(&config, &bare, NULL));
    CHECK(landfall_trust_new(NULL) == LANDFALL_STATUS_NULL_POINTER);
    OK(landfall_trust_new(&trust));
    OK(landfall_trust_import(trust, bytes, len, "a test", SIZE_MAX, &added, &left_out, NULL));
    CHECK(added == 1 && left_out == 0);
    CHECK(landfall_engine_with_trust(bare, NULL, &engine) == LANDFALL_STATUS_NULL_POINTER && engine == NULL);
    CHECK(landfall_engine_with_trust((landfall_engine *)trust, trust, &engine) == LANDFALL_STATUS_BAD_HANDLE);
    CHECK(landfall_engine_with_trust(bare, trust, NULL) == LANDFALL_STATUS_NULL_POINTER);
    OK(landfall_engine_with_trust(bare, trust, &engine));
    OK(landfall_engine_free(bare));
    OK(landfall_trust_free(trust));
    CHECK(landfall_trust_free(trust) == LANDFALL_STATUS_BAD_HANDLE);
    OK(landfall_trust_free(NULL));
    return engine;
}

static void files(landfall_inspection *inspection, const char *folder) {
    size_t i, len = load(folder, "mrz.txt");
    uint32_t file = 7;
    landfall_error *error = NULL;
    const char *part = NULL;
    OK(landfall_inspection_read_mrz(inspection, (const char *)bytes, len, NULL, 0, NULL, NULL));
    for (i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        len = load(folder, FILES[i]);
        OK(landfall_inspection_read_chip_file(inspection, 1, bytes, len, &file, NULL));
        CHECK(file == NUMBERS[i]);
    }
    OK(landfall_error_new(&error));
    CHECK(landfall_inspection_read_chip_file(inspection, 1, bytes, 10, &file, error) == LANDFALL_STATUS_TRUNCATED);
    OK(landfall_error_detail(error, NULL, &part, NULL, NULL));
    CHECK(file == 0 && strcmp(part, "dg15") == 0);
    OK(landfall_error_free(error));
    CHECK(landfall_inspection_read_chip_file(inspection, 0, bytes, len, &file, NULL) == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_inspection_read_chip_file(inspection, 3, bytes, len, &file, NULL) == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_inspection_read_chip_file(inspection, 257, bytes, len, &file, NULL) == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_inspection_read_chip_file(inspection, 1, NULL, 4, &file, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_chip_file(inspection, 1, NULL, 0, &file, NULL) == LANDFALL_STATUS_UNKNOWN_CONTENT);
    CHECK(landfall_inspection_read_chip_file(inspection, 1, bytes, SIZE_MAX, NULL, NULL) == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(landfall_inspection_read_chip_file(inspection, 1, bytes, (size_t)9 << 20, NULL, NULL)
          == LANDFALL_STATUS_TOO_LARGE);
    CHECK(landfall_inspection_read_chip_file(NULL, 1, bytes, len, &file, NULL) == LANDFALL_STATUS_NULL_POINTER);
}

static void answer(landfall_inspection *inspection, const char *challenge_text, const char *answer_text) {
    uint8_t random[LANDFALL_CHALLENGE_LEN], challenge[LANDFALL_CHALLENGE_LEN], given[2048], zeros[9] = {0};
    size_t len = unhex(answer_text, given, sizeof given);
    memset(challenge, 7, sizeof challenge);
    CHECK(unhex(challenge_text, random, sizeof random) == sizeof random);
    CHECK(landfall_inspection_challenge(inspection, 1, zeros, 8, challenge) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(memcmp(challenge, zeros, sizeof challenge) == 0);
    CHECK(landfall_inspection_challenge(inspection, 1, zeros, 9, challenge) == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(landfall_inspection_challenge(inspection, 1, random, 7, challenge) == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(landfall_inspection_challenge(inspection, 1, NULL, 8, challenge) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_challenge(inspection, 1, random, 8, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_challenge(NULL, 1, random, 8, challenge) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_challenge(inspection, 0, random, 8, challenge) == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_inspection_challenge(inspection, 999, random, 8, challenge) == LANDFALL_STATUS_NOT_FOUND);
    memcpy(challenge, random, sizeof challenge);
    /* In place. */
    OK(landfall_inspection_challenge(inspection, 1, challenge, 8, challenge));
    CHECK(memcmp(challenge, random, sizeof challenge) == 0);
    CHECK(landfall_inspection_challenge(inspection, 1, random, 8, challenge) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_inspection_chip_answer(inspection, 1, random, 8, given, 0, NULL) == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(landfall_inspection_chip_answer(inspection, 1, random, 8, given, 2049, NULL) == LANDFALL_STATUS_TOO_LARGE);
    CHECK(landfall_inspection_chip_answer(inspection, 1, random, 7, given, len, NULL) == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(landfall_inspection_chip_answer(inspection, 1, random, 8, NULL, 8, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_chip_answer(inspection, 77, random, 8, given, len, NULL) == LANDFALL_STATUS_NOT_FOUND);
    OK(landfall_inspection_chip_answer(inspection, 1, random, 8, given, len, NULL));
}

int main(int argc, char **argv) {
    landfall_engine *engine;
    landfall_inspection *inspection = NULL, *other = NULL;
    landfall_assessment *assessment = NULL;
    const char *json = NULL;
    uint32_t outcome = 0, reason = 0;
    size_t len = 0;

    CHECK(argc == 6);
    engine = engine_with(argv[2]);
    OK(landfall_inspection_new(engine, strtoll(argv[3], NULL, 10), &inspection));
    OK(landfall_inspection_new(engine, strtoll(argv[3], NULL, 10), &other));
    OK(landfall_engine_free(engine));
    files(inspection, argv[1]);
    answer(inspection, argv[4], argv[5]);
    OK(landfall_inspection_add_fact(inspection, SAME, SIZE_MAX, NULL));
    OK(landfall_inspection_add_fact(inspection, PACE, SIZE_MAX, NULL));
    OK(landfall_inspection_add_fact(inspection, CLOSED, SIZE_MAX, NULL));
    OK(landfall_inspection_assess(inspection, &assessment));
    OK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_SOD_PATH, 1, &outcome, NULL));
    CHECK(outcome == LANDFALL_OUTCOME_PASSED);
    OK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_CHIP_AUTHENTIC, 1, &outcome, &reason));
    CHECK(outcome == LANDFALL_OUTCOME_PASSED && reason == LANDFALL_REASON_CHIP_ANSWERED);
    OK(landfall_assessment_json(assessment, &json, &len));
    fwrite(json, 1, len, stdout);
    OK(landfall_assessment_free(assessment));

    /* What was given up on does not pass for nothing. */
    CHECK(landfall_inspection_could_not_read(NULL) == LANDFALL_STATUS_NULL_POINTER);
    OK(landfall_inspection_could_not_read(other));
    OK(landfall_inspection_assess(other, &assessment));
    OK(landfall_assessment_check_by_id(assessment, LANDFALL_CHECK_ENGINE_INPUT, 0, &outcome, NULL));
    CHECK(outcome == LANDFALL_OUTCOME_UNDETERMINED);
    OK(landfall_assessment_free(assessment));
    OK(landfall_inspection_free(other));
    OK(landfall_inspection_free(inspection));
    CHECK(landfall_inspection_could_not_read(inspection) == LANDFALL_STATUS_BAD_HANDLE);
    return 0;
}
