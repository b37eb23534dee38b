import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** So many wrong passwords cost nothing: people mistype. */
export const FREE_FAILURES = 5;
/** The first pause; each further failure doubles it. */
const PAUSE_SECONDS = 1;
const PAUSE_SECONDS_MAX = 900;
/** After so long without a failure it begins anew, and the row may be removed. */
const FORGOTTEN_AFTER = "interval '1 day'";
/** Old rows that one failure removes: more than it adds. */
const REMOVED_AT_ONCE = 10;

/** Wrong passwords for an account from a client. The pause is of the pair: a stranger cannot lock the owner out. */
@Injectable()
export class LoginAttemptsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Whole seconds that the pair still has to wait; 0 when it need not. */
  async pauseSeconds(username: string, client: string): Promise<number> {
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `select greatest(0, ceil(extract(epoch from paused_until - now())))::int as seconds
         from identity.login_attempts where subject = $1`,
      [subjectOf(username, client)],
    );
    return row?.seconds ?? 0;
  }

  /** Counts a failure, and lets the pair wait the longer the more there were. */
  async countFailure(username: string, client: string): Promise<void> {
    await this.dataSource.query(
      `delete from identity.login_attempts where subject in (
         select subject from identity.login_attempts where failed_at < now() - ${FORGOTTEN_AFTER}
          order by failed_at limit ${REMOVED_AT_ONCE} for update skip locked)`,
    );
    await this.dataSource.query(
      `insert into identity.login_attempts as attempt (subject, failures, failed_at) values ($1, 1, now())
       on conflict (subject) do update set
         failures = case when attempt.failed_at < now() - ${FORGOTTEN_AFTER} then 1 else least(attempt.failures + 1, 1000000) end,
         failed_at = now(),
         paused_until = case when attempt.failures + 1 > ${FREE_FAILURES} and attempt.failed_at >= now() - ${FORGOTTEN_AFTER}
                             then now() + interval '1 second'
                                  * least(${PAUSE_SECONDS_MAX}, ${PAUSE_SECONDS} * 2 ^ least(20, attempt.failures - ${FREE_FAILURES}))
                        end`,
      [subjectOf(username, client)],
    );
  }

  /** The right password came: the pair begins anew. */
  async forget(username: string, client: string): Promise<void> {
    await this.dataSource.query('delete from identity.login_attempts where subject = $1', [
      subjectOf(username, client),
    ]);
  }
}

function subjectOf(username: string, client: string): Buffer {
  return createHash('sha256').update(`${username.toLowerCase()}\n${client}`).digest();
}
