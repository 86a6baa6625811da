// The C++ binding as a host uses it: results, errors, ownership.
#include "landfall.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

#define CHECK(condition)                                                                    \
    do {                                                                                    \
        if (!(condition)) {                                                                 \
            std::cerr << __FILE__ << ":" << __LINE__ << ": " << #condition << "\n";         \
            std::exit(1);                                                                   \
        }                                                                                   \
    } while (0)

static const std::int64_t JUNE_2011 = 1306886400;
static const std::string ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                                "L898902C36UTO7408122F1204159ZE184226B<<<<<10";

template <typename Work> static landfall::error thrown(Work work) {
    try {
        work();
    } catch (const landfall::error &error) {
        return error;
    }
    std::cerr << "nothing was thrown\n";
    std::exit(1);
}

static landfall::assessment specimen() {
    const landfall::engine engine(LANDFALL_POLICY_TRAINING);
    landfall::inspection inspection = engine.inspect(JUNE_2011);
    CHECK(inspection.read_mrz(ZONE) == 1);
    inspection.add_fact("{\"reporter\":\"officer\",\"claim\":\"holder_comparison\",\"result\":\"same\"}");
    // The result outlives engine and inspection.
    return inspection.assess();
}

static void results() {
    const landfall::assessment made = specimen();
    landfall::assessment assessment = specimen();
    CHECK(assessment.json() == made.json());
    const landfall::assessment moved = std::move(assessment);
    CHECK(moved.recommendation() == LANDFALL_RECOMMENDATION_REFER);
    CHECK(moved.document_count() == 1);
    CHECK(moved.field(LANDFALL_FIELD_PRIMARY_IDENTIFIER) == "ERIKSSON");
    CHECK(moved.field(LANDFALL_FIELD_BIRTH_DATE, 1) == "1974-08-12");
    std::string text = "kept";
    CHECK(!moved.field(LANDFALL_FIELD_OPTIONAL_DATA_2, text) && text == "kept");
    CHECK(moved.outcome(LANDFALL_CHECK_HOLDER_COMPARISON) == LANDFALL_OUTCOME_PASSED);
    CHECK(moved.outcome(LANDFALL_CHECK_HOLDER_COMPARISON, 9) == 0);
    CHECK(moved.checks().size() > 13 && moved.checks()[0].id == LANDFALL_CHECK_ENGINE_CLOCK);
    CHECK(!moved.hints().empty() && !moved.actions().empty());
    CHECK(moved.confidence().overall <= moved.confidence().holder);
    CHECK(moved.policy_sha256().size() == 64);
    for (const landfall::ground &ground : moved.grounds())
        CHECK(ground.id != 0 && ground.check != 0);
    CHECK(thrown([&] { assessment.json(); }).status() == LANDFALL_STATUS_NULL_POINTER);
}

static void errors() {
    const landfall::engine engine;
    landfall::inspection inspection = engine.inspect(JUNE_2011);
    const landfall::error shorter = thrown([&] { inspection.read_mrz(ZONE.substr(0, ZONE.size() - 1)); });
    CHECK(shorter.status() == LANDFALL_STATUS_MRZ_LINE_LENGTH);
    CHECK(shorter.part() == "mrz line 2" && shorter.offset() == 43);
    CHECK(std::string(shorter.what()).find("ERIKSSON") == std::string::npos);
    CHECK(thrown([&] { inspection.add_fact("{}"); }).status() == LANDFALL_STATUS_BAD_JSON);
    CHECK(thrown([&] { engine.inspect(INT64_MAX); }).status() == LANDFALL_STATUS_BAD_TIME);
    CHECK(thrown([] { landfall::engine(LANDFALL_POLICY_DEFAULT, "version = "); }).part() == "policy");
    CHECK(thrown([] { landfall::word_name(0, 0); }).status() == LANDFALL_STATUS_BAD_ARGUMENT);
}

static void zones() {
    const landfall::mrz zone(ZONE, JUNE_2011);
    CHECK(zone.layout() == LANDFALL_LAYOUT_TD3);
    CHECK(zone.field(LANDFALL_MRZ_FIELD_DOCUMENT_NUMBER) == "L898902C3");
    CHECK(zone.outcome(LANDFALL_CHECK_MRZ_CHECK_DIGIT_COMPOSITE) == LANDFALL_OUTCOME_PASSED);
    CHECK(zone.json().front() == '{');
    const landfall::mrz doubted("#" + ZONE.substr(1), JUNE_2011, "#");
    CHECK(doubted.field(LANDFALL_MRZ_FIELD_DOCUMENT_CODE) == "?<");
    const std::string made = landfall::mrz::make(
        "{\"layout\":\"td3\",\"document_code\":\"P\",\"issuer\":\"UTO\",\"primary\":\"Eriksson\",\"secondary\":\"Anna Maria\","
        "\"document_number\":\"L898902C3\",\"nationality\":\"UTO\",\"birth_date\":\"1974-08-12\",\"sex\":\"female\","
        "\"expiry_date\":\"2012-04-15\",\"optional_data\":\"ZE184226B\"}");
    CHECK(made == ZONE);
}

