//! Exact likelihoods: published figures to the ninth digit, and that worlds come as near to them as chance lets them.

use prod::assess::{LossRisk, Method, Settings, together};
use prod::workspace::{Analysis, Depth, Text, analyse};

use crate::package::{files_below, root, standard, text_of};
use crate::run::prodc;

/// A figure of risk model, section 8: the file of the corpus, the loss, how likely it is.
const FIGURES: [(&str, &str, f64); 12] = [
    ("shared-causes", "arrival(b)", 0.595),
    ("shared-causes", "arrival(c)", 0.49),
    ("shared-causes", "arrival(a)", 0.606_025),
    ("bridge", "arrival(sink)", 0.978_48),
    ("bridge", "even-arrival(sink)", 0.5),
    ("fault-trees", "arrival(dark)", 0.002_07),
    ("fault-trees", "arrival(stopped)", 0.7225),
    ("fault-trees", "arrival(ne574)", 0.662_208),
    ("fault-trees", "arrival(e-c)", 0.3),
    // 0.0211538 to the digits that are published.
    ("fault-trees", "arrival(motors)", 0.021_153_782_365_316_2),
    // Half of the luck that four in five have: not what two of them would have by themselves.
    ("same-luck", "arrival(hub)@production", 0.8),
    ("same-luck", "arrival(goal)@production", 0.5),
];

fn analysed(name: &str, settings: &Settings) -> Analysis {
    let path = root().join(format!("tests/corpus/assess/{name}.prod"));
    package(&[(format!("{name}.prod"), std::fs::read_to_string(path).unwrap())], settings)
}

fn package(texts: &[(String, String)], settings: &Settings) -> Analysis {
    let text =
        |(path, text): &(String, String)| Text { path: path.as_str().into(), text: text.as_str().into() };
    let texts: Vec<Text> = texts.iter().map(text).collect();
    let analysis = analyse(&standard().0, &texts, Depth::Assess, settings);
    assert!(analysis.compiles());
    analysis
}

fn losses(analysis: &Analysis) -> impl Iterator<Item = &LossRisk> {
    let assessment = analysis.assessment.as_ref().unwrap();
    assessment.deployments.iter().flat_map(|assessed| &assessed.losses)
}

fn likelihood(analysis: &Analysis, id: &str) -> f64 {
    losses(analysis).find(|loss| *loss.id == *id).unwrap().numbers.residual.likelihood
}

fn by(method: Method) -> Settings {
    Settings { method, ..standard().1 }
}

/// How far a share of worlds may be from the probability: so many standard errors.
fn margin(probability: f64, errors: f64) -> f64 {
    let samples = f64::from(standard().1.constants.samples);
    errors * (probability * (1.0 - probability) / samples).sqrt()
}

#[test]
fn published_figures_are_met_exactly_and_by_worlds() {
    for name in ["shared-causes", "bridge", "fault-trees", "same-luck"] {
        let (exact, sampled) = (analysed(name, &by(Method::Exact)), analysed(name, &by(Method::Worlds)));
        assert!(losses(&exact).all(|loss| loss.method == Method::Exact), "{name}");
        for (_, id, figure) in FIGURES.iter().filter(|(file, ..)| *file == name) {
            let (exact, sampled) = (likelihood(&exact, id), likelihood(&sampled, id));
            assert!((exact - figure).abs() < 1e-9, "{id}: {exact}, not {figure}");
            assert!((sampled - figure).abs() <= margin(*figure, 3.0), "{id}: {sampled}, not about {figure}");
        }
    }
}

#[test]
fn the_best_single_path_over_the_bridge_takes_two_links() {
    let analysis = analysed("bridge", &by(Method::Exact));
    let sink = losses(&analysis).find(|loss| &*loss.id == "arrival(sink)").unwrap();
    assert!((sink.attack.as_ref().unwrap().probability - 0.81).abs() < 1e-9);
}

