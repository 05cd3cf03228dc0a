//! The command `prod-lsp`: the server on the streams of this process.

use std::process::ExitCode;
use std::sync::Arc;

use prod_lsp::server::serve;

fn main() -> ExitCode {
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    let Ok(runtime) = threads.worker_threads(2).enable_all().build() else { return ExitCode::FAILURE };
    // Waiting for the input blocks a thread that nothing can wake: the process ends, not the thread.
    let end = Arc::new(|code: i32| std::process::exit(code));
    runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout(), end));
    ExitCode::SUCCESS
}
