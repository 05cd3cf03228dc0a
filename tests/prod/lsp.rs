//! The language server, driven over pipes as a client does it.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use prod_lsp::server::serve;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex};
use tokio::time::timeout;

use crate::run::package;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client at its end of the pipes.
struct Client {
    send: DuplexStream,
    receive: BufReader<DuplexStream>,
    ended: mpsc::Receiver<i32>,
}

impl Client {
    fn start() -> Client {
        let (send, input) = duplex(1 << 20);
        let (output, receive) = duplex(1 << 20);
        let (end, ended) = mpsc::channel();
        tokio::spawn(serve(input, output, Arc::new(move |code| end.send(code).unwrap_or(()))));
        Client { send, receive: BufReader::new(receive), ended }
    }

    async fn say(&mut self, message: Value) {
        let text = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{text}", text.len());
        self.send.write_all(framed.as_bytes()).await.unwrap();
    }

    async fn notify(&mut self, method: &str, params: Value) {
        self.say(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Asks and waits for the answer; whatever comes in between is dropped.
    async fn ask(&mut self, method: &str, params: Value) -> Value {
        let mut message = json!({ "jsonrpc": "2.0", "id": 1, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.say(message).await;
        loop {
            let heard = self.hear().await;
            if heard["id"] == 1 {
                return heard;
            }
        }
    }

    async fn hear(&mut self) -> Value {
        timeout(PATIENCE, self.read()).await.expect("the server says nothing")
    }

    async fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.receive.read_line(&mut line).await.unwrap();
            match line.trim() {
                "" => break,
                header => {
                    if let Some(value) = header.strip_prefix("Content-Length: ") {
                        length = value.parse().unwrap();
                    }
                }
            }
        }
        let mut body = vec![0; length];
        self.receive.read_exact(&mut body).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    /// What is said about a file next.
    async fn diagnostics(&mut self, uri: &str) -> Value {
        loop {
            let heard = self.hear().await;
            if heard["method"] == "textDocument/publishDiagnostics" && heard["params"]["uri"] == uri {
                return heard["params"].clone();
            }
        }
    }

    async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "prod", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    async fn change(&mut self, uri: &str, version: i32, text: &str) {
        let changed = json!({
            "textDocument": { "uri": uri, "version": version },
            "contentChanges": [{ "text": text }],
        });
        self.notify("textDocument/didChange", changed).await;
    }

    async fn begin(root: Option<&str>) -> Client {
        let mut client = Client::start();
        let answer = client.ask("initialize", json!({ "capabilities": {}, "rootUri": root })).await;
        assert_eq!(answer["result"]["serverInfo"]["name"], "prod-lsp");
        assert_eq!(answer["result"]["capabilities"]["textDocumentSync"]["change"], 1);
        client.notify("initialized", json!({})).await;
        client
    }
}

fn uri(directory: &Path, name: &str) -> String {
    format!("file://{}", directory.canonicalize().unwrap().join(name).display())
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test);
    runtime.shutdown_background();
}

#[test]
fn diagnostics_follow_what_is_typed() {
    run(async {
        let directory = package(&[
            ("main.prod", b"flow web -> api over https\n"),
            ("api.prod", b"component api: service.RestApi\n"),
        ]);
        let main = uri(directory.path(), "main.prod");
        let root = uri(directory.path(), "");
        let mut client = Client::begin(Some(&root)).await;

        // The other file of the package is read from the disk; this one is not what lies there.
        client
            .open(&main, "// 𝄞\ncomponent web: client.BrowserSpa\n/* 𝄞 */ flow web -> appi over https\n")
            .await;
        let said = client.diagnostics(&main).await;
        assert_eq!(said["version"], 1);
        let found = said["diagnostics"].as_array().unwrap();
        assert_eq!(found.len(), 1, "{said}");
        assert_eq!(found[0]["code"], "P0201");
        assert_eq!(found[0]["severity"], 1);
        // The comment has a letter of two UTF-16 units.
        let start = json!({ "line": 2, "character": 21 });
        assert_eq!(found[0]["range"], json!({ "start": start, "end": { "line": 2, "character": 25 } }));
        assert!(found[0]["message"].as_str().unwrap().starts_with("nothing is called `appi`"));

        client.change(&main, 2, "component web: client.BrowserSpa\nflow web -> api over https\n").await;
        let said = client.diagnostics(&main).await;
        assert_eq!((&said["version"], &said["diagnostics"]), (&json!(2), &json!([])));

        client.change(&main, 3, "component web client.BrowserSpa {\n").await;
        let said = client.diagnostics(&main).await;
        assert!(!said["diagnostics"].as_array().unwrap().is_empty(), "syntax is checked too");

        let document = json!({ "textDocument": { "uri": main } });
        client.notify("textDocument/didClose", document).await;
        let said = client.diagnostics(&main).await;
        assert_eq!(said["diagnostics"], json!([]), "what was said is taken back");
    });
}

#[test]
fn names_of_a_dependency_are_known() {
    run(async {
        let directory = package(&[
            ("platform/prod.toml", b"[package]\nname = \"platform\"\n"),
            ("platform/main.prod", b"component gateway: service.RestApi\n"),
            ("shop/prod.toml", b"[dependencies]\nplatform = { path = \"../platform\" }\n"),
            ("shop/main.prod", b""),
        ]);
        let main = uri(directory.path(), "shop/main.prod");
        let mut client = Client::begin(Some(&uri(directory.path(), ""))).await;
        let head = "use platform\ncomponent web: client.BrowserSpa\nflow web -> platform.";
        client.open(&main, &format!("{head}gatway over https\n")).await;
        let said = client.diagnostics(&main).await;
        assert_eq!(said["diagnostics"][0]["code"], "P0201", "{said}");
        client.change(&main, 2, &format!("{head}gateway over https\n")).await;
        assert_eq!(client.diagnostics(&main).await["diagnostics"], json!([]));
    });
}

#[test]
fn a_burst_of_edits_ends_with_the_last() {
    run(async {
        let directory = package(&[("main.prod", b"")]);
        let main = uri(directory.path(), "main.prod");
        let mut client = Client::begin(None).await;
        client.open(&main, "").await;
        for version in 2..42 {
            let text = if version == 41 { "component api: service.RestApi\n" } else { "componnt x\n" };
            client.change(&main, version, text).await;
        }
        let last = loop {
            let said = client.diagnostics(&main).await;
            if said["version"] == 41 {
                break said;
            }
        };
        assert_eq!(last["diagnostics"], json!([]));
    });
}

#[test]
fn exit_ends_the_process_while_the_input_stays_open() {
    for (is_shut_down, code) in [(true, 0), (false, 1)] {
        run(async {
            let mut client = Client::begin(None).await;
            if is_shut_down {
                let answer = client.ask("shutdown", Value::Null).await;
                assert_eq!(answer["result"], Value::Null);
            }
            client.say(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
            let ended = client.ended;
            let ended = tokio::task::spawn_blocking(move || ended.recv_timeout(PATIENCE)).await.unwrap();
            assert_eq!(ended, Ok(code));
            drop(client.send);
        });
    }
}
