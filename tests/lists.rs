//! Lists in every form that authorities exchange: what is read of them, what is named as wrong, what is passed over. All persons
//! are invented.
#![cfg(feature = "alert")]

use landfall::list::{Action, DocumentStatus, Entry, Handling, Imported, NameKind, Nation, merged, read, read_csv};
use landfall::person::Sex;

fn names(entry: &Entry) -> Vec<(NameKind, &str)> {
    entry.names.iter().map(|name| (name.kind, name.text.reveal().as_str())).collect()
}

fn births(entry: &Entry) -> Vec<String> {
    let shown = |birth: &landfall::list::Birth| {
        let whole = format!("{}..{}{}", birth.from, birth.to, if birth.approximate { "~" } else { "" });
        whole.replace("-XX", "")
    };
    entry.births.iter().map(shown).collect()
}

fn documents(entry: &Entry) -> Vec<(Option<String>, &str, &str)> {
    let shown = |document: &landfall::list::ListedDocument| document.issuer.map(Nation::letters);
    entry
        .documents
        .iter()
        .map(|document| (shown(document), document.kind.as_str(), document.number.reveal().as_str()))
        .collect()
}

fn faults(imported: &Imported) -> Vec<(u64, &'static str)> {
    imported.faults.iter().map(|fault| (fault.line, fault.what)).collect()
}

#[test]
fn a_list_as_json_lines_says_what_one_in_columns_says() {
    let columns = "id,names,dobs,docs,sex,nationality,action,handling,review_by\n\
                   1,\"TESTOV, Ivan|weak_alias:Vanya\",1960-05-17|c1961,UTO/passport/stolen/AB1*,M,UTO,refuse,restricted,2027-01-01\n";
    let lines = concat!(
        r#"{"id":"1","names":["TESTOV, Ivan","weak_alias:Vanya"],"dobs":["1960-05-17","c1961"],"docs":["UTO/passport/stolen/AB1*"],"#,
        r#""sex":"M","nationality":"UTO","action":"refuse","handling":"restricted","review_by":"2027-01-01"}"#,
        "\n"
    );
    let (one, other) = (read(columns.as_bytes()), read(lines.as_bytes()));
    assert_eq!((one.faults.len(), other.faults.len()), (0, 0), "{:?} {:?}", one.faults, other.faults);
    assert_eq!(one.entries, other.entries);
    let entry = &other.entries[0];
    assert_eq!((entry.action, entry.handling), (Action::Refuse, Handling::Restricted));
    assert_eq!(entry.documents[0].status, DocumentStatus::Stolen);
}

#[test]
fn a_wrong_line_is_named_and_the_others_are_kept() {
    let lines = concat!(
        "{\"id\":\"1\",\"names\":[\"A\"]}\n",
        "{\"id\":\"2\",\"names\":[\"B\"]\n",
        "\n",
        "{\"id\":\"3\",\"name_of_nobody\":[\"C\"]}\n",
        "{\"id\":\"4\",\"names\":{}}\n",
        "{\"id\":\"5\",\"names\":[\"D\"],\"dobs\":[\"never\"]}\n",
        "{\"names\":[\"E\"]}\n",
        "[1]\n",
    );
    let imported = read(lines.as_bytes());
    assert_eq!(imported.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["1", "5"]);
    let lines: Vec<u64> = imported.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 4, 5, 6, 7, 8], "{:?}", imported.faults);
}

const FTM: &str = concat!(
    r#"{"id":"Q1","schema":"Person","datasets":["utopia"],"properties":{"name":["Raphael Hythloday"],"alias":["Рафаил Гитлодей"],"#,
    r#""weakAlias":["Rafi"],"previousName":["Raphael Nonsenso"],"birthDate":["1960-05-17","1960"],"gender":["male"],"#,
    r#""nationality":["pt","--"],"passportNumber":["AB123456"],"notes":["Knows islands."]}}"#,
    "\n",
    r#"{"id":"C1","schema":"Company","properties":{"name":["Utopia Shipping"]}}"#,
    "\n",
    r#"{"id":"D1","schema":"Passport","properties":{"holder":["Q1"],"number":["AB123456"],"country":["pt"]}}"#,
    "\n",
    r#"{"id":"D2","schema":"Identification","properties":{"holder":["Q9"],"number":["77"]}}"#,
    "\n",
    r#"{"id":"Q2","schema":"Person","properties":{"alias":[]}}"#,
    "\n",
);

