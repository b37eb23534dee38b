import { QUEUES } from '@app/messaging';
import type { DataSource } from 'typeorm';
import { type Check, check } from './check';

/** Six processes with pools of ten, and the queues' own connections (sending 2, receiving 4 and 1, per queue and worker). */
const SESSIONS_MAX = 6 * 10 + 2 * QUEUES.length * 7;

/** I12: connections of processes that were killed are gone, and no process collects them. */
export async function checkSessions(source: DataSource): Promise<Check> {
  const [row] = await source.query<[{ sessions: number; waiting: number; prepared: number }]>(`
    select (select count(*) from pg_stat_activity
             where datname = current_database() and application_name like 'order-fulfillment%')::int as sessions,
           (select count(*) from pg_locks join pg_stat_activity using (pid)
             where not granted and datname = current_database())::int as waiting,
           (select count(*) from pg_prepared_xacts)::int as prepared`);
  const { sessions, waiting, prepared } = row;
  const broken = [
    ...(sessions > SESSIONS_MAX
      ? [`${sessions} sessions of the product, at most ${SESSIONS_MAX} are meant to be`]
      : []),
    ...(waiting > 0 ? [`${waiting} locks are waited for`] : []),
    ...(prepared > 0 ? [`${prepared} prepared transactions`] : []),
  ];
  return check('I12', 'no connection is leaked, no lock is waited for', broken, { sessions, waiting });
}
