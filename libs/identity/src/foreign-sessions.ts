import { Injectable } from '@nestjs/common';
import type { ForeignUser } from './foreign-tokens';
import { type Cause, SecurityEvents } from './security-events';

/** Foreign users that a process has noted; beyond, it begins anew. */
const NOTED_MAX = 10_000;

/** Notes the first token of each foreign user that this process accepts: it tells whom the issuer calls so. */
@Injectable()
export class ForeignSessions {
  private readonly noted = new Set<string>();

  constructor(private readonly events: SecurityEvents) {}

  async note({ id, issuer, subject, role }: Omit<ForeignUser, 'expiresAt'>, cause: Cause): Promise<void> {
    if (this.noted.has(id)) return;
    if (this.noted.size >= NOTED_MAX) this.noted.clear();
    this.noted.add(id);
    await this.events.recordBounded(
      { type: 'foreign_token.accepted', userId: id, details: { issuer, subject, role } },
      cause,
      id,
    );
  }
}
