//! References into taxonomies: which taxonomy a reference belongs to, and the tables that a run carries.
//!
//! In: the references of rules. Out: taxonomies with the entries that occur. Never: an entry by name; the form of a
//! reference says where it belongs, and what it means is for its taxonomy to say.

use std::collections::BTreeMap;

use super::shapes::{ComponentReference, Taxon, TaxonReference, Taxonomy};

/// Every entry that occurs, taxonomy by taxonomy.
#[derive(Default)]
pub struct Taxa {
    by_name: BTreeMap<Order, Vec<String>>,
}

/// Readers look at the first taxonomy, and the weaknesses of code are what they know: these come first.
type Order = (bool, String);

impl Taxa {
    /// The tables for these references.
    pub fn of<'a>(references: impl Iterator<Item = &'a str>) -> Taxa {
        let mut taxa = Taxa::default();
        for reference in references {
            taxa.by_name.entry(order(reference)).or_default().push(reference.to_owned());
        }
        for entries in taxa.by_name.values_mut() {
            entries.sort();
            entries.dedup();
        }
        taxa
    }

    /// A reference as a pointer into the tables.
    pub fn point(&self, reference: &str) -> Option<TaxonReference> {
        let key = order(reference);
        let at = self.by_name.keys().position(|name| *name == key)?;
        let index = self.by_name.get(&key)?.iter().position(|entry| entry == reference)?;
        let tool_component = ComponentReference { name: key.1, index: at };
        Some(TaxonReference { id: reference.to_owned(), index, tool_component })
    }

    /// The taxonomies that a run names.
    pub fn components(&self) -> Vec<ComponentReference> {
        let names = self.by_name.keys().enumerate();
        names.map(|(index, (_, name))| ComponentReference { name: name.clone(), index }).collect()
    }

    /// The tables.
    pub fn tables(&self) -> Vec<Taxonomy> {
        let table = |((_, name), entries): (&Order, &Vec<String>)| Taxonomy {
            name: name.clone(),
            is_comprehensive: false,
            taxa: entries.iter().map(|id| Taxon { id: id.clone() }).collect(),
        };
        self.by_name.iter().map(table).collect()
    }
}

/// The tag that consumers read a reference from: `external/cwe/cwe-294`.
pub fn tag(reference: &str) -> String {
    let (_, taxonomy) = order(reference);
    format!("external/{}/{}", taxonomy.replace(' ', "-"), reference).to_lowercase()
}

fn order(reference: &str) -> Order {
    let name = taxonomy_of(reference);
    (name != "CWE", name)
}

/// `CWE-294` is of CWE, `T1552.001` a technique of ATT&CK, `API6:2023` of the list of that name and year.
fn taxonomy_of(reference: &str) -> String {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((list, year)) = reference.split_once(':') {
        return format!("OWASP {} {year}", list.trim_end_matches(|c: char| c.is_ascii_digit()));
    }
    if let Some(number) = reference.strip_prefix('T')
        && is_number(number.split('.').next().unwrap_or(""))
    {
        return "ATT&CK".to_owned();
    }
    if let Some((taxonomy, _)) = reference.split_once(".T") {
        return taxonomy.to_owned();
    }
    match reference.rsplit_once('-') {
        Some((taxonomy, number)) if is_number(number) => taxonomy.to_owned(),
        _ => "other".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Taxa, tag, taxonomy_of};

    #[test]
    fn the_form_of_a_reference_says_where_it_belongs() {
        assert_eq!(taxonomy_of("CWE-294"), "CWE");
        assert_eq!(taxonomy_of("CAPEC-60"), "CAPEC");
        assert_eq!(taxonomy_of("T1552.001"), "ATT&CK");
        assert_eq!(taxonomy_of("AML.T0086"), "AML");
        assert_eq!(taxonomy_of("API6:2023"), "OWASP API 2023");
        assert_eq!(tag("CWE-294"), "external/cwe/cwe-294");
    }

    #[test]
    fn weaknesses_of_code_come_first_and_pointers_fit() {
        let taxa = Taxa::of(["CAPEC-60", "T1190", "CWE-9", "CWE-10", "CWE-9"].into_iter());
        let tables = taxa.tables();
        assert_eq!(tables.first().map(|table| table.name.as_str()), Some("CWE"));
        let points = ["CWE-9", "CAPEC-60", "T1190"].map(|reference| taxa.point(reference));
        for (point, reference) in points.iter().zip(["CWE-9", "CAPEC-60", "T1190"]) {
            let entry = point.as_ref().and_then(|point| {
                tables.get(point.tool_component.index).and_then(|table| table.taxa.get(point.index))
            });
            assert_eq!(entry.map(|taxon| taxon.id.as_str()), Some(reference));
        }
    }
}
