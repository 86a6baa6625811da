// Landfall: document and identity verification for border counters. The C interface.
//
// Made from the library's source; do not edit.
//
// Rules that hold for every function (docs/c-abi.md says more):
//
// - It returns a status: LANDFALL_STATUS_OK (0) or what went wrong. A document that is read and found wrong is no
//   error: the call succeeds and a check has failed.
// - Outputs are pointers. They are set to NULL or 0 on entry and hold a result only if the status is 0. Where it does
//   not say that an output may be NULL, LANDFALL_STATUS_NULL_POINTER is given for it; lengths of texts may always be.
// - Text and bytes go in as pointer and length; SIZE_MAX says that they end with a NUL. Text is UTF-8.
// - Text comes out as a view: pointer and length, with a NUL behind it. It belongs to the handle it was asked from and
//   must not be freed or changed.
// - Handles are opaque, not addresses, and never to be dereferenced. Whoever makes one frees it; freeing NULL is fine. A
//   handle that was freed already or is of another type gives LANDFALL_STATUS_BAD_HANDLE.
// - LANDFALL_STATUS_PANIC is a defect of the library. The handle in use is poisoned: every later call with it gives
//   LANDFALL_STATUS_POISONED, and all that remains is to free it. Nothing is ever printed.
// - An engine may be used by many threads at once, every other handle by one at a time. There are no other threads,
//   no files, no network and no clock: times are given, in seconds after 1970-01-01T00:00:00Z.


#ifndef LANDFALL_H
#define LANDFALL_H

#include <stddef.h>
#include <stdint.h>

// The library that this header belongs to.
#define LANDFALL_VERSION "0.1.0"
#define LANDFALL_VERSION_MAJOR 0
#define LANDFALL_VERSION_MINOR 1
#define LANDFALL_VERSION_PATCH 0

// The characters of a zone in the order of their costs.
#define LANDFALL_REPAIR_CHARACTERS "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

// What functions return. 0 is success and is no word of it.

// A required pointer was null (C only).
#define LANDFALL_STATUS_NULL_POINTER 1
// A length, count or structure size cannot be right.
#define LANDFALL_STATUS_BAD_LENGTH 2
// Text that has to be UTF-8 is not.
#define LANDFALL_STATUS_NOT_UTF8 3
// An argument has a value outside its documented range.
#define LANDFALL_STATUS_BAD_ARGUMENT 4
// Nothing stands at this index or under this name.
#define LANDFALL_STATUS_NOT_FOUND 5
// The handle is not alive, or of another type (C only).
#define LANDFALL_STATUS_BAD_HANDLE 6
// Our own bug: a panic was caught at the door. The handle is poisoned.
#define LANDFALL_STATUS_PANIC 7
// An earlier panic poisoned this handle; free it.
#define LANDFALL_STATUS_POISONED 8
// The caller was built for another version of the interface.
#define LANDFALL_STATUS_ABI_MISMATCH 9
// The input ended before it was complete.
#define LANDFALL_STATUS_TRUNCATED 10
// The input is larger than this engine accepts.
#define LANDFALL_STATUS_TOO_LARGE 11
// A work budget (steps, depth, candidates) was used up.
#define LANDFALL_STATUS_BUDGET_EXCEEDED 12
// A date or time does not exist or is not written as RFC 3339.
#define LANDFALL_STATUS_BAD_TIME 13
// A file could not be opened or read.
#define LANDFALL_STATUS_UNREADABLE 14
// No room of this engine knows this kind of content.
#define LANDFALL_STATUS_UNKNOWN_CONTENT 15
// JSON from the caller is malformed or lacks a member.
#define LANDFALL_STATUS_BAD_JSON 16
// There is no text that could be a machine-readable zone.
#define LANDFALL_STATUS_MRZ_EMPTY 100
// The number of lines fits no known layout.
#define LANDFALL_STATUS_MRZ_LINE_COUNT 101
// A line is shorter or longer than its layout asks; the offset is where it ends.
#define LANDFALL_STATUS_MRZ_LINE_LENGTH 102
// Line count and lengths fit, but the document code belongs to no known layout.
#define LANDFALL_STATUS_MRZ_LAYOUT 103
// A value to be written holds a character that the MRZ has no place for.
#define LANDFALL_STATUS_MRZ_CHARACTER 104
// A value to be written is longer than its field.
#define LANDFALL_STATUS_MRZ_FIELD_LENGTH 105
// The layout has no such field, or needs one that is missing.
#define LANDFALL_STATUS_MRZ_FIELD 106
// A group of candidates for one position is not closed or too long.
#define LANDFALL_STATUS_MRZ_CANDIDATES 107
// The machine-readable zone of DG1 has no known length.
#define LANDFALL_STATUS_LDS_MRZ_LENGTH 200
// A biometric record is malformed.
#define LANDFALL_STATUS_LDS_BIOMETRIC 201
// What is signed is of another type than the file must hold.
#define LANDFALL_STATUS_LDS_CONTENT_TYPE 202
// The security object lists a data group twice, or one that cannot be.
#define LANDFALL_STATUS_LDS_DATA_GROUP 203
// The file is of another kind than the one asked for.
#define LANDFALL_STATUS_LDS_KIND 204
// Another element stands here than the structure asks for.
#define LANDFALL_STATUS_ASN1_TAG 300
// Identifier octets are malformed or stand for a tag that is too long.
#define LANDFALL_STATUS_ASN1_IDENTIFIER 301
// Length octets are malformed or too long.
#define LANDFALL_STATUS_ASN1_LENGTH 302
// A required element is missing at the end of its structure.
#define LANDFALL_STATUS_ASN1_MISSING 303
// Bytes follow where the structure has ended.
#define LANDFALL_STATUS_ASN1_TRAILING 304
// The value is none of its type.
#define LANDFALL_STATUS_ASN1_VALUE 305
// The value is outside the range that the structure gives it.
#define LANDFALL_STATUS_ASN1_RANGE 306
// The encoding is BER, but only DER is accepted here.
#define LANDFALL_STATUS_ASN1_NOT_DER 307
// The content is CMS, but no signed data.
#define LANDFALL_STATUS_CMS_NOT_SIGNED_DATA 320
// A signed attribute stands twice, or does not have exactly one value.
#define LANDFALL_STATUS_CMS_ATTRIBUTE 321
// Nothing recognises this content as the payload of a barcode.
#define LANDFALL_STATUS_PAYLOAD_UNKNOWN 420
// The payload is recognised, and this engine does not read its kind.
#define LANDFALL_STATUS_PAYLOAD_NOT_READ 421
// The header of the payload cannot be read.
#define LANDFALL_STATUS_PAYLOAD_HEADER 422
// A length in the payload leads beyond its end.
#define LANDFALL_STATUS_PAYLOAD_LENGTH 423
// The text armour of the payload (base32, base64 or hexadecimal) is malformed.
#define LANDFALL_STATUS_PAYLOAD_ARMOUR 424
// The JSON of the payload is malformed, or lacks a member that it must have.
#define LANDFALL_STATUS_PAYLOAD_JSON 425
// The JSON of the payload names a member twice.
#define LANDFALL_STATUS_PAYLOAD_JSON_REPEATED 426
// The compressed part of the payload cannot be inflated.
#define LANDFALL_STATUS_PAYLOAD_INFLATE 427
// The compressed part of the payload is larger than this engine accepts.
#define LANDFALL_STATUS_PAYLOAD_INFLATED_TOO_LARGE 428
// A value to be written does not fit the field it is for.
#define LANDFALL_STATUS_PAYLOAD_FIELD 429
// The file is no picture of a kind that is read, or it is cut short.
#define LANDFALL_STATUS_IMAGE_UNREADABLE 500
// The certificate is not the one whose SHA-256 was given.
#define LANDFALL_STATUS_TRUST_PIN 600
// The list is not signed by a signer of the root that was given.
#define LANDFALL_STATUS_TRUST_LIST_SIGNATURE 601
// The signed content is none that trust can be imported from.
#define LANDFALL_STATUS_TRUST_CONTENT_TYPE 602
// A local anchor names no country, so that there is nothing it could vouch for.
#define LANDFALL_STATUS_TRUST_NO_COUNTRY 603
// The text armour (PEM) is not closed or not base64.
#define LANDFALL_STATUS_TRUST_ARMOUR 604
// A revocation list has a lower number than one that was issued before it.
#define LANDFALL_STATUS_TRUST_CRL_NUMBER 605
// The store holds as many revocation lists as it may that no anchor has verified.
#define LANDFALL_STATUS_TRUST_CRL_UNVERIFIED 606
// The trust store was written by a later version.
#define LANDFALL_STATUS_TRUST_STORE_VERSION 607
// The trust store is not what was written: cut short or altered.
#define LANDFALL_STATUS_TRUST_STORE_DAMAGED 608
// A value of a directory file is not base64.
#define LANDFALL_STATUS_TRUST_LDIF 609
// The file is no alert-list package.
#define LANDFALL_STATUS_ALERT_MAGIC 700
// The package asks for a newer reader than this.
#define LANDFALL_STATUS_ALERT_VERSION 701
// The root of the package contradicts itself.
#define LANDFALL_STATUS_ALERT_ROOT 702
// A page is not the one whose hash the root vouches for.
#define LANDFALL_STATUS_ALERT_PAGE 703
// The signature of the root was not made with the key that it names.
#define LANDFALL_STATUS_ALERT_SIGNATURE 704
// The package is older than one that was seen before.
#define LANDFALL_STATUS_ALERT_ROLLBACK 705
// A section of the package contradicts itself.
#define LANDFALL_STATUS_ALERT_STRUCTURE 706
// The policy file is not valid TOML, or a key is unknown, missing or of the wrong type.
#define LANDFALL_STATUS_POLICY_SYNTAX 800
// The policy names a check, group, profile or action that does not exist.
#define LANDFALL_STATUS_POLICY_UNKNOWN_NAME 801
// The policy would let a failure help.
#define LANDFALL_STATUS_POLICY_FAILURE_HELPS 802
// The policy refuses without citing the law it stands on.
#define LANDFALL_STATUS_POLICY_REFUSAL_WITHOUT_LAW 803
// The policy weighs a check twice, or leaves a required value out.
#define LANDFALL_STATUS_POLICY_INCOMPLETE 804
// A number of the policy lies outside its range, or two of its rows contradict each other.
#define LANDFALL_STATUS_POLICY_OUT_OF_RANGE 805
// A policy that is not named as a training policy lifts a ground, or one lifts more than it may.
#define LANDFALL_STATUS_POLICY_LIFT 806
// The picture is in a format, or has a colour model, that is not read.
#define LANDFALL_STATUS_PICTURE_FORMAT 807
// The picture is damaged, or not what its first octets announce.
#define LANDFALL_STATUS_PICTURE_UNREADABLE 808
// The room that does this is not part of this build.
#define LANDFALL_STATUS_NOT_IN_THIS_BUILD 809

// What came of a check.

// Done, and as it must be.
#define LANDFALL_OUTCOME_PASSED 1
// Done, and not as it must be.
#define LANDFALL_OUTCOME_FAILED 2
// Tried, and could not tell: unknown anchor, unknown code, unreadable character.
#define LANDFALL_OUTCOME_UNDETERMINED 3
// Could have been done and was not: no list loaded, no reading given, a list too old.
#define LANDFALL_OUTCOME_NOT_PERFORMED 4
// This engine cannot do it.
#define LANDFALL_OUTCOME_NOT_SUPPORTED 5
// Expected, begun and cut short.
#define LANDFALL_OUTCOME_ABORTED 6
// The document does not have what would be checked, and need not have it.
#define LANDFALL_OUTCOME_NOT_PRESENT 7

// To which of the three questions a check speaks.

