// Landfall for C++11 and later: owning objects, std::string and exceptions over include/landfall.h.
//
// Header only; link the shared or the static library. Every function throws landfall::error when the C function beneath
// it does not succeed; a document that is read and found wrong is no error, but an assessment with failed checks.
// Objects can be moved and not copied, and free what they hold. An engine may be used by many threads at once, every
// other object by one at a time. Texts are copies and outlive the object they came from. Numbers are those of
// landfall.h: LANDFALL_CHECK_..., LANDFALL_OUTCOME_..., LANDFALL_FIELD_... and so on.

#ifndef LANDFALL_HPP
#define LANDFALL_HPP

#include "landfall.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace landfall {

/// What went wrong: the status of the C function, and where in the input, if it was a function that reads.
class error : public std::runtime_error {
public:
    error(std::uint32_t status, const std::string &message, const std::string &part, std::size_t offset)
        : std::runtime_error(message), status_(status), part_(part), offset_(offset) {}

    /// LANDFALL_STATUS_..., never LANDFALL_STATUS_OK.
    std::uint32_t status() const noexcept { return status_; }
    /// "mrz line 2", "fact", "policy", ..., or "call".
    const std::string &part() const noexcept { return part_; }
    /// How far into that part: bytes, or characters of a line.
    std::size_t offset() const noexcept { return offset_; }

private:
    std::uint32_t status_;
    std::string part_;
    std::size_t offset_;
};

namespace detail {

/// Frees what a handle stands for. A status cannot be thrown from here, and none but success is possible.
struct free_handle {
    void operator()(landfall_engine *handle) const noexcept { landfall_engine_free(handle); }
    void operator()(landfall_inspection *handle) const noexcept { landfall_inspection_free(handle); }
    void operator()(landfall_assessment *handle) const noexcept { landfall_assessment_free(handle); }
    void operator()(landfall_mrz *handle) const noexcept { landfall_mrz_free(handle); }
    void operator()(landfall_text *handle) const noexcept { landfall_text_free(handle); }
    void operator()(landfall_error *handle) const noexcept { landfall_error_free(handle); }
    void operator()(landfall_reader *handle) const noexcept { landfall_reader_free(handle); }
    void operator()(landfall_trust *handle) const noexcept { landfall_trust_free(handle); }
    void operator()(landfall_bytes *handle) const noexcept { landfall_bytes_free(handle); }
    void operator()(landfall_alerts *handle) const noexcept { landfall_alerts_free(handle); }
};

template <typename Handle> using owned = std::unique_ptr<Handle, free_handle>;

/// Throws if a function that says no more than its status did not succeed.
inline void check(std::uint32_t status) {
    if (status == LANDFALL_STATUS_OK)
        return;
    const char *text = nullptr;
    std::size_t length = 0;
    landfall_status_text(status, &text, &length);
    throw error(status, std::string(text ? text : "unknown status", text ? length : 14), "call", 0);
}

/// Collects what a function that reads says beside its status.
class report {
public:
    report() {
        landfall_error *handle = nullptr;
        detail::check(landfall_error_new(&handle));
        handle_.reset(handle);
    }

    operator landfall_error *() const noexcept { return handle_.get(); }

    void check(std::uint32_t status) const {
        if (status == LANDFALL_STATUS_OK)
            return;
        const char *part = nullptr, *text = nullptr;
        std::size_t part_length = 0, text_length = 0, offset = 0;
        landfall_error_detail(handle_.get(), nullptr, &part, &part_length, &offset);
        landfall_error_text(handle_.get(), &text, &text_length);
        if (!part || !text)
            detail::check(status);
        throw error(status, std::string(text, text_length), std::string(part, part_length), offset);
    }

private:
    owned<landfall_error> handle_;
};

inline std::string text_of(landfall_text *handle) {
    const owned<landfall_text> owner(handle);
    const char *text = nullptr;
    std::size_t length = 0;
    check(landfall_text_view(owner.get(), &text, &length));
    return std::string(text, length);
}

} // namespace detail

/// The version of the library, which may be another than that of the header.
inline std::string version() {
    const char *text = nullptr;
    std::size_t length = 0;
    detail::check(landfall_version(&text, &length));
    return std::string(text, length);
}

/// The name of a word, as JSON has it: word_name(LANDFALL_VOCABULARY_CHECK, LANDFALL_CHECK_MRZ_CALENDAR).
inline std::string word_name(std::uint32_t vocabulary, std::uint32_t number) {
    const char *text = nullptr;
    std::size_t length = 0;
    detail::check(landfall_word_name(vocabulary, number, &text, &length));
    return std::string(text, length);
}

