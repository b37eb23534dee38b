import { LOGGER, type Logger, type Principal, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EventBudget } from './event-budget';

/** What happens to accounts and credentials, and is worth knowing afterwards. */
export const SECURITY_EVENT_TYPES = [
  'login.succeeded',
  'login.failed',
  'session.ended',
  'refresh.reused',
  'user.created',
  'user.changed',
  'role.changed',
  'password.changed',
  'api_key.created',
  'api_key.revoked',
  'signing_key.rotated',
  'permission.refused',
  'foreign_token.accepted',
] as const;
export type SecurityEventType = (typeof SECURITY_EVENT_TYPES)[number];

/** Who caused it, and by which request. */
export interface Cause {
  principal: Principal;
  address?: string;
  /** Whom attempts are counted for: the address, or the network that it stands for. */
  client?: string;
  requestId?: string;
}

export interface SecurityEvent {
  type: SecurityEventType;
  /** The account that it is about. */
  userId?: string;
  /** Never a secret, nor a name or an e-mail address, unless a foreign issuer made one the subject of its user. */
  details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/**
 * A minute of what anybody can cause without end, in one process: refused permissions by principal, failed logins by address, foreign
 * tokens by account. What is more is counted and not kept, neither in the table nor as lines: nobody can fill a disk with it.
 */
export const EVENTS_PER_MINUTE_MAX = { perCause: 20, total: 300 };

/** Writes security events into their table, and as log lines. */
@Injectable()
export class SecurityEvents {
  private readonly budgets = new Map<SecurityEventType, EventBudget>();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** In the transaction of what happened, where there is one. */
  async record(
    { type, userId, details = {} }: SecurityEvent,
    { principal, address, requestId }: Cause,
    tx?: Tx<'identity'>,
  ) {
    this.logger.info({ type, principal: principal.text, user_id: userId, request_id: requestId }, 'security.event');
    await (tx ?? this.dataSource).query(
      `insert into identity.security_events (type, principal, user_id, address, request_id, details)
       values ($1, $2, $3, $4, $5, $6)`,
      [type, principal.text, userId ?? null, address ?? null, requestId ?? null, JSON.stringify(details)],
    );
  }

  /** The same for what anybody can cause without end: `by` says whose share of the minute it takes. */
  async recordBounded(event: SecurityEvent, cause: Cause, by: string): Promise<void> {
    if (this.isKept(event.type, by)) await this.record(event, cause);
  }

  /** Somebody asked for what the credential does not allow. Does not wait, and is never the reason of a failure. */
  recordRefusal(permission: string, cause: Cause): void {
    const event = { type: 'permission.refused', details: { permission } } as const;
    this.recordBounded(event, cause, cause.principal.text).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'security.event_not_written'),
    );
  }

  private isKept(type: SecurityEventType, by: string): boolean {
    let budget = this.budgets.get(type);
    if (!budget) this.budgets.set(type, (budget = new EventBudget(EVENTS_PER_MINUTE_MAX)));
    return budget.take(by, ({ dropped }) => this.logger.warn({ type, dropped }, 'security.events_dropped'));
  }
}
