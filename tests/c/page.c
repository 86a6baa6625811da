/* Pages through the interface: zones and barcodes from files and from pixels, one page in two lights into an inspection; and
 * everything that can be done wrong with them. Prints the assessment, for a comparison with what Rust says.
 *
 *   page VISIBLE INFRARED PIXELS WIDTH HEIGHT AT      files of pictures, grey pixels, seconds since 1970 */
#include "landfall.h"

#include "check.h"

#include <string.h>

static uint8_t visible[8 << 20], infrared[8 << 20], pixels[16 << 20];

static size_t load(const char *path, uint8_t *into, size_t room) {
    FILE *file = fopen(path, "rb");
    size_t len;
    CHECK(file != NULL);
    len = fread(into, 1, room, file);
    fclose(file);
    CHECK(len > 0 && len < room);
    return len;
}

static landfall_image image(const uint8_t *octets, size_t len, uint32_t light) {
    landfall_image image;
    memset(&image, 0, sizeof image);
    image.struct_size = (uint32_t)sizeof image;
    image.pixels = octets;
    image.pixels_len = len;
    image.light = light;
    return image;
}

/* What a reader says of one picture. */
static void zones(landfall_reader *reader, const landfall_image *raw, size_t len) {
    uint32_t count = 7, layout, accepted, wrong, confidence;
    const char *text = NULL, *json = NULL;
    size_t text_len = 0;
    OK(landfall_reader_read_file(reader, visible, len, &count, NULL));
    CHECK(count == 1);
    OK(landfall_reader_zone(reader, 0, &layout, &accepted, &wrong, &confidence));
    CHECK(layout == LANDFALL_LAYOUT_MRV_A && accepted == 1 && wrong == 0 && confidence > 950 && confidence <= 1000);
    OK(landfall_reader_zone_text(reader, 0, &text, &text_len));
    CHECK(text_len == 89 && strlen(text) == 89 && text[0] == 'V' && text[44] == '\n');
    OK(landfall_reader_zone_json(reader, 0, &json, NULL));
    CHECK(strstr(json, "\"format\":\"MRVA\"") != NULL);
    CHECK(landfall_reader_zone(reader, 1, NULL, NULL, NULL, NULL) == LANDFALL_STATUS_NOT_FOUND);
    OK(landfall_reader_read(reader, raw, &count, NULL));
    CHECK(count == 1);
    CHECK(landfall_reader_read_file(reader, visible, len / 2, &count, NULL) == LANDFALL_STATUS_IMAGE_UNREADABLE);
    CHECK(landfall_reader_read_file(reader, NULL, 3, &count, NULL) == LANDFALL_STATUS_NULL_POINTER);
}

static void barcodes(landfall_reader *reader, const landfall_image *file, landfall_image raw) {
    uint32_t count = 7, symbology = 0;
    const uint8_t *bytes = NULL;
    const char *json = NULL;
    size_t len = 0;
    OK(landfall_reader_read_barcodes(reader, file, 0, &count, NULL));
    CHECK(count == 1);
    OK(landfall_reader_barcode(reader, 0, &symbology, &bytes, &len));
    CHECK(symbology == LANDFALL_SYMBOLOGY_DATAMATRIX && len > 100 && bytes[0] == 0xDC);
    OK(landfall_reader_barcode_json(reader, 0, &json, NULL));
    CHECK(strstr(json, "\"kind\":\"vds\"") != NULL);
    CHECK(landfall_reader_barcode(reader, 1, NULL, NULL, NULL) == LANDFALL_STATUS_NOT_FOUND);
    CHECK(landfall_reader_barcode_json(reader, 1, &json, NULL) == LANDFALL_STATUS_NOT_FOUND);
    OK(landfall_reader_read_barcodes(reader, &raw, 1u << LANDFALL_SYMBOLOGY_QR, &count, NULL));
    CHECK(count == 0);
    CHECK(landfall_reader_read_barcodes(reader, file, 1u << 30, &count, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_reader_read_barcodes(reader, NULL, 0, &count, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    raw.stride = 3;
    CHECK(landfall_reader_read_barcodes(reader, &raw, 0, &count, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
}

int main(int argc, char **argv) {
    landfall_engine *engine = NULL;
    landfall_inspection *inspection = NULL;
    landfall_assessment *assessment = NULL;
    landfall_reader *reader = NULL;
    landfall_image lights[3], raw;
    uint32_t documents = 7, payloads = 7;
    const char *json = NULL;
    size_t len[3];

    CHECK(argc == 7);
    len[0] = load(argv[1], visible, sizeof visible);
    len[1] = load(argv[2], infrared, sizeof infrared);
    len[2] = load(argv[3], pixels, sizeof pixels);
    lights[0] = image(visible, len[0], 0);
    lights[0].ppi = 300;
    lights[1] = image(infrared, len[1], LANDFALL_LIGHT_INFRARED);
    lights[2] = lights[1];
    raw = image(pixels, len[2], LANDFALL_LIGHT_VISIBLE);
    raw.format = LANDFALL_PIXEL_FORMAT_GREY8;
    raw.width = (uint32_t)atoi(argv[4]);
    raw.height = (uint32_t)atoi(argv[5]);

    OK(landfall_reader_new(&reader));
    zones(reader, &raw, len[0]);
    barcodes(reader, &lights[0], raw);

    OK(landfall_engine_new(NULL, &engine, NULL));
    OK(landfall_inspection_new(engine, atol(argv[6]), &inspection));
    CHECK(landfall_inspection_read_page(inspection, reader, NULL, 1, 0, NULL, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    CHECK(landfall_inspection_read_page(inspection, reader, lights, 0, 0, NULL, NULL, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_inspection_read_page(inspection, reader, lights, 3, 0, NULL, NULL, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_inspection_read_page(inspection, reader, lights, 17, 0, NULL, NULL, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    CHECK(landfall_inspection_read_page(inspection, NULL, lights, 2, 0, NULL, NULL, NULL) == LANDFALL_STATUS_NULL_POINTER);
    lights[1].light = 99;
    CHECK(landfall_inspection_read_page(inspection, reader, lights, 2, 0, NULL, NULL, NULL) == LANDFALL_STATUS_BAD_ARGUMENT);
    lights[1].light = LANDFALL_LIGHT_INFRARED;
    OK(landfall_inspection_read_page(inspection, reader, lights, 2, 0, &documents, &payloads, NULL));
    CHECK(documents == 1 && payloads == 1);
    OK(landfall_inspection_assess(inspection, &assessment));
    OK(landfall_assessment_json(assessment, &json, NULL));
    printf("%s\n", json);
    OK(landfall_assessment_free(assessment));
    OK(landfall_inspection_free(inspection));

    /* Two frames of one camera are one page. */
    lights[1] = lights[0];
    OK(landfall_inspection_new(engine, atol(argv[6]), &inspection));
    OK(landfall_inspection_read_page(inspection, reader, lights, 2, 0, &documents, &payloads, NULL));
    CHECK(documents == 1 && payloads == 1);
    OK(landfall_inspection_free(inspection));
    OK(landfall_engine_free(engine));
    OK(landfall_reader_free(reader));
    return 0;
}
