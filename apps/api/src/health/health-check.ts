import type { Heartbeat, OutboxBacklog } from '@app/messaging';

export type Status = 'healthy' | 'degraded' | 'unhealthy';

/** What one check says: its status, a sentence where something is wrong, and its figures. */
export interface Check {
  status: Status;
  message?: string;
  [figure: string]: unknown;
}

/** What several checks look at: read once for a report, when the first of them wants it. */
export interface Reading {
  beats(): Promise<readonly Heartbeat[]>;
  backlog(): Promise<OutboxBacklog>;
}

/**
 * One line of the health page. It may fail and may hang: the report then says of it that it is not known, and says all the rest.
 * It belongs into the list in health-checks.ts, under its name.
 */
export interface HealthCheck {
  /** Whether it asks Postgres: it is not asked while Postgres does not answer. */
  readonly needsDatabase: boolean;
  execute(reading: Reading): Promise<Check>;
}
