//! What teams have, as they would write it: four shapes of team, and where each of them runs.
//!
//! `@` stands for the team, `&` for another one that it calls, `$word` for a choice that the dice make.

/// What a team of one shape has.
pub struct Shape {
    /// Everything but where it runs.
    pub has: &'static str,
    /// Its zones in a deployment.
    pub runs: &'static str,
}

/// All shapes. Every team has a service `@-api` that others may call.
pub const SHAPES: [Shape; 4] = [SHOP, RECORDS, EVENTS, ASSISTANT];

/// What of each shape calls other teams, and with which data.
pub const CALLS: [(&[&str], &str); SHAPES.len()] = [
    (&["@-web", "@-api", "@-worker"], "@-sales"),
    (&["@-console", "@-api", "@-night"], "@-files"),
    (&["@-intake", "@-refine", "@-api"], "@-events"),
    (&["@-chat", "@-tool", "@-api"], "@-cases"),
];

/// What of each shape other teams may call.
pub const SERVES: [&[&str]; SHAPES.len()] =
    [&["&-web", "&-api"], &["&-console", "&-api"], &["&-intake", "&-api"], &["&-chat", "&-api"]];

/// Pages, a service, a store, a cache, a supplier that calls back.
const SHOP: Shape = Shape {
    has: r#"
// ---------------------------------------------------------------- team @: sells
/// Who the customers of team @ are.
data @-people "Customers of @": data.Personal {
  confidentiality = $level
  records         = $number
}
data @-sales: data.Transaction { integrity = $level }

/// Spreads requests over the copies of the pages.
component @-gate "Gateway of @": middleware.Gateway {
  processes = [@-people]
}

/// Renders the pages and hands requests on.
component @-web "Shop of @": service.WebApp {
  source       = ["services/@-web/**"]
  processes    = [@-people]
  authz        = $authz
  rate_limit   = $rate
  dependencies = locked
  secrets_from = vault
}

/// Turns a basket into an order.
component @-api "Orders of @": service.RestApi {
  source       = ["services/@-api/**"]
  processes    = [@-people, @-sales]
  authz        = $authz
  runs_as      = @-role
  dependencies = locked_verified
  secrets_from = $secrets
}
component @-worker "Fulfilment of @": service.Worker {
  source    = ["services/@-worker/**"]
  processes = [@-sales]
}

/// Keeps what was ordered, and by whom.
component @-orders "Orders": store.Postgres {
  stores             = [@-sales, @-people]
  encryption_at_rest = $rest
  authz              = policy
  backup             = cross_account
  backup_tested      = true
}
component @-cache: store.Redis { stores = [@-people] }
component @-queue: messaging.Queue { processes = [@-sales] }

/// Takes the money.
integration @-supplier "Payments of @": saas.Payment {
  vendor       = "Pay @"
  assurance    = $assurance
  processes    = [@-sales]
  jurisdiction = eu
}

identity @-role "What the orders of @ run as": identity.Workload
identity @-admin: identity.Human { factors = $factors }
grant @-role -> @-orders may read, write
grant @-admin -> @-orders may admin { access = $access }

flow @-visit: customer -> @-gate over https {
  carries = [@-people]
  returns = [@-people]
  authn   = mfa
}
flow @-gate -> @-web over https {
  carries        = [@-people]
  authn          = $authn
  forwards_users = true
}
flow @-call: @-web -> @-api over grpcs {
  carries         = [@-people]
  returns         = [@-sales]
  authn           = $authn
  enduser_context = signed_token
}
flow @-api -> @-orders over postgres {
  encryption = tls
  carries    = [@-sales, @-people]
  authn      = iam
}
flow @-web -> @-cache over rediss {
  carries = [@-people]
  authn   = password
}
flow @-api -> @-queue over cloud_queue { carries = [@-sales]; authn = iam }
flow @-queue -> @-worker over cloud_queue { carries = [@-sales]; authn = iam }
flow @-pay: @-worker -> @-supplier over https {
  carries = [@-sales]
  authn   = oauth
}

/// The supplier says that the money is there.
flow @-hook: @-supplier -> @-api over https {
  carries           = [@-sales]
  authn             = hmac
  replay_protection = $replay
}
flow @-to-&: @-api -> &-api over grpcs { carries = [@-sales]; authn = $authn }

control @-checks "Object checks of @": control.ObjectAuthorisation {
  protects = [@-api]
  evidence = $evidence
  verified = 2026-09-01
}
control @-waf: control.Waf {
  protects = [@-gate]
  evidence = continuous
  verified = 2026-09-01
  group    = "edge"
}
"#,
    runs: "  zone @-edge: aws.PublicSubnet {\n    run @-gate\n    allow internet -> @-gate over https\n  }\n  \
           zone @-inner: aws.PrivateSubnet {\n    run @-web { instances = 3 }\n    run @-api\n    run @-worker\n    \
           run @-orders\n    run @-cache\n    run @-queue\n    allow @-edge -> @-web over https\n    \
           allow @-supplier -> @-api over https\n  }\n",
};

