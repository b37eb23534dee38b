import type { Invariant } from '@app/platform';

/** An event that waits longer than this waits for a relay that does not come. */
const PUBLISHED_WITHIN = `interval '60 seconds'`;

const UNPUBLISHED = `
  select format('%s %s of %s, for %s s', type, id, aggregate_id, round(extract(epoch from clock_timestamp() - occurred_at))) as example
    from messaging.outbox where published_at is null`;

/** Nothing is stuck between a transaction and its queue. */
export const MESSAGING_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I5',
    name: 'no event waits in the outbox for more than 60 s',
    // What waits for its turn may do so for as long as the backlog takes.
    breaches: `${UNPUBLISHED} and rank is null and occurred_at < clock_timestamp() - ${PUBLISHED_WITHIN}`,
    // A tick of the schedule is no work that is left: the next one comes whatever is at rest.
    unsettled: `${UNPUBLISHED} and (rank is not null or occurred_at >= clock_timestamp() - ${PUBLISHED_WITHIN})
      and type not like 'schedule.%'`,
    figures: `
      select count(*) as unpublished,
             coalesce(round(extract(epoch from clock_timestamp() - min(occurred_at)), 1), 0) as oldest_seconds
        from messaging.outbox where published_at is null`,
  },
  {
    id: 'I11',
    name: 'every job that failed for good is kept as a dead letter',
    // Kept is what it should be: an open one is work for a person, no breach. The queues' own failed sets are not in Postgres.
    breaches: `select null::text as example where false`,
    figures: `
      select count(*) filter (where resolved_at is null) as open, count(*) filter (where resolved_at is not null) as resolved
        from messaging.dead_letters`,
  },
];