#[test]
fn one_loss_given_another() {
    let settings = by(Method::Exact);
    let analysis = analysed("shared-causes", &settings);
    let product = &analysis.deployments[0];
    let of = |thing: &str| {
        let found = losses(&analysis).find(|loss| *loss.id == *format!("arrival({thing})")).unwrap();
        (found.loss, found.args[0])
    };
    let all = |things: &[&str]| {
        together(
            product,
            &analysis.deployments,
            &settings,
            &things.iter().map(|thing| of(thing)).collect::<Vec<_>>(),
        )
        .unwrap()
    };
    let a = all(&["a"]);
    assert!((a - 0.606_025).abs() < 1e-9);
    // Published as .8085 and .8787.
    assert!((all(&["a", "c"]) / a - 0.49 / 0.606_025).abs() < 1e-9);
    assert!((all(&["a", "b"]) / a - 0.532_525 / 0.606_025).abs() < 1e-9);
    let mut tight = settings.clone();
    tight.constants.exact_nodes = 1;
    assert_eq!(
        together(product, &analysis.deployments, &tight, &[of("a")]),
        None,
        "a diagram that is too large gives no number"
    );
}

#[test]
fn in_every_view_worlds_are_near_what_is_exact() {
    let mut compared = 0;
    for path in files_below(&root().join("tests/corpus/assess"), "prod") {
        let texts = [text_of(&path, &root())];
        let exact = package(&texts, &by(Method::Exact));
        let sampled = package(&texts, &by(Method::Worlds));
        for loss in losses(&exact) {
            assert_eq!(loss.method, Method::Exact, "{}", loss.id);
            let other = losses(&sampled).find(|other| other.id == loss.id).unwrap();
            let (exact, sampled) = (loss.numbers, other.numbers);
            let views = [
                (exact.residual, sampled.residual),
                (exact.established, sampled.established),
                (exact.inherent, sampled.inherent),
                (exact.code_only, sampled.code_only),
            ];
            for (exact, sampled) in views {
                let (exact, sampled) = (exact.likelihood, sampled.likelihood);
                // Among hundreds of figures, some are farther off than three standard errors.
                let near = (exact - sampled).abs() <= margin(exact, 4.5) + 1e-12;
                assert!(near, "{}: {sampled} in worlds, {exact} exactly", loss.id);
                compared += 1;
            }
            assert!(exact.inherent.likelihood >= exact.residual.likelihood, "{}", loss.id);
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn where_the_budget_ends_the_number_of_the_worlds_stands() {
    let mut tight = by(Method::Exact);
    tight.constants.exact_nodes = 20;
    let (tight, sampled) = (analysed("fault-trees", &tight), analysed("fault-trees", &by(Method::Worlds)));
    let motors = losses(&tight).find(|loss| &*loss.id == "arrival(motors)").unwrap();
    assert_eq!(motors.method, Method::Worlds);
    assert_eq!(motors.numbers.residual.likelihood, likelihood(&sampled, "arrival(motors)"));
    assert!(losses(&tight).any(|loss| loss.method == Method::Exact), "a small diagram is within any budget");
}

#[test]
fn the_command_line_says_how_numbers_were_found() {
    let directory = root().join("tests/corpus/assess");
    let json = |arguments: &[&str]| {
        let ran =
            prodc(&directory, &[&["risks", "shared-causes.prod", "--format", "json"], arguments].concat());
        serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()
    };
    let (exact, sampled) = (json(&["--exact"]), json(&[]));
    assert_eq!(exact["likelihoods"], "exact");
    assert_eq!(exact["deployments"][0]["losses"][0]["method"], "exact");
    assert_eq!(sampled["likelihoods"], "worlds");
    assert_eq!(sampled["deployments"][0]["losses"][0]["method"], "worlds");
    let told = prodc(&directory, &["risks", "shared-causes.prod", "--exact"]);
    assert!(told.out.contains("likelihoods of losses are exact\n"), "{}", told.out);
    let page = prodc(&directory, &["explain", "arrival(c)", "shared-causes.prod", "--exact"]);
    assert!(page.out.contains("likelihood 0.49 "), "{}{}", page.out, page.err);
}
