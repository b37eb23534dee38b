import type { AnyTx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Resolution } from './dead-letter-state';
import { DeadLetterNotFoundError } from './errors';

export interface DeadLetter {
  /** The event's id; one of its own when several subscriptions may fail on the event, or when it never was an event. */
  id: string;
  queue: string;
  /** The subscription that failed; none in those of versions that knew one consumer per event. */
  subscription?: string | null;
  type: string;
  envelope: unknown;
  code: string;
  reason: string;
  attempts: number;
}

export interface KeptDeadLetter extends DeadLetter {
  createdAt: Date;
  resolvedAt: Date | null;
  resolution: Resolution | null;
  /** The principal's text; null too for those that versions without it resolved. */
  resolvedBy: string | null;
}

export interface DeadLetterQuery {
  /** Only those that nobody has resolved. */
  openOnly: boolean;
  descending: boolean;
  /** Read on after this one. */
  after?: { createdAt: Date; id: string };
  limit: number;
  /** Rows to pass over first; for pages by number, which have no `after`. */
  offset?: number;
}

const COLUMNS = `id, queue, subscription, type, envelope, code, reason, attempts, created_at as "createdAt", resolved_at as "resolvedAt", resolution, resolved_by as "resolvedBy"`;

@Injectable()
export class DeadLettersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Keeps what could not be handled, whatever it is. Keeping it twice is one row with the newer reason. */
  async keep(letter: DeadLetter): Promise<void> {
    await this.dataSource.query(
      `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts, subscription)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (id) do update
         set subscription = excluded.subscription, code = excluded.code, reason = excluded.reason, attempts = excluded.attempts,
             resolved_at = null, resolution = null, resolved_by = null`,
      [
        letter.id,
        letter.queue,
        storableText(letter.type),
        storableJson(letter.envelope),
        letter.code,
        storableText(letter.reason),
        letter.attempts,
        letter.subscription ?? null,
      ],
    );
  }

  async get(id: string, tx: Pick<AnyTx, 'query'> = this.dataSource): Promise<KeptDeadLetter> {
    const [letter] = await tx.query<KeptDeadLetter[]>(`select ${COLUMNS} from messaging.dead_letters where id = $1`, [
      id,
    ]);
    if (!letter) throw new DeadLetterNotFoundError(id);
    return letter;
  }

  /** Dead letters by age. */
  async find({ openOnly, descending, after, limit, offset = 0 }: DeadLetterQuery): Promise<KeptDeadLetter[]> {
    const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
    return this.dataSource.query<KeptDeadLetter[]>(
      `select ${COLUMNS} from messaging.dead_letters
        where (resolved_at is null or not $1)
          and ($2::timestamptz is null or (created_at, id) ${beyond} ($2, $3::uuid))
        order by created_at ${direction}, id ${direction} limit $4 offset $5`,
      [openOnly, after?.createdAt ?? null, after?.id ?? null, limit, offset],
    );
  }

  /** The aggregates of which a dead letter of the subscription, or one without a name, is open: a person has to decide about them. */
  async findBlocked(aggregateIds: readonly string[], subscription: string): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `select distinct envelope ->> 'aggregate_id' as id from messaging.dead_letters
        where resolved_at is null and envelope ->> 'aggregate_id' = any($1::text[])
          and (subscription is null or subscription = $2)`,
      [aggregateIds, subscription],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Removes up to `limit` that were resolved before the retention time, and returns how many. Those from a clock that was ahead count
   * as resolved now.
   */
  async deleteResolved(retentionDays: number, limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `with ahead as (
         update messaging.dead_letters set resolved_at = now() where resolved_at > now() + interval '1 hour')
       delete from messaging.dead_letters
        where ctid = any(array(select ctid from messaging.dead_letters where resolved_at < now() - $1 * interval '1 day'
                                order by resolved_at limit $2 for update skip locked))`,
      [retentionDays, limit],
    );
    return count;
  }

  /** Counts dead letters, at most `max`; with `codes`, only those that have one of them. */
  async count({ openOnly, codes }: { openOnly: boolean; codes?: readonly string[] }, max: number): Promise<number> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `select count(*) from (
         select 1 from messaging.dead_letters
          where (resolved_at is null or not $1) and ($3::text[] is null or code = any($3)) limit $2) capped`,
      [openOnly, max, codes ?? null],
    );
    return count;
  }
}

const TEXT_LENGTH_MAX = 10_000;
/** Valid JSON that Postgres' jsonb refuses: the character 0, and halves of surrogate pairs, which JSON.stringify escapes. */
const REFUSED_BY_JSONB = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i;

function storableText(text: string): string {
  return text.slice(0, TEXT_LENGTH_MAX).replaceAll('\0', '\\u0000');
}

/** The envelope as it is, or as a text of JSON for a person to read: keeping must not fail, or the job would be lost or never end. */
function storableJson(envelope: unknown): string {
  const json = JSON.stringify(envelope ?? null);
  return REFUSED_BY_JSONB.test(json) ? JSON.stringify({ unreadable_json: json }) : json;
}
