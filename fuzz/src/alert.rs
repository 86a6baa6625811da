//! Alert lists: packages, and the lists that they are built from.

use landfall::alert::{self, AlertList};
use landfall::list::{Query, merged, read, read_clearances, read_queries};

/// A package that opens is searched and verified; what is wrong with it is an error.
pub fn package(data: &[u8]) {
    if let Ok(list) = AlertList::open(Box::new(data.to_vec()), 0) {
        search(&list);
        let _ = (list.verify(), list.description(super::day()), list.is_stale(super::day()));
    }
}

/// A list in any form: entries that are read are built, written, opened and searched.
pub fn table(data: &[u8]) {
    let _ = (read_queries(data), read_clearances(data));
    let entries = merged(read(data).entries);
    if entries.len() > 40 {
        return;
    }
    let bytes = alert::package(&entries, &alert::Labels::default(), None);
    let list = AlertList::open(Box::new(bytes), 0).expect("what was written opens");
    list.verify().expect("and is whole");
    search(&list);
}

fn search(list: &AlertList) {
    for text in [r#"{"surname":"ERIKSSON","given":"ANNA MARIA","birth_date":"1974-08-12"}"#, r#"{"document_number":"L898902C3"}"#] {
        let query = Query::from_json(text).expect("a query");
        let _ = list.search(&query, super::day());
    }
}
