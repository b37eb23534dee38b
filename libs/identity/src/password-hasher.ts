import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { PasswordsBusyError } from './errors';

/** OWASP's first choice for argon2id: 10 ms of one processor and 19 MiB for each password. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
/** Half of the processors, one at least: whoever guesses passwords leaves the rest to those who place orders. */
const RUNNING_MAX = Math.max(1, Math.floor(availableParallelism() / 2));
/** Passwords that wait for their turn, about a second's worth of work. */
export const PASSWORDS_WAITING_MAX = 100;

/** Hashes and checks passwords with argon2id, outside of the event loop, a bounded number at once. Throws PasswordsBusyError beyond. */
@Injectable()
export class PasswordHasher {
  private readonly limit = pLimit(RUNNING_MAX);
  /** Checked when there is no such user, so that the answer takes as long. */
  private nobodys: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, COST));
  }

  /** Whether the password is the one of the hash. Without a hash it takes as long, and is not. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const against = stored ?? (await (this.nobodys ??= hash('nobody has this password', COST)));
    const matches = await this.inTurn(() => verify(against, password));
    return matches && stored !== undefined;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.limit.pendingCount >= PASSWORDS_WAITING_MAX)
      throw new PasswordsBusyError('Too many passwords are being checked. Try again in a moment.');
    return this.limit(work);
  }
}
