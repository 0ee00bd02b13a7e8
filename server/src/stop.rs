//! The wish to stop, told to everything that runs for long: HTTP, sockets and job workers. Not a deadline; each of
//! them finishes what it has begun in its own time.

use tokio::sync::watch;

/// A clone for each listener.
#[derive(Clone, Debug)]
pub struct Stop(watch::Receiver<bool>);

/// The other end: tells all clones of its `Stop`.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

/// A pair of both, for tests and for those who decide themselves when to stop.
pub fn pair() -> (Stopper, Stop) {
    let (sender, receiver) = watch::channel(false);
    (Stopper(sender), Stop(receiver))
}

/// Stops at SIGTERM or Ctrl-C. A second signal ends the process at once.
///
/// # Errors
/// The operating system refuses a signal handler.
pub fn at_signal() -> std::io::Result<Stop> {
    let (stopper, stop) = pair();
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::spawn(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        tracing::info!("stopping: running work may finish");
        stopper.stop();
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        std::process::exit(130);
    });
    Ok(stop)
}

impl Stopper {
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns when somebody wants to stop; at once when they already do. A lost `Stopper` is no wish.
    pub async fn requested(&self) {
        let mut receiver = self.0.clone();
        if receiver.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