static void repairs() {
    std::string misread = ZONE;
    misread[60] = 'O';
    CHECK(landfall::mrz::repair(misread).find("\"to\":\"0\"") != std::string::npos);
    CHECK(thrown([] { landfall::mrz::repair(ZONE, 77); }).status() == LANDFALL_STATUS_BAD_ARGUMENT);
    const std::vector<std::uint16_t> costs(88 * 37, 100);
    CHECK(landfall::mrz::repair(ZONE, LANDFALL_READER_UNIFORM, costs).find("\"unique\":false") != std::string::npos);
    CHECK(thrown([&] { landfall::mrz::repair(ZONE, 0, {1, 2, 3}); }).status() == LANDFALL_STATUS_BAD_LENGTH);
}

static landfall::bytes load(const std::string &path) {
    std::ifstream file(path.c_str(), std::ios::binary);
    CHECK(file.good());
    return landfall::bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

static void chips(const std::string &specimens) {
    landfall::trust trust;
    const landfall::bytes anchor = load(specimens + "/utopia-trust/csca-uto.der");
    CHECK(trust.add(anchor, "a test") == 1);
    CHECK(thrown([&] { trust.add(landfall::bytes(9, 7), "a test"); }).status() != LANDFALL_STATUS_OK);
    const landfall::engine engine = landfall::engine(LANDFALL_POLICY_TRAINING).with_trust(trust);
    landfall::inspection inspection = engine.inspect(1793534400); // 2026-11-01T12:00:00Z
    const char *const names[] = {"DG1", "DG2", "DG11", "DG12", "DG14", "DG15", "EF.COM", "EF.SOD"};
    for (const char *name : names)
        CHECK(inspection.read_chip_file(1, load(specimens + "/utopia-passport/" + name)) != 0);
    const landfall::bytes random = {1, 2, 3, 4, 5, 6, 7, 8};
    CHECK(inspection.challenge(1, random) == random);
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_CHIP_AUTHENTIC, 1) == LANDFALL_OUTCOME_ABORTED);
    inspection.chip_answer(1, random, landfall::bytes(64, 7));
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_CHIP_AUTHENTIC, 1) == LANDFALL_OUTCOME_FAILED);
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_SOD_PATH, 1) == LANDFALL_OUTCOME_PASSED);
    CHECK(thrown([&] { inspection.chip_answer(1, random, landfall::bytes()); }).status()
          == LANDFALL_STATUS_BAD_LENGTH);
    CHECK(thrown([&] { inspection.challenge(1, landfall::bytes(8)); }).status() == LANDFALL_STATUS_BAD_ARGUMENT);
    const std::vector<landfall::picture> pictures = inspection.pictures(1);
    CHECK(pictures.size() == 1 && pictures[0].data_group == 2 && pictures[0].content.at(1) == 'P');
    CHECK(inspection.pictures(1, LANDFALL_PICTURE_ORIGINAL)[0].content.at(1) == 0xD8);
    CHECK(inspection.pictures(2).empty());
    inspection.could_not_read();
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_ENGINE_INPUT) == LANDFALL_OUTCOME_UNDETERMINED);
}

static void screening(const std::string &specimens) {
    const landfall::alerts list(load(specimens + "/../alert/utopia.alerts"));
    const std::string query = "{\"surname\":\"ERIKSSON\",\"birth_date\":\"1974-08-12\"}";
    CHECK(list.screen(query, 1306886400).find("UT-1") != std::string::npos);
    CHECK(thrown([&] { list.screen("no query", 0); }).status() == LANDFALL_STATUS_BAD_JSON);
    CHECK(thrown([&] { landfall::alerts(landfall::bytes(300, 7)); }).status() == LANDFALL_STATUS_ALERT_MAGIC);
    landfall::engine engine;
    engine.swap_alerts({&list});
    landfall::inspection inspection = engine.inspect(1306886400);
    inspection.read_mrz("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                        "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_ALERT_PERSON) == LANDFALL_OUTCOME_FAILED);
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_ALERT_DOCUMENT, 1) == LANDFALL_OUTCOME_FAILED);
}

/// A visa with its seal, from one picture.
static void pages(const std::string &visa) {
    const landfall::engine engine;
    const landfall::reader reader;
    const landfall::bytes file = load(visa);
    landfall::inspection inspection = engine.inspect(1793491200);
    const landfall::page_read read = inspection.read_page(reader, {landfall::image_file(file, LANDFALL_LIGHT_VISIBLE, 300)});
    CHECK(read.documents == 1 && read.payloads == 1);
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_OPTICAL_MRZ_READING, 1) == LANDFALL_OUTCOME_PASSED);
    CHECK(inspection.assess().outcome(LANDFALL_CHECK_OPTICAL_MRZ_GEOMETRY, 1) == LANDFALL_OUTCOME_PASSED);
    CHECK(thrown([&] { inspection.read_page(reader, {}); }).status() == LANDFALL_STATUS_BAD_ARGUMENT);
    const landfall::bytes half(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2));
    CHECK(thrown([&] { inspection.read_page(reader, {landfall::image_file(half)}); }).status()
          == LANDFALL_STATUS_IMAGE_UNREADABLE);
    CHECK(thrown([&] { inspection.read_payload(landfall::bytes(3, 1)); }).status() == LANDFALL_STATUS_PAYLOAD_UNKNOWN);
}

int main(int count, char **arguments) {
    CHECK(landfall::version() == LANDFALL_VERSION);
    results();
    errors();
    zones();
    repairs();
    CHECK(count == 2 || count == 3);
    chips(arguments[1]);
    screening(arguments[1]);
    if (count == 3)
        pages(arguments[2]);
}
