//! One group a set of mail servers: a queue, and workers that each hold one session.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::Utc;
use dashmap::DashMap;
use nexsent_mail::{
    classify::classify,
    mx::Route,
    smtp::{ConnectError, Connector, Delivery, Outcome, Session, Timeouts},
};
use nexsent_platform::{DeliveryResult, Fate, Intent, Job, Journal};
use nexsent_texts::{t, within_sync};
use rand::Rng;
use tokio::sync::{Notify, mpsc};
use tokio_util::task::TaskTracker;

use super::{Ctx, flight::Flight, result};

/// How long a session stays open without work.
const IDLE: Duration = Duration::from_secs(3);
/// Failed connections in a row after which a group's queue is put off as a whole.
const BREAKER: usize = 3;
/// Sessions tried for one message when each is lost before its dot.
const MAX_LOST: u32 = 3;

struct Task {
    job: Job,
    route: Arc<Route>,
    lost: u32,
}

struct Group {
    queue: Mutex<VecDeque<Task>>,
    wake: Notify,
    workers: AtomicUsize,
    limit: AtomicUsize,
    failures: AtomicUsize,
}

/// All groups.
pub(super) struct Groups {
    ctx: Arc<Ctx>,
    journal: Journal,
    results: mpsc::Sender<DeliveryResult>,
    flight: Arc<Flight>,
    connector: Connector,
    groups: DashMap<String, Arc<Group>>,
    tasks: TaskTracker,
}

impl Groups {
    pub fn new(ctx: Arc<Ctx>, journal: Journal, results: mpsc::Sender<DeliveryResult>, flight: Arc<Flight>) -> Arc<Self> {
        let connector = Connector::new(&ctx.config.mail.hostname, ctx.config.mail.smtp_port, Timeouts::default());
        Arc::new(Self { ctx, journal, results, flight, connector, groups: DashMap::new(), tasks: TaskTracker::new() })
    }

    /// Puts a job into the queue of its destination.
    pub fn push(self: &Arc<Self>, job: Job, route: Arc<Route>) {
        let limit = self.ctx.config.mail.connections_per_provider;
        let group = self
            .groups
            .entry(route.group.clone())
            .or_insert_with(|| {
                Arc::new(Group {
                    queue: Mutex::default(),
                    wake: Notify::new(),
                    workers: AtomicUsize::new(0),
                    limit: AtomicUsize::new(limit),
                    failures: AtomicUsize::new(0),
                })
            })
            .clone();
        group.queue().push_back(Task { job, route, lost: 0 });
        self.staff(&group);
        group.wake.notify_one();
    }