#[test]
fn persons_and_their_documents_are_taken_from_follow_the_money() {
    let imported = read(FTM.as_bytes());
    let [entry] = imported.entries.as_slice() else { panic!("{:?}", imported.faults) };
    assert_eq!((entry.id.as_str(), entry.source.as_str(), entry.sex), ("Q1", "utopia", Some(Sex::Male)));
    assert_eq!(
        names(entry),
        [
            (NameKind::Primary, "Raphael Hythloday"),
            (NameKind::Alias, "Рафаил Гитлодей"),
            (NameKind::WeakAlias, "Rafi"),
            (NameKind::Former, "Raphael Nonsenso")
        ]
    );
    assert_eq!(births(entry), ["1960-05-17..1960-05-17", "1960..1960"].map(str::to_owned).to_vec());
    assert_eq!(documents(entry), [(Some("PRT".to_owned()), "passport", "AB123456")], "one passport, with its issuer");
    assert_eq!((imported.passed_over, entry.reason.reveal().as_str()), (1, "Knows islands."));
    assert_eq!(
        faults(&imported),
        [
            (1, "a nationality that is none"),
            (5, "the person has no name"),
            (4, "the holder of the document is not listed")
        ]
    );
}

const UN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-11-01">
 <INDIVIDUALS>
  <INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>RAPHAEL</FIRST_NAME><SECOND_NAME>HYTHLODAY</SECOND_NAME><THIRD_NAME/>
   <REFERENCE_NUMBER>UTi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>Рафаил Гитлодей</NAME_ORIGINAL_SCRIPT><GENDER>Male</GENDER>
   <COMMENTS1>Sailed &amp; told.</COMMENTS1><NATIONALITY><VALUE>Portugal</VALUE></NATIONALITY>
   <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Raphael Nonsenso</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Rafi</ALIAS_NAME></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-05-17</DATE></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1957</FROM_YEAR><TO_YEAR>1959</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1961</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>soon</DATE></INDIVIDUAL_DATE_OF_BIRTH>
   <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>AB123456</NUMBER><ISSUING_COUNTRY>Portugal</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
   <INDIVIDUAL_DOCUMENT/>
  </INDIVIDUAL>
  <INDIVIDUAL><DATAID>2</DATAID></INDIVIDUAL>
 </INDIVIDUALS>
 <ENTITIES><ENTITY><DATAID>3</DATAID><FIRST_NAME>UTOPIA SHIPPING</FIRST_NAME></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"#;

#[test]
fn individuals_are_taken_from_the_list_of_the_united_nations() {
    let imported = read(UN.as_bytes());
    let [entry] = imported.entries.as_slice() else { panic!("{:?}", imported.faults) };
    assert_eq!((entry.id.as_str(), entry.sex), ("UTi.001", Some(Sex::Male)));
    assert_eq!(
        names(entry),
        [
            (NameKind::Primary, "RAPHAEL HYTHLODAY"),
            (NameKind::Native, "Рафаил Гитлодей"),
            (NameKind::Alias, "Raphael Nonsenso"),
            (NameKind::WeakAlias, "Rafi")
        ]
    );
    assert_eq!(births(entry), ["1960-05-17..1960-05-17", "1957..1959", "1961..1961~"].map(str::to_owned).to_vec());
    assert_eq!(documents(entry), [(Some("PRT".to_owned()), "passport", "AB123456")]);
    assert_eq!(entry.nationalities.iter().map(|nation| nation.letters()).collect::<Vec<_>>(), ["PRT"]);
    assert_eq!((entry.reason.reveal().as_str(), imported.passed_over), ("Sailed & told.", 1));
    assert_eq!(faults(&imported), [(4, "a birth date that is none"), (17, "the individual has no number, or no name")]);
}

