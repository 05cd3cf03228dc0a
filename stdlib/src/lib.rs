//! The standard library of Prod as data: the `.prod` files, embedded, in alphabetical order.
//!
//! In: the files of this directory. Out: [`FILES`]. Never: code that knows what they say.

/// A file of the library: its path below `stdlib/`, and its text.
pub type File = (&'static str, &'static str);

/// Every file of the library.
pub const FILES: &[File] = &[
    ("actors.prod", include_str!("../actors.prod")),
    ("attack/delivery.prod", include_str!("../attack/delivery.prod")),
    ("attack/models.prod", include_str!("../attack/models.prod")),
    ("attack/suppliers.prod", include_str!("../attack/suppliers.prod")),
    ("attack.prod", include_str!("../attack.prod")),
    ("attackers.prod", include_str!("../attackers.prod")),
    ("components/client.prod", include_str!("../components/client.prod")),
    ("components/delivery.prod", include_str!("../components/delivery.prod")),
    ("components/identity.prod", include_str!("../components/identity.prod")),
    ("components/llm.prod", include_str!("../components/llm.prod")),
    ("components/messaging.prod", include_str!("../components/messaging.prod")),
    ("components/middleware.prod", include_str!("../components/middleware.prod")),
    ("components/operations.prod", include_str!("../components/operations.prod")),
    ("components/service.prod", include_str!("../components/service.prod")),
    ("components/store.prod", include_str!("../components/store.prod")),
    ("components/vault.prod", include_str!("../components/vault.prod")),
    ("components/works.prod", include_str!("../components/works.prod")),
    ("controls/application.prod", include_str!("../controls/application.prod")),
    ("controls/data.prod", include_str!("../controls/data.prod")),
    ("controls/delivery.prod", include_str!("../controls/delivery.prod")),
    ("controls/identity.prod", include_str!("../controls/identity.prod")),
    ("controls/models.prod", include_str!("../controls/models.prod")),
    ("controls/network.prod", include_str!("../controls/network.prod")),
    ("controls/operations.prod", include_str!("../controls/operations.prod")),
    ("controls/platform.prod", include_str!("../controls/platform.prod")),
    ("controls/rights.prod", include_str!("../controls/rights.prod")),
    ("controls/suppliers.prod", include_str!("../controls/suppliers.prod")),
    ("data.prod", include_str!("../data.prod")),
    ("identities.prod", include_str!("../identities.prod")),
    ("integrations.prod", include_str!("../integrations.prod")),
    ("lints/decisions.prod", include_str!("../lints/decisions.prod")),
    ("lints.prod", include_str!("../lints.prod")),
    ("placements.prod", include_str!("../placements.prod")),
    ("product.prod", include_str!("../product.prod")),
    ("protocols/operations.prod", include_str!("../protocols/operations.prod")),
    ("protocols/stores.prod", include_str!("../protocols/stores.prod")),
    ("protocols.prod", include_str!("../protocols.prod")),
    ("rules/agents.prod", include_str!("../rules/agents.prod")),
    ("rules/availability.prod", include_str!("../rules/availability.prod")),
    ("rules/builds.prod", include_str!("../rules/builds.prod")),
    ("rules/chains.prod", include_str!("../rules/chains.prod")),
    ("rules/cloud.prod", include_str!("../rules/cloud.prod")),
    ("rules/code.prod", include_str!("../rules/code.prod")),
    ("rules/defects.prod", include_str!("../rules/defects.prod")),
    ("rules/delivery.prod", include_str!("../rules/delivery.prod")),
    ("rules/findings.prod", include_str!("../rules/findings.prod")),
    ("rules/flows.prod", include_str!("../rules/flows.prod")),
    ("rules/identity.prod", include_str!("../rules/identity.prod")),
    ("rules/k8s.prod", include_str!("../rules/k8s.prod")),
    ("rules/llm.prod", include_str!("../rules/llm.prod")),
    ("rules/logging.prod", include_str!("../rules/logging.prod")),
    ("rules/mcp.prod", include_str!("../rules/mcp.prod")),
    ("rules/model-data.prod", include_str!("../rules/model-data.prod")),
    ("rules/models.prod", include_str!("../rules/models.prod")),
    ("rules/operations.prod", include_str!("../rules/operations.prod")),
    ("rules/pipeline.prod", include_str!("../rules/pipeline.prod")),
    ("rules/privacy.prod", include_str!("../rules/privacy.prod")),
    ("rules/rights-of-people.prod", include_str!("../rules/rights-of-people.prod")),
    ("rules/rights.prod", include_str!("../rules/rights.prod")),
    ("rules/saas.prod", include_str!("../rules/saas.prod")),
    ("rules/store.prod", include_str!("../rules/store.prod")),
    ("rules/suppliers.prod", include_str!("../rules/suppliers.prod")),
    ("rules/supply.prod", include_str!("../rules/supply.prod")),
    ("rules/third-parties.prod", include_str!("../rules/third-parties.prod")),
    ("scales/models.prod", include_str!("../scales/models.prod")),
    ("scales/people.prod", include_str!("../scales/people.prod")),
    ("scales/platform.prod", include_str!("../scales/platform.prod")),
    ("scales/services.prod", include_str!("../scales/services.prod")),
    ("scales/stores.prod", include_str!("../scales/stores.prod")),
    ("scales.prod", include_str!("../scales.prod")),
    ("zones.prod", include_str!("../zones.prod")),
];

/// The taxonomies that a `Ref` may name an entry of.
///
/// The first line of each says, between tabs: how its ids begin, its title, its version, whether the table is the `whole` of it
/// or a `part`, and where it is published. Every other line is an id and, where it may be copied, the title of the entry. Ids
/// are in the order of their bytes, so that they can be searched as they stand.
pub const TAXONOMIES: &[&str] = &[
    include_str!("../taxonomies/asvs.tsv"),
    include_str!("../taxonomies/atlas.tsv"),
    include_str!("../taxonomies/attack-mitigations.tsv"),
    include_str!("../taxonomies/attack.tsv"),
    include_str!("../taxonomies/capec.tsv"),
    include_str!("../taxonomies/ccm.tsv"),
    include_str!("../taxonomies/cwe.tsv"),
    include_str!("../taxonomies/d3fend.tsv"),
    include_str!("../taxonomies/iso-27001.tsv"),
    include_str!("../taxonomies/linddun.tsv"),
    include_str!("../taxonomies/nist-800-53.tsv"),
    include_str!("../taxonomies/owasp.tsv"),
    include_str!("../taxonomies/pci-dss.tsv"),
    include_str!("../taxonomies/soc2.tsv"),
    include_str!("../taxonomies/ssdf.tsv"),
];

/// The engine's constants (`risk-defaults.toml`): samples, common-cause failures, cuts of bands.
pub const RISK_DEFAULTS: &str = include_str!("../risk-defaults.toml");
