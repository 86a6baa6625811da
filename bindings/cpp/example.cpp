#include "landfall.hpp"
#include <iostream>

int main() {
    const landfall::engine engine;
    landfall::inspection inspection = engine.inspect(1306886400); // 2011-06-01, seconds since 1970
    inspection.read_mrz("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10");
    inspection.add_fact("{\"reporter\": \"officer\", \"claim\": \"holder_comparison\", \"result\": \"same\"}");
    const landfall::assessment assessment = inspection.assess();
    std::cout << landfall::word_name(LANDFALL_VOCABULARY_RECOMMENDATION, assessment.recommendation()) << ": "
              << assessment.field(LANDFALL_FIELD_PRIMARY_IDENTIFIER) << "\n";
    for (const landfall::ground &ground : assessment.grounds())
        std::cout << "- " << landfall::word_name(LANDFALL_VOCABULARY_GROUND, ground.id) << "\n";
}
