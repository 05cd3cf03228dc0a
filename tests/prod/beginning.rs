//! `prodc init`: what it leaves compiles, holds its test, and stays as it was laid out.

use std::fs;

use prod::cli::Exit;

use crate::run::{package, prodc};

#[test]
fn a_new_product_compiles_and_its_test_holds() {
    let directory = package(&[]);
    let ran = prodc(directory.path(), &["init", "Ticket Shop 2"]);
    assert_eq!((ran.exit, ran.out.lines().count()), (Exit::Clean, 2), "{}{}", ran.out, ran.err);
    let begun = directory.path().join("Ticket Shop 2");
    for asked in [&["check"][..], &["test"], &["fmt", "--check"], &["risks"], &["build", "-o", "out"]] {
        let ran = prodc(&begun, asked);
        assert_eq!(ran.exit, Exit::Clean, "{asked:?}: {}{}", ran.out, ran.err);
        assert!(!ran.err.contains("warning"), "{asked:?}: {}", ran.err);
    }
    let text = fs::read_to_string(begun.join("ticket-shop-2.prod")).unwrap();
    assert!(text.contains("product ticket-shop-2 \"Ticket Shop 2\" {"), "{text}");
    let drawn = fs::read_dir(begun.join("out/diagrams")).unwrap();
    let names: Vec<_> = drawn.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().any(|name| name.contains("overview") && name.ends_with(".svg")), "{names:?}");
}

#[test]
fn what_is_there_is_never_changed() {
    let directory = package(&[("shop.prod", b"product shop \"Shop\" {}\n")]);
    let ran = prodc(directory.path(), &["init"]);
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.err);
    let mut names: Vec<_> =
        fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["prod.toml", "shop.prod"]);
    let before = fs::read(directory.path().join("prod.toml")).unwrap();
    let ran = prodc(directory.path(), &["init"]);
    assert_eq!(ran.exit, Exit::Usage);
    assert!(ran.err.contains("is there already"), "{}", ran.err);
    assert_eq!(fs::read(directory.path().join("prod.toml")).unwrap(), before);
}

#[test]
fn any_directory_has_a_name() {
    for name in ["self", "2048", "\u{661f}", "std", "a b--c_d", "x\"y"] {
        let directory = package(&[]);
        let ran = prodc(directory.path(), &["init", name]);
        assert_eq!(ran.exit, Exit::Clean, "{name}: {}", ran.err);
        let ran = prodc(&directory.path().join(name), &["check"]);
        assert_eq!((ran.exit, ran.err.as_str()), (Exit::Clean, ""), "{name}");
    }
}
