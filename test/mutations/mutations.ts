export interface NamedTest {
  spec: string;
  /** As it is written in the file; for a table of cases, the case. */
  title: string;
  /** The file where it is written, when the spec runs a suite that others run, too. */
  writtenIn?: string;
}

/** A measure of safety taken away from the source, and the test that must notice. */
export interface Mutation {
  /** What is taken away. */
  without: string;
  /** What could happen then. */
  risk: string;
  file: string;
  /** Occurs exactly once in the file. Short, so that it moves with the statement around it. */
  text: string;
  replacement: string;
  /** Each of them must fail. */
  tests: NamedTest[];
  /** Runs with every `npm test`; the others with `npm run mutations`. */
  always?: true;
}

const MOVES = 'libs/orders/src/transitions/apply-transitions.db-spec.ts';
const PLACEMENTS = 'libs/orders/src/placement/place-orders.db-spec.ts';
const ONE_STATEMENT = 'libs/orders/src/placement/place-in-one-statement.db-spec.ts';
const HISTORY_CLEAN_UP = 'libs/audit/src/clean-up-history.db-spec.ts';
const SWEEP = 'libs/orders/src/transitions/sweep-stale-orders.db-spec.ts';
const RELAY = 'libs/messaging/src/relay/relay.db-spec.ts';
const HANDLE_JOB = 'libs/messaging/src/jobs/handle-job.db-spec.ts';
const MESSAGING = 'libs/messaging/src/messaging-conformance.db-spec.ts';
const TRANSPORT = 'libs/messaging/src/transports/transport-conformance.db-spec.ts';
const OUTBOX = 'libs/messaging/src/outbox/outbox.repository.db-spec.ts';
const LOCK_ORDER = 'test/database/lock-order.db-spec.ts';
const STOCK_GATE = {
  spec: 'libs/inventory/src/local-stock-gate.db-spec.ts',
  writtenIn: 'test/support/stock-gate-conformance.ts',
};
const SIMULATION = {
  spec: 'test/simulation/messaging.db-spec.ts',
  title: 'reach their consumers, each with one effect and in order, whatever dies and whatever is lost',
};
const MODEL = {
  spec: 'test/models/shop.db-spec.ts',
  title: 'do what the model does, one wish after the other, with crashes around COMMIT',
};
const KEYED_WRITES = 'test/e2e/keyed-writes.e2e-spec.ts';
const GUARDS = 'test/database/guards.db-spec.ts';
const PRINCIPALS = 'test/e2e/principals.e2e-spec.ts';
const PRINCIPAL = 'libs/platform/src/principal/principal.ts';
const PRINCIPAL_SPEC = 'libs/platform/src/principal/principal.spec.ts';
const INSERT_ROW = 'libs/simulation/src/run/insert-row.db-spec.ts';
const LIMITER_SPEC = 'libs/throttling/src/request-limiter.spec.ts';
const RATE_LIMITS = 'test/e2e/rate-limits.e2e-spec.ts';
const ENVIRONMENT_SPEC = 'libs/platform/src/config/environment.spec.ts';
const IDENTITY = 'libs/identity/src/identity.db-spec.ts';
const ROUTES = 'test/access/routes.e2e-spec.ts';
const OWN_ORDERS = 'test/access/own-orders.e2e-spec.ts';
const ACCOUNT_WRITES = 'test/access/account-writes.e2e-spec.ts';
const PASSWORD_HASHER = 'libs/identity/src/password-hasher.spec.ts';
const AUDIT_PLANS = 'test/database/audit-plans.db-spec.ts';
const FIND_ACTIONS = 'libs/audit/src/actions/find-actions.spec.ts';
const EVENT_BUDGET = 'libs/identity/src/event-budget.spec.ts';
const FOREIGN_ISSUER = 'test/access/foreign-issuer.e2e-spec.ts';
const ACCESS_CHECK = 'apps/api/src/access/access-check.ts';
const STORED_RUNS = 'libs/simulation/src/runs/carry-out-run.db-spec.ts';
const ENTITY_ROWS = 'libs/simulation/src/entity-rows/entity-rows.db-spec.ts';
const INVENTORY_TABLES = 'libs/inventory/src/migrations/1763600000000-inventory.ts';