// Is the document genuine?
#define LANDFALL_AXIS_DOCUMENT 1
// Is it theirs?
#define LANDFALL_AXIS_HOLDER 2
// May they enter: alert lists, entry rules?
#define LANDFALL_AXIS_ADMISSIBILITY 3

// The checks.

// The given time is not earlier than anything already signed or seen.
#define LANDFALL_CHECK_ENGINE_CLOCK 1
// Everything that was given could be read.
#define LANDFALL_CHECK_ENGINE_INPUT 2
// The check digit of the document number is right.
#define LANDFALL_CHECK_MRZ_CHECK_DIGIT_DOCUMENT_NUMBER 101
// The check digit of the birth date is right.
#define LANDFALL_CHECK_MRZ_CHECK_DIGIT_BIRTH_DATE 102
// The check digit of the expiry date is right.
#define LANDFALL_CHECK_MRZ_CHECK_DIGIT_EXPIRY_DATE 103
// The check digit of the optional data is right.
#define LANDFALL_CHECK_MRZ_CHECK_DIGIT_OPTIONAL_DATA 104
// The composite check digit is right.
#define LANDFALL_CHECK_MRZ_CHECK_DIGIT_COMPOSITE 105
// Every date of the zone exists in the calendar and is possible at the time of inspection.
#define LANDFALL_CHECK_MRZ_CALENDAR 110
// Issuer and nationality are codes of the standard.
#define LANDFALL_CHECK_MRZ_CODES 111
// The document code is one that this layout may have.
#define LANDFALL_CHECK_MRZ_DOCUMENT_CODE 112
// Every field holds characters of its own kind only.
#define LANDFALL_CHECK_MRZ_CHARACTERS 113
// The name is built as the standard says.
#define LANDFALL_CHECK_MRZ_NAME 114
// The sex is M, F or unspecified.
#define LANDFALL_CHECK_MRZ_SEX 115
// The document is valid on the day of inspection.
#define LANDFALL_CHECK_DOCUMENT_EXPIRY 201
// The document is not a specimen.
#define LANDFALL_CHECK_DOCUMENT_SPECIMEN 202
// The signature of the chip's security object is right.
#define LANDFALL_CHECK_SOD_SIGNATURE 301
// The signer leads to a trusted anchor of its country.
#define LANDFALL_CHECK_SOD_PATH 302
// Every file read from the chip is the one that was signed.
#define LANDFALL_CHECK_SOD_DATA_GROUP_HASH 303
// The signer signed within the validity of its certificate.
#define LANDFALL_CHECK_SOD_VALIDITY_SIGNER_AT_ISSUE 304
// The certificate of the signer is valid at the time of inspection.
#define LANDFALL_CHECK_SOD_VALIDITY_SIGNER_NOW 305
// The anchor was valid when it issued the signer.
#define LANDFALL_CHECK_SOD_VALIDITY_ANCHOR 306
// The signer is not revoked.
#define LANDFALL_CHECK_SOD_REVOCATION 307
// Signer, anchor and document are of the same country.
#define LANDFALL_CHECK_SOD_COUNTRY 308
// Security object and signer are written as the standard says.
#define LANDFALL_CHECK_SOD_PROFILE 309
// The signer may sign for documents of this kind.
#define LANDFALL_CHECK_SOD_DOCUMENT_TYPE 310
// A document that should hold a chip was read by its chip.
#define LANDFALL_CHECK_CHIP_EXPECTED 321
// The chip is the one that was issued, not a copy.
#define LANDFALL_CHECK_CHIP_AUTHENTIC 322
// The chip was opened in the best way that it offers.
#define LANDFALL_CHECK_CHIP_ACCESS 323
// What the chip says of its protocols before anything is verified is what its issuer signed.
#define LANDFALL_CHECK_CHIP_CARD_ACCESS 324
// The reader got the file from the chip.
#define LANDFALL_CHECK_CHIP_FILE_READ 325
// The zone on the chip is the zone on the page.
#define LANDFALL_CHECK_CROSS_DG1_MRZ 341
// The chip lists the files that its issuer signed.
#define LANDFALL_CHECK_CROSS_COM_SOD 342
// Name and birth date in the additional details are those of the zone.
#define LANDFALL_CHECK_CROSS_DG11_DG1 343
// The document was issued while the key of its signer was in use.
#define LANDFALL_CHECK_CROSS_DG12_SIGNER 344
// The document does not outlive the certificate of its signer.
#define LANDFALL_CHECK_SOD_VALIDITY_DOCUMENT 345
// The zone in the seal of a visa is the zone that is printed on it.
#define LANDFALL_CHECK_CROSS_SEAL_VISA 351
// The seal was issued for this passport: its number, and its issuer or holder.
#define LANDFALL_CHECK_CROSS_SEAL_PASSPORT 352
// Zone or number in the seal are those of the document that it is on.
#define LANDFALL_CHECK_CROSS_SEAL_DOCUMENT 353
// Name, birth date and sex of the licence are those of the passport.
#define LANDFALL_CHECK_CROSS_LICENCE_PASSPORT 354
// The name on the boarding pass is that of the passport, as far as it is printed.
#define LANDFALL_CHECK_CROSS_PASS_NAME 355
// Name, birth date, sex and nationality of the visa are those of the passport.
#define LANDFALL_CHECK_CROSS_VISA_PASSPORT 356
// The days of a licence, seal, authorisation or boarding pass fit the day of inspection.
#define LANDFALL_CHECK_CROSS_PAYLOAD_DATES 357
// The zone can be read in near infrared light.
#define LANDFALL_CHECK_OPTICAL_MRZ_INFRARED 401
// The substrate does not glow in ultraviolet light.
#define LANDFALL_CHECK_OPTICAL_ULTRAVIOLET 402
// The printed security features are those of this document type.
#define LANDFALL_CHECK_OPTICAL_AUTHENTICITY 403
// Every character of the zone was read from its picture as surely as is promised.
#define LANDFALL_CHECK_OPTICAL_MRZ_READING 404
// Pitch, distance of lines and place of the zone are those of its layout.
#define LANDFALL_CHECK_OPTICAL_MRZ_GEOMETRY 405
// The signature of the seal is right.
#define LANDFALL_CHECK_SEAL_SIGNATURE 501
// The signer of the seal leads to a trusted anchor of its country and may sign seals.
#define LANDFALL_CHECK_SEAL_PATH 502
// The signer's certificate was valid when the seal was signed.
#define LANDFALL_CHECK_SEAL_VALIDITY 503
// The signer of the seal is not revoked.
#define LANDFALL_CHECK_SEAL_REVOCATION 504
// Seal, signer and anchor are of the same country.
#define LANDFALL_CHECK_SEAL_COUNTRY 505
// The signer may sign for documents of this kind.
#define LANDFALL_CHECK_SEAL_DOCUMENT_TYPE 506
// The seal is written as the standard says.
#define LANDFALL_CHECK_SEAL_FORMAT 507
// The person is on no alert list.
#define LANDFALL_CHECK_ALERT_PERSON 601
// The document is on no alert list.
#define LANDFALL_CHECK_ALERT_DOCUMENT 602
// The country's entry rules are met.
#define LANDFALL_CHECK_RULE_ENTRY 701
// The officer finds holder and portrait to be the same person.
#define LANDFALL_CHECK_HOLDER_COMPARISON 801
// An automatic comparison accepts holder and portrait.
#define LANDFALL_CHECK_HOLDER_FACE 802

// Why a check came out as it did.