    /// Starts another worker when there is more work than workers, and room for one.
    fn staff(self: &Arc<Self>, group: &Arc<Group>) {
        let waiting = group.queue().len();
        let limit = group.limit.load(Ordering::Relaxed);
        let hired = group.workers.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| (n < limit && n < waiting).then_some(n + 1)).is_ok();
        if hired {
            let (groups, group) = (self.clone(), group.clone());
            self.tasks.spawn(async move {
                groups.work(&group).await;
                group.workers.fetch_sub(1, Ordering::AcqRel);
                // What came in between the last look and the leave.
                if !group.queue().is_empty() {
                    groups.staff(&group);
                }
            });
        }
    }

    /// Ends every worker after its message, and gives back what was not sent.
    pub async fn drain(&self) {
        for group in &self.groups {
            group.wake.notify_waiters();
        }
        self.tasks.close();
        self.tasks.wait().await;
        for group in &self.groups {
            for task in group.queue().drain(..) {
                self.flight.give_back(&task.job);
            }
        }
    }

    /// An outcome: to the journal at once, to the ledger soon.
    pub fn report(self: &Arc<Self>, result: DeliveryResult) {
        self.journal.result(&result);
        if let Err(mpsc::error::TrySendError::Full(result)) = self.results.try_send(result) {
            let groups = self.clone();
            self.tasks.spawn(async move { drop(groups.results.send(result).await) });
        }
    }

    /// When a deferred job is tried again; failed when it has been tried long enough.
    pub fn later(&self, job: &Job) -> Fate {
        let schedule = &self.ctx.config.mail.retry_after;
        match schedule.get(job.attempt as usize - 1) {
            Some(after) => {
                let jitter = rand::rng().random_range(0.9..1.1);
                Fate::Deferred { next_try_at: Utc::now() + chrono::Duration::from_std(after.mul_f64(jitter)).unwrap_or_default() }
            }
            None => Fate::Failed { suppress: false },
        }
    }

    async fn work(self: &Arc<Self>, group: &Arc<Group>) {
        let mut session: Option<Session> = None;
        loop {
            let next = group.queue().pop_front();
            let Some(task) = next else {
                // Wait a little with the session open: more often comes soon.
                if self.ctx.stop.is_cancelled() || session.is_none() || tokio::time::timeout(IDLE, group.wake.notified()).await.is_err() {
                    break;
                }
                if self.ctx.stop.is_cancelled() {
                    break;
                }
                continue;
            };
            if !self.flight.is_active(&task.job.campaign.id) {
                self.flight.give_back(&task.job);
                continue;
            }
            if group.workers.load(Ordering::Relaxed) > group.limit.load(Ordering::Relaxed) {
                group.queue().push_front(task);
                break;
            }
            session = self.deliver(group, task, session.take()).await;
        }
        if let Some(session) = session {
            session.quit().await;
        }
    }

    /// Sends one message; gives the session back when it can be used again.
    async fn deliver(self: &Arc<Self>, group: &Arc<Group>, mut task: Task, session: Option<Session>) -> Option<Session> {
        let built = match task.job.campaign.build(&task.job) {
            Ok(built) => built,
            Err(e) => {
                let why = within_sync(task.job.campaign.language, || t!("fault-delivery-not-made", reason = e.to_string()));
                self.report(result(&task.job, Fate::Failed { suppress: false }, why));
                return session;
            }
        };
        let mut session = match session {
            Some(session) => session,
            None => match self.connector.connect(&task.route).await {
                Ok(session) => {
                    group.failures.store(0, Ordering::Relaxed);
                    session
                }
                Err(e) => {
                    self.unreachable(group, task, &e);
                    return None;
                }
            },
        };
        let job = &task.job;
        let intent = Intent {
            tenant: job.campaign.tenant.clone(),
            campaign: job.campaign.id.clone(),
            chunk: job.chunk,
            number: job.number,
            attempt: job.attempt,
            email: job.email.clone(),
            host: session.host().to_owned(),
        };
        let delivery = session.send(&built.from, &job.email, &built.message, self.journal.intent(intent)).await;
        task.lost += u32::from(matches!(delivery.outcome, Outcome::Lost(_)));
        if matches!(delivery.outcome, Outcome::Lost(_)) && task.lost < MAX_LOST && !self.ctx.stop.is_cancelled() {
            // The server does not have it: at once again, in a new session.
            group.queue().push_front(task);
            return None;
        }
        self.settle(group, &task.job, delivery);
        let fresh = session.is_usable() && session.sent() < self.ctx.config.mail.messages_per_connection;
        if fresh {
            return Some(session);
        }
        if session.is_usable() {
            session.quit().await;
        }
        None
    }

    fn settle(self: &Arc<Self>, group: &Group, job: &Job, delivery: Delivery) {
        let language = job.campaign.language;
        let (fate, reply) = match &delivery.outcome {
            Outcome::Accepted(reply) => {
                // Carefully back up to the configured limit.
                let limit = group.limit.load(Ordering::Relaxed);
                if limit < self.ctx.config.mail.connections_per_provider && rand::rng().random_ratio(1, 50) {
                    group.limit.store(limit + 1, Ordering::Relaxed);
                }
                (Fate::Sent, reply.to_string())
            }
            Outcome::Refused(reply) => {
                let class = classify(reply);
                metrics::counter!("nexsent_refusals_total", "class" => class.as_str()).increment(1);
                (Fate::Failed { suppress: class.blames_recipient() }, reply.to_string())
            }
            Outcome::Deferred(reply) => {
                let class = classify(reply);
                metrics::counter!("nexsent_deferrals_total", "class" => class.as_str()).increment(1);
                if class.asks_to_slow_down() {
                    let limit = group.limit.load(Ordering::Relaxed);
                    group.limit.store((limit / 2).max(1), Ordering::Relaxed);
                }
                (self.later(job), reply.to_string())
            }
            Outcome::Lost(why) => (self.later(job), within_sync(language, || t!("fault-delivery-lost", reason = why))),
            Outcome::InDoubt(why) => (Fate::InDoubt, within_sync(language, || t!("fault-delivery-in-doubt", reason = why))),
        };
        let reply = match fate {
            Fate::Failed { .. } if !matches!(delivery.outcome, Outcome::Refused(_)) => {
                within_sync(language, || t!("fault-delivery-given-up", tries = job.attempt, reply = reply))
            }
            _ => reply,
        };
        let out = DeliveryResult { host: Some(delivery.host), tls: delivery.tls.map(str::to_owned), ..result(job, fate, reply) };
        self.report(out);
    }

    /// No session: this job waits, and after some in a row so does the whole queue.
    fn unreachable(self: &Arc<Self>, group: &Group, task: Task, error: &ConnectError) {
        let text = error.to_string();
        let failures = group.failures.fetch_add(1, Ordering::Relaxed) + 1;
        let mut all = vec![task];
        if failures >= BREAKER {
            all.extend(group.queue().drain(..));
            group.failures.store(0, Ordering::Relaxed);
        }
        for task in all {
            let fate = self.later(&task.job);
            self.report(result(&task.job, fate, text.clone()));
        }
    }
}

impl Group {
    fn queue(&self) -> std::sync::MutexGuard<'_, VecDeque<Task>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
