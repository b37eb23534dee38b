import { type Once, Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LastAdminError } from './errors';
import type { Role } from './permissions';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { type Cause, SecurityEvents } from './security-events';
import { type User, UsersRepository } from './users.repository';

export interface AccountChanges {
  email?: string | null;
  role?: Role;
  isActive?: boolean;
}

/**
 * Changes an account; a deactivated one loses its sessions. The last administrator that can log in stays one.
 * Throws UserNotFoundError, LastAdminError, AccountTakenError.
 */
@Injectable()
export class UpdateUser {
  constructor(
    private readonly users: UsersRepository,
    private readonly families: RefreshFamiliesRepository,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(id: string, changes: AccountChanges, cause: Cause, once?: Once<User, 'identity'>): Promise<User> {
    return this.transactions.run(
      async (tx) => {
        const mayTakeAdmin = changes.isActive === false || (changes.role !== undefined && changes.role !== 'admin');
        // Before the account itself: all who take rights of administrators away lock in the same order.
        const isAdmin = mayTakeAdmin && (await this.users.get(id, tx)).role === 'admin';
        if (isAdmin) await this.requireAnotherAdmin(tx, id);
        const before = await this.users.lock(tx, id);
        // It was made one since it was read.
        if (mayTakeAdmin && !isAdmin && before.role === 'admin') await this.requireAnotherAdmin(tx, id);
        const user = await this.users.update(tx, id, changes);
        if (changes.isActive === false) await this.families.endAll(tx, id, 'deactivated');
        const { role, isActive } = changes;
        const details = {
          fields: Object.keys(changes),
          ...(role !== undefined && { role }),
          ...(isActive !== undefined && { is_active: isActive }),
        };
        await this.events.record({ type: 'user.changed', userId: id, details }, cause, tx);
        const changed = { from: before.role, to: user.role };
        if (user.role !== before.role)
          await this.events.record({ type: 'role.changed', userId: id, details: changed }, cause, tx);
        return user;
      },
      { once },
    );
  }

  private async requireAnotherAdmin(tx: Tx<'identity'>, id: string): Promise<void> {
    const admins = await this.users.lockActiveAdmins(tx);
    if (admins.length === 1 && admins[0] === id) throw new LastAdminError();
  }
}
