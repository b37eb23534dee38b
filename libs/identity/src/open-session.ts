import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LoginFailedError } from './errors';
import { type Cause, SecurityEvents } from './security-events';
import { type Session, Sessions } from './sessions';
import { UsersRepository } from './users.repository';

/** The end of a login, after the password was found right. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  /** The account is locked and looked at again: it may have been deactivated, or its password changed, while the old one was checked. */
  async execute(userId: string, passwordHash: string, cause: Cause): Promise<Session> {
    return this.transactions.run(async (tx) => {
      const user = await this.users.lockUnchanged(tx, userId, passwordHash);
      if (!user) throw new LoginFailedError();
      await this.events.record({ type: 'login.succeeded', userId }, cause, tx);
      return this.sessions.open(tx, user);
    });
  }
}