// Everything is as it must be.
#define LANDFALL_REASON_CONFIRMED 1
// The host gave nothing from which this could be checked.
#define LANDFALL_REASON_NOTHING_GIVEN 2
// No list of this kind is loaded.
#define LANDFALL_REASON_NO_LIST_LOADED 3
// No rule pack is loaded.
#define LANDFALL_REASON_NO_RULES_LOADED 4
// The room that does this is not part of this build.
#define LANDFALL_REASON_NOT_IN_THIS_BUILD 5
// Another system or the reader's own software says so; the engine did not see it.
#define LANDFALL_REASON_HOST_ASSERTED 6
// Reporters contradict each other.
#define LANDFALL_REASON_REPORTERS_DISAGREE 7
// The given time is earlier than something that was already signed or seen.
#define LANDFALL_REASON_TIME_BEFORE_MATERIAL 10
// There is nothing to hold the given time against.
#define LANDFALL_REASON_NO_TIME_REFERENCE 11
// The digit printed is not the digit that the field gives.
#define LANDFALL_REASON_DIGIT_MISMATCH 100
// A filler stands where a digit is due.
#define LANDFALL_REASON_DIGIT_MISSING 101
// A letter stands where a digit is due.
#define LANDFALL_REASON_DIGIT_NOT_NUMERIC 102
// A character that this needs could not be read.
#define LANDFALL_REASON_UNREADABLE 103
// This layout has no such field or digit.
#define LANDFALL_REASON_NOT_IN_LAYOUT 104
// The field is empty, and so may its digit be.
#define LANDFALL_REASON_EMPTY_FIELD 105
// Fillers alone stand where the document number is due.
#define LANDFALL_REASON_NUMBER_MISSING 106
// A date names a month or day that does not exist.
#define LANDFALL_REASON_IMPOSSIBLE_DATE 110
// A date holds letters, or fillers between digits, or is an expiry date of which a part is unknown.
#define LANDFALL_REASON_MALFORMED_DATE 111
// The birth date is printed as wholly or partly unknown, which is allowed.
#define LANDFALL_REASON_DATE_UNKNOWN 112
// A day that must lie in the past lies in the future.
#define LANDFALL_REASON_DATE_IN_FUTURE 113
// The document ends before its holder was born.
#define LANDFALL_REASON_DATES_OUT_OF_ORDER 114
// The code stands in no part of the standard's table.
#define LANDFALL_REASON_UNKNOWN_CODE 120
// The code holds digits, or fillers where letters belong.
#define LANDFALL_REASON_MALFORMED_CODE 121
// The code is met in the field, but is not one of the standard's.
#define LANDFALL_REASON_UNOFFICIAL_CODE 122
// A two-letter code is printed where a three-letter code belongs.
#define LANDFALL_REASON_TWO_LETTER_CODE 123
// The standard gives the code for something else than this field.
#define LANDFALL_REASON_CODE_NOT_FOR_THIS_FIELD 124
// A character outside the alphabet of the zone stands in it.
#define LANDFALL_REASON_FOREIGN_CHARACTER 130
// A letter stands in a field of digits, or a digit in a field of letters.
#define LANDFALL_REASON_WRONG_CHARACTER_TYPE 131
// A digit stands in the name.
#define LANDFALL_REASON_DIGIT_IN_NAME 140
// The name field is empty.
#define LANDFALL_REASON_NAME_MISSING 141
// The name begins with a filler, or has fillers where none can be.
#define LANDFALL_REASON_NAME_MALFORMED 142
// The name fills its field to the last letter and may be cut short, which is allowed.
#define LANDFALL_REASON_NAME_TRUNCATED 143
// The second letter of the document code is reserved or forbidden here.
#define LANDFALL_REASON_RESERVED_DOCUMENT_CODE 150
// The document code does not begin with a letter that this layout allows.
#define LANDFALL_REASON_UNKNOWN_DOCUMENT_CODE 151
// The sex is printed as X, where the zone has a filler for "unspecified".
#define LANDFALL_REASON_UNSPECIFIED_SEX_AS_X 160
// The sex is none of M, F and filler.
#define LANDFALL_REASON_UNKNOWN_SEX 161
// The document's last day of validity has passed.
#define LANDFALL_REASON_EXPIRED 200
// The document prints no expiry date, or not all of one.
#define LANDFALL_REASON_NO_EXPIRY_DATE 201
// The expiry date is not a date, so validity cannot be told.
#define LANDFALL_REASON_EXPIRY_NOT_A_DATE 202
// The issuer is the specimen State of the standard.
#define LANDFALL_REASON_SPECIMEN_ISSUER 203
// The host marked the document as a specimen.
#define LANDFALL_REASON_SPECIMEN_MARKED 204
// A passport or card of this kind may hold a chip; none was read.
#define LANDFALL_REASON_CHIP_NOT_READ 210
// The document shows no chip symbol.
#define LANDFALL_REASON_NO_CHIP_SYMBOL 211
// Documents of this kind hold no chip.
#define LANDFALL_REASON_NO_CHIP_IN_THIS_KIND 212
// The officer finds holder and portrait to be the same person.
#define LANDFALL_REASON_OFFICER_SAYS_SAME 300
// The officer finds holder and portrait to be different persons.
#define LANDFALL_REASON_OFFICER_SAYS_DIFFERENT 301
// The officer cannot tell.
#define LANDFALL_REASON_OFFICER_UNSURE 302
// The automatic comparison accepts at its stated error rates.
#define LANDFALL_REASON_FACE_ACCEPTED 303
// The automatic comparison rejects at its stated error rates.
#define LANDFALL_REASON_FACE_REJECTED 304
// The automatic comparison states error rates from which nothing follows.
#define LANDFALL_REASON_FACE_RATES_USELESS 305
// Files of the chip were read, and EF.SOD is not among them.
#define LANDFALL_REASON_SOD_MISSING 400
// EF.SOD cannot be read as what the standard says it is.
#define LANDFALL_REASON_SOD_UNREADABLE 401
// Two files claim the same place on the chip and are not the same.
#define LANDFALL_REASON_FILES_CONTRADICT 402
// EF.SOD names nobody as its signer.
#define LANDFALL_REASON_SOD_UNSIGNED 403
// The certificate of the signer did not come along.
#define LANDFALL_REASON_SIGNER_CERTIFICATE_MISSING 404
// The signature was not made with the key that it should have been made with, or not over this.
#define LANDFALL_REASON_SIGNATURE_WRONG 405
// The content is not the one whose digest was signed.
#define LANDFALL_REASON_CONTENT_ALTERED 406
// The signed attributes speak of another content, or of none.
#define LANDFALL_REASON_SIGNED_ATTRIBUTES_WRONG 407
// The content is itself a set of attributes, so that a signature over attributes would pass for one over it.
#define LANDFALL_REASON_ATTRIBUTES_AS_CONTENT 408
// What names signer and algorithm is malformed.
#define LANDFALL_REASON_SIGNER_MALFORMED 409
// The key is one with which anybody could sign, or of another kind than the signature.
#define LANDFALL_REASON_KEY_UNFIT 410
// This engine does not know the algorithm, the curve or the size of the key.
#define LANDFALL_REASON_ALGORITHM_NOT_SUPPORTED 411
// It rests on SHA-1 or on a key that is short by today's measure.
#define LANDFALL_REASON_WEAK_ALGORITHM 412
// The key identifier of the signer's certificate led to its issuer.
#define LANDFALL_REASON_FOUND_BY_KEY_IDENTIFIER 420
// The name in the signer's certificate led to its issuer.
#define LANDFALL_REASON_FOUND_BY_NAME 421
// Trying the keys of the country led to the signer's issuer.
#define LANDFALL_REASON_FOUND_BY_TRIAL 422
// The trust store has no anchor of this country.
#define LANDFALL_REASON_NO_ANCHOR_FOR_COUNTRY 423
// None of the country's anchors issued the signer.
#define LANDFALL_REASON_NO_ISSUER 424
// The signer's certificate does not say of which country its issuer is.
#define LANDFALL_REASON_SIGNER_WITHOUT_COUNTRY 425
// The anchor that issued the signer does not vouch for documents.
#define LANDFALL_REASON_ANCHOR_FOR_OTHER_PURPOSE 426
// More keys than may be tried could have issued the signer.
#define LANDFALL_REASON_TOO_MANY_CANDIDATES 427
// The anchor that the signer's certificate names did not sign it.
#define LANDFALL_REASON_ISSUER_SIGNATURE_WRONG 428
// The signer was issued after its anchor ceased to be believed.
#define LANDFALL_REASON_ANCHOR_DISTRUSTED 429
// The anchor is one for tests and training.
#define LANDFALL_REASON_TEST_ANCHOR 430
// The signer's certificate is for other things than documents.
#define LANDFALL_REASON_SIGNER_FOR_OTHER_PURPOSE 431
// The signer does not say when it signed, which is allowed.
#define LANDFALL_REASON_NO_SIGNING_TIME 440
// The signer signed before or after the validity of its certificate.
#define LANDFALL_REASON_SIGNED_OUTSIDE_VALIDITY 441
// The signer's certificate has expired.
#define LANDFALL_REASON_SIGNER_EXPIRED 442
// The validity of the signer's certificate has not begun.
#define LANDFALL_REASON_SIGNER_NOT_YET_VALID 443
// The anchor was valid when it issued the signer and has expired since.
#define LANDFALL_REASON_ANCHOR_EXPIRED_SINCE 444
// The anchor was not valid when it issued the signer.
#define LANDFALL_REASON_ANCHOR_NOT_VALID_AT_ISSUE 445
// There is no path to an anchor.
#define LANDFALL_REASON_NO_PATH 446
// No revocation list of the signer's country is loaded, although there may be one.
#define LANDFALL_REASON_NO_REVOCATION_LIST 447
// Signer, anchor and document are not all of one country.
#define LANDFALL_REASON_COUNTRIES_DIFFER 450
// The signer's certificate names no country, or one that no table knows.
#define LANDFALL_REASON_SIGNER_COUNTRY_UNKNOWN 451
// The machine-readable zone of the chip was not read.
#define LANDFALL_REASON_DG1_NOT_READ 452
// Something was read although the standard asks for something else.
#define LANDFALL_REASON_DEVIATIONS 453
// The signer may sign for other kinds of documents only.
#define LANDFALL_REASON_DOCUMENT_TYPE_NOT_LISTED 454
// The signer's certificate does not say for which kinds of documents it may sign.
#define LANDFALL_REASON_NO_DOCUMENT_TYPE_LIST 455
// The file is not the one that was signed.
#define LANDFALL_REASON_HASH_DIFFERS 460
// The chip holds a file that the issuer did not sign.
#define LANDFALL_REASON_NOT_LISTED 461
// The issuer signed a file that was not read.
#define LANDFALL_REASON_FILE_NOT_READ 462
// Two sources say different things.
#define LANDFALL_REASON_SOURCES_DIFFER 480
// The two names cannot be told to be the same by any rule of transliteration.
#define LANDFALL_REASON_NAME_NOT_MATCHED 481
// The name is in a script, or has letters, for which there is no rule of transliteration.
#define LANDFALL_REASON_NO_TRANSLITERATION_RULE 482
// The additional details state no date of issue.
#define LANDFALL_REASON_NO_ISSUE_DATE 483
// The document was issued before or after the time in which its signer's key was in use.
#define LANDFALL_REASON_ISSUED_OUTSIDE_KEY_USE 484
// The document is valid for longer than the certificate of its signer.
#define LANDFALL_REASON_DOCUMENT_OUTLIVES_SIGNER 485
// The chip has no key with which it could prove that it is no copy.
#define LANDFALL_REASON_NO_CHIP_KEY 490
// The chip signed a challenge of this inspection with the key that its issuer signed.
#define LANDFALL_REASON_CHIP_ANSWERED 491
// It did, and wrote its answer otherwise than the standard says.
#define LANDFALL_REASON_CHIP_ANSWERED_DEVIATING 492
// The answer was not made with the key that the issuer signed: the chip is another one.
#define LANDFALL_REASON_CHIP_ANSWER_WRONG 493
// The answer is right, but this inspection did not issue the challenge: it may be a recording.
#define LANDFALL_REASON_FOREIGN_CHALLENGE 494
// The key of the chip does not lead to an anchor by passive authentication, so that it proves nothing.
#define LANDFALL_REASON_CHIP_KEY_NOT_VOUCHED_FOR 495
// The chip was asked to prove itself and did not answer.
#define LANDFALL_REASON_CHIP_DID_NOT_ANSWER 496
// The reader made active authentication itself and says what came of it; the engine did not see it.
#define LANDFALL_REASON_ACTIVE_AUTHENTICATION_ASSERTED 497
// The reader made chip authentication and says what came of it; the engine did not see it.
#define LANDFALL_REASON_CHIP_AUTHENTICATION_ASSERTED 498
// The reader made PACE with chip authentication mapping and says what came of it; the engine did not see it.
#define LANDFALL_REASON_PACE_CAM_ASSERTED 499
// The reader cannot run the protocol.
#define LANDFALL_REASON_READER_DOES_NOT_SUPPORT 500
// The chip offers PACE, and was opened with something weaker.
#define LANDFALL_REASON_WEAKER_ACCESS 501
// The chip let itself be read without any access control.
#define LANDFALL_REASON_NO_ACCESS_CONTROL 502
// The chip does not give this file to this reader.
#define LANDFALL_REASON_FILE_PROTECTED 503
// The chip says that it has no such file.
#define LANDFALL_REASON_FILE_NOT_ON_CHIP 504
// Reading the file was begun and broke off.
#define LANDFALL_REASON_FILE_CUT_SHORT 505
// The reader did not try to read the file.
#define LANDFALL_REASON_FILE_NOT_TRIED 506
// What the chip says of its protocols before anything is verified is not what its issuer signed.
#define LANDFALL_REASON_ACCESS_INFO_NOT_SIGNED 507
// A revocation list of the issuer names the signer.
#define LANDFALL_REASON_SIGNER_REVOKED 520
// The signer is not named, and the next revocation list is overdue.
#define LANDFALL_REASON_REVOCATION_LIST_STALE 521
// The issuer publishes no revocation list, as whoever runs this post has stated.
#define LANDFALL_REASON_REVOCATION_LIST_NEVER_PUBLISHED 522
// A revocation list of the signer's country is loaded, and no anchor verifies it.
#define LANDFALL_REASON_REVOCATION_LIST_UNVERIFIED 523
// The revocation lists at hand speak of a part of the issuer's certificates only.
#define LANDFALL_REASON_REVOCATION_LIST_PARTIAL 524
// The chip proved its key, and its issuer has listed that this key is known to others.
#define LANDFALL_REASON_ACTIVE_AUTHENTICATION_KEY_COMPROMISED 525
// The signer signed within the validity of its certificate and outside the period for which its key may sign.
#define LANDFALL_REASON_SIGNED_OUTSIDE_KEY_USAGE 526
// An alternative name of signer or anchor gives the code of another country than the zone.
#define LANDFALL_REASON_ALTERNATIVE_NAME_DIFFERS 527
// The certificate of the seal's signer is not at hand (UNKNOWN_CERTIFICATE).
#define LANDFALL_REASON_UNKNOWN_CERTIFICATE 560
// The signer of the seal leads to no trusted anchor (UNTRUSTED_CERTIFICATE).
#define LANDFALL_REASON_UNTRUSTED_CERTIFICATE 561
// The signer's certificate had expired when the seal was signed (EXPIRED_CERTIFICATE).
#define LANDFALL_REASON_EXPIRED_CERTIFICATE 562
// The signer of the seal is revoked (REVOKED_CERTIFICATE).
#define LANDFALL_REASON_REVOKED_CERTIFICATE 563
// The signature of the seal is wrong (INVALID_SIGNATURE).
#define LANDFALL_REASON_INVALID_SIGNATURE 564
// The seal has no signature, or not of the form that it must have (WRONG_FORMAT).
#define LANDFALL_REASON_WRONG_FORMAT 565
// The signer may sign for other kinds of documents only (INVALID_DOCUMENTTYPE).
#define LANDFALL_REASON_INVALID_DOCUMENT_TYPE 566
// The seal has a feature or a document type that is not known, which is allowed (UNKNOWN_FEATURE).
#define LANDFALL_REASON_UNKNOWN_FEATURE 567
// The printed zone of the visa has a wrong check digit (INVALID_VISA_MRZ).
#define LANDFALL_REASON_INVALID_VISA_MRZ 568
// The zone in the seal is not the printed one of the visa (SEAL_VISA_MISMATCH).
#define LANDFALL_REASON_SEAL_VISA_MISMATCH 569
// The seal is for another passport (SEAL_PASSPORT_MISMATCH).
#define LANDFALL_REASON_SEAL_PASSPORT_MISMATCH 570
// The zone in the seal is none, or has a wrong check digit (INVALID_SEAL_MRZ).
#define LANDFALL_REASON_INVALID_SEAL_MRZ 571
// The printed zone of the document has a wrong check digit (INVALID_PRINTED_MRZ).
#define LANDFALL_REASON_INVALID_PRINTED_MRZ 572
// The seal is not of this document (SEAL_DOCUMENT_MISMATCH).
#define LANDFALL_REASON_SEAL_DOCUMENT_MISMATCH 573
// The signer's certificate does not say that it is for seals.
#define LANDFALL_REASON_SEAL_USAGE_NOT_STATED 574
// The kind of the sealed document is not known, so that it is in no list.
#define LANDFALL_REASON_DOCUMENT_TYPE_UNKNOWN 575
// The boarding pass is for a flight on another day.
#define LANDFALL_REASON_FLIGHT_ON_ANOTHER_DAY 576
// One of both sides does not state the day that would be compared, or it cannot be read.
#define LANDFALL_REASON_DATE_MISSING 577
// The common name of the signer's certificate is not the one in the seal.
#define LANDFALL_REASON_SIGNER_IDENTIFIER_DIFFERS 578
// The printed zone of the passport has a wrong check digit (INVALID_PASSPORT_MRZ).
#define LANDFALL_REASON_INVALID_PASSPORT_MRZ 579
// Visible light shows a zone, and infrared light shows none.
#define LANDFALL_REASON_INFRARED_BLANK 630
// The zone says something else in infrared light than in visible light.
#define LANDFALL_REASON_INFRARED_DIFFERS 631
// The paper glows in ultraviolet light, as paper for offices does.
#define LANDFALL_REASON_ULTRAVIOLET_GLOW 632
// Characters of the zone were not read as surely as is promised.
#define LANDFALL_REASON_READ_UNSURELY 633
// Characters or lines of the zone stand where those of its layout never do.
#define LANDFALL_REASON_ZONE_MISPLACED 634
// The zone is a little off its place, or too askew to tell.
#define LANDFALL_REASON_ZONE_PLACE_IN_DOUBT 635
// The person resembles an entry of an alert list; its owner has to say whether it means them.
#define LANDFALL_REASON_PERSON_RESEMBLES_ENTRY 670
// Person or document is like an entry whose owner asks to be told, and nothing else.
#define LANDFALL_REASON_ALERT_NOTIFY_ONLY 671
// The document has the number of one that belongs to a listed person.
#define LANDFALL_REASON_DOCUMENT_OF_LISTED_PERSON 672
// The document was reported lost, stolen, revoked or fraudulent.
#define LANDFALL_REASON_DOCUMENT_REPORTED 673
// It was, and the list asks to refuse.
#define LANDFALL_REASON_DOCUMENT_REPORTED_REFUSE 674
// It was, and the list asks to detain.
#define LANDFALL_REASON_DOCUMENT_REPORTED_DETAIN 675
// The number differs from a listed one in nothing but characters that readers confuse.
#define LANDFALL_REASON_DOCUMENT_RESEMBLES_ENTRY 676
// Nothing was found, on a list that should have been replaced.
#define LANDFALL_REASON_ALERT_LIST_STALE 677
// Nothing was found, on a list that nobody signed.
#define LANDFALL_REASON_ALERT_LIST_UNSIGNED 678
// Lists are loaded, and nothing was read that could be looked up.
#define LANDFALL_REASON_NOTHING_TO_SCREEN 679
// An alert list contradicts itself or was cut short while it was in use.
#define LANDFALL_REASON_ALERT_LIST_UNREADABLE 680
// The person resembles only entries of which the host has found out before that they mean somebody else.
#define LANDFALL_REASON_FALSE_MATCH_CLEARED 681