/// A check and what came of it.
struct check {
    std::uint32_t id;       ///< LANDFALL_CHECK_...
    std::uint32_t outcome;  ///< LANDFALL_OUTCOME_...
    std::uint32_t reason;   ///< LANDFALL_REASON_...
    std::uint32_t axis;     ///< LANDFALL_AXIS_...
    std::uint32_t document; ///< From 1; 0 if it is not about a document.
};

/// What stands against clearing, and the check that gives it.
struct ground {
    std::uint32_t id;       ///< LANDFALL_GROUND_...
    std::uint32_t check;    ///< LANDFALL_CHECK_...
    std::uint32_t reason;   ///< LANDFALL_REASON_...
    std::uint32_t document; ///< From 1; 0 if it is not about a document.
};

/// The identity confidence, in centibans: 1/100 of the decimal logarithm of a likelihood ratio.
struct confidence {
    std::int32_t document;
    std::int32_t holder;
    std::int32_t overall;
    std::uint32_t level; ///< LANDFALL_LEVEL_...
    std::uint32_t basis; ///< LANDFALL_BASIS_...
};

/// The result of an inspection.
class assessment {
public:
    explicit assessment(landfall_assessment *handle) : handle_(handle) {}

    /// LANDFALL_RECOMMENDATION_...
    std::uint32_t recommendation() const {
        std::uint32_t recommendation = 0;
        detail::check(landfall_assessment_recommendation(handle_.get(), &recommendation));
        return recommendation;
    }

    landfall::confidence confidence() const {
        landfall::confidence it = {0, 0, 0, 0, 0};
        detail::check(landfall_assessment_confidence(handle_.get(), &it.document, &it.holder, &it.overall, &it.level,
                                                     &it.basis));
        return it;
    }

    /// The whole assessment as one line of JSON.
    std::string json() const {
        const char *text = nullptr;
        std::size_t length = 0;
        detail::check(landfall_assessment_json(handle_.get(), &text, &length));
        return std::string(text, length);
    }

    std::size_t document_count() const {
        std::size_t count = 0;
        detail::check(landfall_assessment_document_count(handle_.get(), &count));
        return count;
    }

    /// Whether there is such a field (LANDFALL_FIELD_...), and its text. Document 0 is the one that names the traveller.
    bool field(std::uint32_t field, std::string &into, std::uint32_t document = 0) const {
        const char *text = nullptr;
        std::size_t length = 0;
        const std::uint32_t status = landfall_assessment_field(handle_.get(), document, field, &text, &length);
        if (status == LANDFALL_STATUS_NOT_FOUND)
            return false;
        detail::check(status);
        into.assign(text, length);
        return true;
    }

    /// The text of a field; empty also if there is none.
    std::string field(std::uint32_t field, std::uint32_t document = 0) const {
        std::string text;
        this->field(field, text, document);
        return text;
    }

    std::vector<landfall::check> checks() const {
        std::vector<landfall::check> checks;
        landfall::check it = {0, 0, 0, 0, 0};
        while (listed(landfall_assessment_check(handle_.get(), checks.size(), &it.id, &it.outcome, &it.reason, &it.axis,
                                                &it.document)))
            checks.push_back(it);
        return checks;
    }

    /// What came of a check: LANDFALL_OUTCOME_..., the worst over all subjects for document 0; 0 if it was neither
    /// expected nor made.
    std::uint32_t outcome(std::uint32_t check, std::uint32_t document = 0) const {
        std::uint32_t outcome = 0;
        listed(landfall_assessment_check_by_id(handle_.get(), check, document, &outcome, nullptr));
        return outcome;
    }

    std::vector<ground> grounds() const {
        std::vector<ground> grounds;
        ground it = {0, 0, 0, 0};
        while (listed(landfall_assessment_ground(handle_.get(), grounds.size(), &it.id, &it.check, &it.reason,
                                                 &it.document)))
            grounds.push_back(it);
        return grounds;
    }

    /// What to do, in the order of doing it: LANDFALL_ACTION_...
    std::vector<std::uint32_t> actions() const {
        std::vector<std::uint32_t> actions;
        std::uint32_t action = 0;
        while (listed(landfall_assessment_action(handle_.get(), actions.size(), &action)))
            actions.push_back(action);
        return actions;
    }

    /// What would help with checks that came to no conclusion, in English.
    std::vector<std::string> hints() const {
        std::vector<std::string> hints;
        const char *text = nullptr;
        std::size_t length = 0;
        while (listed(landfall_assessment_hint(handle_.get(), hints.size(), nullptr, &text, &length)))
            hints.push_back(std::string(text, length));
        return hints;
    }

