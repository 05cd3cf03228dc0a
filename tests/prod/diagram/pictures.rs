//! Pictures to draw: a small shop, and generated ones of any size.

use prod::emit::diagram::{
    Band, Border, Colour, Direction, Edge, Found, Frame, FrameId, Link, Node, NodeId, Picture, Role, Shape,
    Timing,
};

/// A picture in the making, with names instead of numbers.
#[derive(Default)]
pub struct Maker {
    /// What is made.
    pub picture: Picture,
}

impl Maker {
    pub fn new(id: &str, title: &str) -> Maker {
        let mut picture = Picture { id: id.to_owned(), title: title.to_owned(), ..Picture::default() };
        picture.subtitle = "production · colours show the worst risk on each thing".to_owned();
        picture.shape_names = Shape::ALL.iter().map(|shape| (*shape, shape.word().to_owned())).collect();
        Maker { picture }
    }

    pub fn frame(&mut self, id: &str, caption: &str, border: Border, parent: Option<FrameId>) -> FrameId {
        let (id, label) = (id.to_owned(), id.to_owned());
        self.picture.frames.push(Frame {
            id,
            label,
            caption: caption.to_owned(),
            border,
            found: Found::default(),
            parent,
        })
    }

    pub fn node(
        &mut self,
        label: &str,
        caption: &str,
        shape: Shape,
        frame: Option<FrameId>,
        risk: (Band, usize),
    ) -> NodeId {
        self.picture.nodes.push(Node {
            id: label.to_lowercase().replace(' ', "-"),
            label: label.to_owned(),
            caption: caption.to_owned(),
            shape,
            frame,
            found: Found { band: risk.0, count: risk.1 },
            ..Node::default()
        })
    }

    pub fn edge(&mut self, from: NodeId, to: NodeId, label: &str, link: Link, timing: Timing) -> &mut Edge {
        let id = format!("{label}.{}", self.picture.edges.len());
        let label = label.to_owned();
        let (steps, note, found) = (Vec::new(), String::new(), Found::default());
        self.picture.edges.push(Edge { id, from, to, label, link, timing, found, steps, note });
        self.picture.edges.last_mut().unwrap()
    }
}

/// A shop with every shape, every style of edge and an attack in it.
pub fn shop(direction: Direction) -> Picture {
    use Band::{Critical, High, Low, Medium, None as Nothing};
    use Link::{Encrypted, Plain, Unknown};
    use Timing::{Asynchronous, Synchronous};
    let mut m = Maker::new("shop", "How a payment comes in");
    m.picture.direction = direction;
    let account = m.frame("production", "aws.Account", Border::Solid, None);
    let edge = m.frame("edge", "aws.PublicSubnet", Border::Dashed, Some(account));
    let apps = m.frame("apps", "aws.PrivateSubnet", Border::Dashed, Some(account));
    let stores = m.frame("stores", "aws.PrivateSubnet", Border::Dashed, Some(apps));
    let customer = m.node("Customer", "actor.User", Shape::Person, None, (Nothing, 0));
    let psp = m.node("Payment provider", "saas.Payment", Shape::Double, None, (Low, 1));
    let model = m.node("Model", "llm.Provider", Shape::Hexagon, None, (Medium, 2));
    let web = m.node("Web shop", "client.BrowserSpa", Shape::Window, None, (Nothing, 0));
    let gateway = m.node("Gateway", "middleware.Gateway", Shape::Card, Some(edge), (Nothing, 0));
    let hooks = m.node("Payment hooks", "service.RestApi", Shape::Card, Some(edge), (Critical, 3));
    let checkout = m.node("Checkout", "service.RestApi", Shape::Card, Some(apps), (High, 2));
    let events = m.node("Events", "messaging.Queue", Shape::Tube, Some(apps), (Low, 1));
    let agent = m.node("Support agent", "llm.Agent", Shape::Card, Some(apps), (Medium, 4));
    let orders = m.node("Orders", "store.Postgres", Shape::Cylinder, Some(stores), (High, 1));
    let images = m.node("Images", "aws.S3Bucket", Shape::Bucket, Some(stores), (Nothing, 0));
    m.picture.nodes[checkout].hidden = 4;
    m.picture.nodes[model].role = Role::Neighbour;
    m.picture.nodes[images].role = Role::OutOfScope;
    m.picture.nodes[orders].steps = vec![5];
    m.picture.frames[stores].found = Found { band: Medium, count: 1 };
    m.edge(customer, web, "https", Encrypted, Synchronous);
    m.edge(web, gateway, "https", Encrypted, Synchronous);
    m.edge(customer, psp, "pay", Encrypted, Synchronous);
    m.edge(psp, hooks, "webhook · https", Encrypted, Synchronous).steps = vec![1];
    m.picture.edges[3].found = Found { band: Critical, count: 1 };
    m.edge(hooks, events, "cloud_queue", Encrypted, Asynchronous).steps = vec![2];
    m.edge(events, checkout, "cloud_queue", Encrypted, Asynchronous).steps = vec![3];
    m.edge(gateway, checkout, "grpcs", Encrypted, Synchronous);
    m.edge(gateway, agent, "http", Plain, Synchronous);
    m.edge(agent, model, "prompt · https", Encrypted, Synchronous);
    m.edge(checkout, orders, "postgres", Plain, Synchronous).steps = vec![4];
    m.edge(checkout, orders, "read replica of everything that was ever ordered", Unknown, Synchronous);
    m.edge(agent, orders, "", Encrypted, Synchronous);
    m.edge(gateway, images, "s3", Encrypted, Synchronous);
    m.picture.story = vec![
        "a customer pays once, and the confirmation passes through the customer's browser".to_owned(),
        "the same confirmation is sent again: nothing keeps the hooks from accepting it twice".to_owned(),
        "an event says that a second order was paid".to_owned(),
        "the order goes out, and nobody has paid for it".to_owned(),
    ];
    m.picture
}

