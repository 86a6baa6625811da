"""The Python binding as a host uses it. Wants LANDFALL_LIBRARY; run by tests/python_binding.rs."""

import gc
import json
import os
import unittest
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import landfall

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "specimens"
LIBRARY = landfall.Library()


class Results(unittest.TestCase):
    def setUp(self):
        with LIBRARY.engine("training") as engine, engine.inspect("2011-06-01") as inspection:
            self.assertEqual(inspection.read_mrz(ZONE), 1)
            inspection.add_fact("officer", "holder_comparison", result="same")
            self.assessment = inspection.assess()
        self.addCleanup(self.assessment.close)

    def test_an_assessment_outlives_its_inspection_and_agrees_with_its_json(self):
        whole = json.loads(self.assessment.json)
        self.assertEqual(self.assessment.recommendation, whole["recommendation"])
        self.assertEqual(self.assessment.confidence.overall, whole["confidence"]["overall"])
        self.assertEqual(self.assessment.confidence.level, whole["confidence"]["level"])
        self.assertEqual(self.assessment.policy_sha256, whole["policy"]["sha256"])
        self.assertEqual(self.assessment.actions, whole["actions"])
        self.assertEqual(self.assessment.hints, [hint["text"] for hint in whole["hints"]])
        self.assertEqual([check.id for check in self.assessment.checks], [check["id"] for check in whole["checks"]])
        self.assertEqual([ground.id for ground in self.assessment.grounds], [g["ground"] for g in whole["grounds"]])
        self.assertEqual(self.assessment.document_count, len(whole["documents"]))
        self.assertEqual(whole["at"], "2011-06-01T00:00:00Z")

    def test_fields_and_outcomes_go_by_name(self):
        self.assertEqual(self.assessment.field("primary_identifier"), "ERIKSSON")
        self.assertEqual(self.assessment.field("issuer_name", 1), "Utopia")
        self.assertIsNone(self.assessment.field("optional_data_2"))
        self.assertIsNone(self.assessment.field("sex", 2))
        self.assertEqual(self.assessment.outcome("holder.comparison"), "passed")
        self.assertEqual(self.assessment.outcome("sod.signature"), "not_performed")
        self.assertIsNone(self.assessment.outcome("sod.signature", 7))
        with self.assertRaises(ValueError):
            self.assessment.field("shoe_size")


class Errors(unittest.TestCase):
    def test_what_cannot_be_read_says_where_and_holds_no_data(self):
        with LIBRARY.engine() as engine, engine.inspect(0) as inspection:
            with self.assertRaises(landfall.Error) as caught:
                inspection.read_mrz(ZONE[:-1])
            error = caught.exception
            self.assertEqual((error.name, error.part, error.offset), ("mrz_line_length", "mrz line 2", 43))
            self.assertNotIn("ERIKSSON", str(error))
            with self.assertRaises(landfall.Error) as caught:
                inspection.add_fact("king", "specimen", document=1)
            self.assertEqual((caught.exception.name, caught.exception.part), ("bad_json", "fact"))

    def test_a_policy_that_cannot_be_used_is_refused(self):
        with self.assertRaises(landfall.Error) as caught:
            LIBRARY.engine(policy="version = ")
        self.assertEqual((caught.exception.name, caught.exception.part), ("policy_syntax", "policy"))

    def test_a_closed_object_gives_an_error_and_not_a_crash(self):
        engine = LIBRARY.engine()
        engine.close()
        engine.close()
        with self.assertRaises(landfall.Error) as caught:
            engine.inspect(0)
        self.assertEqual(caught.exception.name, "null_pointer")

    def test_what_is_forgotten_is_freed(self):
        inspection = LIBRARY.engine().inspect(0)
        handle = inspection._handle
        del inspection
        gc.collect()
        with self.assertRaises(landfall.Error) as caught:
            LIBRARY.call("inspection_free", handle)
        self.assertEqual(caught.exception.name, "bad_handle")

    def test_times_need_a_zone_and_a_library_needs_a_path(self):
        noon = datetime(2011, 6, 1, 12, tzinfo=timezone(timedelta(hours=12)))
        for at in (1306886400, "2011-06-01", "2011-06-01T00:00:00Z", date(2011, 6, 1), noon):
            self.assertEqual(landfall._seconds(at), 1306886400)
        with self.assertRaises(ValueError):
            landfall._seconds(datetime(2011, 6, 1))
        with self.assertRaises(OSError):
            landfall.Library("./no-such-library.so")