    /// SHA-256 of the policy file by which was judged.
    std::string policy_sha256() const {
        const char *text = nullptr;
        std::size_t length = 0;
        detail::check(landfall_assessment_policy_sha256(handle_.get(), &text, &length));
        return std::string(text, length);
    }

private:
    /// Whether a list has this entry; what is neither an entry nor its end is thrown.
    static bool listed(std::uint32_t status) {
        if (status != LANDFALL_STATUS_NOT_FOUND)
            detail::check(status);
        return status == LANDFALL_STATUS_OK;
    }

    detail::owned<landfall_assessment> handle_;
};

/// Bytes: files of a chip, pictures, challenges, answers.
using bytes = std::vector<std::uint8_t>;

/// A picture of a chip.
struct picture {
    std::uint32_t data_group; ///< 2, 5 or 7; 0 for one outside any data group.
    bytes content;            ///< As it stands on the chip, or as PNG.
};

/// Reads zones and barcodes from pictures; keeps its memory from picture to picture. For one thread at a time.
class reader {
public:
    reader() {
        landfall_reader *handle = nullptr;
        detail::check(landfall_reader_new(&handle));
        handle_.reset(handle);
    }

    landfall_reader *handle() const noexcept { return handle_.get(); }

private:
    detail::owned<landfall_reader> handle_;
};

/// The bytes of a file of a picture, in the light in which it was taken, at so many pixels an inch (0: not known).
inline landfall_image image_file(const bytes &file, std::uint32_t light = LANDFALL_LIGHT_VISIBLE, std::uint32_t ppi = 0) {
    landfall_image image = landfall_image();
    image.struct_size = static_cast<std::uint32_t>(sizeof image);
    image.light = light;
    image.ppi = ppi;
    image.pixels = file.data();
    image.pixels_len = file.size();
    return image;
}

/// What a page gave an inspection.
struct page_read {
    std::uint32_t documents; ///< Zones, each of which opened a document.
    std::uint32_t payloads;  ///< Barcodes of a known kind.
};

/// One traveller, one encounter, at one given time.
class inspection {
public:
    explicit inspection(landfall_inspection *handle) : handle_(handle) {}

    /// Takes the text of a machine-readable zone and gives the number of its document, from 1. `unread` are characters
    /// by which the reader says "could not be read", beside ? and *.
    std::uint32_t read_mrz(const std::string &text, const std::string &unread = std::string()) {
        std::uint32_t document = 0;
        const detail::report report;
        report.check(landfall_inspection_read_mrz(handle_.get(), text.data(), text.size(), unread.data(), unread.size(),
                                                  &document, report));
        return document;
    }

    /// Takes the bytes of a barcode, and says what they are: LANDFALL_PAYLOAD_KIND_...
    std::uint32_t read_payload(const bytes &payload) {
        std::uint32_t kind = 0;
        const detail::report report;
        report.check(landfall_inspection_read_payload(handle_.get(), payload.data(), payload.size(), &kind, report));
        return kind;
    }

    /// Reads zones and barcodes of one page, from up to 16 pictures of it, each in the light that it names; several in visible
    /// light are frames of a camera and read together. `whole_page` says that they end where the page ends.
    page_read read_page(const reader &reader, const std::vector<landfall_image> &images, bool whole_page = false) {
        page_read read = {0, 0};
        const detail::report report;
        report.check(landfall_inspection_read_page(handle_.get(), reader.handle(), images.data(), images.size(),
                                                   whole_page ? 1 : 0, &read.documents, &read.payloads, report));
        return read;
    }

    /// Takes a fact that only the host can know, as a JSON object.
    void add_fact(const std::string &json) {
        const detail::report report;
        report.check(landfall_inspection_add_fact(handle_.get(), json.data(), json.size(), report));
    }

    /// Takes a file of the chip of a document and gives its number: LANDFALL_CHIP_FILE_..., 0 for one without.
    std::uint32_t read_chip_file(std::uint32_t document, const bytes &file) {
        std::uint32_t number = 0;
        const detail::report report;
        report.check(landfall_inspection_read_chip_file(handle_.get(), document, file.data(), file.size(), &number,
                                                        report));
        return number;
    }

    /// Says that something was there which could not be read: nothing clears then.
    void could_not_read() { detail::check(landfall_inspection_could_not_read(handle_.get())); }