/// A back office: a console for the staff, a service, documents and their copies.
const RECORDS: Shape = Shape {
    has: r#"
// ---------------------------------------------------------------- team @: keeps records
data @-files "Files of @": data.Health {
  records   = $number
  retention = 10y
}
data @-log: data.AuditLog

/// Where the staff of @ looks after its files.
component @-console "Console of @": service.AdminConsole {
  source       = ["services/@-console/**"]
  processes    = [@-files]
  authz        = $authz
  secrets_from = $secrets
  dependencies = locked
}

/// Knows every file of @.
component @-api "Files of @": service.GrpcApi {
  source       = ["services/@-api/**"]
  processes    = [@-files]
  authz        = $authz
  runs_as      = @-role
  logging      = central
  dependencies = locked_verified
}
component @-night "Nightly work of @": service.Job {
  source    = ["services/@-night/**"]
  processes = [@-files, @-log]
}
component @-docs "Documents": store.MongoDb {
  stores             = [@-files]
  encryption_at_rest = $rest
  backup             = immutable
}

/// Scans and letters.
component @-scans "Scans of @": aws.S3Bucket {
  stores              = [@-files]
  encryption_at_rest  = $rest
  public_access_block = on
}
component @-search: store.Search { stores = [@-files] }
component @-trail: store.Warehouse { stores = [@-log] }

identity @-role: identity.ServiceAccount
identity @-clerk "Clerks of @": identity.Group { factors = $factors }
grant @-role -> @-docs may read, write
grant @-role -> @-scans may read, write
grant @-clerk -> @-console may read { access = $access; because = "they answer letters" }

flow @-work: staff -> @-console over https {
  carries = [@-files]
  returns = [@-files]
  authn   = $authn
}
flow @-console -> @-api over grpcs {
  carries         = [@-files]
  returns         = [@-files]
  authn           = oauth
  enduser_context = token_exchange
}
flow @-api -> @-docs over mongodb {
  encryption = tls
  carries    = [@-files]
  authn      = password
}
flow @-api -> @-scans over s3 { carries = [@-files]; authn = iam }
flow @-api -> @-search over opensearch { carries = [@-files]; authn = password }
flow @-night -> @-docs over mongodb {
  encryption = tls
  returns    = [@-files]
  authn      = password
}
flow @-night -> @-trail over https { carries = [@-log]; authn = iam }
flow @-ask-&: @-api -> &-api over grpcs { carries = [@-files]; authn = mtls }

control @-four-eyes "Two clerks agree": control.FourEyes {
  protects = [@-console]
  evidence = $evidence
  verified = 2026-06-30
}
control @-copies: control.RestoreTest { protects = [@-docs]; evidence = tested; verified = 2026-05-01 }
"#,
    runs: "  zone @-net: azure.Subnet {\n    run @-console\n    run @-api { instances = 2 }\n    run @-night\n    \
           run @-docs\n    run @-scans\n    run @-search\n    run @-trail\n    allow office -> @-console over https\n  }\n",
};