class Zones(unittest.TestCase):
    def test_a_zone_is_read_by_itself(self):
        with LIBRARY.mrz(ZONE.replace("ANNA", "AN~A"), "2011-06-01", unread="~") as zone:
            self.assertEqual(zone.layout, "td3")
            self.assertEqual(zone.field("expiry_date"), ("120415", 2, 22, 27))
            self.assertIn("AN?A", zone.field("name").text)
            self.assertIsNone(zone.field("optional_data_2"))
            self.assertEqual(zone.outcome("mrz.check_digit.composite"), "passed")
            self.assertEqual(json.loads(zone.json)["layout"], "td3")

    def test_a_zone_is_made(self):
        lines = LIBRARY.make_mrz(
            layout="td3", document_code="P", issuer="UTO", primary="Eriksson", secondary="Anna Maria",
            document_number="L898902C3", nationality="UTO", birth_date="1974-08-12", sex="female",
            expiry_date="2012-04-15", optional_data="ZE184226B",
        )
        self.assertEqual("\n".join(lines), ZONE)
        with self.assertRaises(landfall.Error) as caught:
            LIBRARY.make_mrz(layout="td3", primary="Eriksson")
        self.assertTrue(caught.exception.name.startswith("mrz_"))

    def test_a_zone_is_repaired_beside_what_was_printed(self):
        misread = ZONE.replace("740812", "74O812")
        repair = LIBRARY.repair_mrz(misread)
        self.assertEqual(repair["printed"], misread.split("\n"))
        self.assertEqual(repair["repaired"], ZONE.split("\n"))
        self.assertEqual(LIBRARY.repair_mrz(misread, "uniform")["changed"], repair["changed"])
        self.assertFalse(LIBRARY.repair_mrz(ZONE, costs=[100] * 88 * 37)["unique"])
        with self.assertRaises(landfall.Error) as caught:
            LIBRARY.repair_mrz(ZONE, costs=[0] * 36)
        self.assertEqual(caught.exception.name, "bad_length")


class Screening(unittest.TestCase):
    PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"

    def test_a_list_is_searched_and_exchanged(self):
        package = (FIXTURES / ".." / "alert" / "utopia.alerts").read_bytes()
        with LIBRARY.alerts(package) as alerts, LIBRARY.engine() as engine:
            screened = alerts.screen("2011-06-01", surname="ERIKSSON", birth_date="1974-08-12")
            self.assertEqual(screened["matches"][0]["entry"], "UT-1")
            outcomes = []
            for lists in ([], [alerts], []):
                engine.swap_alerts(*lists)
                with engine.inspect("2011-06-01") as inspection:
                    inspection.read_mrz(self.PASSPORT)
                    with inspection.assess() as assessment:
                        outcomes.append(assessment.outcome("alert.person"))
            self.assertEqual(outcomes, ["not_performed", "failed", "not_performed"])
        with self.assertRaises(landfall.Error):
            LIBRARY.alerts(package[:500])