    /// Issues a challenge for the chip of a document from LANDFALL_CHALLENGE_LEN random bytes; gives what to send.
    bytes challenge(std::uint32_t document, const bytes &random) {
        bytes challenge(LANDFALL_CHALLENGE_LEN);
        detail::check(landfall_inspection_challenge(handle_.get(), document, random.data(), random.size(),
                                                    challenge.data()));
        return challenge;
    }

    /// Takes what the chip answered. It counts in its favour only for a challenge that this inspection issued.
    void chip_answer(std::uint32_t document, const bytes &challenge, const bytes &answer) {
        const detail::report report;
        report.check(landfall_inspection_chip_answer(handle_.get(), document, challenge.data(), challenge.size(),
                                                     answer.data(), answer.size(), report));
    }

    /// The pictures on the chip of a document, the portrait to show first: LANDFALL_PICTURE_ORIGINAL or
    /// LANDFALL_PICTURE_PNG.
    std::vector<picture> pictures(std::uint32_t document, std::uint32_t form = LANDFALL_PICTURE_PNG) const {
        std::vector<picture> pictures;
        for (;;) {
            landfall_bytes *handle = nullptr;
            picture it = {0, bytes()};
            const detail::report report;
            const std::uint32_t status = landfall_inspection_picture(handle_.get(), document, pictures.size(), form,
                                                                     &it.data_group, &handle, report);
            if (status == LANDFALL_STATUS_NOT_FOUND)
                return pictures;
            report.check(status);
            const detail::owned<landfall_bytes> owner(handle);
            const std::uint8_t *at = nullptr;
            std::size_t length = 0;
            detail::check(landfall_bytes_view(owner.get(), &at, &length));
            it.content.assign(at, at + length);
            pictures.push_back(it);
        }
    }

    /// Judges what was read and reported so far.
    landfall::assessment assess() const {
        landfall_assessment *assessment = nullptr;
        detail::check(landfall_inspection_assess(handle_.get(), &assessment));
        return landfall::assessment(assessment);
    }

private:
    detail::owned<landfall_inspection> handle_;
};

/// Whom a post believes, brought in as bytes on the word of whoever is named.
class trust {
public:
    trust() {
        landfall_trust *handle = nullptr;
        detail::check(landfall_trust_new(&handle));
        handle_.reset(handle);
    }

    /// Takes certificates, master lists, revocation lists or directory files, recognised by content, on the word of
    /// whoever is named; gives how many anchors are new. Nothing of an inspected document belongs here.
    std::size_t add(const bytes &material, const std::string &vouched_by) {
        std::size_t added = 0;
        const detail::report report;
        report.check(landfall_trust_import(handle_.get(), material.data(), material.size(), vouched_by.data(),
                                           vouched_by.size(), &added, nullptr, report));
        return added;
    }

    const landfall_trust *handle() const noexcept { return handle_.get(); }

private:
    detail::owned<landfall_trust> handle_;
};

/// An alert list: a package that was built before, shared between threads.
class alerts {
public:
    /// Opens the bytes of a package. `least_version` is the version that was last seen; 0 for none.
    explicit alerts(const bytes &package, std::uint64_t least_version = 0) {
        landfall_alerts *handle = nullptr;
        const detail::report report;
        report.check(landfall_alerts_open(package.data(), package.size(), least_version, &handle, report));
        handle_.reset(handle);
    }

    /// Has names found under their short forms too: rows of comma-separated names. Gives how many rows could not be read.
    std::size_t use_nicknames(const std::string &rows) {
        std::size_t faults = 0;
        const detail::report report;
        report.check(landfall_alerts_use_nicknames(handle_.get(), rows.data(), rows.size(), &faults, report));
        return faults;
    }

    /// Looks one traveller up, given as a JSON object; gives the matches as JSON (docs/alerts.md).
    std::string screen(const std::string &query, std::int64_t at) const {
        landfall_text *text = nullptr;
        const detail::report report;
        report.check(landfall_alerts_screen(handle_.get(), query.data(), query.size(), at, &text, report));
        return detail::text_of(text);
    }

    const landfall_alerts *handle() const noexcept { return handle_.get(); }

private:
    detail::owned<landfall_alerts> handle_;
};

/// An engine: built once, shared between threads.
class engine {
public:
    /// With a compiled-in policy (LANDFALL_POLICY_...), or with the text of a policy file if it is not empty.
    /// `not_before` is the latest time that the host has seen, in seconds after 1970-01-01T00:00:00Z; 0 for none.
    explicit engine(std::uint32_t policy_kind = LANDFALL_POLICY_DEFAULT, const std::string &policy = std::string(),
                    std::int64_t not_before = 0) {
        detail::check(landfall_abi_check(LANDFALL_ABI_MAJOR, LANDFALL_ABI_MINOR));
        landfall_engine_config config = landfall_engine_config();
        config.struct_size = static_cast<std::uint32_t>(sizeof config);
        config.policy_kind = policy_kind;
        config.policy = policy.empty() ? nullptr : policy.data();
        config.policy_len = policy.size();
        config.not_before = not_before;
        landfall_engine *handle = nullptr;
        const detail::report report;
        report.check(landfall_engine_new(&config, &handle, report));
        handle_.reset(handle);
    }

