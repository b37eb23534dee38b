import { LOGGER, type Logger, type Principal, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What happens to accounts and credentials, and is worth knowing afterwards. */
export type SecurityEventType =
  | 'login.succeeded'
  | 'login.failed'
  | 'session.ended'
  | 'refresh.reused'
  | 'user.created'
  | 'user.changed'
  | 'password.changed'
  | 'api_key.created'
  | 'api_key.revoked'
  | 'signing_key.rotated'
  | 'permission.refused';

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
  /** Never a secret, a name or an e-mail address. */
  details?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** A minute of refused permissions that are written; more are only logged: a client that does not give up must not fill a table. */
export const REFUSALS_PER_MINUTE_MAX = 60;

/** Writes security events into their table, and as log lines. */
@Injectable()
export class SecurityEvents {
  private minute = 0;
  private refusals = 0;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** In the transaction of what happened, where there is one. */
  async record({ type, userId, details = {} }: SecurityEvent, { principal, address, requestId }: Cause, tx?: Tx) {
    this.logger.info({ type, principal: principal.text, user_id: userId, request_id: requestId }, 'security.event');
    await (tx ?? this.dataSource).query(
      `insert into identity.security_events (type, principal, user_id, address, request_id, details)
       values ($1, $2, $3, $4, $5, $6)`,
      [type, principal.text, userId ?? null, address ?? null, requestId ?? null, JSON.stringify(details)],
    );
  }

  /** Somebody asked for what the credential does not allow. Does not wait, and is never the reason of a failure. */
  recordRefusal(permission: string, cause: Cause): void {
    const minute = Math.floor(Date.now() / 60_000);
    if (minute !== this.minute) this.refusals = 0;
    this.minute = minute;
    if (++this.refusals > REFUSALS_PER_MINUTE_MAX) {
      this.logger.info(
        { type: 'permission.refused', principal: cause.principal.text, request_id: cause.requestId },
        'security.event',
      );
      return;
    }
    this.record({ type: 'permission.refused', details: { permission } }, cause).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'security.event_not_written'),
    );
  }
}
