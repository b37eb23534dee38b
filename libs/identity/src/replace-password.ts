import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { type Cause, SecurityEvents } from './security-events';
import { UsersRepository } from './users.repository';

interface Replacement {
  userId: string;
  passwordHash: string;
  /** The session that goes on; all others end. */
  keptFamilyId?: string;
}

/** What every change of a password does, in the transaction of whoever asks for it. Throws UserNotFoundError. */
@Injectable()
export class ReplacePassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly families: RefreshFamiliesRepository,
    private readonly events: SecurityEvents,
  ) {}

  async execute(tx: Tx<'identity'>, { userId, passwordHash, keptFamilyId }: Replacement, cause: Cause): Promise<void> {
    await this.users.update(tx, userId, { passwordHash });
    await this.families.endAll(tx, userId, 'password_changed', keptFamilyId);
    await this.events.record({ type: 'password.changed', userId }, cause, tx);
  }
}
