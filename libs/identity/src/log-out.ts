import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { RefreshTokens } from './refresh-tokens';
import { type Cause, SecurityEvents } from './security-events';

/** Ends the session of a refresh token. A token that is none, or of a session that is over, leaves nothing to do. */
@Injectable()
export class LogOut {
  constructor(
    private readonly families: RefreshFamiliesRepository,
    private readonly tokens: RefreshTokens,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(refresh: string, cause: Cause): Promise<void> {
    const token = this.tokens.parse(refresh);
    if (!token) return;
    await this.transactions.run(async (tx) => {
      const family = await this.families.lock(tx, token.familyId);
      if (!family || family.isOver || !this.tokens.isIssued(token, family.nonce)) return;
      await this.families.end(tx, family.id, 'logout');
      await this.events.record({ type: 'session.ended', userId: family.userId }, cause, tx);
    });
  }
}
