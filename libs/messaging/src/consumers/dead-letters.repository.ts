import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const COUNT_MAX = 10_000;

export interface DeadLetter {
  /** The event's id; a job that never was an event gets one of its own. */
  id: string;
  queue: string;
  type: string;
  envelope: unknown;
  code: string;
  reason: string;
  attempts: number;
}

@Injectable()
export class DeadLettersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Keeps what could not be handled. Keeping it twice is one row with the newer reason. */
  async keep(letter: DeadLetter): Promise<void> {
    await this.dataSource.query(
      `insert into messaging.dead_letters (id, queue, type, envelope, code, reason, attempts)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do update
         set code = excluded.code, reason = excluded.reason, attempts = excluded.attempts,
             resolved_at = null, resolution = null`,
      [
        letter.id,
        letter.queue,
        letter.type,
        JSON.stringify(letter.envelope ?? null),
        letter.code,
        letter.reason,
        letter.attempts,
      ],
    );
  }

  /** Dead letters that nobody has resolved, counted up to {@link COUNT_MAX}. */
  async countOpen(): Promise<number> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      `select count(*) from (select 1 from messaging.dead_letters where resolved_at is null limit ${COUNT_MAX}) capped`,
    );
    return count;
  }
}