// What the engine recommends.

// A national policy maps a ground of this inspection to a refusal and cites the law.
#define LANDFALL_RECOMMENDATION_REFUSE 1
// An officer must look further; the grounds, gaps and actions say at what.
#define LANDFALL_RECOMMENDATION_REFER 2
// Everything that was to be expected was checked, and nothing speaks against it.
#define LANDFALL_RECOMMENDATION_CLEAR 3

// The height of the confidence.

// Below every threshold: nothing is known, or what is known speaks against it.
#define LANDFALL_LEVEL_NONE 1
// At or over the threshold `low`.
#define LANDFALL_LEVEL_LOW 2
// At or over the threshold `medium`.
#define LANDFALL_LEVEL_MEDIUM 3
// At or over the threshold `high`.
#define LANDFALL_LEVEL_HIGH 4
// At or over the threshold `very_high`.
#define LANDFALL_LEVEL_VERY_HIGH 5

// Where the weights of the confidence come from.

// Somebody judged it so.
#define LANDFALL_BASIS_ASSUMED 1
// A published or own measurement gives it.
#define LANDFALL_BASIS_MEASURED 2

// What no weight can outweigh.

// The time of the inspection cannot be right.
#define LANDFALL_GROUND_CLOCK 1
// The document is a specimen and identifies nobody.
#define LANDFALL_GROUND_SPECIMEN 2
// The signature of the chip's security object is wrong.
#define LANDFALL_GROUND_SIGNATURE_BROKEN 10
// A file of the chip is not the one that was signed.
#define LANDFALL_GROUND_DATA_GROUP_ALTERED 11
// The signer of the chip does not lead to the anchor of its country.
#define LANDFALL_GROUND_SIGNER_NOT_TRUSTED 12
// The chip is proven not to be the one that was issued.
#define LANDFALL_GROUND_CHIP_CLONED 13
// A chip that must be there was not found.
#define LANDFALL_GROUND_CHIP_MISSING 14
// The issuer revoked the signer of the chip.
#define LANDFALL_GROUND_SIGNER_REVOKED 15
// A seal is of high fraud potential: it, its signer, or the document that bears it is not right.
#define LANDFALL_GROUND_SEAL_HIGH_FRAUD_POTENTIAL 16
// A seal is of medium fraud potential: its signer had expired.
#define LANDFALL_GROUND_SEAL_MEDIUM_FRAUD_POTENTIAL 17
// The document stands on an alert list.
#define LANDFALL_GROUND_DOCUMENT_ALERT 20
// The person stands on an alert list.
#define LANDFALL_GROUND_PERSON_ALERT 21
// Holder and portrait were found to be different persons.
#define LANDFALL_GROUND_HOLDER_MISMATCH 30
// The document has expired.
#define LANDFALL_GROUND_DOCUMENT_EXPIRED 40
// An entry rule is not met.
#define LANDFALL_GROUND_ENTRY_RULE_UNMET 41
// The page does not look as a page of this kind does in some light.
#define LANDFALL_GROUND_PAGE_SUSPECT 50
// The machine-readable zone breaks a rule of the standard.
#define LANDFALL_GROUND_ZONE_SUSPECT 51
// A check failed for which the policy has no ground of its own.
#define LANDFALL_GROUND_CHECK_FAILED 99

// What to do.

// Read the document once more.
#define LANDFALL_ACTION_READ_AGAIN 1
// Compare what was read with what is printed in the visual zone.
#define LANDFALL_ACTION_COMPARE_VISUAL_ZONE 2
// Make the checks that the gaps name.
#define LANDFALL_ACTION_COMPLETE_CHECKS 3
// Take the traveller to a second, closer inspection.
#define LANDFALL_ACTION_SECONDARY_INSPECTION 4
// Ask the owner of the alert-list entry whether it means this person or document.
#define LANDFALL_ACTION_VERIFY_WITH_OWNER 5
// Find out whether the traveller seeks protection before anything is decided against them.
#define LANDFALL_ACTION_PROTECTION_SCREENING 6
// Keep the document and notify its issuer.
#define LANDFALL_ACTION_RETAIN_AND_NOTIFY 7
// Call the supervisor.
#define LANDFALL_ACTION_SUPERVISOR 8

// What an assessment says of a document and of its holder.

// Usually the surname; the whole name of who has only one.
#define LANDFALL_FIELD_PRIMARY_IDENTIFIER 1
// Usually the given names; empty for single names.
#define LANDFALL_FIELD_SECONDARY_IDENTIFIER 2
// YYYY-MM-DD, with XX or XXXX for what is unknown.
#define LANDFALL_FIELD_BIRTH_DATE 3
// female, male or unspecified.
#define LANDFALL_FIELD_SEX 4
// The nationality as printed, without fillers.
#define LANDFALL_FIELD_NATIONALITY 5
// What the code of the nationality stands for.
#define LANDFALL_FIELD_NATIONALITY_NAME 6
// A word of the vocabulary of document kinds.
#define LANDFALL_FIELD_DOCUMENT_KIND 10
// A word of the vocabulary of layouts.
#define LANDFALL_FIELD_LAYOUT 11
// The document code as printed, without fillers.
#define LANDFALL_FIELD_DOCUMENT_CODE 12
// What the second letter of a passport code stands for.
#define LANDFALL_FIELD_PASSPORT_TYPE 13
// The complete document number.
#define LANDFALL_FIELD_DOCUMENT_NUMBER 14
// The issuer's code as printed, without fillers.
#define LANDFALL_FIELD_ISSUER 15
// What the code of the issuer stands for.
#define LANDFALL_FIELD_ISSUER_NAME 16
// YYYY-MM-DD, with XX for what is unknown.
#define LANDFALL_FIELD_EXPIRY_DATE 17
// The optional data, without fillers at the ends.
#define LANDFALL_FIELD_OPTIONAL_DATA 18
// The second field of optional data, of cards only.
#define LANDFALL_FIELD_OPTIONAL_DATA_2 19

// The kinds of documents.

// Passport book or card in TD3.
#define LANDFALL_DOCUMENT_KIND_PASSPORT 1
// Identity card or other card for crossing borders.
#define LANDFALL_DOCUMENT_KIND_IDENTITY_CARD 2
// Crew member certificate.
#define LANDFALL_DOCUMENT_KIND_CREW_CERTIFICATE 3
// Visa.
#define LANDFALL_DOCUMENT_KIND_VISA 4
// Single-sheet emergency travel document.
#define LANDFALL_DOCUMENT_KIND_EMERGENCY_TRAVEL_DOCUMENT 5
// Driving licence: not a travel document.
#define LANDFALL_DOCUMENT_KIND_DRIVING_LICENCE 6
// A document whose code says no more.
#define LANDFALL_DOCUMENT_KIND_OTHER 7

// The layouts of the machine-readable zone.

// Card, 3 x 30 (Doc 9303-5 section 4.2.2).
#define LANDFALL_LAYOUT_TD1 1
// Card or sheet, 2 x 36 (Doc 9303-6 section 4.2.2).
#define LANDFALL_LAYOUT_TD2 2
// Passport, 2 x 44 (Doc 9303-4 section 4.2.2).
#define LANDFALL_LAYOUT_TD3 3
// Visa of full size, 2 x 44 (Doc 9303-7 section 4.2.2).
#define LANDFALL_LAYOUT_MRV_A 4
// Visa of small size, 2 x 36 (Doc 9303-7 section 7.2.2).
#define LANDFALL_LAYOUT_MRV_B 5
// French identity card of 1988 to 2021, 2 x 36.
#define LANDFALL_LAYOUT_FRENCH_IDENTITY_CARD 6
// Driving licence, 1 x 30 (ISO/IEC 18013-3).
#define LANDFALL_LAYOUT_DRIVING_LICENCE 7
// French driving licence, 1 x 30.
#define LANDFALL_LAYOUT_FRENCH_DRIVING_LICENCE 8
// Driving licence of Switzerland and Liechtenstein, 9 / 30 / 30.
#define LANDFALL_LAYOUT_SWISS_DRIVING_LICENCE 9
// The same without its first line, 30 / 30, as it is often cropped.
#define LANDFALL_LAYOUT_SWISS_DRIVING_LICENCE_BELOW 10

