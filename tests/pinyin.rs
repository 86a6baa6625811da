//! Names of few syllables that many bear: a list of 300 persons with Chinese names, 300 travellers who are on it and write their
//! names otherwise, and 3,000 who are not. Drawn from a seed; nobody was born.
#![cfg(feature = "alert")]

use landfall::alert;
use landfall::date::{Date, PartialDate};
use landfall::list::{Birth, Entry, ListedName, NameKind, Query};

const SURNAMES: [&str; 60] = [
    "WANG", "LI", "ZHANG", "LIU", "CHEN", "YANG", "HUANG", "ZHAO", "WU", "ZHOU", "XU", "SUN", "MA", "ZHU", "HU", "GUO",
    "HE", "LIN", "GAO", "LUO", "ZHENG", "LIANG", "XIE", "SONG", "TANG", "HAN", "FENG", "DENG", "CAO", "PENG", "ZENG",
    "XIAO", "TIAN", "DONG", "YUAN", "PAN", "YU", "JIANG", "CAI", "JIA", "DING", "WEI", "XUE", "YE", "YAN", "FU", "DU",
    "LU", "REN", "SHEN", "YAO", "ZHONG", "CUI", "TAN", "FAN", "SHI", "QIN", "MENG", "BAI", "QIU",
];
const SYLLABLES: [&str; 60] = [
    "XIAO", "MING", "HUA", "LI", "WEI", "FANG", "JIE", "QIANG", "MIN", "JING", "YAN", "TAO", "CHAO", "PING", "GANG",
    "JUN", "YONG", "LEI", "NA", "XIU", "YING", "JUAN", "BO", "HONG", "XIA", "LAN", "FENG", "BIN", "XIN", "YU", "HAO",
    "ZE", "RUI", "CHEN", "YI", "SHAN", "LIN", "QING", "XUE", "MEI", "ZHI", "GUO", "JIAN", "WEN", "HAI", "DONG",
    "SHENG", "RONG", "GUANG", "CHUN", "KAI", "PENG", "TING", "JIA", "NING", "DAN", "QI", "YUN", "ZHEN", "AN",
];

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

struct Person {
    surname: &'static str,
    given: Vec<&'static str>,
    born: PartialDate,
}

fn person(dice: &mut Dice) -> Person {
    // Few surnames are of most, as in life.
    let surname = SURNAMES[dice.below(60).min(dice.below(60)).min(dice.below(60))];
    let count = if dice.below(4) == 0 { 1 } else { 2 };
    let given = (0..count).map(|_| SYLLABLES[dice.below(60)]).collect();
    let small = |value: usize| u8::try_from(value).ok();
    let year = u16::try_from(1950 + dice.below(55)).ok();
    let born = PartialDate::new(year, small(1 + dice.below(12)), small(1 + dice.below(28))).unwrap();
    Person { surname, given, born }
}

/// The spelling of Wade and Giles, without apostrophes, as older documents have it.
fn wade_giles(pinyin: &str) -> String {
    let initials =
        [("ZH", "CH"), ("X", "HS"), ("Q", "CH"), ("J", "CH"), ("Z", "TS"), ("G", "K"), ("D", "T"), ("B", "P")];
    let found = initials.iter().find(|(own, _)| pinyin.starts_with(own));
    found.map_or(pinyin.to_owned(), |(own, other)| format!("{other}{}", &pinyin[own.len()..]))
}

/// The names as a traveller comes with them: surname and given names.
fn written(person: &Person, way: usize) -> (String, String) {
    let joined = person.given.concat();
    match way % 5 {
        0 => (person.surname.to_owned(), joined),
        1 => (person.surname.to_owned(), person.given.join(" ")),
        2 => (joined, person.surname.to_owned()),
        3 => (person.surname.to_owned(), person.given.join("-")),
        _ => {
            let given: Vec<String> = person.given.iter().map(|syllable| wade_giles(syllable)).collect();
            (wade_giles(person.surname), given.join(" "))
        }
    }
}

fn alarms(list: &alert::AlertList, person: &Person, way: usize) -> Vec<String> {
    let (surname, given) = written(person, way);
    let query = Query {
        surname: surname.as_str().into(),
        given: given.as_str().into(),
        birth: Some(person.born),
        ..Query::default()
    };
    let hits = list.search(&query, Date::new(2026, 11, 1).unwrap()).unwrap();
    hits.into_iter().filter(|hit| hit.alarm).map(|hit| hit.entry).collect()
}

#[test]
fn everybody_who_is_listed_alarms_and_hardly_anybody_who_is_not() {
    let mut dice = Dice(2026);
    let listed: Vec<Person> = (0..300).map(|_| person(&mut dice)).collect();
    let entries: Vec<Entry> = listed
        .iter()
        .enumerate()
        .map(|(at, person)| {
            let mut entry = Entry::new(at.to_string());
            let text = format!("{}, {}", person.surname, person.given.concat());
            entry.names.push(ListedName { text: text.as_str().into(), kind: NameKind::Primary });
            entry.births.push(Birth::on(person.born));
            entry
        })
        .collect();
    let list = alert::build(&entries).unwrap();
    let missed: Vec<_> = listed
        .iter()
        .enumerate()
        .filter(|(at, person)| !alarms(&list, person, *at).contains(&at.to_string()))
        .map(|(at, person)| format!("{at} {:?}", written(person, at)))
        .collect();
    let strangers = if cfg!(debug_assertions) { 1000 } else { 3000 };
    let alarmed = (0..strangers).filter(|at| !alarms(&list, &person(&mut dice), *at).is_empty()).count();
    println!("{} of 300 missed, {alarmed} of {strangers} strangers alarm", missed.len());
    assert_eq!(missed, Vec::<String>::new());
    assert!(alarmed * 100 < strangers, "{alarmed} of {strangers}");
}
