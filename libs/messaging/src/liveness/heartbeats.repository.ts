import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueueDepth } from '../transports/transport';

/** What a process says of itself with its beat. A scheduler, or a worker of an older version, does not say all of it. */
export interface HeartbeatDetails {
  /** Null while the queue server does not answer. */
  queues?: Record<string, QueueDepth> | null;
  queue_server_faults?: string[];
  begun_per_minute?: number | null;
  /** Since the last job of each queue. */
  last_job_seconds?: Record<string, number>;
  /** The queues that this worker does not serve any more. */
  stalled?: string[];
}

export interface Heartbeat {
  process: string;
  instance: string;
  ageSeconds: number;
  details: HeartbeatDetails;
}

const PROBE_TIMEOUT_MS = 2000;

@Injectable()
export class HeartbeatsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Says that this instance of a process is alive now, with what it knows (queue depths, last tick). */
  async beat(process: string, instance: string, details: HeartbeatDetails): Promise<void> {
    await this.dataSource.query(
      `insert into messaging.heartbeats (process, instance, details) values ($1, $2, $3)
       on conflict (process, instance) do update set beat_at = now(), details = excluded.details`,
      [process, instance, JSON.stringify(details)],
    );
  }

  /**
   * Writes as everything else does, and rejects where that fails: the disk of the server is full, or it is read-only. An update may
   * find room where it is, so a megabyte of new room is asked for as well, which the server gives back at once.
   */
  async proveWritable(): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      await tx.query(
        `set local statement_timeout = ${PROBE_TIMEOUT_MS}; set local lock_timeout = ${PROBE_TIMEOUT_MS}; set local work_mem = '64kB';
         select count(*) from generate_series(1, 30000)`,
      );
      await tx.query(
        `insert into messaging.heartbeats (process, instance, details) values ('probe', 'health', '{}')
         on conflict (process, instance) do update set beat_at = now()`,
      );
    });
  }

  /** The instance is stopping on purpose. */
  async leave(process: string, instance: string): Promise<void> {
    await this.dataSource.query('delete from messaging.heartbeats where process = $1 and instance = $2', [
      process,
      instance,
    ]);
  }

  /** Instances that were alive within the last day, the freshest first. A beat of a clock that was ahead says nothing. */
  async list(): Promise<Heartbeat[]> {
    return this.dataSource.query<Heartbeat[]>(
      `select process, instance, extract(epoch from now() - beat_at)::float8 as "ageSeconds", details
         from messaging.heartbeats where beat_at between now() - interval '1 day' and now() + interval '1 minute' order by beat_at desc limit 200`,
    );
  }

  /** Removes those that are older than a day, or from a clock that was ahead: whoever lives beats again. */
  async deleteOlderThanADay(): Promise<void> {
    await this.dataSource.query(
      `delete from messaging.heartbeats where beat_at not between now() - interval '1 day' and now() + interval '1 minute'`,
    );
  }
}