// The fields of the machine-readable zone.

// Kind of document.
#define LANDFALL_MRZ_FIELD_DOCUMENT_CODE 1
// Issuing State or organization.
#define LANDFALL_MRZ_FIELD_ISSUER 2
// Primary and secondary identifier.
#define LANDFALL_MRZ_FIELD_NAME 3
// Document number; for a long number its first nine characters.
#define LANDFALL_MRZ_FIELD_DOCUMENT_NUMBER 4
// Check digit of the document number.
#define LANDFALL_MRZ_FIELD_DOCUMENT_NUMBER_DIGIT 5
// Nationality of the holder.
#define LANDFALL_MRZ_FIELD_NATIONALITY 6
// Birth date, YYMMDD.
#define LANDFALL_MRZ_FIELD_BIRTH_DATE 7
// Check digit of the birth date.
#define LANDFALL_MRZ_FIELD_BIRTH_DATE_DIGIT 8
// Sex.
#define LANDFALL_MRZ_FIELD_SEX 9
// Last day of validity, YYMMDD.
#define LANDFALL_MRZ_FIELD_EXPIRY_DATE 10
// Check digit of the expiry date.
#define LANDFALL_MRZ_FIELD_EXPIRY_DATE_DIGIT 11
// Optional data; in a passport the personal number.
#define LANDFALL_MRZ_FIELD_OPTIONAL_DATA 12
// Check digit of the optional data.
#define LANDFALL_MRZ_FIELD_OPTIONAL_DATA_DIGIT 13
// Second field of optional data.
#define LANDFALL_MRZ_FIELD_OPTIONAL_DATA_2 14
// Composite check digit.
#define LANDFALL_MRZ_FIELD_COMPOSITE_DIGIT 15
// Primary identifier alone.
#define LANDFALL_MRZ_FIELD_PRIMARY_IDENTIFIER 16
// Secondary identifier alone.
#define LANDFALL_MRZ_FIELD_SECONDARY_IDENTIFIER 17
// Issuing department.
#define LANDFALL_MRZ_FIELD_ISSUING_DEPARTMENT 18
// Issuing office.
#define LANDFALL_MRZ_FIELD_ISSUING_OFFICE 19
// Configuration character of a licence.
#define LANDFALL_MRZ_FIELD_CONFIGURATION 20
// Version of the number of a licence.
#define LANDFALL_MRZ_FIELD_NUMBER_VERSION 21
// Random data that makes chip access harder to guess.
#define LANDFALL_MRZ_FIELD_RANDOM_DATA 22
// Number of the blank card.
#define LANDFALL_MRZ_FIELD_BLANK_NUMBER 23
// Language of the card.
#define LANDFALL_MRZ_FIELD_LANGUAGE 24
// Fillers.
#define LANDFALL_MRZ_FIELD_FILLER 25

// How the octets of a pixel follow each other.

// One octet: 0 is black, 255 is white.
#define LANDFALL_PIXEL_FORMAT_GREY8 1
// Red, green, blue.
#define LANDFALL_PIXEL_FORMAT_RGB8 2
// Blue, green, red, as Windows bitmaps have them.
#define LANDFALL_PIXEL_FORMAT_BGR8 3
// Red, green, blue, and an opacity that is ignored.
#define LANDFALL_PIXEL_FORMAT_RGBA8 4
// Blue, green, red, and an opacity that is ignored.
#define LANDFALL_PIXEL_FORMAT_BGRA8 5

// The light in which a picture was taken.

// What people see.
#define LANDFALL_LIGHT_VISIBLE 1
// Near infrared, in which B900 ink stays black and most other print goes.
#define LANDFALL_LIGHT_INFRARED 2
// Ultraviolet, in which paper of a document stays dull and fluorescent print glows.
#define LANDFALL_LIGHT_ULTRAVIOLET 3

// These sets themselves.

// What functions return. 0 is success and is no word of it.
#define LANDFALL_VOCABULARY_STATUS 1
// What came of a check.
#define LANDFALL_VOCABULARY_OUTCOME 2
// To which of the three questions a check speaks.
#define LANDFALL_VOCABULARY_AXIS 3
// The checks.
#define LANDFALL_VOCABULARY_CHECK 4
// Why a check came out as it did.
#define LANDFALL_VOCABULARY_REASON 5
// What the engine recommends.
#define LANDFALL_VOCABULARY_RECOMMENDATION 6
// The height of the confidence.
#define LANDFALL_VOCABULARY_LEVEL 7
// Where the weights of the confidence come from.
#define LANDFALL_VOCABULARY_BASIS 8
// What no weight can outweigh.
#define LANDFALL_VOCABULARY_GROUND 9
// What to do.
#define LANDFALL_VOCABULARY_ACTION 10
// What an assessment says of a document and of its holder.
#define LANDFALL_VOCABULARY_FIELD 11
// The kinds of documents.
#define LANDFALL_VOCABULARY_DOCUMENT_KIND 12
// The layouts of the machine-readable zone.
#define LANDFALL_VOCABULARY_LAYOUT 13
// The fields of the machine-readable zone.
#define LANDFALL_VOCABULARY_MRZ_FIELD 14
// How the octets of a pixel follow each other.
#define LANDFALL_VOCABULARY_PIXEL_FORMAT 24
// The light in which a picture was taken.
#define LANDFALL_VOCABULARY_LIGHT 25
// These sets themselves.
#define LANDFALL_VOCABULARY_VOCABULARY 15
// The files of a chip.
#define LANDFALL_VOCABULARY_CHIP_FILE 16
// What the payload of a barcode is.
#define LANDFALL_VOCABULARY_PAYLOAD_KIND 40
// The kinds of barcodes.
#define LANDFALL_VOCABULARY_SYMBOLOGY 41

// The files of a chip.

// EF.COM.
#define LANDFALL_CHIP_FILE_EF_COM 101
// EF.SOD.
#define LANDFALL_CHIP_FILE_EF_SOD 102
// EF.CardAccess.
#define LANDFALL_CHIP_FILE_EF_CARD_ACCESS 103
// EF.CardSecurity.
#define LANDFALL_CHIP_FILE_EF_CARD_SECURITY 104
// EF.DIR.
#define LANDFALL_CHIP_FILE_EF_DIR 105
// EF.CVCA.
#define LANDFALL_CHIP_FILE_EF_CVCA 106
// The machine-readable zone.
#define LANDFALL_CHIP_FILE_DG1 1
// The face.
#define LANDFALL_CHIP_FILE_DG2 2
// The fingers.
#define LANDFALL_CHIP_FILE_DG3 3
// The irises.
#define LANDFALL_CHIP_FILE_DG4 4
// The portrait as displayed.
#define LANDFALL_CHIP_FILE_DG5 5
// Reserved.
#define LANDFALL_CHIP_FILE_DG6 6
// The signature as displayed.
#define LANDFALL_CHIP_FILE_DG7 7
// Data features.
#define LANDFALL_CHIP_FILE_DG8 8
// Structure features.
#define LANDFALL_CHIP_FILE_DG9 9
// Substance features.
#define LANDFALL_CHIP_FILE_DG10 10
// More about the person.
#define LANDFALL_CHIP_FILE_DG11 11
// More about the document.
#define LANDFALL_CHIP_FILE_DG12 12
// The issuer's own.
#define LANDFALL_CHIP_FILE_DG13 13
// Security infos.
#define LANDFALL_CHIP_FILE_DG14 14
// The key for active authentication.
#define LANDFALL_CHIP_FILE_DG15 15
// Persons to notify.
#define LANDFALL_CHIP_FILE_DG16 16

// What the payload of a barcode is.

// A driving licence or identity card of North America (AAMVA).
#define LANDFALL_PAYLOAD_KIND_AAMVA 1
// The magnetic stripe of such a card, as text.
#define LANDFALL_PAYLOAD_KIND_MAGNETIC_STRIPE 2
// A boarding pass (IATA resolution 792).
#define LANDFALL_PAYLOAD_KIND_BCBP 3
// A visible digital seal (Doc 9303-13).
#define LANDFALL_PAYLOAD_KIND_VDS 4
// A visible digital seal for non-constrained media.
#define LANDFALL_PAYLOAD_KIND_VDS_NC 5
// The ICAO data structure for barcodes.
#define LANDFALL_PAYLOAD_KIND_IDB 6
// A health certificate of the European Union; named only.
#define LANDFALL_PAYLOAD_KIND_EU_HEALTH_CERTIFICATE 20
// A French 2D-Doc; named only.
#define LANDFALL_PAYLOAD_KIND_TWO_D_DOC 21
// An Indian Aadhaar card; named only.
#define LANDFALL_PAYLOAD_KIND_AADHAAR 22
// An identity of MOSIP, claim 169 of a CBOR web token; named only.
#define LANDFALL_PAYLOAD_KIND_MOSIP_169 23
// The invitation to a conversation with a mobile document (ISO/IEC 18013-5); named only.
#define LANDFALL_PAYLOAD_KIND_MDOC_ENGAGEMENT 24

// The kinds of barcodes.

// PDF417, ISO/IEC 15438.
#define LANDFALL_SYMBOLOGY_PDF417 1
// QR Code, ISO/IEC 18004.
#define LANDFALL_SYMBOLOGY_QR 2
// Aztec Code, ISO/IEC 24778.
#define LANDFALL_SYMBOLOGY_AZTEC 3
// Data Matrix ECC 200, ISO/IEC 16022.
#define LANDFALL_SYMBOLOGY_DATAMATRIX 4
// Code 39, ISO/IEC 16388.
#define LANDFALL_SYMBOLOGY_CODE39 5
// Code 128, ISO/IEC 15417.
#define LANDFALL_SYMBOLOGY_CODE128 6
// Interleaved 2 of 5, ISO/IEC 16390.
#define LANDFALL_SYMBOLOGY_ITF 7


// The status of a call that did what it was asked.
#define LANDFALL_STATUS_OK 0

// The version of the interface that this header describes. A library with the same major number and the same or a
// greater minor number keeps everything that it says.
#define LANDFALL_ABI_MAJOR 1

// Grows when functions, numbers or members at the end of input structures are added.
#define LANDFALL_ABI_MINOR 0

// The policy that is compiled in for counters: it never refuses, and specimens never clear.
#define LANDFALL_POLICY_DEFAULT 0

// The policy that is compiled in for tests and trainees: it lets specimens clear, and every result says so.
#define LANDFALL_POLICY_TRAINING 1

// The length of a challenge for the chip, in bytes.
#define LANDFALL_CHALLENGE_LEN 8

// A picture in the bytes in which the chip holds it.
#define LANDFALL_PICTURE_ORIGINAL 0

// A picture as PNG.
#define LANDFALL_PICTURE_PNG 1

// A reader of OCR-B that confuses what looks alike.
#define LANDFALL_READER_OCR_B 0

// A reader that misreads every character equally often, and as any other equally often.
#define LANDFALL_READER_UNIFORM 1

// An alert list that is open. Immutable, and shared between threads.
typedef struct landfall_alerts landfall_alerts;

// The result of an inspection. Independent of the inspection it came from; for one thread at a time.
typedef struct landfall_assessment landfall_assessment;

// Bytes that a function made: document data, overwritten with zeros when it is freed.
typedef struct landfall_bytes landfall_bytes;

// An engine: policy, lists and trust with which inspections are made. Immutable, and shared between threads.
typedef struct landfall_engine landfall_engine;