/// A generated picture: `nodes` nodes in nested frames, about one and a half times as many edges.
pub fn generated(seed: u64, nodes: usize) -> Picture {
    let mut dice = Dice(seed.wrapping_mul(2).wrapping_add(1));
    let mut m = Maker::new(&format!("g{seed}"), &format!("Generated {seed}"));
    m.picture.direction = [Direction::Down, Direction::Right, Direction::Up, Direction::Left][dice.roll(4)];
    m.picture.colour = if dice.roll(4) == 0 { Colour::Group } else { Colour::Risk };
    let mut frames = Vec::new();
    for at in 0..1 + nodes / 5 {
        let parent = if at == 0 { None } else { Some(frames[dice.roll(frames.len())]) };
        let border = if at == 0 { Border::Solid } else { Border::Dashed };
        frames.push(m.frame(&format!("zone-{at}"), KINDS[dice.roll(KINDS.len())], border, parent));
    }
    let mut all = Vec::new();
    for at in 0..nodes {
        let frame = if dice.roll(5) == 0 { None } else { Some(frames[dice.roll(frames.len())]) };
        let shape = Shape::ALL[dice.roll(Shape::ALL.len())];
        let risk = (Band::ALL[dice.roll(5)], dice.roll(30));
        let label = format!("{} {at}", NAMES[dice.roll(NAMES.len())]);
        let node = m.node(&label, KINDS[dice.roll(KINDS.len())], shape, frame, risk);
        m.picture.nodes[node].hidden = dice.roll(3);
        m.picture.nodes[node].role = Role::ALL[at % Role::ALL.len()];
        m.picture.nodes[node].group = Some(NAMES[dice.roll(4)].to_owned());
        all.push(node);
    }
    for at in 0..nodes * 3 / 2 {
        let from = all[dice.roll(all.len())];
        // Most flows go on from where things already are; some are parallel to another one, some go back.
        let to = all[(at + 1 + dice.roll(3)) % all.len()];
        if from == to {
            continue;
        }
        let link = [Link::Encrypted, Link::Plain, Link::Unknown][dice.roll(3)];
        let timing = if dice.roll(4) == 0 { Timing::Asynchronous } else { Timing::Synchronous };
        let label = LABELS[dice.roll(LABELS.len())];
        for copy in 0..1 + dice.roll(6) / 5 {
            let step = m.picture.edges.len();
            let edge = m.edge(from, to, label, link, timing);
            if dice.roll(10) == 0 && copy == 0 {
                edge.steps = vec![step];
            }
        }
    }
    m.picture
}

const NAMES: &[&str] =
    &["api", "Order service of the old shop", "ledger", "Ümläut & <tags>", "checkout-v2-internal", "数据库"];
const KINDS: &[&str] = &["service.RestApi", "store.Postgres", "aws.PrivateSubnet", "saas.Payment", ""];
const LABELS: &[&str] =
    &["", "https", "grpc", "everything that was ever ordered here", "pay \"now\" <&>", "postgres"];

/// The same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }
}
