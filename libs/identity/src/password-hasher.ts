import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { PasswordsBusyError } from './errors';

/** OWASP's first choice for argon2id: 10 ms of one processor and 19 MiB for each password. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
/**
 * Half of the processors, one at least: whoever guesses passwords leaves the rest to those who place orders. Two at most, of the four
 * threads on which Node compresses and resolves names as well.
 */
const RUNNING_MAX = Math.min(2, Math.max(1, Math.floor(availableParallelism() / 2)));
/** Passwords that are checked or wait for their turn, about five seconds' worth of work. */
export const PASSWORDS_MAX = 500;
/** Of one client: a flood from one address, or from a few, leaves room for everybody else. */
export const PASSWORDS_PER_CLIENT_MAX = 5;

/**
 * Hashes and checks passwords with argon2id, outside of the event loop, a bounded number at once. Clients take turns: one that sends
 * many is served as often as one that sends one.
 */
@Injectable()
export class PasswordHasher {
  private readonly running = pLimit(RUNNING_MAX);
  /** Each waits for one of its passwords at a time, so that the clients take turns. */
  private readonly clients = new Map<string, { inTurns: pLimit.Limit; passwords: number }>();
  private passwords = 0;
  /** Checked when there is no such user, so that the answer takes as long. */
  private nobodys: Promise<string> | undefined;

  /** In a turn of its own. Throws PasswordsBusyError. */
  hash(password: string, client = ''): Promise<string> {
    return this.inTurn(client, () => hash(password, COST));
  }

  /** Whether the password is the one of the hash. Without a hash it takes as long, and is not. Within a turn: see `inTurn`. */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const matches = await verify(stored ?? (await (this.nobodys ??= hash('nobody has this password', COST))), password);
    return matches && stored !== undefined;
  }

  /** Does the work when it is this client's turn. Throws PasswordsBusyError when too many wait. */
  async inTurn<T>(client: string, work: () => Promise<T>): Promise<T> {
    const own = this.clients.get(client) ?? { inTurns: pLimit(1), passwords: 0 };
    if (this.passwords >= PASSWORDS_MAX || own.passwords >= PASSWORDS_PER_CLIENT_MAX)
      throw new PasswordsBusyError('Too many passwords are being checked. Try again in a moment.');
    this.clients.set(client, own);
    this.passwords++;
    own.passwords++;
    try {
      return await own.inTurns(() => this.running(work));
    } finally {
      this.passwords--;
      if (--own.passwords === 0) this.clients.delete(client);
    }
  }
}