#[test]
fn xml_that_breaks_off_or_nests_without_end_keeps_what_was_complete() {
    let cut = &UN[..UN.find("<INDIVIDUAL><DATAID>2").unwrap() + 15];
    let imported = read(cut.as_bytes());
    assert_eq!(imported.entries.len(), 1);
    let deep = format!("<CONSOLIDATED_LIST>{}", "<A>".repeat(100_000));
    assert_eq!(faults(&read(deep.as_bytes())), [(1, "elements nest too deep")]);
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>\
                <FIRST_NAME>&a;&a;B</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>";
    assert_eq!(names(&read(bomb.as_bytes()).entries[0]), [(NameKind::Primary, "B")], "no entity is followed");
}

const SDN: &str = "7001,\"HYTHLODAY, Raphael\",\"individual\",\"UTOPIA\",\"Sailor\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 17 May 1960; alt. DOB \
1961; DOB circa 1962; DOB 1957 to 1959; POB Lisbon, Portugal; nationality Portugal; Gender Male; Passport AB123456 (Portugal) expires 01 Jan 2030; \
a.k.a. 'RAFI'; DOB soon; Secondary sanctions risk.\"\n7002,\"UTOPIA SHIPPING\",-0- ,\"UTOPIA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\
7003,-0- ,\"individual\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n\u{1A}\n";
const ALT: &str = "7001,9001,\"aka\",\"NONSENSO, Raphael\",-0- \n7001,9002,\"fka\",\"GITLODEY, Rafail\",-0- \n";

#[test]
fn the_two_files_of_ofac_make_one_entry() {
    let (sdn, alt) = (read(SDN.as_bytes()), read(ALT.as_bytes()));
    assert_eq!((sdn.entries.len(), sdn.passed_over, alt.entries.len()), (1, 1, 2));
    assert_eq!(faults(&sdn), [(1, "a birth date that is none"), (3, "the row lacks a number or a name")]);
    let entries = merged(sdn.entries.into_iter().chain(alt.entries).collect());
    let [entry] = entries.as_slice() else { panic!("{}", entries.len()) };
    assert_eq!((entry.id.as_str(), entry.sex), ("OFAC-7001", Some(Sex::Male)));
    assert_eq!(
        names(entry),
        [
            (NameKind::Primary, "HYTHLODAY, Raphael"),
            (NameKind::WeakAlias, "RAFI"),
            (NameKind::Alias, "NONSENSO, Raphael"),
            (NameKind::Former, "GITLODEY, Rafail")
        ]
    );
    let dates = ["1960-05-17..1960-05-17", "1961..1961", "1962..1962~", "1957..1959"];
    assert_eq!(births(entry), dates.map(str::to_owned).to_vec());
    assert_eq!(documents(entry), [(Some("PRT".to_owned()), "passport", "AB123456")]);
    assert_eq!(entry.reason.reveal(), "UTOPIA; Sailor; POB Lisbon, Portugal; Secondary sanctions risk");
}

#[test]
fn entries_without_a_source_are_never_brought_together() {
    let rows = read_csv(b"id,names\n1,A\n1,B\n").entries;
    assert_eq!(merged(rows).len(), 2);
}

#[test]
fn the_fixtures_of_every_form_are_read_without_a_fault_but_their_own() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/alert");
    for (name, entries, wrong) in
        [("list.jsonl", 1, 0), ("follow-the-money.json", 1, 0), ("un.xml", 1, 2), ("sdn.csv", 1, 0), ("alt.csv", 1, 0)]
    {
        let imported = read(&std::fs::read(folder.join(name)).unwrap());
        assert_eq!((imported.entries.len(), imported.faults.len()), (entries, wrong), "{name}: {:?}", imported.faults);
    }
}

#[test]
fn no_cut_of_any_list_panics() {
    for text in [FTM, UN, SDN, ALT] {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)).step_by(7) {
            let _ = read(&text.as_bytes()[..end]);
        }
    }
    assert_eq!(read(b"").entries.len(), 0);
}