// Where and why the last call failed that it was passed to.
typedef struct landfall_error landfall_error;

// One traveller, one encounter, at one given time. For one thread at a time.
typedef struct landfall_inspection landfall_inspection;

// A machine-readable zone that was read. For one thread at a time.
typedef struct landfall_mrz landfall_mrz;

// A reader of pictures, with the zones that it found in the last one. For one thread at a time.
typedef struct landfall_reader landfall_reader;

// A text that a function made.
typedef struct landfall_text landfall_text;

// A trust store: anchors, document signers, revocation lists. For one thread at a time; an engine that was given
// one keeps a copy.
typedef struct landfall_trust landfall_trust;

// What an engine is built from. Set everything to 0 first, then `struct_size`, then what is wanted.
typedef struct {
    // `sizeof(landfall_engine_config)`.
    uint32_t struct_size;
    // LANDFALL_POLICY_DEFAULT or LANDFALL_POLICY_TRAINING; LANDFALL_POLICY_DEFAULT if `policy` is given.
    uint32_t policy_kind;
    // A policy file, UTF-8, up to 256 KiB, or NULL.
    const char *policy;
    // Its length in bytes; SIZE_MAX if it ends with a NUL.
    size_t policy_len;
    // The latest time that the host has seen, in seconds after 1970-01-01T00:00:00Z, so that a clock that was turned
    // back is noticed; 0 or less for none.
    int64_t not_before;
} landfall_engine_config;

// What is known of the reader whose text is to be repaired. Set everything to 0 first, then `struct_size`, then what is
// known.
typedef struct {
    // `sizeof(landfall_repair_config)`.
    uint32_t struct_size;
    // LANDFALL_READER_...: what is assumed where the reader says nothing.
    uint32_t reader;
    // Characters, ASCII, by which the reader says "could not be read", beside ? and *; or NULL.
    const char *unread;
    // How many; SIZE_MAX if they end with a NUL.
    size_t unread_len;
    // What the reader says of each position of the joined lines, or NULL: 37 costs each, in the order of
    // LANDFALL_REPAIR_CHARACTERS. A cost is the negative decimal logarithm of a likelihood in centibans: 0 for certain, 100
    // for one chance in ten, 200 for one in a hundred.
    const uint16_t *costs;
    // How many costs: 37 times the number of characters of the zone, or 0.
    size_t cost_count;
} landfall_repair_config;

// A picture in memory that stays the caller's. Set everything to 0 first, then `struct_size`, then the rest.
typedef struct {
    // `sizeof(landfall_image)`.
    uint32_t struct_size;
    // How the octets of a pixel follow each other: LANDFALL_PIXEL_FORMAT_...; 0 if `pixels` is a whole file: JPEG, PNG, BMP, TIFF,
    // WebP or JPEG 2000, up to 64 MiB. `width`, `height` and `stride` are 0 then.
    uint32_t format;
    // Pixels in a row.
    uint32_t width;
    // Rows.
    uint32_t height;
    // Pixels an inch; 0 if that is not known.
    uint32_t ppi;
    // The light in which it was taken: LANDFALL_LIGHT_...; 0 for visible light.
    uint32_t light;
    // The first octet of the first row.
    const uint8_t *pixels;
    // How many octets there are.
    size_t pixels_len;
    // Octets from the beginning of one row to that of the next; 0 if rows follow each other without a gap.
    size_t stride;
} landfall_image;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the library, "1.2.3". The view is good for ever.
uint32_t landfall_version(const char **text, size_t *text_len);

// The version of the interface that the library has.
uint32_t landfall_abi_version(uint32_t *major, uint32_t *minor);

// Whether the library has the interface that the host was built with. Call it first, with LANDFALL_ABI_MAJOR and
// LANDFALL_ABI_MINOR as the host's header has them.
//
// Gives LANDFALL_STATUS_ABI_MISMATCH if not.
uint32_t landfall_abi_check(uint32_t major,
                            uint32_t minor);

// What a status means, in one English sentence. The view is good for ever.
//
// Gives LANDFALL_STATUS_NOT_FOUND for a number that is no status.
uint32_t landfall_status_text(uint32_t status, const char **text, size_t *text_len);

// The name of a word, as JSON has it. The view is good for ever.
//
// Gives LANDFALL_STATUS_BAD_ARGUMENT for a number that is no vocabulary, and LANDFALL_STATUS_NOT_FOUND for one that
// is no word of it.
uint32_t landfall_word_name(uint32_t vocabulary,
                            uint32_t number,
                            const char **text,
                            size_t *text_len);

// What a word means, in one English sentence. The view is good for ever.
//
// Gives the same statuses as landfall_word_name.
uint32_t landfall_word_meaning(uint32_t vocabulary,
                               uint32_t number,
                               const char **text,
                               size_t *text_len);

// The number of the word with this name: up to 256 bytes of UTF-8.
//
// Gives the same statuses as landfall_word_name.
uint32_t landfall_word_number(uint32_t vocabulary,
                              const char *name,
                              size_t name_len,
                              uint32_t *number);

// The number of the word at `index`, from 0 to the first index that gives LANDFALL_STATUS_NOT_FOUND: so a host
// lists a vocabulary of a library that is newer than its header.
uint32_t landfall_word_at(uint32_t vocabulary,
                          size_t index,
                          uint32_t *number);

// Gives the text of a handle. The view is good until the handle is freed.
uint32_t landfall_text_view(const landfall_text *handle, const char **text, size_t *text_len);

// Frees a text. NULL is fine.
uint32_t landfall_text_free(landfall_text *text);

// Opens a handle for errors. It may be passed to any number of calls, one at a time.
uint32_t landfall_error_new(landfall_error **error);

// Frees a handle for errors. NULL is fine.
uint32_t landfall_error_free(landfall_error *error);

// The last call that `error` was passed to: its status (LANDFALL_STATUS_OK if it did not fail), the part of the
// inspection that it failed in ("call", "mrz", "mrz line 2", "policy", "fact", "input"; NULL if it did not fail),
// and how far into that part: bytes, or characters of a line. Each output may be NULL. The view is good until the
// handle is passed to another call or freed.
uint32_t landfall_error_detail(const landfall_error *error,
                               uint32_t *status,
                               const char **part,
                               size_t *part_len,
                               size_t *offset);

// The same as one English sentence for a log. It holds no document data.
//
// Gives LANDFALL_STATUS_NOT_FOUND if the last call did not fail.
uint32_t landfall_error_text(const landfall_error *error, const char **text, size_t *text_len);

// Builds an engine. `config` may be NULL: the default policy and nothing else. `error` may be NULL.
//
// Gives LANDFALL_STATUS_BAD_LENGTH for a `struct_size` that is too small, LANDFALL_STATUS_ABI_MISMATCH if members
// are set that the library does not know, and the statuses from 800 for a policy that cannot be used.
uint32_t landfall_engine_new(const landfall_engine_config *config,
                             landfall_engine **engine,
                             landfall_error *error);

// Frees an engine. NULL is fine. Inspections that were opened with it keep what they need.
uint32_t landfall_engine_free(landfall_engine *engine);

// Whether a policy may be used: the text of a policy file, UTF-8, up to 256 KiB. `error` may be NULL; its offset is
// the byte of the value that is wrong.
//
// Gives the statuses from 800 for a policy that cannot be used, and LANDFALL_STATUS_BAD_ARGUMENT if there is none.
uint32_t landfall_policy_check(const char *policy,
                               size_t policy_len,
                               landfall_error *error);

// Everything that a policy says, as JSON: its identity, grounds, profiles, groups, and every weight with its label and
// rationale. `policy_kind` is LANDFALL_POLICY_DEFAULT or LANDFALL_POLICY_TRAINING, for the one that is compiled in if
// `policy` is NULL, and LANDFALL_POLICY_DEFAULT if the text of a policy file is given. `error` may be NULL.
//
// Gives the statuses from 800 for a policy that cannot be used.
uint32_t landfall_policy_explain(uint32_t policy_kind,
                                 const char *policy,
                                 size_t policy_len,
                                 landfall_text **json,
                                 landfall_error *error);

// Opens an inspection at the time `at`, in seconds after 1970-01-01T00:00:00Z. The engine may be freed before it.
//
// Gives LANDFALL_STATUS_BAD_TIME outside the years 1 to 9999.
uint32_t landfall_inspection_new(const landfall_engine *engine,
                                 int64_t at,
                                 landfall_inspection **inspection);

// Frees an inspection. NULL is fine. Its assessments stay.
uint32_t landfall_inspection_free(landfall_inspection *inspection);

// Takes the text of a machine-readable zone, lines or one string, up to 4096 bytes in any encoding. `unread` are the
// characters, ASCII, by which the reader says "could not be read", beside those that are always taken so (? and *);
// NULL with 0 for none. `document` becomes the number of the document, from 1; it and `error` may be NULL.
//
// A zone that is read and found wrong gives LANDFALL_STATUS_OK and failed checks. Gives the statuses from 100 for what
// cannot be a zone, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 documents.
uint32_t landfall_inspection_read_mrz(landfall_inspection *inspection,
                                      const char *text,
                                      size_t text_len,
                                      const char *unread,
                                      size_t unread_len,
                                      uint32_t *document,
                                      landfall_error *error);

// Takes a fact that only the host can know, as a JSON object of up to 64 KiB: `{"reporter": ..., "claim": ..., ...}`, see
// docs/c-abi.md. `error` may be NULL.
//
// Gives LANDFALL_STATUS_BAD_JSON, LANDFALL_STATUS_BAD_ARGUMENT for a check that only the engine may make, and
// LANDFALL_STATUS_BUDGET_EXCEEDED for more than 256 facts.
uint32_t landfall_inspection_add_fact(landfall_inspection *inspection,
                                      const char *json,
                                      size_t json_len,
                                      landfall_error *error);

// Judges what was read and reported so far. It may be asked as often as wanted, and more may be read afterwards.
uint32_t landfall_inspection_assess(const landfall_inspection *inspection,
                                    landfall_assessment **assessment);

// Takes a file of a chip, up to 8 MiB, recognised by its content. `document` is the number of the document whose chip it
// is; one more than there are opens another document, which has no printed zone. `file` becomes its number
// (LANDFALL_CHIP_FILE_..., 0 for one without a number); it and `error` may be NULL.
//
// A file that is read and found altered gives LANDFALL_STATUS_OK and failed checks. Gives LANDFALL_STATUS_NOT_FOUND for a
// document that there is not, LANDFALL_STATUS_UNKNOWN_CONTENT for what is no file of a chip, the statuses from 300 for
// a file that has no end, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 32 files or 8 MiB of one chip.
uint32_t landfall_inspection_read_chip_file(landfall_inspection *inspection,
                                            uint32_t document,
                                            const uint8_t *bytes,
                                            size_t bytes_len,
                                            uint32_t *file,
                                            landfall_error *error);

// Says that something was there which could not be read, so that it does not pass for nothing: nothing clears then. For
// whoever gives up on a source after a call that failed.
uint32_t landfall_inspection_could_not_read(landfall_inspection *inspection);

// Issues a challenge for active authentication from LANDFALL_CHALLENGE_LEN bytes that the host drew at random, and writes
// the bytes to send to the chip (INTERNAL AUTHENTICATE) to `challenge`, as many. A challenge that is never answered counts
// as cut short. The document may be read later.
//
// Gives LANDFALL_STATUS_BAD_LENGTH for another number of bytes, LANDFALL_STATUS_BAD_ARGUMENT for bytes that are all the
// same or were a challenge of this inspection already, LANDFALL_STATUS_NOT_FOUND for a document number that cannot be,
// and LANDFALL_STATUS_BUDGET_EXCEEDED beyond 64 challenges.
uint32_t landfall_inspection_challenge(landfall_inspection *inspection,
                                       uint32_t document,
                                       const uint8_t *random,
                                       size_t random_len,
                                       uint8_t *challenge);

