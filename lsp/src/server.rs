//! The server: messages in, events out to the analysis, its reports back to the client.
//!
//! In: two streams. Out: answers and diagnostics on them. Never: an await before a document's text has changed hands; two
//! handlers that run at once would otherwise swap two edits.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite};
use tower::Service;
use tower_lsp::jsonrpc::{self, Request};
use tower_lsp::lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, InitializeParams, InitializeResult, SaveOptions, ServerCapabilities,
    ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Url,
};
use tower_lsp::{Client, LanguageServer, LspService, Server};

use crate::analysis::{Event, work};
use crate::convert;

/// Ends the process with a code.
pub type End = Arc<dyn Fn(i32) + Send + Sync>;

/// Serves one client until its stream ends, or calls `end` when it says `exit`.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite, end: End) {
    let (events, received) = channel();
    let runtime = tokio::runtime::Handle::current();
    let (service, socket) = LspService::new(move |client| {
        let tell = client.clone();
        let worker = move || {
            work(&received, |report| {
                let Some(url) = convert::url(&report.path) else { return };
                let diagnostics = convert::diagnostics(&report);
                runtime.block_on(tell.publish_diagnostics(url, diagnostics, report.version));
            });
        };
        let started = std::thread::Builder::new().name("analysis".to_owned()).spawn(worker);
        Backend { client, events, is_working: started.is_ok() }
    });
    let service = EndsOnExit { inner: service, end, was_shut_down: AtomicBool::new(false) };
    Server::new(input, output, socket).serve(service).await;
}

/// What answers the client.
struct Backend {
    client: Client,
    events: Sender<Event>,
    is_working: bool,
}

impl Backend {
    fn send(&self, event: Event) {
        // Without an analysis there is nobody to tell; the client was told so when it began.
        let _ = self.events.send(event);
    }

    fn text(&self, url: &Url, version: i32, text: String) {
        if let Some(path) = path(url) {
            self.send(Event::Text { path, version, text: text.into() });
        }
    }
}

/// The directories that a client has open, in the newer way to say it or the older one.
fn roots(asked: &InitializeParams) -> Vec<PathBuf> {
    let folders = asked.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    let mut roots: Vec<PathBuf> = folders.filter_map(path).collect();
    if roots.is_empty() {
        roots.extend(asked.root_uri.as_ref().and_then(path));
    }
    roots
}

/// Documents that are no files have no package.
fn path(url: &Url) -> Option<PathBuf> {
    url.to_file_path().ok()
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, asked: InitializeParams) -> jsonrpc::Result<InitializeResult> {
        self.send(Event::Roots(roots(&asked)));
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        };
        let capabilities = ServerCapabilities {
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            ..ServerCapabilities::default()
        };
        let version = Some(env!("CARGO_PKG_VERSION").to_owned());
        let server_info = Some(ServerInfo { name: "prod-lsp".to_owned(), version });
        Ok(InitializeResult { capabilities, server_info })
    }

    async fn initialized(&self, _: tower_lsp::lsp_types::InitializedParams) {
        if !self.is_working {
            let message = "the analysis could not be started: nothing will be checked";
            self.client.show_message(tower_lsp::lsp_types::MessageType::ERROR, message).await;
        }
    }

    async fn shutdown(&self) -> jsonrpc::Result<()> {
        Ok(())
    }

    async fn did_open(&self, opened: DidOpenTextDocumentParams) {
        let document = opened.text_document;
        self.text(&document.uri, document.version, document.text);
    }

    async fn did_change(&self, changed: DidChangeTextDocumentParams) {
        let document = changed.text_document;
        // Every change is the whole text: the last one is what holds.
        if let Some(change) = changed.content_changes.into_iter().next_back() {
            self.text(&document.uri, document.version, change.text);
        }
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.send(Event::Saved);
    }

    async fn did_close(&self, closed: DidCloseTextDocumentParams) {
        if let Some(path) = path(&closed.text_document.uri) {
            self.send(Event::Closed(path));
        }
    }
}

/// Ends the process at `exit`. The server alone would wait for its input to end, which some clients never do.
struct EndsOnExit<S> {
    inner: S,
    end: End,
    was_shut_down: AtomicBool,
}

impl<S: Service<Request>> Service<Request> for EndsOnExit<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> S::Future {
        match request.method() {
            "shutdown" => self.was_shut_down.store(true, Ordering::Relaxed),
            // The protocol: 0 after a shutdown, 1 without one.
            "exit" => (self.end)(i32::from(!self.was_shut_down.load(Ordering::Relaxed))),
            _ => {}
        }
        self.inner.call(request)
    }
}