@unittest.skipUnless("LANDFALL_PAGE" in os.environ, "no picture of a page was drawn")
class Pages(unittest.TestCase):
    def test_a_zone_and_a_seal_come_from_one_picture(self):
        visa = Path(os.environ["LANDFALL_PAGE"]).read_bytes()
        with LIBRARY.engine() as engine, engine.inspect("2026-11-01") as inspection, LIBRARY.reader() as reader:
            self.assertEqual(inspection.read_page(reader, visible=visa, ppi=300), (1, 1))
            with self.assertRaises(landfall.Error) as caught:
                inspection.read_page(reader, visible=visa[: len(visa) // 2])
            self.assertEqual(caught.exception.name, "image_unreadable")
            with self.assertRaises(landfall.Error):
                inspection.read_page(reader)
            with self.assertRaises(landfall.Error):
                inspection.read_payload(b"nothing known")
            with inspection.assess() as assessment:
                self.assertEqual(assessment.outcome("optical.mrz_reading", 1), "passed")
                self.assertEqual(assessment.outcome("optical.mrz_geometry", 1), "passed")


class Chips(unittest.TestCase):
    FILES = ("EF.COM", "EF.SOD", "DG1", "DG2", "DG11", "DG12", "DG14", "DG15")

    def setUp(self):
        def read(*path):
            return FIXTURES.joinpath(*path).read_bytes()

        trust = LIBRARY.trust()
        self.assertEqual(trust.add(read("utopia-trust", "csca-uto.der"), "a test"), 1)
        with LIBRARY.engine("training") as bare, bare.with_trust(trust) as engine:
            self.inspection = engine.inspect("2026-11-01")
        self.addCleanup(self.inspection.close)
        self.inspection.read_mrz(read("utopia-passport", "mrz.txt"))
        names = [self.inspection.read_chip_file(1, read("utopia-passport", name)) for name in self.FILES]
        self.assertEqual(names, [name.lower().replace(".", "_") for name in self.FILES])
        recorded = json.loads(read("utopia-passport", "active-authentication.json"))["active_authentication"]
        self.asked, self.answer = (bytes.fromhex(recorded[name]) for name in ("challenge", "answer"))
        trust.close()

    def authentic(self):
        with self.inspection.assess() as assessment:
            self.assertEqual(assessment.outcome("sod.path", 1), "passed")
            return assessment.outcome("chip.authentic", 1)

    def test_an_answer_counts_for_a_challenge_of_this_inspection_alone(self):
        self.assertEqual(self.authentic(), "not_performed")
        self.inspection.chip_answer(1, self.asked, self.answer)
        self.assertEqual(self.authentic(), "undetermined")
        self.assertEqual(self.inspection.challenge(1, self.asked), self.asked)
        self.assertEqual(self.authentic(), "aborted")
        self.inspection.chip_answer(1, self.asked, self.answer)
        self.assertEqual(self.authentic(), "passed")

    def test_challenges_are_drawn_anew_and_a_wrong_answer_is_a_failed_check(self):
        challenge = self.inspection.challenge(1)
        self.assertEqual(len(challenge), 8)
        self.inspection.chip_answer(1, challenge, self.answer)
        self.assertEqual(self.authentic(), "failed")
        with self.assertRaises(landfall.Error) as caught:
            self.inspection.challenge(1, bytes(8))
        self.assertEqual(caught.exception.name, "bad_argument")

    def test_the_portrait_comes_out_as_it_is_and_as_png(self):
        (original,), (png,) = (self.inspection.pictures(1, form) for form in ("original", "png"))
        self.assertEqual((original.data_group, original.content[:3]), (2, b"\xff\xd8\xff"))
        self.assertEqual((png.data_group, png.content[:8]), (2, b"\x89PNG\r\n\x1a\n"))
        self.assertEqual(self.inspection.pictures(2), [])


class Words(unittest.TestCase):
    def test_every_word_of_every_vocabulary_has_one_number(self):
        self.assertEqual(LIBRARY.number("check", "mrz.calendar"), LIBRARY.words("check")["mrz.calendar"])
        for vocabulary in LIBRARY.words("vocabulary"):
            words = LIBRARY.words(vocabulary)
            self.assertEqual(len(set(words.values())), len(words))


if __name__ == "__main__":
    unittest.main()
