//! Why a check came out as it did: one closed vocabulary for the whole house.

use crate::numbered::numbered;

numbered! {
    /// Why a check came out as it did. The hundreds follow those of [`crate::error::ErrorKind`].
    pub enum Reason {
        /// Everything is as it must be.
        Confirmed = 1, "confirmed";
        /// The host gave nothing from which this could be checked.
        NothingGiven = 2, "nothing_given";
        /// No list of this kind is loaded.
        NoListLoaded = 3, "no_list_loaded";
        /// No rule pack is loaded.
        NoRulesLoaded = 4, "no_rules_loaded";
        /// The room that does this is not part of this build.
        NotInThisBuild = 5, "not_in_this_build";
        /// Another system or the reader's own software says so; the engine did not see it.
        HostAsserted = 6, "host_asserted";
        /// Reporters contradict each other.
        ReportersDisagree = 7, "reporters_disagree";
        /// The given time is earlier than something that was already signed or seen.
        TimeBeforeMaterial = 10, "time_before_material";
        /// There is nothing to hold the given time against.
        NoTimeReference = 11, "no_time_reference";

        /// The digit printed is not the digit that the field gives.
        DigitMismatch = 100, "digit_mismatch";
        /// A filler stands where a digit is due.
        DigitMissing = 101, "digit_missing";
        /// A letter stands where a digit is due.
        DigitNotNumeric = 102, "digit_not_numeric";
        /// A character that this needs could not be read.
        Unreadable = 103, "unreadable";
        /// This layout has no such field or digit.
        NotInLayout = 104, "not_in_layout";
        /// The field is empty, and so may its digit be.
        EmptyField = 105, "empty_field";
        /// Fillers alone stand where the document number is due.
        NumberMissing = 106, "number_missing";
        /// A date names a month or day that does not exist.
        ImpossibleDate = 110, "impossible_date";
        /// A date holds letters, or fillers between digits, or is an expiry date of which a part is unknown.
        MalformedDate = 111, "malformed_date";
        /// The birth date is printed as wholly or partly unknown, which is allowed.
        DateUnknown = 112, "date_unknown";
        /// A day that must lie in the past lies in the future.
        DateInFuture = 113, "date_in_future";
        /// The document ends before its holder was born.
        DatesOutOfOrder = 114, "dates_out_of_order";
        /// The code stands in no part of the standard's table.
        UnknownCode = 120, "unknown_code";
        /// The code holds digits, or fillers where letters belong.
        MalformedCode = 121, "malformed_code";
        /// The code is met in the field, but is not one of the standard's.
        UnofficialCode = 122, "unofficial_code";
        /// A two-letter code is printed where a three-letter code belongs.
        TwoLetterCode = 123, "two_letter_code";
        /// The standard gives the code for something else than this field.
        CodeNotForThisField = 124, "code_not_for_this_field";
        /// A character outside the alphabet of the zone stands in it.
        ForeignCharacter = 130, "foreign_character";
        /// A letter stands in a field of digits, or a digit in a field of letters.
        WrongCharacterType = 131, "wrong_character_type";
        /// A digit stands in the name.
        DigitInName = 140, "digit_in_name";
        /// The name field is empty.
        NameMissing = 141, "name_missing";
        /// The name begins with a filler, or has fillers where none can be.
        NameMalformed = 142, "name_malformed";
        /// The name fills its field to the last letter and may be cut short, which is allowed.
        NameTruncated = 143, "name_truncated";
        /// The second letter of the document code is reserved or forbidden here.
        ReservedDocumentCode = 150, "reserved_document_code";
        /// The document code does not begin with a letter that this layout allows.
        UnknownDocumentCode = 151, "unknown_document_code";
        /// The sex is printed as X, where the zone has a filler for "unspecified".
        UnspecifiedSexAsX = 160, "unspecified_sex_as_x";
        /// The sex is none of M, F and filler.
        UnknownSex = 161, "unknown_sex";

        /// The document's last day of validity has passed.
        Expired = 200, "expired";
        /// The document prints no expiry date, or not all of one.
        NoExpiryDate = 201, "no_expiry_date";
        /// The expiry date is not a date, so validity cannot be told.
        ExpiryNotADate = 202, "expiry_not_a_date";
        /// The issuer is the specimen State of the standard.
        SpecimenIssuer = 203, "specimen_issuer";
        /// The host marked the document as a specimen.
        SpecimenMarked = 204, "specimen_marked";
        /// A passport or card of this kind may hold a chip; none was read.
        ChipNotRead = 210, "chip_not_read";
        /// The document shows no chip symbol.
        NoChipSymbol = 211, "no_chip_symbol";
        /// Documents of this kind hold no chip.
        NoChipInThisKind = 212, "no_chip_in_this_kind";

        /// The officer finds holder and portrait to be the same person.
        OfficerSaysSame = 300, "officer_says_same";
        /// The officer finds holder and portrait to be different persons.
        OfficerSaysDifferent = 301, "officer_says_different";
        /// The officer cannot tell.
        OfficerUnsure = 302, "officer_unsure";
        /// The automatic comparison accepts at its stated error rates.
        FaceAccepted = 303, "face_accepted";
        /// The automatic comparison rejects at its stated error rates.
        FaceRejected = 304, "face_rejected";
        /// The automatic comparison states error rates from which nothing follows.
        FaceRatesUseless = 305, "face_rates_useless";

        /// Files of the chip were read, and EF.SOD is not among them.
        SodMissing = 400, "sod_missing";
        /// EF.SOD cannot be read as what the standard says it is.
        SodUnreadable = 401, "sod_unreadable";
        /// Two files claim the same place on the chip and are not the same.
        FilesContradict = 402, "files_contradict";
        /// EF.SOD names nobody as its signer.
        SodUnsigned = 403, "sod_unsigned";
        /// The certificate of the signer did not come along.
        SignerCertificateMissing = 404, "signer_certificate_missing";
        /// The signature was not made with the key that it should have been made with, or not over this.
        SignatureWrong = 405, "signature_wrong";
        /// The content is not the one whose digest was signed.
        ContentAltered = 406, "content_altered";
        /// The signed attributes speak of another content, or of none.
        SignedAttributesWrong = 407, "signed_attributes_wrong";
        /// The content is itself a set of attributes, so that a signature over attributes would pass for one over it.
        AttributesAsContent = 408, "attributes_as_content";
        /// What names signer and algorithm is malformed.
        SignerMalformed = 409, "signer_malformed";
        /// The key is one with which anybody could sign, or of another kind than the signature.
        KeyUnfit = 410, "key_unfit";
        /// This engine does not know the algorithm, the curve or the size of the key.
        AlgorithmNotSupported = 411, "algorithm_not_supported";
        /// It rests on SHA-1 or on a key that is short by today's measure.
        WeakAlgorithm = 412, "weak_algorithm";

        /// The key identifier of the signer's certificate led to its issuer.
        FoundByKeyIdentifier = 420, "found_by_key_identifier";
        /// The name in the signer's certificate led to its issuer.
        FoundByName = 421, "found_by_name";
        /// Trying the keys of the country led to the signer's issuer.
        FoundByTrial = 422, "found_by_trial";
        /// The trust store has no anchor of this country.
        NoAnchorForCountry = 423, "no_anchor_for_country";
        /// None of the country's anchors issued the signer.
        NoIssuer = 424, "no_issuer";
        /// The signer's certificate does not say of which country its issuer is.
        SignerWithoutCountry = 425, "signer_without_country";
        /// The anchor that issued the signer does not vouch for documents.
        AnchorForOtherPurpose = 426, "anchor_for_other_purpose";
        /// More keys than may be tried could have issued the signer.
        TooManyCandidates = 427, "too_many_candidates";
        /// The anchor that the signer's certificate names did not sign it.
        IssuerSignatureWrong = 428, "issuer_signature_wrong";
        /// The signer was issued after its anchor ceased to be believed.
        AnchorDistrusted = 429, "anchor_distrusted";
        /// The anchor is one for tests and training.
        TestAnchor = 430, "test_anchor";
        /// The signer's certificate is for other things than documents.
        SignerForOtherPurpose = 431, "signer_for_other_purpose";

        /// The signer does not say when it signed, which is allowed.
        NoSigningTime = 440, "no_signing_time";
        /// The signer signed before or after the validity of its certificate.
        SignedOutsideValidity = 441, "signed_outside_validity";
        /// The signer's certificate has expired.
        SignerExpired = 442, "signer_expired";
        /// The validity of the signer's certificate has not begun.
        SignerNotYetValid = 443, "signer_not_yet_valid";
        /// The anchor was valid when it issued the signer and has expired since.
        AnchorExpiredSince = 444, "anchor_expired_since";
        /// The anchor was not valid when it issued the signer.
        AnchorNotValidAtIssue = 445, "anchor_not_valid_at_issue";
        /// There is no path to an anchor.
        NoPath = 446, "no_path";
        /// No revocation list of the signer's country is loaded, although there may be one.
        NoRevocationList = 447, "no_revocation_list";

        /// Signer, anchor and document are not all of one country.
        CountriesDiffer = 450, "countries_differ";
        /// The signer's certificate names no country, or one that no table knows.
        SignerCountryUnknown = 451, "signer_country_unknown";
        /// The machine-readable zone of the chip was not read.
        Dg1NotRead = 452, "dg1_not_read";
        /// Something was read although the standard asks for something else.
        Deviations = 453, "deviations";
        /// The signer may sign for other kinds of documents only.
        DocumentTypeNotListed = 454, "document_type_not_listed";
        /// The signer's certificate does not say for which kinds of documents it may sign.
        NoDocumentTypeList = 455, "no_document_type_list";

        /// The file is not the one that was signed.
        HashDiffers = 460, "hash_differs";
        /// The chip holds a file that the issuer did not sign.
        NotListed = 461, "not_listed";
        /// The issuer signed a file that was not read.
        FileNotRead = 462, "file_not_read";

        /// Two sources say different things.
        SourcesDiffer = 480, "sources_differ";
        /// The two names cannot be told to be the same by any rule of transliteration.
        NameNotMatched = 481, "name_not_matched";
        /// The name is in a script, or has letters, for which there is no rule of transliteration.
        NoTransliterationRule = 482, "no_transliteration_rule";
        /// The additional details state no date of issue.
        NoIssueDate = 483, "no_issue_date";
        /// The document was issued before or after the time in which its signer's key was in use.
        IssuedOutsideKeyUse = 484, "issued_outside_key_use";
        /// The document is valid for longer than the certificate of its signer.
        DocumentOutlivesSigner = 485, "document_outlives_signer";
        /// The chip has no key with which it could prove that it is no copy.
        NoChipKey = 490, "no_chip_key";
        /// The chip signed a challenge of this inspection with the key that its issuer signed.
        ChipAnswered = 491, "chip_answered";
        /// It did, and wrote its answer otherwise than the standard says.
        ChipAnsweredDeviating = 492, "chip_answered_deviating";
        /// The answer was not made with the key that the issuer signed: the chip is another one.
        ChipAnswerWrong = 493, "chip_answer_wrong";
        /// The answer is right, but this inspection did not issue the challenge: it may be a recording.
        ForeignChallenge = 494, "foreign_challenge";
        /// The key of the chip does not lead to an anchor by passive authentication, so that it proves nothing.
        ChipKeyNotVouchedFor = 495, "chip_key_not_vouched_for";
        /// The chip was asked to prove itself and did not answer.
        ChipDidNotAnswer = 496, "chip_did_not_answer";
        /// The reader made active authentication itself and says what came of it; the engine did not see it.
        ActiveAuthenticationAsserted = 497, "active_authentication_asserted";
        /// The reader made chip authentication and says what came of it; the engine did not see it.
        ChipAuthenticationAsserted = 498, "chip_authentication_asserted";
        /// The reader made PACE with chip authentication mapping and says what came of it; the engine did not see it.
        PaceCamAsserted = 499, "pace_cam_asserted";
        /// The reader cannot run the protocol.
        ReaderDoesNotSupport = 500, "reader_does_not_support";
        /// The chip offers PACE, and was opened with something weaker.
        WeakerAccess = 501, "weaker_access";
        /// The chip let itself be read without any access control.
        NoAccessControl = 502, "no_access_control";
        /// The chip does not give this file to this reader.
        FileProtected = 503, "file_protected";
        /// The chip says that it has no such file.
        FileNotOnChip = 504, "file_not_on_chip";
        /// Reading the file was begun and broke off.
        FileCutShort = 505, "file_cut_short";
        /// The reader did not try to read the file.
        FileNotTried = 506, "file_not_tried";
        /// What the chip says of its protocols before anything is verified is not what its issuer signed.
        AccessInfoNotSigned = 507, "access_info_not_signed";

        /// A revocation list of the issuer names the signer.
        SignerRevoked = 520, "signer_revoked";
        /// The signer is not named, and the next revocation list is overdue.
        RevocationListStale = 521, "revocation_list_stale";
        /// The issuer publishes no revocation list, as whoever runs this post has stated.
        RevocationListNeverPublished = 522, "revocation_list_never_published";
        /// A revocation list of the signer's country is loaded, and no anchor verifies it.
        RevocationListUnverified = 523, "revocation_list_unverified";
        /// The revocation lists at hand speak of a part of the issuer's certificates only.
        RevocationListPartial = 524, "revocation_list_partial";
        /// The chip proved its key, and its issuer has listed that this key is known to others.
        ActiveAuthenticationKeyCompromised = 525, "active_authentication_key_compromised";
        /// The signer signed within the validity of its certificate and outside the period for which its key may sign.
        SignedOutsideKeyUsage = 526, "signed_outside_key_usage";
        /// An alternative name of signer or anchor gives the code of another country than the zone.
        AlternativeNameDiffers = 527, "alternative_name_differs";

        /// The certificate of the seal's signer is not at hand (UNKNOWN_CERTIFICATE).
        UnknownCertificate = 560, "unknown_certificate";
        /// The signer of the seal leads to no trusted anchor (UNTRUSTED_CERTIFICATE).
        UntrustedCertificate = 561, "untrusted_certificate";
        /// The signer's certificate had expired when the seal was signed (EXPIRED_CERTIFICATE).
        ExpiredCertificate = 562, "expired_certificate";
        /// The signer of the seal is revoked (REVOKED_CERTIFICATE).
        RevokedCertificate = 563, "revoked_certificate";
        /// The signature of the seal is wrong (INVALID_SIGNATURE).
        InvalidSignature = 564, "invalid_signature";
        /// The seal has no signature, or not of the form that it must have (WRONG_FORMAT).
        WrongFormat = 565, "wrong_format";
        /// The signer may sign for other kinds of documents only (INVALID_DOCUMENTTYPE).
        InvalidDocumentType = 566, "invalid_document_type";
        /// The seal has a feature or a document type that is not known, which is allowed (UNKNOWN_FEATURE).
        UnknownFeature = 567, "unknown_feature";
        /// The printed zone of the visa has a wrong check digit (INVALID_VISA_MRZ).
        InvalidVisaMrz = 568, "invalid_visa_mrz";
        /// The zone in the seal is not the printed one of the visa (SEAL_VISA_MISMATCH).
        SealVisaMismatch = 569, "seal_visa_mismatch";
        /// The seal is for another passport (SEAL_PASSPORT_MISMATCH).
        SealPassportMismatch = 570, "seal_passport_mismatch";
        /// The zone in the seal is none, or has a wrong check digit (INVALID_SEAL_MRZ).
        InvalidSealMrz = 571, "invalid_seal_mrz";
        /// The printed zone of the document has a wrong check digit (INVALID_PRINTED_MRZ).
        InvalidPrintedMrz = 572, "invalid_printed_mrz";
        /// The seal is not of this document (SEAL_DOCUMENT_MISMATCH).
        SealDocumentMismatch = 573, "seal_document_mismatch";
        /// The signer's certificate does not say that it is for seals.
        SealUsageNotStated = 574, "seal_usage_not_stated";
        /// The kind of the sealed document is not known, so that it is in no list.
        DocumentTypeUnknown = 575, "document_type_unknown";
        /// The boarding pass is for a flight on another day.
        FlightOnAnotherDay = 576, "flight_on_another_day";
        /// One of both sides does not state the day that would be compared, or it cannot be read.
        DateMissing = 577, "date_missing";
        /// The common name of the signer's certificate is not the one in the seal.
        SignerIdentifierDiffers = 578, "signer_identifier_differs";
        /// The printed zone of the passport has a wrong check digit (INVALID_PASSPORT_MRZ).
        InvalidPassportMrz = 579, "invalid_passport_mrz";

        /// Visible light shows a zone, and infrared light shows none.
        InfraredBlank = 630, "infrared_blank";
        /// The zone says something else in infrared light than in visible light.
        InfraredDiffers = 631, "infrared_differs";
        /// The paper glows in ultraviolet light, as paper for offices does.
        UltravioletGlow = 632, "ultraviolet_glow";
        /// Characters of the zone were not read as surely as is promised.
        ReadUnsurely = 633, "read_unsurely";
        /// Characters or lines of the zone stand where those of its layout never do.
        ZoneMisplaced = 634, "zone_misplaced";
        /// The zone is a little off its place, or too askew to tell.
        ZonePlaceInDoubt = 635, "zone_place_in_doubt";

        /// The person resembles an entry of an alert list; its owner has to say whether it means them.
        PersonResemblesEntry = 670, "person_resembles_entry";
        /// Person or document is like an entry whose owner asks to be told, and nothing else.
        AlertNotifyOnly = 671, "alert_notify_only";
        /// The document has the number of one that belongs to a listed person.
        DocumentOfListedPerson = 672, "document_of_listed_person";
        /// The document was reported lost, stolen, revoked or fraudulent.
        DocumentReported = 673, "document_reported";
        /// It was, and the list asks to refuse.
        DocumentReportedRefuse = 674, "document_reported_refuse";
        /// It was, and the list asks to detain.
        DocumentReportedDetain = 675, "document_reported_detain";
        /// The number differs from a listed one in nothing but characters that readers confuse.
        DocumentResemblesEntry = 676, "document_resembles_entry";
        /// Nothing was found, on a list that should have been replaced.
        AlertListStale = 677, "alert_list_stale";
        /// Nothing was found, on a list that nobody signed.
        AlertListUnsigned = 678, "alert_list_unsigned";
        /// Lists are loaded, and nothing was read that could be looked up.
        NothingToScreen = 679, "nothing_to_screen";
        /// An alert list contradicts itself or was cut short while it was in use.
        AlertListUnreadable = 680, "alert_list_unreadable";
        /// The person resembles only entries of which the host has found out before that they mean somebody else.
        FalseMatchCleared = 681, "false_match_cleared";
    }
}
