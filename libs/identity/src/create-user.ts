import { newId, type Once, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher';
import type { Role } from './permissions';
import { type Cause, SecurityEvents } from './security-events';
import { type Session, Sessions } from './sessions';
import { type User, UsersRepository } from './users.repository';

export interface WantedUser {
  username: string;
  password: string;
  email: string | null;
  role: Role;
}

export interface CreatedUser {
  user: User;
  /** Of somebody who registered, who is logged in at once. */
  session?: Session;
}

export interface CreateUserOptions {
  logsIn?: boolean;
  /** Is asked in the transaction: when it says yes nothing is made, and the result is undefined. */
  unless?: (tx: Tx<'identity'>) => Promise<boolean>;
  once?: Once<CreatedUser | undefined, 'identity'>;
}

/** Makes an account. Throws AccountTakenError, PasswordsBusyError. */
@Injectable()
export class CreateUser {
  constructor(
    private readonly users: UsersRepository,
    private readonly passwords: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(
    wanted: WantedUser,
    cause: Cause,
    { logsIn = false, unless, once }: CreateUserOptions = {},
  ): Promise<CreatedUser | undefined> {
    // Slow, so before the transaction.
    const passwordHash = await this.passwords.hash(wanted.password, cause.client);
    const { username, email, role } = wanted;
    return this.transactions.run(
      async (tx) => {
        if (await unless?.(tx)) return undefined;
        const user = await this.users.insert(tx, { id: newId(), username, email, role, passwordHash });
        await this.events.record({ type: 'user.created', userId: user.id, details: { role } }, cause, tx);
        return { user, ...(logsIn && { session: await this.sessions.open(tx, user) }) };
      },
      { once },
    );
  }
}