// Takes what the chip answered to `challenge`, up to 2048 bytes. It counts in favour of the chip only if this inspection
// issued the challenge for this document before; a right answer to any other may be a recording. `error` may be NULL.
//
// A wrong answer gives LANDFALL_STATUS_OK and a failed check. Gives LANDFALL_STATUS_BAD_LENGTH for another length of
// challenge or an empty answer, LANDFALL_STATUS_NOT_FOUND for a document number that cannot be, and
// LANDFALL_STATUS_BUDGET_EXCEEDED beyond 64 answers.
uint32_t landfall_inspection_chip_answer(landfall_inspection *inspection,
                                         uint32_t document,
                                         const uint8_t *challenge,
                                         size_t challenge_len,
                                         const uint8_t *answer,
                                         size_t answer_len,
                                         landfall_error *error);

// Gives the bytes of a handle. The view is good until the handle is freed.
uint32_t landfall_bytes_view(const landfall_bytes *handle,
                             const uint8_t **bytes,
                             size_t *bytes_len);

// Frees bytes. NULL is fine.
uint32_t landfall_bytes_free(landfall_bytes *bytes);

// Gives a picture of the chip of document `document`, counted from 1. `index` counts from 0 over those of DG2, then DG5
// and DG7: 0 is the portrait to show, if the chip has one. `form` is LANDFALL_PICTURE_ORIGINAL or LANDFALL_PICTURE_PNG.
// `data_group` becomes the number of the data group that it stands in, 0 for none; it and `error` may be NULL. Whether
// that file is the one that was signed is said by the check sod.data_group_hash.
//
// Gives LANDFALL_STATUS_NOT_FOUND if there is no such picture, LANDFALL_STATUS_PICTURE_FORMAT,
// LANDFALL_STATUS_PICTURE_UNREADABLE or LANDFALL_STATUS_TOO_LARGE for one of which no PNG can be made, and
// LANDFALL_STATUS_NOT_IN_THIS_BUILD for PNG from a library without the feature `emrtd`.
uint32_t landfall_inspection_picture(const landfall_inspection *inspection,
                                     uint32_t document,
                                     size_t index,
                                     uint32_t form,
                                     uint32_t *data_group,
                                     landfall_bytes **bytes,
                                     landfall_error *error);

// Frees an assessment. NULL is fine.
uint32_t landfall_assessment_free(landfall_assessment *assessment);

// The whole assessment as one line of JSON, see docs/assessment.schema.json. The same input gives the same bytes on
// every platform. The view is good until the assessment is freed.
uint32_t landfall_assessment_json(const landfall_assessment *assessment,
                                  const char **text,
                                  size_t *text_len);

// The recommendation: LANDFALL_RECOMMENDATION_CLEAR, _REFER or _REFUSE. 0, which the output holds when the call fails, is none of them.
uint32_t landfall_assessment_recommendation(const landfall_assessment *assessment,
                                            uint32_t *recommendation);

// The identity confidence in centibans, 1/100 of the decimal logarithm of a likelihood ratio: that the document is
// genuine, that it belongs to its holder, and the smaller of the two; its height by the policy's thresholds
// (LANDFALL_LEVEL_...) and where the weights come from (LANDFALL_BASIS_...). Each output may be NULL.
uint32_t landfall_assessment_confidence(const landfall_assessment *assessment,
                                        int32_t *document,
                                        int32_t *holder,
                                        int32_t *overall,
                                        uint32_t *level,
                                        uint32_t *basis);

// How many documents were read.
uint32_t landfall_assessment_document_count(const landfall_assessment *assessment, size_t *count);

// A field (LANDFALL_FIELD_...) of a document, counted from 1 in the order of reading; 0 is the document that names the
// traveller: the first passport, or else the first document. The view is good until the assessment is freed.
//
// Gives LANDFALL_STATUS_NOT_FOUND if there is no such document, or it does not have the field or it cannot be read,
// and LANDFALL_STATUS_BAD_ARGUMENT for a number that is no field.
uint32_t landfall_assessment_field(const landfall_assessment *assessment,
                                   uint32_t document,
                                   uint32_t field,
                                   const char **text,
                                   size_t *text_len);

// How many checks there are.
uint32_t landfall_assessment_check_count(const landfall_assessment *assessment, size_t *count);

// A check, from 0: which (LANDFALL_CHECK_...), what came of it (LANDFALL_OUTCOME_...), why (LANDFALL_REASON_...), to which
// question it speaks (LANDFALL_AXIS_...), and which document it is about, or 0. Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_assessment_check(const landfall_assessment *assessment,
                                   size_t index,
                                   uint32_t *check,
                                   uint32_t *outcome,
                                   uint32_t *reason,
                                   uint32_t *axis,
                                   uint32_t *document);

// What came of a check, and why. `document` says of which document; with 0 it is the worst outcome over all
// subjects: failed before everything that was not concluded, and that before passed. Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND if no such check was expected or made, and LANDFALL_STATUS_BAD_ARGUMENT for a
// number that is no check.
uint32_t landfall_assessment_check_by_id(const landfall_assessment *assessment,
                                         uint32_t check,
                                         uint32_t document,
                                         uint32_t *outcome,
                                         uint32_t *reason);

// How many grounds stand against clearing.
uint32_t landfall_assessment_ground_count(const landfall_assessment *assessment, size_t *count);

// A ground, from 0: which (LANDFALL_GROUND_...), the check that gives it, why the check came out so, and which document
// it is about, or 0. Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_assessment_ground(const landfall_assessment *assessment,
                                    size_t index,
                                    uint32_t *ground,
                                    uint32_t *check,
                                    uint32_t *reason,
                                    uint32_t *document);

// What to do, from 0 in the order of doing it (LANDFALL_ACTION_...).
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_assessment_action(const landfall_assessment *assessment,
                                    size_t index,
                                    uint32_t *action);

// What would help with a check that came to no conclusion, from 0 with the dearest first: the check
// (LANDFALL_CHECK_..., may be NULL) and an English sentence. The view is good until the assessment is freed.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_assessment_hint(const landfall_assessment *assessment,
                                  size_t index,
                                  uint32_t *check,
                                  const char **text,
                                  size_t *text_len);

// SHA-256 of the policy file by which was judged, lowercase hexadecimal. The view is good until the assessment is
// freed.
uint32_t landfall_assessment_policy_sha256(const landfall_assessment *assessment,
                                           const char **text,
                                           size_t *text_len);

// Reads a machine-readable zone, lines or one string, up to 4096 bytes in any encoding. Centuries and validity are
// reckoned from `at`, in seconds after 1970-01-01T00:00:00Z. `unread` are the characters, ASCII, by which the reader
// says "could not be read", beside those that are always taken so (? and *); NULL with 0 for none. `error` may be
// NULL.
//
// A zone that is read and found wrong gives LANDFALL_STATUS_OK and failed checks. Gives the statuses from 100 for what
// cannot be a zone.
uint32_t landfall_mrz_parse(const char *text,
                            size_t text_len,
                            const char *unread,
                            size_t unread_len,
                            int64_t at,
                            landfall_mrz **mrz,
                            landfall_error *error);

// Frees a zone. NULL is fine.
uint32_t landfall_mrz_free(landfall_mrz *mrz);

// Everything that the zone says, as one line of JSON: lines, document, person, fields, checks. The view is good until
// the zone is freed.
uint32_t landfall_mrz_json(const landfall_mrz *mrz,
                           const char **text,
                           size_t *text_len);

// The layout of the zone: LANDFALL_LAYOUT_....
uint32_t landfall_mrz_layout(const landfall_mrz *mrz, uint32_t *layout);

// A field (LANDFALL_MRZ_FIELD_...) as printed, with fillers, and with ? where a character could not be read; its line,
// first and last column, from 1. Each output may be NULL. The view is good until the zone is freed.
//
// Gives LANDFALL_STATUS_NOT_FOUND if the layout does not have the field, and LANDFALL_STATUS_BAD_ARGUMENT for a number
// that is no field.
uint32_t landfall_mrz_field(const landfall_mrz *mrz,
                            uint32_t field,
                            const char **text,
                            size_t *text_len,
                            uint32_t *line,
                            uint32_t *first,
                            uint32_t *last);

// A check that the text allows, from 0: which (LANDFALL_CHECK_...), what came of it (LANDFALL_OUTCOME_...) and why
// (LANDFALL_REASON_...). Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_mrz_check(const landfall_mrz *mrz,
                            size_t index,
                            uint32_t *check,
                            uint32_t *outcome,
                            uint32_t *reason);

// What came of a check, and why. Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND for a check that is not made on text, and LANDFALL_STATUS_BAD_ARGUMENT for a number
// that is no check.
uint32_t landfall_mrz_check_by_id(const landfall_mrz *mrz,
                                  uint32_t check,
                                  uint32_t *outcome,
                                  uint32_t *reason);

// Writes a zone from a JSON object of up to 64 KiB, see docs/c-abi.md. The result is its lines, each but the last ended
// by a line feed, with every check digit in its place. `error` may be NULL.
//
// Gives LANDFALL_STATUS_BAD_JSON, and the statuses from 100 for values that the layout cannot hold.
uint32_t landfall_mrz_make(const char *json,
                           size_t json_len,
                           landfall_text **text,
                           landfall_error *error);

// Finds the most likely reading of a zone that satisfies alphabet, dates and check digits, by what is known of the
// reader; `config` and `error` may be NULL. The text is that of landfall_mrz_parse, and so are the statuses, with
// LANDFALL_STATUS_BAD_LENGTH for a wrong number of costs.
//
// The result is one line of JSON: `layout`, the lines as `printed` and as `repaired`, what `changed`, the `gap` between the two
// in centibans, the `margin` to the next reading, how many `readings` are as likely, whether the reading is `unique`, and
// whether the reader's own costs make it `supported`. What was printed is replaced nowhere.
uint32_t landfall_mrz_repair(const char *text,
                             size_t text_len,
                             const landfall_repair_config *config,
                             landfall_text **repaired,
                             landfall_error *error);

// Makes a reader. It keeps its memory from picture to picture.
uint32_t landfall_reader_new(landfall_reader **reader);

// Frees a reader. NULL is fine.
uint32_t landfall_reader_free(landfall_reader *reader);

// Reads the zones of a picture in memory, and says how many there are. Texts of the picture before are no longer good.
// `zones` and `error` may be NULL.
//
// A picture without a zone gives LANDFALL_STATUS_OK and 0. Gives LANDFALL_STATUS_BAD_ARGUMENT if sizes, stride and length do
// not fit together, and LANDFALL_STATUS_TOO_LARGE above 64 million pixels.
uint32_t landfall_reader_read(landfall_reader *reader,
                              const landfall_image *image,
                              uint32_t *zones,
                              landfall_error *error);

// The same for the bytes of a file: JPEG, PNG, BMP, TIFF, WebP or JPEG 2000, up to 64 MiB.
//
// Gives LANDFALL_STATUS_IMAGE_UNREADABLE for anything else and for a file that is cut short.
uint32_t landfall_reader_read_file(landfall_reader *reader,
                                   const uint8_t *bytes,
                                   size_t bytes_len,
                                   uint32_t *zones,
                                   landfall_error *error);

// A zone of the last picture, from 0, the best read first: its layout (LANDFALL_LAYOUT_...), 1 if every field is read as surely as
// docs/reading.md promises, 1 if the document is printed wrong, and how sure the reader is on the mean, in thousandths.
// Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_reader_zone(const landfall_reader *reader,
                              size_t index,
                              uint32_t *layout,
                              uint32_t *accepted,
                              uint32_t *printed_wrong,
                              uint32_t *confidence);

// The lines of a zone as they are printed, with a line feed between them. The view is good until the next picture.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_reader_zone_text(const landfall_reader *reader,
                                   size_t index,
                                   const char **text,
                                   size_t *text_len);