export const MUTATIONS: readonly Mutation[] = [
  {
    without: 'the transition table',
    risk: 'a shipped order is cancelled',
    file: 'libs/orders/src/transitions/apply-transitions.ts',
    text: 'return canTransition(order.status, transition.to);',
    replacement: 'return true;',
    tests: [{ spec: MOVES, title: 'answers a move that the state does not allow without changing anything' }],
    always: true,
  },
  {
    without: 'the state in the guard of the status write',
    risk: 'a path that forgot the lock overwrites what another one did',
    file: 'libs/orders/src/transitions/order-transitions.repository.ts',
    text: 'o.status = decided.expected_status',
    replacement: 'true',
    tests: [{ spec: MOVES, title: 'a state that it left' }],
    always: true,
  },
  {
    without: 'the version in the guard of the status write',
    risk: 'a decision on an order that went round in between is carried out',
    file: 'libs/orders/src/transitions/order-transitions.repository.ts',
    text: 'o.version = decided.expected_version',
    replacement: 'true',
    tests: [{ spec: MOVES, title: 'a version that was superseded' }],
  },
  {
    without: 'the order of the stock locks of a placement',
    risk: 'two orders that share products deadlock',
    file: 'libs/inventory/src/local-stock-gate.ts',
    text: 'order by level.product_id for update',
    replacement: 'for update',
    tests: [{ spec: LOCK_ORDER, title: 'is ascending product id for the stock of new orders' }],
    always: true,
  },
  {
    without: 'the end of what an order held once it is resolved',
    risk: 'an order that is named twice gives back the units of others',
    file: 'libs/inventory/src/locked-stock.ts',
    text: 'this.held.delete(order.orderId);',
    replacement: '',
    tests: [{ ...STOCK_GATE, title: 'of an order is resolved once: %s, then %s' }],
  },
  {
    without: 'the units of the orders before in a shortage',
    risk: 'two orders of one batch are promised the same units',
    file: 'libs/inventory/src/shortages.ts',
    text: 'level.onHand - level.reserved',
    replacement: 'level.onHand',
    tests: [
      {
        ...STOCK_GATE,
        title: 'goes to the orders in the order in which they are given, each on what those before it left',
      },
    ],
  },
  {
    without: 'the order of the stock locks of a move',
    risk: 'a cancel and an order that share products deadlock',
    file: 'libs/inventory/src/local-stock-gate.ts',
    text: 'order by level.product_id\n          for update of level',
    replacement: 'for update of level',
    tests: [{ spec: LOCK_ORDER, title: 'is ascending product id for the stock that orders reserve' }],
  },
  {
    without: 'the order of the locks of orders',
    risk: 'two batches of moves deadlock',
    file: 'libs/orders/src/transitions/order-transitions.repository.ts',
    text: 'order by id for update',
    replacement: 'for update',
    tests: [{ spec: LOCK_ORDER, title: 'is ascending id for orders, and orders come before stock' }],
  },
  {
    without: 'the lock of the stock rows',
    risk: 'the same unit is sold twice',
    file: 'libs/inventory/src/local-stock-gate.ts',
    text: 'order by level.product_id for update',
    replacement: 'order by level.product_id',
    tests: [
      { spec: PLACEMENTS, title: 'lets 50 parallel transactions on 4 data sources sell 10 units exactly 10 times' },
    ],
  },
  {
    without: 'the lock of the orders',
    risk: 'a cancel and a stage both decide on the same state',
    file: 'libs/orders/src/transitions/order-transitions.repository.ts',
    text: 'order by id for update',
    replacement: 'order by id',
    tests: [{ spec: MOVES, title: 'lets who wants to move an order wait for who does' }],
  },
  {
    without: 'the CHECK on stock levels',
    risk: 'whoever writes SQL by hand oversells',
    file: INVENTORY_TABLES,
    text: 'stock_levels_never_oversold check (on_hand >= 0 and reserved >= 0 and reserved <= on_hand)',
    replacement: 'stock_levels_never_oversold check (true)',
    tests: [{ spec: GUARDS, title: 'reserving more than is there' }],
    always: true,
  },
  {
    without: 'the trigger that resolves a reservation once',
    risk: 'units are given back twice',
    file: INVENTORY_TABLES,
    text: "when (old.state <> 'held')",
    replacement: 'when (false)',
    tests: [{ spec: GUARDS, title: 'resolving a reservation twice' }],
  },
  {
    without: 'the trigger that keeps the ledger append-only',
    risk: 'the ledger is changed until it agrees',
    file: INVENTORY_TABLES,
    text: 'before update or delete or truncate on inventory.stock_movements',
    replacement: 'before truncate on inventory.stock_movements',
    tests: [{ spec: GUARDS, title: 'changing the ledger' }],
  },
  {
    without: 'the event of a placed order',
    risk: 'nobody ever works on it',
    file: 'libs/orders/src/placement/placement-plan.ts',
    text: 'this.placed.map(({ order }) => placedEvent(order))',
    replacement: '[]',
    tests: [
      {
        spec: PLACEMENTS,
        title: 'reserves all lines of an order, with line, ledger, reservation and event in the same transaction',
      },
    ],
    always: true,
  },
  {
    without: 'the event of a move',
    risk: 'an order stops half-way',
    file: 'libs/orders/src/transitions/apply-transitions.ts',
    text: 'appendToOutbox(write, moving.map(transitionEvent));',
    replacement: '',
    tests: [
      {
        spec: MOVES,
        title: 'keeps every version with who made it, its request and its reason, and publishes an event for each',
      },
    ],
    always: true,
  },
  {
    without: 'the idempotency key in the transaction of its order',
    risk: 'a repeated request becomes a second order',
    file: 'libs/orders/src/idempotency/idempotency-keys.repository.ts',
    text: 'if (keys.length === 0) return;',
    replacement: 'return;',
    tests: [
      {
        spec: PLACEMENTS,
        title: 'answers a key with the stored reply, another body with KEY_REUSED, and writes one order',
      },
    ],
    always: true,
  },
  {
    without: 'the owner in the mark of a relay',
    risk: 'a relay that was away marks what another one has not yet sent',
    file: 'libs/messaging/src/outbox/outbox.repository.ts',
    text: 'locked_until = null\n        where id = any($1::uuid[]) and locked_by = $2',
    replacement: 'locked_until = null\n        where id = any($1::uuid[]) and $2::text is not null',
    tests: [
      {
        spec: OUTBOX,
        title:
          'gives a claim to another relay when its lease has run out, and ignores the mark of the one that was away',
      },
      SIMULATION,
    ],
  },
  {
    without: 'the lease of a claim',
    risk: 'every relay sends everything',
    file: 'libs/messaging/src/outbox/outbox.repository.ts',
    text: ' and (locked_until is null or locked_until < now())',
    replacement: '',
    tests: [{ spec: OUTBOX, title: 'gives a released claim out again at once' }, SIMULATION],
  },
  {
    without: 'the order of events of one aggregate',
    risk: 'a later state is told before an earlier one',
    file: 'libs/messaging/src/outbox/outbox.repository.ts',
    text: 'earlier.aggregate_version < candidate.aggregate_version',
    replacement: 'false',
    tests: [{ spec: OUTBOX, title: 'never claims two events of one aggregate together' }, SIMULATION],
  },
  {
    without: 'the look at the order before its step',
    risk: 'a cancelled order is packed, a repeated event packs twice',
    file: 'libs/orders/src/fulfillment/complete-stage.ts',
    text: 'if (current?.status !== from) return this.skipped(stage, orderId, current?.status);',
    replacement: '',
    tests: [
      {
        spec: 'libs/orders/src/fulfillment/complete-stage.db-spec.ts',
        title: 'performs nothing for an order that was cancelled, or does not exist',
      },
    ],
  },
  {
    without: 'the second look at what is sent to the queue again',
    risk: 'two sweeps send the same order to the queue, again and again',
    file: 'libs/orders/src/transitions/send-orders-again.ts',
    text: ' && !unclaimed.has(id)',
    replacement: '',
    tests: [{ spec: SWEEP, title: 'leaves a pending order alone that another sweep has sent to the queue' }],
  },
  {
    without: 'the state in the lock of a batch',
    risk: 'a worker places orders of a batch that has ended, or that nobody has begun',
    file: 'libs/orders/src/bulk/order-batches.repository.ts',
    text: " and status = '${BatchStatus.processing}' for update",
    replacement: ' for update',
    tests: [
      { spec: 'libs/orders/src/bulk/place-accepted-batch.db-spec.ts', title: 'shows its progress after each chunk' },
    ],
  },
  {
    without: "the version in the sweep's moves",
    risk: 'an order that moves again is put back because it once stood still',
    file: 'libs/orders/src/transitions/sweep-stale-orders.ts',
    text: 'from, version, to',
    replacement: 'from, to',
    tests: [{ spec: SWEEP, title: 'leaves a processing order alone that was put back and taken up again' }],
  },
  {
    without: 'the dead letter of a job that failed for good',
    risk: 'an event vanishes',
    file: 'libs/messaging/src/jobs/handle-job.ts',
    text: 'await this.deadLetters.keep({',
    replacement: 'void ({',
    tests: [
      {
        spec: HANDLE_JOB,
        title: 'that would fail the same way again is done once it is kept as a dead letter',
      },
    ],
  },
  {
    without: 'the id of its own that each of several dead letters of an event has',
    risk: 'the failure of one subscription hides that of another',
    file: 'libs/messaging/src/jobs/handle-job.ts',
    text: 'name === null || name === first?.name ? event.data',
    replacement: 'name === null || first ? event.data',
    tests: [
      { spec: HANDLE_JOB, title: 'of one subscription fails without the other, each with a dead letter of its own' },
    ],
  },
  {
    without: 'who resolved a dead letter, on a letter that is open again',
    risk: 'a dead letter says that somebody has decided about it who decided about an earlier failure',
    file: 'libs/messaging/src/dead-letters/dead-letters.repository.ts',
    text: ', resolved_by = null`',
    replacement: '`',
    tests: [{ spec: 'test/e2e/dead-letters-api.e2e-spec.ts', title: 'is open again when it fails again' }],
  },
  {
    without: 'the subscription of a replayed event',
    risk: 'the replay of one dead letter runs all consumers of its event',
    file: 'libs/messaging/src/dead-letters/resolve-dead-letter.ts',
    text: 'subscription ?? event.type,',
    replacement: 'event.type,',
    tests: [{ spec: RELAY, title: 'sends a replayed event of %s to that subscription alone' }],
  },
  {
    without: 'whom a replayed event that was not published yet is for as well',
    risk: 'a subscription never hears of an event whose relay crashed between two jobs',
    file: 'libs/messaging/src/dead-letters/resolve-dead-letter.ts',
    text: 'case when outbox.published_at is not null then',
    replacement: 'case when true then',
    tests: [
      { spec: RELAY, title: 'forgets no subscription when one has failed before the event counted as published' },
    ],
  },
  {
    without: "the subscription's name in the id of a job",
    risk: 'of two subscriptions in one queue the second gets no job',
    file: 'libs/messaging/src/relay/job-of.ts',
    text: '${eventId}-${subscription}',
    replacement: '${eventId}',
    tests: [{ spec: MESSAGING, title: 'carry an event to each of its subscriptions in one queue' }],
  },
  {
    without: 'the wait of the acknowledgement for the handler',
    risk: 'a worker that dies before the commit takes the job with it',
    file: 'libs/messaging/src/transports/bullmq/bullmq-transport.ts',
    text: '(job) => handle(received(queue, job)),',
    replacement: 'async (job) => void handle(received(queue, job)),',
    tests: [
      {
        spec: TRANSPORT,
        title: 'acknowledges after the commit of the handler: one that dies in between is called again',
      },
    ],
  },
  {
    without: "our own bound on crashes in the place of BullMQ's",
    risk: 'a job that was in two crashing workers vanishes into a set where nobody looks',
    file: 'libs/messaging/src/transports/bullmq/bullmq-connection.ts',
    text: 'maxStalledCount: STALLED_COUNT_MAX,',
    replacement: 'maxStalledCount: 1,',
    tests: [
      {
        spec: TRANSPORT,
        title: 'hands out a job again and again that kills every process, and never gives it up itself',
      },
    ],
  },
  {
    without: 'the owner of jobs without a name',
    risk: 'what an earlier version has put into the queues becomes dead letters',
    file: 'libs/messaging/src/subscriptions/subscription-registry.ts',
    text: 'if (name !== type) return',
    replacement: 'if (name) return',
    tests: [{ spec: HANDLE_JOB, title: 'without a name of a subscription belongs to the first of its type %s' }],
  },
  {
    without: "the subscription in the sweep's look for dead letters",
    risk: 'an order stands still because a mail about it failed',
    file: 'libs/messaging/src/dead-letters/dead-letters.repository.ts',
    text: 'and (subscription is null or subscription = $2)',
    replacement: 'and $2::text is not null',
    tests: [{ spec: SWEEP, title: 'brings on a pending order of which another subscription has a dead letter' }],
  },
  {
    without: 'the conflict handling of a tick',
    risk: 'of two schedulers one fails, and its other jobs with it',
    file: 'libs/messaging/src/schedule/record-tick.ts',
    text: 'on conflict do nothing returning 1',
    replacement: 'returning 1',
    tests: [
      {
        spec: 'apps/scheduler/src/fire-due-ticks.db-spec.ts',
        title: 'are recorded once each by four schedulers whose looks fall together',
      },
    ],
  },
  {
    without: 'the new transaction after contention',
    risk: 'a deadlock or a serialization failure reaches the client',
    file: 'libs/platform/src/database/transactions.ts',
    text: 'isContention(error) ||',
    replacement: '',
    tests: [
      {
        spec: 'libs/platform/src/database/transactions.db-spec.ts',
        title: 'runs the whole work again in a new transaction after %s',
      },
    ],
  },
  {
    without: 'the release of a batch that could not be sent',
    risk: 'what never reached the queue counts as published',
    file: 'libs/messaging/src/relay/relay.ts',
    text: 'catch(() => undefined);\n      throw error;\n',
    replacement: 'catch(() => undefined);\n',
    tests: [
      {
        spec: RELAY,
        title: 'keeps what it could not send, to send it again at once',
      },
    ],
  },
  {
    without: 'the retry of a job that failed for now',
    risk: 'the queue believes that it is done',
    file: 'libs/messaging/src/jobs/handle-job.ts',
    text: '      throw error;\n',
    replacement: '      return;\n',
    tests: [
      {
        spec: HANDLE_JOB,
        title: 'that may pass comes back until it failed too often, and is kept then',
      },
    ],
  },
  {
    without: 'the report of an emptied queue',
    risk: 'orders wait for jobs that are gone',
    file: 'libs/messaging/src/liveness/watch-queues.ts',
    text: 'if (missing === undefined) return true;',
    replacement: 'return true;',
    tests: [SIMULATION],
  },
  {
    without: 'the difference between goods that leave and goods that stay',
    risk: 'a cancelled order takes its units along',
    file: 'libs/orders/src/order-status.ts',
    text: "return to === 'shipped' ? 'fulfill' : 'release';",
    replacement: "return 'fulfill';",
    tests: [MODEL],
  },
  {
    without: 'the look for repetitions',
    risk: 'a repeated request fails instead of getting its answer',
    file: 'libs/orders/src/placement/placement-plan.ts',
    text: 'if (duplicate) return duplicate;',
    replacement: '',
    tests: [
      { spec: PLACEMENTS, title: 'refuses an order id or external reference that exists, also within one batch' },
    ],
  },
  {
    without: 'the second look for repetitions of what is refused',
    risk: 'a repeated request is told that there is no stock when its first try took it',
    file: 'libs/orders/src/placement/placement-reader.ts',
    text: 'throw new ConcurrentDuplicateError();',
    replacement: 'void ConcurrentDuplicateError;',
    tests: [
      {
        spec: PLACEMENTS,
        title: 'does not tell a repetition that there is no stock when the first request took it meanwhile',
      },
    ],
  },
  {
    without: 'the ledger of stock that has no row',
    risk: 'an order is placed whose stock nobody reserved',
    file: 'libs/inventory/src/optimistic-reservations.ts',
    text: 'left join stock_taken',
    replacement: 'join stock_taken',
    tests: [{ spec: ONE_STATEMENT, title: 'take nothing of a product that has no stock row' }],
  },
  {
    without: 'the ledger of what was taken, instead of what was locked',
    risk: 'an order is placed whose stock was not written',
    file: 'libs/inventory/src/optimistic-reservations.ts',
    text: 'left join stock_taken',
    replacement: 'left join stock_locked',
    tests: [{ spec: ONE_STATEMENT, title: 'are not placed when their stock was not written' }],
  },
  {
    without: 'the ids of orders whose statement was cut off',
    risk: 'a customer is told that there is no stock, which the order has taken itself',
    file: 'libs/orders/src/placement/place-in-one-statement.ts',
    text: 'orderIdGiven: true',
    replacement: 'orderIdGiven: false',
    tests: [
      {
        spec: ONE_STATEMENT,
        title: 'are placed once when the connection was lost, and it goes on and takes the last units',
      },
      { spec: ONE_STATEMENT, title: 'are placed once when the connection was lost after it was committed' },
    ],
  },
  {
    without: 'the rule which orders one statement may place',
    risk: 'the reply that is stored for a key is rendered before its order has a time',
    file: 'libs/orders/src/placement/place-orders.ts',
    text: '!hasKeys && ',
    replacement: '',
    tests: [
      {
        spec: PLACEMENTS,
        title: 'answers a key with the stored reply, another body with KEY_REUSED, and writes one order',
      },
    ],
  },
  {
    without: 'the order in which stock is locked by the statement that reserves it',
    risk: 'batches that share products deadlock',
    file: 'libs/inventory/src/optimistic-reservations.ts',
    text: 'order by level.product_id\n             for update of level',
    replacement: 'for update of level',
    tests: [
      {
        spec: LOCK_ORDER,
        title: 'is ascending product id for the stock of many new orders, taken by the statement that locks it',
      },
    ],
  },
  {
    without: 'the lock of the statement that reserves stock without a look',
    risk: 'two batches count on the same units, and the ledger no longer adds up',
    file: 'libs/inventory/src/optimistic-reservations.ts',
    text: '             for update of level',
    replacement: '',
    tests: [{ spec: PLACEMENTS, title: 'sells what there is once, to batches that want it at the same moment' }],
  },
  {
    without: 'the rule which orders may be written ahead of their stock',
    risk: 'two orders with one reference wait for each other until Postgres ends one of them',
    file: 'libs/orders/src/placement/optimistic-placement.ts',
    text: ' || requests.some(canBlockOnUniqueIndex)',
    replacement: '',
    tests: [{ spec: PLACEMENTS, title: 'locks first when somebody may wait for an id or a reference that it writes' }],
  },
  {
    without: 'the claim of the key before a write',
    risk: 'a request that is sent twice fails instead of getting its reply',
    file: 'libs/platform/src/database/transactions.ts',
    text: 'await once.begin(tx);',
    replacement: '',
    tests: [
      { spec: KEYED_WRITES, title: 'counts a delivery that is sent twice once, and keeps the key with its movement' },
    ],
  },
  {
    without: 'the caller in the lock of a key',
    risk: 'a client is told that its key is in use by somebody else, and learns that it is',
    file: 'libs/orders/src/idempotency/key-owner.ts',
    text: "return principal.kind === 'anonymous' ? key :",
    replacement: "return principal.kind !== 'system' ? key :",
    tests: [{ spec: PLACEMENTS, title: 'does not keep a principal waiting for the same key of another' }],
  },
  {
    without: 'the caller in the look for the key of an order',
    risk: 'a client is given the reply to the order of somebody else',
    file: 'libs/orders/src/placement/placement.repository.ts',
    text: 'on stored.caller = given.caller and stored.key',
    replacement: 'on stored.key',
    tests: [{ spec: PLACEMENTS, title: 'keeps the keys of two principals apart, in one batch and after it' }],
  },
  {
    without: 'the caller in the look for the key of any other write',
    risk: 'a client is given the reply to the write of somebody else',
    file: 'libs/orders/src/idempotency/idempotency-keys.repository.ts',
    text: 'where caller = $1 and key = $2',
    replacement: 'where $1::text is not null and key = $2',
    tests: [
      {
        spec: 'libs/orders/src/idempotency/idempotency-keys.repository.db-spec.ts',
        title: 'gives each principal its own reply',
      },
    ],
  },
  {
    without: 'the lock of the key while its write runs',
    risk: 'the second of two equal requests waits for the first, or fails, instead of being told',
    file: 'libs/orders/src/idempotency/idempotency-keys.repository.ts',
    text: 'if (!mine) throw new IdempotencyKeyInUseError();',
    replacement: '',
    tests: [
      { spec: KEYED_WRITES, title: 'answers 409 without waiting while the first request with the key still runs' },
    ],
  },
  {
    without: 'the look at what the key was used for',
    risk: 'a client is given the reply to another request',
    file: 'libs/orders/src/idempotency/idempotency-keys.repository.ts',
    text: 'stored.fingerprint !== request.fingerprint || ',
    replacement: '',
    tests: [{ spec: KEYED_WRITES, title: 'gives the stored reply of %s byte for byte, and 422 to another one' }],
  },
  {
    without: 'the refusal of conditions that nobody looks at',
    risk: 'a client that says "only if" overwrites what it has not seen',
    file: 'apps/api/src/create-app.ts',
    text: 'addConditionCheck(fastify);',
    replacement: '',
    tests: [{ spec: KEYED_WRITES, title: 'refuses %s and does nothing' }],
  },
  {
    without: 'the look at what orders reserve before a level is set to its ledger',
    risk: 'a repair frees units that an order holds, and they are sold again',
    file: 'libs/inventory/src/drift.repository.ts',
    text: 'and ledger_reserved = (select',
    replacement: 'and 0 <= (select',
    tests: [
      {
        spec: 'libs/orders/src/repair-stock.db-spec.ts',
        title: 'never sets a level to a ledger that does not know what orders reserve',
      },
    ],
  },
  {
    without: 'the brief wait for stock in the one statement',
    risk: 'a foreign session that keeps one product locked stops the orders for all',
    file: 'libs/inventory/src/optimistic-reservations.ts',
    text: "${this.briefly ? `where ${WAITS_BRIEFLY}` : ''}",
    replacement: '',
    tests: [
      {
        spec: 'libs/orders/src/placement/placement-batcher.db-spec.ts',
        title: 'keeps the orders for its product waiting, and no others, whatever batch they are in (%s)',
      },
    ],
  },
  {
    without: 'the brief wait of a batch of moves',
    risk: 'one locked order stops the stages and cancels of all',
    file: 'libs/orders/src/transitions/order-transitions.repository.ts',
    text: "${briefly ? ` and ${WAITS_BRIEFLY}` : ''}",
    replacement: '',
    tests: [
      {
        spec: 'libs/orders/src/transitions/transition-batcher.db-spec.ts',
        title: 'on an order keeps that order waiting, and no others',
      },
    ],
  },
  {
    without: 'the folding of SKUs',
    risk: 'a picker takes the goods of ab-1 for an order of AB-1',
    file: 'libs/products/src/migrations/1764220000000-folded-text.ts',
    text: 'select products.folded(sku), id from new_rows',
    replacement: 'select sku, id from new_rows',
    tests: [
      {
        spec: 'test/database/skus.db-spec.ts',
        title: 'are one SKU: case, unseen characters, wide letters, Unicode form, dashes and blanks make no difference',
      },
    ],
  },
  {
    without: 'the place of an invalid order among the outcomes of its batch',
    risk: 'results of a bulk request name the orders of others',
    file: 'libs/orders/src/bulk/batched-order.ts',
    text: 'if (decided.length === orders.length) return decided;',
    replacement: 'return decided;',
    tests: [
      {
        spec: 'libs/orders/src/bulk/place-accepted-batch.db-spec.ts',
        title: 'keeps an order that was invalid when it came in its place, and places the others',
      },
    ],
  },
  {
    without: 'what stands for a stored order that cannot be read',
    risk: 'one damaged row of a stored batch keeps its good orders from being placed',
    file: 'libs/orders/src/bulk/place-chunk.ts',
    text: '?? unreadable(begin + offset)',
    replacement: '!',
    tests: [
      {
        spec: 'libs/orders/src/bulk/place-accepted-batch.db-spec.ts',
        title: 'fails the orders of a chunk that cannot be read, and no others',
      },
    ],
  },
  {
    without: 'the time of an event that has none',
    risk: 'one event that was damaged keeps every relay from sending those behind it',
    file: 'libs/messaging/src/outbox/event.ts',
    text: 'Number.isNaN(time) ? 0 : time',
    replacement: 'time',
    tests: [
      { spec: 'test/database/damaged-messages.db-spec.ts', title: 'does not keep a relay from sending the others' },
    ],
  },
  {
    without: 'the look at what stays before former words are removed',
    risk: 'orders of before lose the words that have not changed, and no search finds them',
    file: 'libs/orders/src/reading/rewrite-search-words.ts',
    text: 'and not exists (select from wanted where wanted.id = former.id and wanted.term = former.term)',
    replacement: '',
    tests: [
      {
        spec: 'libs/orders/src/reading/order-search.model.db-spec.ts',
        title: 'writes them anew in slices, and agrees again',
      },
    ],
  },
  {
    without: 'the sender of a bulk request when a worker carries it out',
    risk: 'orders are signed by somebody who did not ask for them',
    file: 'libs/orders/src/bulk/stored-requests.ts',
    text: 'Principal.parse(createdBy)',
    replacement: `Principal.parse('worker')`,
    tests: [
      {
        spec: PRINCIPALS,
        title: 'is in every version, movement and batch that comes of it, also when a worker carries it out',
      },
    ],
  },
  {
    without: 'the principal in the settings that triggers read',
    risk: 'a change is signed by the database role that every process has',
    file: 'libs/audit/src/change-context.ts',
    text: `set_config('app.actor', $1, true)`,
    replacement: `set_config('app.nobody', $1, true)`,
    tests: [
      {
        spec: PRINCIPALS,
        title: 'is in every version, movement and batch that comes of it, also when a worker carries it out',
      },
    ],
  },
  {
    without: 'the encoding of the id in the text of a principal',
    risk: 'an id with a line break or a look-alike in it passes for another one in logs and answers',
    file: PRINCIPAL,
    text: '`${kind}:${encodeURIComponent(id)}`',
    replacement: '`${kind}:${id}`',
    tests: [{ spec: PRINCIPAL_SPEC, title: 'has a text of visible ASCII and bounded length' }],
  },
  {
    without: 'the look whether a text is the one of its principal',
    risk: 'one principal has two texts, and a search for what it did finds half of it',
    file: PRINCIPAL,
    text: 'isId(id) && format(kind, id) === text',
    replacement: 'isId(id)',
    tests: [{ spec: PRINCIPAL_SPEC, title: 'is a system principal with the text %s, which no principal has' }],
  },
  {
    without: 'the refusal of the text of strangers for a process',
    risk: 'what a process did passes for what somebody without an account did',
    file: PRINCIPAL,
    text: ' || id === ANONYMOUS_TEXT',
    replacement: '',
    tests: [{ spec: PRINCIPAL_SPEC, title: 'of a process cannot be called %s' }],
  },
  {
    without: 'the rests of long work',
    risk: 'one client with large bodies has all of the event loop',
    file: 'libs/platform/src/slices.ts',
    text: 'if (!isShortWorkAskedFor()) return;',
    replacement: 'return;',
    tests: [
      {
        spec: 'libs/platform/src/slices.spec.ts',
        title: 'rests three times as long as it worked while short work is asked for',
      },
    ],
  },
  {
    without: 'the turns of requests on one connection',
    risk: 'thousands of answers are made for a client that reads none',
    file: 'apps/api/src/http/pipelining.ts',
    text: 'if (reply.raw.socket) {',
    replacement: 'if (request.raw.socket) {',
    tests: [
      { spec: 'test/e2e/overload.e2e-spec.ts', title: 'begin one after the other when they come on one connection' },
    ],
  },
  {
    without: 'the bound of long reads while somebody writes',
    risk: 'one client that asks for what is costly makes the orders of all others wait',
    file: 'apps/api/src/http/read-queue.ts',
    text: '(share === short || !isBesideWrites() || (long.running < long.runningMax && long.rests === 0))',
    replacement: 'true',
    tests: [
      {
        spec: 'apps/api/src/http/read-queue.spec.ts',
        title: 'answers one long read at once while somebody writes, and short ones beside it',
      },
    ],
  },
  {
    without: 'the rest after a long read',
    risk: 'one client that asks for what is costly keeps a processor from those who place orders',
    file: 'apps/api/src/http/read-queue.ts',
    text: 'Math.min(REST_MS_MAX, tookMs * REST_PER_LONG_READ)',
    replacement: '0',
    tests: [
      {
        spec: 'apps/api/src/http/read-queue.spec.ts',
        title: 'rests after a long read three times as long as it took, while somebody writes',
      },
    ],
  },
  {
    without: 'the turns that simulated writers of one e-mail take',
    risk: 'two users get in with the same e-mail',
    file: 'libs/simulation/src/run/insert-row.ts',
    text: 'await stores.get(unique.guard)!.lockText(`${table}.${unique.column} ${unique.value}`);',
    replacement: '',
    tests: [{ spec: INSERT_ROW, title: 'gets in once when many have the same e-mail at the same moment' }],
  },
  {
    without: 'taking the place of a SQLite writer when a transaction begins',
    risk: 'rows fail with "database is locked"',
    file: 'libs/simulation/src/stores/sqlite-store.ts',
    text: "this.database.exec('begin immediate');",
    replacement: "this.database.exec('begin');",
    tests: [{ spec: INSERT_ROW, title: 'gets in once when many have the same e-mail at the same moment' }],
  },
  {
    without: 'the rollback after a failed insert',
    risk: 'a row that was reported as failed is there after all',
    file: 'libs/simulation/src/run/insert-row.ts',
    text: '    await rollbackAll(begun);\n    throw error;',
    replacement: '    throw error;',
    tests: [{ spec: INSERT_ROW, title: 'is refused when its id is taken, and leaves the transaction clean' }],
  },
  {
    without: 'the order of rows that decide about each other',
    risk: 'many threads accept other rows than one thread does',
    file: 'libs/simulation/src/run/plan-run.ts',
    text: 'const after = new Set(needed.flatMap((key) => latest.get(key) ?? []));',
    replacement: 'const after = new Set<number>(needed.length < 0 ? [0] : []);',
    tests: [
      {
        spec: 'libs/simulation/src/run/plan-run.spec.ts',
        title: 'lets a row wait for those that decide about it, and for no others',
      },
    ],
  },
  {
    without: 'the lock of whoever owns a store',
    risk: 'two simulations empty and fill the same tables at once',
    file: 'libs/simulation/src/stores/owned-store.ts',
    text: 'if (!rows[0]?.locked) throw new StoreInUseError(place.name);',
    replacement: '',
    tests: [{ spec: 'libs/simulation/src/stores/owned-store.db-spec.ts', title: 'belong to one run at a time' }],
  },
  {
    without: 'what others have counted before a block',
    risk: 'each process allows the whole limit',
    file: 'libs/throttling/src/request-limiter.ts',
    text: 'Math.min(wanted, this.limit.requests - before)',
    replacement: 'wanted',
    tests: [{ spec: LIMITER_SPEC, title: 'of %s requests is exact over two processes, in turn and at once' }],
    always: true,
  },
  {
    without: 'the way on while the store of the rate limits is away',
    risk: 'no order is taken while Redis is away',
    file: 'libs/throttling/src/request-limiter.ts',
    text: 'if (!isCounted) return NOT_COUNTED;',
    replacement: "if (!isCounted) return this.decision('refused', window, this.bounds.now());",
    tests: [
      {
        spec: LIMITER_SPEC,
        title: 'refuses nobody while the store does not answer, asks it now and then, and says so once',
      },
    ],
  },
  {
    without: 'the look at who says whom a request is from',
    risk: 'a client is another one with each request, and no limit holds',
    file: 'apps/api/src/create-app.ts',
    text: 'config.trustedProxies ? [...config.trustedProxies] : false',
    replacement: 'true',
    tests: [{ spec: RATE_LIMITS, title: 'is its address when no proxy is trusted, whatever it says' }],
  },
  {
    without: 'the refusal of a proxy network that is everybody',
    risk: 'every client may say who it is',
    file: 'libs/platform/src/config/addresses.ts',
    text: '/^[1-9]\\d{0,2}$/',
    replacement: '/^\\d{1,3}$/',
    tests: [{ spec: ENVIRONMENT_SPEC, title: 'trusts no proxies by %s, which would be everybody or nobody' }],
  },
  {
    without: 'the refusal of contexts in two databases',
    risk: 'a process writes one context into the database of another, and events into an outbox that nobody reads',
    file: 'libs/platform/src/config/context-urls.ts',
    text: 'urls[index] !== urls[0]',
    replacement: 'false',
    tests: [{ spec: ENVIRONMENT_SPEC, title: 'refuses contexts of one process in two databases, and says which' }],
  },
  {
    without: 'the refusal of a context that the process does not work on',
    risk: 'its repositories read and write tables of its name in the database of others',
    file: 'libs/platform/src/database/require-migrated.ts',
    text: 'if (!contexts.includes(context)) throw',
    replacement: 'if (contexts.length === 0) throw',
    tests: [
      {
        spec: 'test/database/context-databases.db-spec.ts',
        title: 'that a process does not work on end its boot, though their tables are there',
      },
    ],
  },
  {
    without: 'the look at the strength of the secret',
    risk: 'a server on a network signs with a secret that can be guessed',
    file: 'libs/platform/src/config/environment-problems.ts',
    text: "'is required in production' : whatIsWeak(secret)",
    replacement: "'is required in production' : undefined",
    tests: [
      {
        spec: ENVIRONMENT_SPEC,
        title: 'takes no secret for production that can be guessed: %s',
      },
    ],
  },
  {
    without: 'the look for an older version that stays',
    risk: 'a history has a gap that nobody can tell from a loss',
    file: 'libs/audit/src/versions.repository.ts',
    text: 'where before = (select first.version - 1',
    replacement: 'where true or before = (select first.version - 1',
    tests: [{ spec: HISTORY_CLEAN_UP, title: 'leaves no gap when the clock was set back between two versions' }],
  },
  {
    without: 'the look whether a row has come to rest before its old versions go',
    risk: 'the beginning of an order that is under way is forgotten',
    file: 'libs/audit/src/versions.repository.ts',
    text: 'and not (${settledOf(table)}) offset 0',
    replacement: 'and false offset 0',
    tests: [
      {
        spec: HISTORY_CLEAN_UP,
        title: 'keeps every version of an order that still moves, however old, until it is final',
      },
    ],
  },
  {
    without: 'the permission of a route',
    risk: 'whoever has any credential may do everything',
    file: ACCESS_CHECK,
    text: 'throw new PermissionMissingError(access.permission);',
    replacement: 'return undefined;',
    tests: [{ spec: ROUTES, title: 'need no credential where everything is open, and honour one that is sent' }],
  },
  {
    without: 'the look at every route that is added',
    risk: 'a new route lets everybody in',
    file: ACCESS_CHECK,
    text: 'if (route?.access === undefined && ',
    replacement: "if (url === '' && ",
    tests: [{ spec: ROUTES, title: 'that do not say who may call them do not boot' }],
  },
  {
    without: 'the look at whose order a path names',
    risk: 'a customer reads and cancels the orders of others',
    file: ACCESS_CHECK,
    text: 'ownOrders.check(params, onlyOrdersOf, principal);',
    replacement: 'Promise.resolve();',
    tests: [{ spec: OWN_ORDERS, title: 'cannot tell the order of somebody else from one that does not exist' }],
  },
  {
    without: 'the bound of bulk requests of customers',
    risk: 'one registered stranger fills the line of bulk requests',
    file: 'apps/api/src/orders/bulk-create.dto.ts',
    text: 'orders.length > ORDERS_PER_CUSTOMER_BATCH_MAX',
    replacement: 'orders.length < 0',
    tests: [{ spec: OWN_ORDERS, title: 'places at most a hundred orders with one bulk request' }],
  },
  {
    without: 'the owner in what a duplicate names',
    risk: 'a customer learns the ids of the orders of others',
    file: 'libs/orders/src/placement/duplicate-requests.ts',
    text: "principal.permissions.has('orders:read') || userId === undefined || other.userId === userId",
    replacement: "userId !== ''",
    tests: [{ spec: OWN_ORDERS, title: 'is not told which order of somebody else has its reference' }],
  },
  {
    without: 'the second look at the password that is changed',
    risk: 'whoever knows the old password overwrites the one that was set against him',
    file: 'libs/identity/src/change-password.ts',
    text: 'if (!(await this.users.lockUnchanged(tx, userId, checked.passwordHash))) throw wrongPassword();',
    replacement: '',
    tests: [{ spec: IDENTITY, title: 'stay as they were changed meanwhile, by whoever knows the old one only' }],
  },
  {
    without: 'the end of API keys when a password is reset',
    risk: 'a key that a thief made outlives the password',
    file: 'libs/identity/src/reset-password.ts',
    text: 'await this.keys.revokeAll(tx, userId);',
    replacement: "[''].slice(1);",
    tests: [
      {
        spec: IDENTITY,
        title:
          'that are reset end all sessions and revoke all API keys of the account; changing the own one keeps the keys',
      },
    ],
  },
  {
    without: 'the user in the filter of lists',
    risk: 'a customer lists the orders of others',
    file: 'libs/orders/src/reading/orders.repository.ts',
    text: "'o.userId = :userId and char_length(o.userId) = 36'",
    replacement: "'char_length(:userId) = 36'",
    tests: [{ spec: OWN_ORDERS, title: 'finds the own orders only, whatever is searched, filtered and sorted' }],
  },
  {
    without: 'the caller in idempotency keys',
    risk: 'a caller gets the stored reply of another one',
    file: 'libs/orders/src/idempotency/key-owner.ts',
    text: "return kind === 'anonymous' ? ANONYMOUS : text;",
    replacement: "return kind === 'system' ? text : ANONYMOUS;",
    tests: [{ spec: OWN_ORDERS, title: 'has idempotency keys of the own: the same key of another one is another key' }],
  },
  {
    without: 'the end of a family by a used token',
    risk: 'a stolen refresh token goes on',
    file: 'libs/identity/src/refresh-session.ts',
    text: "await this.families.end(tx, family.id, 'reused');",
    replacement: '',
    tests: [{ spec: IDENTITY, title: 'that comes back ends its whole family, the access tokens as well' }],
  },
  {
    without: 'the lock of a family',
    risk: 'one refresh token gives several pairs',
    file: 'libs/identity/src/refresh-families.repository.ts',
    text: 'from identity.refresh_families where id = $1 for update',
    replacement: 'from identity.refresh_families where id = $1',
    tests: [{ spec: IDENTITY, title: 'used fifty times at once gives one new pair, and ends the family' }],
  },
  {
    without: 'the code in refresh tokens',
    risk: 'whoever knows the id of a session takes it over',
    file: 'libs/identity/src/refresh-session.ts',
    text: ' || !this.tokens.isIssued(token, family.nonce)',
    replacement: '',
    tests: [{ spec: IDENTITY, title: 'that was made up changes nothing, even with the id of the family' }],
  },
  {
    without: 'the lock of the administrators',
    risk: 'nobody is left who can make one',
    file: 'libs/identity/src/users.repository.ts',
    text: "where role = 'admin' and is_active order by id for update",
    replacement: "where role = 'admin' and is_active order by id",
    tests: [{ spec: IDENTITY, title: 'keep the last administrator, also when two take each other away' }],
  },
  {
    without: 'the permissions of the maker of a key',
    risk: 'whoever can make a key may do everything',
    file: 'libs/identity/src/create-api-key.ts',
    text: 'if (missing.length > 0) throw',
    replacement: 'if (missing.length > 999) throw',
    tests: [{ spec: IDENTITY, title: 'cannot have what its maker has not' }],
  },
  {
    without: 'the permissions that the owner of a key has now',
    risk: 'a key goes on with what its owner has lost',
    file: 'libs/identity/src/credentials.ts',
    text: 'key.permissions.filter((permission) => held.has(permission))',
    replacement: 'key.permissions.filter(() => held.size >= 0)',
    tests: [{ spec: IDENTITY, title: 'loses what its owner loses' }],
  },
  {
    without: 'the pause after wrong passwords',
    risk: 'passwords are guessed',
    file: 'libs/identity/src/check-password.ts',
    text: 'if (pauseSeconds > 0) throw',
    replacement: 'if (pauseSeconds > 99999) throw',
    tests: [
      {
        spec: IDENTITY,
        title: 'has to wait longer and longer after wrong passwords from one address, and not from another',
      },
    ],
  },
  {
    without: 'the turns of those whose passwords are checked',
    risk: 'a flood of logins from one address keeps everybody else out',
    file: 'libs/identity/src/password-hasher.ts',
    text: 'own.inTurns(() => this.running(work))',
    replacement: 'this.running(work)',
    tests: [{ spec: PASSWORD_HASHER, title: 'are checked in turns by client, however many one of them sends' }],
  },
  {
    without: 'the bound of passwords of one client',
    risk: 'a flood of logins from one address takes all places to wait',
    file: 'libs/identity/src/password-hasher.ts',
    text: ' || own.passwords >= PASSWORDS_PER_CLIENT_MAX',
    replacement: '',
    tests: [{ spec: PASSWORD_HASHER, title: 'of one client have a smaller bound, which leaves room for others' }],
  },
  {
    without: 'the count of requests that are not let in',
    risk: 'one address tries any number of credentials',
    file: 'apps/api/src/create-app.ts',
    text: `addRateLimits(fastify, app.get(RateLimits));
  addAccessCheck(fastify, app, config);`,
    replacement: `addAccessCheck(fastify, app, config);
  addRateLimits(fastify, app.get(RateLimits));`,
    tests: [
      {
        spec: RATE_LIMITS,
        title:
          'that tries credentials is counted by its address, and a page of another origin may read that it is refused',
      },
    ],
  },
  {
    without: 'the limit of a route',
    risk: 'one address makes any number of accounts, and tries a password on each account that there is',
    file: 'apps/api/src/http/rate-limits.ts',
    text: 'ownLimit === undefined ? goOn',
    replacement: 'ownLimit !== null ? goOn',
    tests: [
      {
        spec: RATE_LIMITS,
        title: 'may register and log in so often, in all ways of doing it together, whatever the account',
      },
    ],
  },
  {
    without: 'the encryption of stored replies',
    risk: 'API keys can be read in the database and in its backups',
    file: 'apps/api/src/http/sealed-replies.ts',
    text: "this.replies.encrypt(reply.body, contextOf(owner)).toString('base64url')",
    replacement: 'reply.body',
    tests: [{ spec: ACCOUNT_WRITES, title: 'gives the stored reply of %s byte for byte, and 422 to another one' }],
  },
  {
    without: 'the owner of an encrypted reply',
    risk: 'whoever can write into the table is given the API keys of others',
    file: 'apps/api/src/http/sealed-replies.ts',
    text: 'return `${principal.text}\\n${key}`;',
    replacement: 'return typeof principal.text + typeof key;',
    tests: [{ spec: ACCOUNT_WRITES, title: 'gives the key that was made to its maker only' }],
  },
  {
    without: 'the key of fingerprints',
    risk: 'whoever has a copy of the database tries passwords against a fast hash',
    file: 'apps/api/src/http/sealed-replies.ts',
    text: "return this.fingerprints.mac(fingerprint).toString('hex');",
    replacement: 'return fingerprint;',
    tests: [{ spec: ACCOUNT_WRITES, title: 'shows nobody whether a guess of a password is right' }],
  },
  {
    without: 'the refusal of an open production',
    risk: 'a server on a network lets everybody do everything',
    file: 'libs/platform/src/config/environment-problems.ts',
    text: "environment.AUTH_MODE === 'open'",
    replacement: 'environment.AUTH_MODE === null',
    tests: [
      {
        spec: ENVIRONMENT_SPEC,
        title: 'is open on a laptop, lets nobody in without a credential in production, and does not start open there',
      },
    ],
  },
  {
    without: 'the audience of access tokens',
    risk: 'a token that was made for another service is taken',
    file: 'libs/identity/src/access-tokens.ts',
    text: 'audience: AUDIENCE,',
    replacement: '',
    tests: [{ spec: IDENTITY, title: 'is refused when it is forged, whatever is wrong with it' }],
  },
  {
    without: 'the second look at a credential',
    risk: 'a revoked key is good for ever',
    file: 'libs/identity/src/credential-cache.ts',
    text: 'now - entry.checkedAt >= CHECKED_FOR_MS || ',
    replacement: '',
    tests: [
      {
        spec: 'libs/identity/src/credential-cache.spec.ts',
        title: 'is good for less than five seconds after the database was asked',
      },
    ],
  },
  {
    without: 'the number of its start in the end of a stored simulation',
    risk: 'a worker that was thought to be gone ends what another one has begun again',
    file: 'libs/simulation/src/runs/runs.repository.ts',
    text: `set status = '\${RunStatus.completed}', inserted_rows = $3, failed_rows = $4, ended_at = clock_timestamp()
        where id = $1 and starts = $2 and`,
    replacement: `set status = '\${RunStatus.completed}', inserted_rows = $3, failed_rows = $4, ended_at = clock_timestamp()
        where id = $1 and starts >= $2 and`,
    tests: [{ spec: STORED_RUNS, title: 'take nothing any more from a worker that was thought to be gone' }],
  },
  {
    without: 'the silence after which a simulation is put back',
    risk: 'a simulation is taken from a worker that lives',
    file: 'libs/simulation/src/runs/runs.repository.ts',
    text: "where status = '${RunStatus.running}' and ${IS_SILENT}",
    replacement: "where status = '${RunStatus.running}'",
    tests: [{ spec: STORED_RUNS, title: 'are put back when their worker is gone, and given up the third time' }],
  },
  {
    without: 'the turns of those who ask for simulations',
    risk: 'more simulations wait than there may be',
    file: 'libs/simulation/src/runs/runs.repository.ts',
    text: 'await tx.query(`select pg_advisory_xact_lock($1)`, [ASKING_LOCK]);',
    replacement: 'void ASKING_LOCK;',
    tests: [{ spec: STORED_RUNS, title: 'wait in a row that has a bound, however many ask at once' }],
  },
  {
    without: 'the lock on an e-mail address in a change of a row',
    risk: 'two rows get one address',
    file: 'libs/simulation/src/entity-rows/change-row.ts',
    text: 'unique: unique && isChanged(unique.column) ? unique : undefined',
    replacement: 'unique: undefined',
    tests: [{ spec: ENTITY_ROWS, title: 'changes by the same rules, and keeps what is not changed' }],
  },
  {
    without: 'the look at the orders that name a row before it is removed',
    risk: 'an order of the simulation names nobody',
    file: 'libs/simulation/src/entity-rows/remove-row.ts',
    text: 'throw new EntityRowReferencedError(entity, id);',
    replacement: 'void EntityRowReferencedError;',
    tests: [{ spec: ENTITY_ROWS, title: 'refers to rows that are there, and these stay while it does' }],
  },
  {
    without: 'the end of a simulation that takes too long',
    risk: 'one keeps all others waiting for a day',
    file: 'libs/simulation/src/runs/carry-out-run.ts',
    text: 'lost.signal, tooLong])',
    replacement: 'lost.signal])',
    tests: [{ spec: STORED_RUNS, title: 'end failed when they keep the others waiting for too long' }],
  },
  {
    without: 'the end of a page where a source stopped looking',
    risk: 'actions are passed over',
    file: 'libs/audit/src/actions/find-actions.ts',
    text: 'const certain = stoppedAt ?',
    replacement: 'const certain = stoppedAt && false ?',
    tests: [{ spec: FIND_ACTIONS, title: 'end where a source stopped looking, and go on from there' }],
  },
  {
    without: 'the share of one cause in the security events of a minute',
    risk: 'one client that does not give up hides what others do',
    file: 'libs/identity/src/event-budget.ts',
    text: 'count >= this.limits.perCause || ',
    replacement: '',
    tests: [
      { spec: EVENT_BUDGET, title: 'keeps so many of one cause, and so many of all' },
      { spec: IDENTITY, title: 'writes a bounded number of refusals of a principal a minute, and of all together' },
    ],
  },
  {
    without: 'the number of all security events of a minute',
    risk: 'many clients that take turns fill a disk',
    file: 'libs/identity/src/event-budget.ts',
    text: ' || this.taken >= this.limits.total',
    replacement: '',
    tests: [{ spec: EVENT_BUDGET, title: 'keeps so many of one cause, and so many of all' }],
  },
  {
    without: 'the audience of foreign tokens',
    risk: 'a token that the issuer made for another service is taken',
    file: 'libs/identity/src/foreign-tokens.ts',
    text: '        audience,\n',
    replacement: '',
    tests: [{ spec: FOREIGN_ISSUER, title: 'for another audience' }],
  },
  {
    without: 'the subject that foreign tokens must have',
    risk: 'whoever has a token of nobody shares the orders of all of them',
    file: 'libs/identity/src/foreign-tokens.ts',
    text: "if (typeof subject !== 'string' || subject === '' || subject.length > SUBJECT_LENGTH_MAX || exp === undefined)",
    replacement: "if (typeof subject !== 'string' || subject.length > SUBJECT_LENGTH_MAX || exp === undefined)",
    tests: [{ spec: FOREIGN_ISSUER, title: 'of nobody' }],
  },
  {
    without: 'the id made of issuer and subject',
    risk: 'an issuer calls a user as an account is called, and owns its orders',
    file: 'libs/identity/src/foreign-tokens.ts',
    text: 'id: idOf(issuer, subject), issuer',
    replacement: 'id: subject, issuer',
    tests: [{ spec: FOREIGN_ISSUER, title: 'gives a user the same id always, and never that of an account' }],
  },
  {
    without: 'the name of the issuer in its own document',
    risk: 'keys of another issuer are taken for its own',
    file: 'libs/identity/src/issuer-keys.ts',
    text: 'if (document.issuer !== this.issuer) throw',
    replacement: 'if (document.issuer === null) throw',
    tests: [
      {
        spec: FOREIGN_ISSUER,
        title: 'are not taken from an answer that is too long, of another issuer, or elsewhere by a redirect',
      },
    ],
  },
  {
    without: 'the bound of what an issuer answers',
    risk: 'an answer without end fills the memory',
    file: 'libs/identity/src/issuer-keys.ts',
    text: 'if (length > ISSUER_ANSWER_MAX) throw',
    replacement: 'if (length < 0) throw',
    tests: [
      {
        spec: FOREIGN_ISSUER,
        title: 'are not taken from an answer that is too long, of another issuer, or elsewhere by a redirect',
      },
    ],
  },
  {
    without: 'the bound of what one request of the audit looks at',
    risk: 'a rare action is looked for in ten million rows at once',
    file: 'libs/audit/src/actions/selected-actions.ts',
    text: 'order, limit: bind(limit) };',
    replacement: 'order, limit: bind(limit * 1000) };',
    tests: [
      {
        spec: AUDIT_PLANS,
        title: 'reads a bounded number of rows for every combination of filters, however many there are',
      },
    ],
  },
  {
    without: 'the pause after an issuer did not answer',
    risk: 'each request with a foreign token waits for an issuer that is away',
    file: 'libs/identity/src/issuer-keys.ts',
    text: 'if (performance.now() < this.askAgainAt) throw',
    replacement: 'if (performance.now() < 0) throw',
    tests: [{ spec: FOREIGN_ISSUER, title: 'are asked for once by many that fail, and not again for seconds' }],
  },
];
