import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Every metric of the server, as `/metrics` shows it. Labels are names and route templates, never ids. */
export const registry = new Registry()

collectDefaultMetrics({ register: registry })

const registers = [registry]
const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export const httpRequestsTotal = new Counter({
  name: 'http_requests_total',
  help: 'HTTP requests by method, route template and status code.',
  labelNames: ['method', 'route', 'status'],
  registers,
})

export const httpRequestLatencySeconds = new Histogram({
  name: 'http_request_latency_seconds',
  help: 'Seconds from receiving an HTTP request to having answered it, by method and route template.',
  labelNames: ['method', 'route'],
  buckets: latencyBuckets,
  registers,
})

export const paymentAmountsRub = new Histogram({
  name: 'payment_amounts_rub',
  help: 'Amounts of succeeded payments, in roubles.',
  buckets: [100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000],
  registers,
})

export const paymentErrorsTotal = new Counter({
  name: 'payment_errors_total',
  help: 'Calls to payment providers that failed, by provider.',
  labelNames: ['provider'],
  registers,
})

export const paymentStatusTotal = new Counter({
  name: 'payment_status_total',
  help: 'Payments that reached a status, by provider and status.',
  labelNames: ['provider', 'status'],
  registers,
})

export const orderStatusTransitionsTotal = new Counter({
  name: 'order_status_transitions_total',
  help: 'Orders that went from one status to another.',
  labelNames: ['from', 'to'],
  registers,
})

export const generationProcessingSeconds = new Histogram({
  name: 'generation_processing_seconds',
  help: 'Seconds from starting a generation to its last stored image, by outcome.',
  labelNames: ['status'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600],
  registers,
})

export const graphqlOperationsTotal = new Counter({
  name: 'graphql_operations_total',
  help: 'GraphQL operations by root field, kind and outcome (ok, or the error code).',
  labelNames: ['field', 'kind', 'outcome'],
  registers,
})

export const subscriptionsActive = new Gauge({
  name: 'graphql_subscriptions_active',
  help: 'Open GraphQL subscriptions by root field.',
  labelNames: ['field'],
  registers,
})

export const eventsDeliveredTotal = new Counter({
  name: 'events_delivered_total',
  help: 'Events sent to subscribers by root field.',
  labelNames: ['field'],
  registers,
})

export const eventLagSeconds = new Histogram({
  name: 'event_lag_seconds',
  help: 'Seconds from appending an event, just before its commit, to handing it to a follower that was waiting for it.',
  buckets: latencyBuckets,
  registers,
})

export const eventsReplayedTotal = new Counter({
  name: 'events_replayed_total',
  help: 'Stored events handed to followers that resumed from a cursor.',
  registers,
})

export const slowConsumersTotal = new Counter({
  name: 'slow_consumers_closed_total',
  help: 'Sockets closed with 4413 because their clients read too slowly.',
  registers,
})

export const streamFeeds = new Gauge({
  name: 'stream_feeds',
  help: 'Streams that somebody at this process follows; each has one subscription at Redis.',
  registers,
})

export const streamFollowers = new Gauge({
  name: 'stream_followers',
  help: 'Followers of streams at this process: subscriptions, and sockets that hear when their session ends.',
  registers,
})

export const jobsTotal = new Counter({
  name: 'jobs_total',
  help: 'Job runs by job and outcome: done, retried, failed for good.',
  labelNames: ['job', 'outcome'],
  registers,
})

export const jobSeconds = new Histogram({
  name: 'job_seconds',
  help: 'Seconds a job run took, by job.',
  labelNames: ['job'],
  buckets: latencyBuckets,
  registers,
})

export const webhooksTotal = new Counter({
  name: 'webhooks_total',
  help: 'Webhooks received by provider and answer: stored, duplicate, refused.',
  labelNames: ['provider', 'answer'],
  registers,
})

export const notificationDeliveriesTotal = new Counter({
  name: 'notification_deliveries_total',
  help: 'Tries to tell somebody outside the app, by channel (email, telegram) and outcome: sent, retried, refused by the receiver, failed for good.',
  labelNames: ['channel', 'outcome'],
  registers,
})

export const factoryCallsTotal = new Counter({
  name: 'factory_calls_total',
  help: 'Tries to call factories by what came of them: delivered, retried, failed for good, ignored because there was nothing to tell.',
  labelNames: ['outcome'],
  registers,
})