// Everything about a zone as one line of JSON: lines, repaired lines, fields, confidences, places. The view is good until the
// next picture.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_reader_zone_json(const landfall_reader *reader,
                                   size_t index,
                                   const char **text,
                                   size_t *text_len);

// Reads the barcodes of a picture, from top to bottom, and says how many there are. `symbologies` are the kinds to look for, a 1 shifted
// left by LANDFALL_SYMBOLOGY_... for each; 0 for all. Texts of the barcodes before are no longer good; zones stay. `count` and `error`
// may be NULL.
//
// A picture without a barcode gives LANDFALL_STATUS_OK and 0. Gives the statuses of landfall_reader_read, and
// LANDFALL_STATUS_NOT_IN_THIS_BUILD.
uint32_t landfall_reader_read_barcodes(landfall_reader *reader,
                                       const landfall_image *image,
                                       uint32_t symbologies,
                                       uint32_t *count,
                                       landfall_error *error);

// A barcode of the last picture, from 0: its symbology (LANDFALL_SYMBOLOGY_...) and exactly its bytes, which are good until the next
// picture. Each output may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_reader_barcode(const landfall_reader *reader,
                                 size_t index,
                                 uint32_t *symbology,
                                 const uint8_t **bytes,
                                 size_t *bytes_len);

// Everything about a barcode as one line of JSON: symbology, text, bytes in hexadecimal, place, and what its payload says. The view is
// good until the next picture.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last one.
uint32_t landfall_reader_barcode_json(const landfall_reader *reader,
                                      size_t index,
                                      const char **text,
                                      size_t *text_len);

// Reads every zone and every barcode of one page into an inspection, from up to 16 pictures of it, each in the light that it names
// (`light`). A zone opens a document, a barcode of a known kind is a payload. Several pictures in visible light are frames of a camera:
// each zone is read from all of them together, barcodes and places from the first. `whole_page` is 1 if the pictures end where the
// page ends; with it and `ppi` the place of the zone is measured, with `ppi` alone its pitch and lines are. `documents` and
// `payloads` become how many of each were added; they and `error` may be NULL.
//
// A page on which nothing stands gives LANDFALL_STATUS_OK and twice 0: if something should have stood there, say so with
// landfall_inspection_could_not_read. Gives LANDFALL_STATUS_BAD_ARGUMENT for no picture, for more than 16, and for two in infrared
// or ultraviolet light, the statuses of landfall_reader_read, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 documents or
// payloads.
uint32_t landfall_inspection_read_page(landfall_inspection *inspection,
                                       landfall_reader *reader,
                                       const landfall_image *images,
                                       size_t images_len,
                                       uint32_t whole_page,
                                       uint32_t *documents,
                                       uint32_t *payloads,
                                       landfall_error *error);

// Reads the bytes of a barcode, up to 64 KiB, recognised by their content. `kind` becomes a word of the vocabulary of
// payload kinds and may be NULL. `text` becomes one object of JSON with its fields and problems, see docs/payload.md. The
// years of boarding passes are reckoned from `at`, in seconds after 1970-01-01T00:00:00Z. `error` may be NULL.
//
// A field that is wrong is a problem in the result. Gives LANDFALL_STATUS_PAYLOAD_UNKNOWN for content that nothing
// recognises, LANDFALL_STATUS_PAYLOAD_NOT_READ for kinds that are named only (`kind` says which), the statuses from 420 for
// what cannot be read, and LANDFALL_STATUS_NOT_IN_THIS_BUILD.
uint32_t landfall_payload_read(const uint8_t *bytes,
                               size_t bytes_len,
                               int64_t at,
                               uint32_t *kind,
                               landfall_text **text,
                               landfall_error *error);

// Takes the bytes of a barcode into an inspection, up to 64 KiB, recognised by their content: seals are verified, and
// everything is compared with the zones of the inspection. `kind` becomes a word of the vocabulary of payload kinds; it and
// `error` may be NULL.
//
// Gives the statuses of landfall_payload_read, and LANDFALL_STATUS_BUDGET_EXCEEDED for more than 16 payloads.
uint32_t landfall_inspection_read_payload(landfall_inspection *inspection,
                                          const uint8_t *bytes,
                                          size_t bytes_len,
                                          uint32_t *kind,
                                          landfall_error *error);

// Opens an empty trust store.
uint32_t landfall_trust_new(landfall_trust **trust);

// Opens a trust store from the bytes that landfall_trust_write or `landfall trust import` wrote. `error` may be NULL.
//
// Gives LANDFALL_STATUS_TRUST_STORE_DAMAGED if they are not what was written, LANDFALL_STATUS_TRUST_STORE_VERSION if a later
// version wrote them, LANDFALL_STATUS_UNKNOWN_CONTENT if they are something else.
uint32_t landfall_trust_open(const uint8_t *bytes,
                             size_t len,
                             landfall_trust **trust,
                             landfall_error *error);

// Frees a trust store. NULL is fine. Engines that were given it keep what they need.
uint32_t landfall_trust_free(landfall_trust *trust);

// Brings in trust material of any kind, recognised by its content: certificates in DER or text armour, master lists,
// revocation lists, directory files (LDIF). `vouched_by` names whoever vouches for it, UTF-8. `added` becomes how many anchors
// are new, `left_out` how many entries were left out; both and `error` may be NULL.
//
// A revocation list counts once an anchor of its country verifies it, whichever came first. Gives the statuses from 300
// and from 600 for what cannot be read or is refused; then nothing was brought in.
uint32_t landfall_trust_import(landfall_trust *trust,
                               const uint8_t *bytes,
                               size_t len,
                               const char *vouched_by,
                               size_t vouched_by_len,
                               size_t *added,
                               size_t *left_out,
                               landfall_error *error);

// States that a country publishes no revocation list, so that a policy may accept that. `country` is a code of the zone or of a
// certificate, `vouched_by` whoever states it.
//
// Gives LANDFALL_STATUS_BAD_ARGUMENT for what is no code.
uint32_t landfall_trust_state_never_published(landfall_trust *trust,
                                              const char *country,
                                              size_t country_len,
                                              const char *vouched_by,
                                              size_t vouched_by_len);

// How many anchors, document signers, revocation lists that count, and revocation lists that no anchor verifies a store
// holds. Each output may be NULL.
uint32_t landfall_trust_count(const landfall_trust *trust,
                              size_t *anchors,
                              size_t *signers,
                              size_t *revocation_lists,
                              size_t *unverified_lists);

// Writes a store to bytes, one revision later, at the time `at`, in seconds after 1970-01-01T00:00:00Z. `len` becomes how
// many bytes it takes; they are copied to `buffer` if `capacity` is enough. Call it with NULL and 0 to learn the length; the same
// `at` gives the same bytes. The host writes them to a file, best to a new one that it then renames.
//
// Gives LANDFALL_STATUS_BAD_LENGTH if `capacity` is too small and `buffer` is not NULL.
uint32_t landfall_trust_write(const landfall_trust *trust,
                              int64_t at,
                              uint8_t *buffer,
                              size_t capacity,
                              size_t *len);

// What a store is good for at the time `at`, as JSON: which issuers it can verify, which anchors and lists are missing or
// old. See docs/pki.md.
uint32_t landfall_trust_readiness(const landfall_trust *trust,
                                  int64_t at,
                                  landfall_text **json);

// Makes another engine: the same as `engine`, with this trust store in place of its own. Both handles are freed as usual.
uint32_t landfall_engine_with_trust(const landfall_engine *engine,
                                    const landfall_trust *trust,
                                    landfall_engine **with_trust);

// Opens the bytes of a package, which are copied. `least_version` is the version of this list that was last seen, 0 if
// none was. `error` may be NULL. Pages are verified when they are first used: what is spoilt in one is a status of the
// call that needs it, and no inspection passes over it.
//
// Gives LANDFALL_STATUS_ALERT_ROLLBACK for an older version than that, and the other statuses from 700 for what is no
// package.
uint32_t landfall_alerts_open(const uint8_t *bytes,
                              size_t len,
                              uint64_t least_version,
                              landfall_alerts **alerts,
                              landfall_error *error);

// Has names of a list found under their short forms too, from now on: rows of comma-separated names, `robert,bob,rob`. `faults`
// becomes how many rows could not be read; it and `error` may be NULL. Engines that hold the list see it as well, so say it before
// they are made.
//
// Gives LANDFALL_STATUS_BAD_ARGUMENT if the list was given some before.
uint32_t landfall_alerts_use_nicknames(const landfall_alerts *alerts,
                                       const char *rows,
                                       size_t rows_len,
                                       size_t *faults,
                                       landfall_error *error);

// Frees an alert list. NULL is fine. Engines that were given it keep what they need.
uint32_t landfall_alerts_free(landfall_alerts *alerts);

// What a list says of itself, as JSON: version, agency, dates, entries, threshold, the key that signed it, whether it is stale
// at the time `at`, in seconds after 1970-01-01T00:00:00Z.
uint32_t landfall_alerts_describe(const landfall_alerts *alerts,
                                  int64_t at,
                                  landfall_text **json);

// Reads and verifies every page and every entry of a list. `error` may be NULL.
//
// Gives the statuses from 700 for the first that is not as it must be.
uint32_t landfall_alerts_verify(const landfall_alerts *alerts, landfall_error *error);

// Looks one traveller up on a list, at the time `at`. `query` is a JSON object of up to 64 KiB with `id`, `surname`, `given`, `mrz_name`,
// `birth_date`, `sex`, `nationality`, `document_issuer` and `document_number`, each a text that may be left out. `json`
// becomes an object with the best 20 matches and the documents of that number, see docs/alerts.md; none from a list of
// covert entries. `error` may be NULL.
uint32_t landfall_alerts_screen(const landfall_alerts *alerts,
                                const char *query,
                                size_t query_len,
                                int64_t at,
                                landfall_text **json,
                                landfall_error *error);

// Looks many travellers up: one query as of landfall_alerts_screen in each line, and one line of JSON for each, in their
// order. An error names the byte of the line that could not be read, and then there is no result. `error` may be NULL.
uint32_t landfall_alerts_screen_many(const landfall_alerts *alerts,
                                     const char *queries,
                                     size_t queries_len,
                                     int64_t at,
                                     landfall_text **json_lines,
                                     landfall_error *error);

// Makes another engine: the same as `engine`, with these `count` alert lists in place of its own. `alerts` is an array of handles,
// and NULL with 0 for none. Lists of covert entries have no effect in an engine. All handles are freed as usual.
uint32_t landfall_engine_with_alerts(const landfall_engine *engine,
                                     const landfall_alerts *const *alerts,
                                     size_t count,
                                     landfall_engine **with_alerts);

// Exchanges the alert lists of an engine that is in use, in one step: inspections that are open keep the lists that they
// were opened with, every later one has the new lists, none has a mixture. On any other status than 0 nothing changed.
uint32_t landfall_engine_swap_alerts(landfall_engine *engine,
                                     const landfall_alerts *const *alerts,
                                     size_t count);

// The channel for covert entries: looks the name with number `index`, from 0, of an inspection up on a list of covert entries. `authority` is
// the public key of the authority as age writes it (`age1...`). `sealed` becomes a message that only its key opens. There is a
// message whether or not there are matches, always of the same length before it is sealed; no assessment shows or
// depends on any of it. A host calls this for every traveller or for none. `error` may be NULL.
//
// Gives LANDFALL_STATUS_NOT_FOUND behind the last name, which does not depend on the list, and
// LANDFALL_STATUS_BAD_ARGUMENT for what is no key.
uint32_t landfall_inspection_screen_covert(const landfall_inspection *inspection,
                                           const landfall_alerts *alerts,
                                           const char *authority,
                                           size_t authority_len,
                                           size_t index,
                                           landfall_bytes **sealed,
                                           landfall_error *error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* LANDFALL_H */