    /// Another engine, which believes these anchors instead of its own.
    engine with_trust(const trust &anchors) const {
        landfall_engine *made = nullptr;
        detail::check(landfall_engine_with_trust(handle_.get(), anchors.handle(), &made));
        return engine(made);
    }

    /// Exchanges the alert lists of this engine, in one step; inspections that are open keep theirs.
    void swap_alerts(const std::vector<const alerts *> &lists) {
        std::vector<const landfall_alerts *> handles;
        for (const alerts *list : lists)
            handles.push_back(list->handle());
        detail::check(landfall_engine_swap_alerts(handle_.get(), handles.data(), handles.size()));
    }

    /// Opens an inspection at the time `at`, in seconds after 1970-01-01T00:00:00Z.
    landfall::inspection inspect(std::int64_t at) const {
        landfall_inspection *inspection = nullptr;
        detail::check(landfall_inspection_new(handle_.get(), at, &inspection));
        return landfall::inspection(inspection);
    }

private:
    explicit engine(landfall_engine *handle) : handle_(handle) {}

    detail::owned<landfall_engine> handle_;
};

/// A machine-readable zone by itself.
class mrz {
public:
    /// Reads a zone, with centuries and validity reckoned from `at`, in seconds after 1970-01-01T00:00:00Z.
    mrz(const std::string &text, std::int64_t at, const std::string &unread = std::string()) {
        landfall_mrz *handle = nullptr;
        const detail::report report;
        report.check(landfall_mrz_parse(text.data(), text.size(), unread.data(), unread.size(), at, &handle, report));
        handle_.reset(handle);
    }

    /// Writes a zone from a JSON object and gives its lines.
    static std::string make(const std::string &json) {
        landfall_text *text = nullptr;
        const detail::report report;
        report.check(landfall_mrz_make(json.data(), json.size(), &text, report));
        return detail::text_of(text);
    }

    /// The most likely reading of a zone that satisfies its rules, beside what was printed, as one line of JSON. `costs` are
    /// what the reader says of each position, 37 each in the order of LANDFALL_REPAIR_CHARACTERS, or nothing.
    static std::string repair(const std::string &text, std::uint32_t reader = LANDFALL_READER_OCR_B,
                              const std::vector<std::uint16_t> &costs = std::vector<std::uint16_t>(),
                              const std::string &unread = std::string()) {
        landfall_repair_config config = landfall_repair_config();
        config.struct_size = static_cast<std::uint32_t>(sizeof config);
        config.reader = reader;
        config.unread = unread.data();
        config.unread_len = unread.size();
        config.costs = costs.data();
        config.cost_count = costs.size();
        landfall_text *repaired = nullptr;
        const detail::report report;
        report.check(landfall_mrz_repair(text.data(), text.size(), &config, &repaired, report));
        return detail::text_of(repaired);
    }

    /// LANDFALL_LAYOUT_...
    std::uint32_t layout() const {
        std::uint32_t layout = 0;
        detail::check(landfall_mrz_layout(handle_.get(), &layout));
        return layout;
    }

    /// A field as printed (LANDFALL_MRZ_FIELD_...); throws LANDFALL_STATUS_NOT_FOUND if the layout does not have it.
    std::string field(std::uint32_t field) const {
        const char *text = nullptr;
        std::size_t length = 0;
        detail::check(landfall_mrz_field(handle_.get(), field, &text, &length, nullptr, nullptr, nullptr));
        return std::string(text, length);
    }

    /// What came of a check: LANDFALL_OUTCOME_...
    std::uint32_t outcome(std::uint32_t check) const {
        std::uint32_t outcome = 0;
        detail::check(landfall_mrz_check_by_id(handle_.get(), check, &outcome, nullptr));
        return outcome;
    }

    /// Everything that the zone says, as one line of JSON.
    std::string json() const {
        const char *text = nullptr;
        std::size_t length = 0;
        detail::check(landfall_mrz_json(handle_.get(), &text, &length));
        return std::string(text, length);
    }

private:
    detail::owned<landfall_mrz> handle_;
};

} // namespace landfall

#endif
