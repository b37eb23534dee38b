import type { Invariant } from './invariants';

/** A healthy transaction waits for its client, or for a lock, much shorter than this. */
const LINGERING = `interval '1 second'`;

/** Connections of this product's processes to this database; each names itself when it connects. */
const SESSIONS = `pg_stat_activity session
   where session.datname = current_database() and session.application_name like 'order-fulfillment%'
     and session.pid <> pg_backend_pid()`;
const IDLE_IN_TRANSACTION = `session.state like 'idle in transaction%' and session.state_change < clock_timestamp() - ${LINGERING}`;
const WAITING_FOR_LOCK = `session.wait_event_type = 'Lock' and session.query_start < clock_timestamp() - ${LINGERING}
     and exists (select from pg_locks wanted where wanted.pid = session.pid and not wanted.granted)`;

/** What a process that leaks connections or forgets a transaction leaves behind. */
export const SESSION_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I12',
    name: 'no session lingers in a transaction or waits for a lock',
    breaches: `select null::text as example where false`,
    unsettled: `
      select format('%s (pid %s): %s for %s s', session.application_name, session.pid, coalesce(session.wait_event_type, session.state),
                    round(extract(epoch from clock_timestamp() - session.state_change))) as example
        from ${SESSIONS} and ((${IDLE_IN_TRANSACTION}) or (${WAITING_FOR_LOCK}))`,
    figures: `
      select count(*) as sessions,
             count(*) filter (where ${IDLE_IN_TRANSACTION}) as idle_in_transaction,
             count(*) filter (where ${WAITING_FOR_LOCK}) as waiting_for_locks
        from ${SESSIONS}`,
  },
];