/// What happens elsewhere, gathered and worked on.
const EVENTS: Shape = Shape {
    has: r#"
// ---------------------------------------------------------------- team @: gathers events
data @-events "Events of @": data.Telemetry
data @-places "Where devices were": data.Personal { confidentiality = $level }

/// What the customers hold in their hands.
component @-app "App of @": client.MobileApp {
  source       = ["apps/@/**"]
  dependencies = locked
}
component @-balance: middleware.LoadBalancer

/// Takes what devices send.
component @-intake "Intake of @": service.RestApi {
  source       = ["services/@-intake/**"]
  authz        = $authz
  rate_limit   = $rate
  secrets_from = vault
}
component @-stream "Stream of @": messaging.Stream { processes = [@-events, @-places] }
component @-refine "Refinery of @": service.Worker {
  source  = ["services/@-refine/**"]
  runs_as = @-role
}

/// Answers what was where, and when.
component @-api "History of @": service.GraphqlApi {
  source       = ["services/@-api/**"]
  processes    = [@-events, @-places]
  authz        = $authz
  dependencies = locked_verified
  secrets_from = $secrets
}
component @-lake: store.Warehouse {
  stores             = [@-events, @-places]
  encryption_at_rest = $rest
}

/// Draws maps for us.
integration @-maps "Maps of @": saas.Analytics {
  vendor         = "Maps @"
  assurance      = $assurance
  jurisdiction   = us
  transfer_basis = standard_clauses
}

identity @-role: identity.Role
grant @-role -> @-lake may read, write

flow @-use: customer -> @-app over in_process { carries = [@-places] }
flow @-send: @-app -> @-balance over https {
  carries = [@-events, @-places]
  authn   = oauth
}
flow @-balance -> @-intake over https { carries = [@-events, @-places]; authn = oauth }
flow @-intake -> @-stream over kafka {
  encryption = tls
  carries    = [@-events, @-places]
  authn      = mtls
}
flow @-stream -> @-refine over kafka { carries = [@-events, @-places] }
flow @-refine -> @-lake over https { carries = [@-events, @-places]; authn = iam }
flow @-api -> @-lake over https { returns = [@-events, @-places]; authn = iam }
flow @-draw: @-api -> @-maps over https { carries = [@-places]; authn = api_key }
flow @-to-&: &-api -> @-api over graphql {
  returns = [@-events]
  authn   = $authn
}

control @-limit "Limits of @": control.RateLimiting { protects = [@-intake]; evidence = $evidence; verified = 2026-08-01 }
"#,
    runs: "  zone @-front: aws.PublicSubnet {\n    run @-balance\n    allow internet -> @-balance over https\n  }\n  \
           zone @-back: aws.PrivateSubnet {\n    trust = restricted\n    run @-intake { instances = 4 }\n    run @-stream\n    \
           run @-refine\n    run @-api\n    run @-lake\n    allow @-front -> @-intake over https\n    \
           allow @-back -> @-maps over https\n  }\n",
};

