//! What can be wrong with names, types, structure and rules, one function each.
//!
//! In: what was found, in words of the language. Out: one [`crate::base::Diagnostic`]. Never: a decision whether something is wrong.

mod names;
mod packages;
mod structure;
mod types;

pub(super) use names::{
    ambiguous_value, cycle, declared_twice, ends_twice, name_missing, offered_path, unknown_attribute,
    unknown_function, unknown_kind, unknown_name, unknown_override, unknown_part, unknown_reference,
    unknown_rule, unknown_truth, unknown_value, value_without_enum,
};
pub(super) use packages::{
    not_in_package, package_is_no_thing, package_like_the_library, unknown_package, use_of_known,
};
pub(super) use structure::{
    abstract_thing, acceptance_incomplete, accepted_twice, clause_not_here, colon_in_thing, contains_itself,
    flow_to_itself, flow_without_start, holds_no_declarations, in_another_deployment, left_out_already,
    narrowed, not_a_part, not_placed_here, only_at_top, override_of_own, override_of_words, placed_nowhere,
    port_out_of_range, protects_nothing, protocol_is_a_kind, second_product, self_outside_a_kind, set_twice,
    too_many_parts, wrong_end,
};
pub(super) use types::{
    attribute_of_some, cannot_compare, enum_is_no_kind, kind_is_abstract, kind_not_taken,
    kind_of_another_keyword, kind_without_parent, list_expected, looks_beyond, no_members, no_order,
    no_share, not_constant, value_without_number, wrong_arguments, wrong_type,
};

/// Names for a message, the first ones of many.
pub(super) fn list(names: &[&str], most: usize) -> String {
    let shown: Vec<String> = names.iter().take(most).map(|name| format!("`{name}`")).collect();
    let rest = if names.len() > most { format!(" and {} more", names.len() - most) } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}

/// What a word of the language declares.
fn noun(word: &str) -> &str {
    match word {
        "data" => "data asset",
        "let" => "constant",
        "run" => "placement",
        "allow" => "opening of the network",
        "use" => "use of a package",
        "accept" => "acceptance",
        other => other,
    }
}

/// The same with its article.
pub(super) fn article(word: &str) -> String {
    let noun = noun(word);
    let read = noun.trim_start_matches('`');
    let vowel = read.starts_with(['a', 'e', 'i', 'o', 'u']) && !read.starts_with("use");
    if vowel { format!("an {noun}") } else { format!("a {noun}") }
}
