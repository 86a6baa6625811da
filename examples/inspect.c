#include "landfall.h"
#include <stdio.h>

int main(void) {
    landfall_engine *engine = NULL;
    landfall_inspection *inspection = NULL;
    landfall_assessment *assessment = NULL;
    const char *zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    const char *fact = "{\"reporter\": \"officer\", \"claim\": \"holder_comparison\", \"result\": \"same\"}";
    const char *word = "nothing was assessed", *surname = "";
    uint32_t recommendation, ground;
    size_t index;

    landfall_engine_new(NULL, &engine, NULL);
    landfall_inspection_new(engine, 1306886400, &inspection); /* 2011-06-01, seconds since 1970 */
    landfall_inspection_read_mrz(inspection, zone, SIZE_MAX, NULL, 0, NULL, NULL);
    landfall_inspection_add_fact(inspection, fact, SIZE_MAX, NULL);
    landfall_inspection_assess(inspection, &assessment);
    if (landfall_assessment_recommendation(assessment, &recommendation) == LANDFALL_STATUS_OK) {
        landfall_word_name(LANDFALL_VOCABULARY_RECOMMENDATION, recommendation, &word, NULL);
        landfall_assessment_field(assessment, 0, LANDFALL_FIELD_PRIMARY_IDENTIFIER, &surname, NULL);
    }
    printf("%s: %s\n", word, surname);
    for (index = 0; landfall_assessment_ground(assessment, index, &ground, NULL, NULL, NULL) == LANDFALL_STATUS_OK; index++) {
        landfall_word_name(LANDFALL_VOCABULARY_GROUND, ground, &word, NULL);
        printf("- %s\n", word);
    }
    landfall_assessment_free(assessment);
    landfall_inspection_free(inspection);
    landfall_engine_free(engine);
    return 0;
}
