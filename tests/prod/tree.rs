//! A syntax tree as text, spans left out: two files with the same text say the same.
//!
//! In: a tree. Out: one line for each declaration, clause and attribute. Never: a part of the tree that makes no difference.

use prod::base::Span;
use prod::syntax::ast::*;

/// The tree of a file.
pub fn dump(file: &File) -> String {
    let mut dump = Dump { file, out: String::new() };
    for decl in &file.top {
        dump.decl(*decl, 0);
    }
    dump.out
}

struct Dump<'a> {
    file: &'a File,
    out: String,
}

impl Dump<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        self.out.extend(std::iter::repeat_n("  ", indent));
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn decl(&mut self, id: DeclId, indent: usize) {
        let decl = &self.file.decls[id];
        let mut line = String::new();
        if let Some(modifier) = decl.modifier {
            line += &format!("{modifier:?} ").to_lowercase();
        }
        line += decl.keyword.word();
        line += &decl.name.as_ref().map(|name| format!(" {}", self.path(name))).unwrap_or_default();
        line += &decl.title.map(|title| format!(" {}", self.text(title))).unwrap_or_default();
        line += &decl.kind.as_ref().map(|kind| format!(" (kind {})", self.path(kind))).unwrap_or_default();
        line += &self.header(&decl.header);
        self.doc(decl.doc, indent);
        self.line(indent, &line);
        if let Some(body) = &decl.body {
            self.body(body, indent + 1);
        }
    }

    fn doc(&mut self, doc: Option<Span>, indent: usize) {
        let doc = prod::syntax::text::doc(doc, &self.file.text);
        for line in doc.lines() {
            self.line(indent, &format!("/// {line}"));
        }
    }

    fn body(&mut self, body: &Body, indent: usize) {
        if body.entries.is_empty() {
            self.line(indent, "(empty)");
        }
        for entry in &body.entries {
            match entry {
                Entry::Attribute(set) => {
                    let line = format!("(= {} {})", self.name(set.name), self.expr(set.value));
                    self.line(indent, &line);
                }
                Entry::Field(field) => {
                    let default = field.default.map(|value| format!(" {}", self.expr(value)));
                    let line = format!(
                        "(field {} {}{})",
                        self.name(field.name),
                        self.ty(&field.ty),
                        default.unwrap_or_default()
                    );
                    self.doc(field.doc, indent);
                    self.line(indent, &line);
                }
                Entry::Decl(decl) => self.decl(*decl, indent),
                Entry::Clause(clause) => self.clause(&clause.kind, indent),
            }
        }
    }

    fn clause(&mut self, clause: &ClauseKind, indent: usize) {
        use ClauseKind as C;
        let line = match clause {
            C::For(bindings) => format!("(for{})", self.bindings(bindings)),
            C::Where(e) => format!("(where {})", self.expr(*e)),
            C::Needs(e) => format!("(needs {})", self.expr(*e)),
            C::Gives(e) => format!("(gives{})", self.exprs(e)),
            C::Chance { value, causes } => {
                format!("(chance {} cause{})", self.expr(*value), self.exprs(causes))
            }
            C::ResistedBy(e) => format!("(resisted-by{})", self.exprs(e)),
            C::GuardedBy(guard) => format!("(guarded-by{})", self.guard(guard)),
            C::RecoveredBy(guard) => format!("(recovered-by{})", self.guard(guard)),
            C::Reports(e) => format!("(reports{})", self.exprs(e)),
            C::FlagWhen(e) => format!("(flag-when {})", self.expr(*e)),
            C::On(e) => format!("(on {})", self.expr(*e)),
            C::When(e) => format!("(when {})", self.expr(*e)),
            C::Impact(e) => format!("(impact {})", self.expr(*e)),
            C::Say(e) => format!("(say {})", self.expr(*e)),
            C::Fix(e) => format!("(fix {})", self.expr(*e)),
            C::With { targets, .. } => format!("(with{})", self.paths(targets)),
            C::Without(targets) => format!("(without{})", self.paths(targets)),
            C::In(path) => format!("(in {})", self.path(path)),
            C::Expect { what, rule, on } => {
                let on = on.as_ref().map(|on| format!(" on {}", self.path(on))).unwrap_or_default();
                format!("(expect {what:?} {}{on})", self.path(rule))
            }
            C::Assert(e) => format!("(assert {})", self.expr(*e)),
            C::Model(_) => "(model)".to_owned(),
        };
        self.line(indent, &line);
        if let C::With { body, .. } | C::Model(body) = clause {
            self.body(body, indent + 1);
        }
    }

    fn header(&self, header: &Header) -> String {
        match header {
            Header::None => String::new(),
            Header::Flow { from, to, protocol } => {
                let from = from.as_ref().map(|from| self.path(from)).unwrap_or_else(|| "(here)".to_owned());
                let over = protocol.as_ref().map(|over| format!(" (over {})", self.path(over)));
                format!(" (-> {from}{}){}", self.paths(to), over.unwrap_or_default())
            }
            Header::Allow { from, to, services } => {
                let services = services.iter().map(|service| {
                    format!(" (over {} port{})", self.path(&service.protocol), self.exprs(&service.ports))
                });
                format!(" (-> {} {}){}", self.end(from), self.end(to), services.collect::<String>())
            }
            Header::Grant { who, what, actions } => {
                let actions: String =
                    actions.iter().map(|action| format!(" {}", self.name(*action))).collect();
                format!(" (-> {} {}) (may{actions})", self.path(who), self.path(what))
            }
            Header::Run { what, alias } => {
                let alias = alias.map(|alias| format!(" (as {})", self.name(alias))).unwrap_or_default();
                format!(" {}{alias}", self.path(what))
            }
            Header::On(on) => format!(" (on {})", self.path(on)),
            Header::Accept { rule, on, deployment } => {
                let within = deployment.as_ref().map(|within| format!(" (in {})", self.path(within)));
                format!(" {} (on {}){}", self.path(rule), self.path(on), within.unwrap_or_default())
            }
            Header::Like(other) => format!(" (like {})", self.path(other)),
            Header::Extends(parent) => format!(" (extends {})", self.path(parent)),
            Header::Enum { values, ordered } => {
                let values = values.iter().map(|value| {
                    let doc = prod::syntax::text::doc(value.doc, &self.file.text);
                    let percent = value.percent.map(|percent| format!(" {}", self.expr(percent)));
                    format!(" ({}{} {doc:?})", self.name(value.name), percent.unwrap_or_default())
                });
                format!(" ({}{})", if *ordered { "<" } else { "|" }, values.collect::<String>())
            }
            Header::Let(value) => format!(" {}", self.expr(*value)),
            Header::Params(params) => {
                let params =
                    params.iter().map(|param| format!(" ({} {})", self.name(param.name), self.ty(&param.ty)));
                format!(" (params{})", params.collect::<String>())
            }
            Header::Use => String::new(),
        }
    }

    fn end(&self, end: &AllowEnd) -> String {
        match end {
            AllowEnd::Thing(path) => self.path(path),
            AllowEnd::Network(network) => self.expr(*network),
        }
    }

    fn bindings(&self, bindings: &[Binding]) -> String {
        let source = |source: &BindingSource| match source {
            BindingSource::Each(ty) => format!("each {}", self.ty(ty)),
            BindingSource::In(list) => format!("in {}", self.expr(*list)),
        };
        bindings
            .iter()
            .map(|binding| format!(" ({} {})", self.name(binding.name), source(&binding.source)))
            .collect()
    }

    fn guard(&self, guard: &Guard) -> String {
        let together = guard.alternatives.iter().map(|kinds| format!(" (+{})", self.paths(kinds)));
        let on = guard.on.map(|on| format!(" on {}", self.expr(on))).unwrap_or_default();
        together.collect::<String>() + &on
    }

    fn ty(&self, ty: &Type) -> String {
        match &ty.kind {
            TypeKind::Named(paths) => format!("(type{})", self.paths(paths)),
            TypeKind::List(member) => format!("(list-of {})", self.ty(member)),
            TypeKind::Missing => "(missing)".to_owned(),
        }
    }

    fn exprs(&self, exprs: &[ExprId]) -> String {
        exprs.iter().map(|expr| format!(" {}", self.expr(*expr))).collect()
    }

    fn expr(&self, id: ExprId) -> String {
        let expr = &self.file.exprs[id];
        match &expr.kind {
            ExprKind::Missing => "(missing)".to_owned(),
            ExprKind::Literal(Literal::Text) => self.text(expr.span),
            ExprKind::Literal(value) => format!("{value:?}"),
            ExprKind::Name(name) => self.name(*name),
            ExprKind::Member { base, name } => format!("(. {} {})", self.expr(*base), self.name(*name)),
            ExprKind::Call { package, name, args } => {
                let args = args.iter().map(|argument| {
                    let name =
                        argument.name.map(|name| format!("{} = ", self.name(name))).unwrap_or_default();
                    format!(" {name}{}", self.expr(argument.value))
                });
                let package = package.map(|package| format!("{}.", self.name(package))).unwrap_or_default();
                format!("(call {package}{}{})", self.name(*name), args.collect::<String>())
            }
            ExprKind::List(items) => format!("[{}]", self.exprs(items).trim_start()),
            ExprKind::Group(inner) => format!("(group {})", self.expr(*inner)),
            ExprKind::Unary { op, operand } => format!("({op:?} {})", self.expr(*operand)),
            ExprKind::Binary { op, left, right, .. } => {
                format!("({op:?} {} {})", self.expr(*left), self.expr(*right))
            }
            ExprKind::Is { value, ty } => format!("(is {} {})", self.expr(*value), self.ty(ty)),
            ExprKind::If { condition, then, otherwise } => {
                format!("(if {} {} {})", self.expr(*condition), self.expr(*then), self.expr(*otherwise))
            }
            ExprKind::Quantified { quantifier, variable, source, condition } => {
                let (source, condition) = (self.expr(*source), self.expr(*condition));
                format!("({quantifier:?} {} in {source}: {condition})", self.name(*variable))
            }
            ExprKind::Over { quantifier, state } => format!("(over {quantifier:?} {})", self.expr(*state)),
            ExprKind::Filter { variable, source, condition } => {
                let (source, condition) = (self.expr(*source), self.expr(*condition));
                format!("(filter {} in {source}: {condition})", self.name(*variable))
            }
        }
    }

    fn name(&self, name: Ident) -> String {
        self.file.text(name).to_owned()
    }

    fn path(&self, path: &Path) -> String {
        self.file.path_text(path)
    }

    fn paths(&self, paths: &[Path]) -> String {
        paths.iter().map(|path| format!(" {}", self.path(path))).collect()
    }

    fn text(&self, span: Span) -> String {
        format!("{:?}", prod::syntax::text::decode(span.slice(&self.file.text)))
    }
}