/// A language model with tools, and the pipeline that delivers it.
const ASSISTANT: Shape = Shape {
    has: r#"
// ---------------------------------------------------------------- team @: answers
data @-questions "What people ask @": data.UserContent
data @-cases: data.Personal { confidentiality = $level; records = $number }
data @-vectors: data.Embedding

/// Takes questions and gives answers.
component @-chat "Chat of @": service.WebApp {
  source       = ["services/@-chat/**"]
  processes    = [@-questions]
  authz        = object
  rate_limit   = $rate
  secrets_from = $secrets
}

/// Decides what to do about a question.
component @-agent "Agent of @": llm.Agent {
  source       = ["services/@-agent/**"]
  processes    = [@-questions, @-cases]
  authz        = $authz
  runs_as      = @-role
  egress       = $egress
  autonomy     = $autonomy
  dependencies = locked_verified
}
component @-tool "Cases of @": llm.Tool { side_effects = reads; authz = policy }
component @-finder: llm.Retriever { processes = [@-vectors] }
component @-api "What others ask @": service.RestApi {
  source    = ["services/@-api/**"]
  processes = [@-cases]
  authz     = $authz
}
component @-index: store.Vector { stores = [@-vectors] }
component @-cases-db "Cases": store.Postgres {
  stores             = [@-cases]
  encryption_at_rest = $rest
}
integration @-model "Model of @": llm.Provider {
  vendor       = "Models @"
  assurance    = $assurance
  jurisdiction = us
}

/// Builds, tests and delivers.
component @-pipeline: cicd.Pipeline {
  runs_as           = @-deployer
  approvals         = $approvals
  deploy_credential = federated
}
identity @-role: identity.Agent
identity @-deployer: identity.Pipeline { credential = federated; federation_trust = subject; shared = true }
grant @-role -> @-cases-db may read
grant @-deployer -> @-agent may deploy
grant @-deployer -> @-chat may deploy

flow @-ask: customer -> @-chat over https {
  carries = [@-questions]
  authn   = oidc
}
flow @-turn: @-chat -> @-agent over https {
  encryption      = mtls
  carries         = [@-questions]
  authn           = mtls
  enduser_context = token_exchange
}
flow @-think: @-agent -> @-model over llm_api {
  carries = [@-questions, @-cases]
  returns = [@-questions]
  authn   = api_key
}
flow @-agent -> @-tool over mcp { carries = [@-cases]; authn = $authn }
flow @-agent -> @-finder over mcp { carries = [@-questions]; authn = oauth }
flow @-finder -> @-index over https { returns = [@-vectors]; authn = api_key }
flow @-tool -> @-cases-db over postgres {
  encryption = tls
  returns    = [@-cases]
  authn      = iam
}
flow @-api -> @-cases-db over postgres { encryption = tls; returns = [@-cases]; authn = iam }
flow @-look-&: @-tool -> &-api over https { carries = [@-cases]; authn = $authn }

control @-filter "Filter of @": control.InputGuardrail { protects = [@-agent]; evidence = $evidence; verified = 2026-07-15 }
control @-leaks: control.OutputDlp { protects = [@-agent] }
"#,
    runs: "  zone @-open: gcp.Subnet {\n    run @-chat\n    allow internet -> @-chat over https\n  }\n  \
           zone @-mind: gcp.Subnet {\n    run @-agent\n    run @-tool\n    run @-finder\n    run @-api\n    run @-index\n    \
           run @-cases-db\n    allow @-open -> @-agent over https\n    allow @-mind -> @-model over https\n  }\n",
};

/// What the dice choose from.
pub const CHOICES: [(&str, &[&str]); 15] = [
    ("$level", &["low", "medium", "high", "very_high"]),
    ("$authn", &["oauth", "mtls", "api_key", "none"]),
    ("$authz", &["policy", "object", "coarse", "none"]),
    ("$rest", &["customer_key", "provider_key", "none"]),
    ("$assurance", &["assessed", "attested", "unassessed"]),
    ("$factors", &["one", "two", "phishing_resistant"]),
    ("$access", &["standing", "time_boxed", "approved_each_time"]),
    ("$replay", &["none", "nonce", "nonce_timestamp"]),
    ("$rate", &["none", "per_address", "per_principal"]),
    ("$secrets", &["environment", "vault", "workload_identity"]),
    ("$evidence", &["claimed", "reviewed", "tested"]),
    ("$egress", &["open", "allowlist"]),
    ("$autonomy", &["full", "approve_risky", "approve_each"]),
    ("$approvals", &["none", "one", "two"]),
    ("$number", &["1_000", "25_000", "400_000", "3_000_000"]),
];
