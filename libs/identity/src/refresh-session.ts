import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { RefreshRefusedError } from './errors';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { RefreshTokens } from './refresh-tokens';
import { type Cause, SecurityEvents } from './security-events';
import { type Session, Sessions } from './sessions';

/**
 * Gives new tokens for a refresh token, once. Of many uses of one token at the same time the first one wins; every other one is
 * taken for a thief's and ends the session with all its tokens, those of the winner as well: nobody can tell which of the two it was.
 * Throws RefreshRefusedError.
 */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly families: RefreshFamiliesRepository,
    private readonly tokens: RefreshTokens,
    private readonly sessions: Sessions,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(refresh: string, cause: Cause): Promise<Session> {
    const token = this.tokens.parse(refresh);
    if (!token) throw new RefreshRefusedError();
    const session = await this.transactions.run(async (tx) => {
      const family = await this.families.lock(tx, token.familyId);
      if (!family || family.isOver || !this.tokens.isIssued(token, family.nonce)) return undefined;
      if (token.generation !== family.generation) {
        await this.families.end(tx, family.id, 'reused');
        await this.events.record({ type: 'refresh.reused', userId: family.userId }, cause, tx);
        return undefined;
      }
      await this.families.advance(tx, family.id);
      return this.sessions.next(tx, family);
    });
    // Not thrown in the transaction: that would undo the end of the session.
    if (!session) throw new RefreshRefusedError();
    return session;
  }
}
