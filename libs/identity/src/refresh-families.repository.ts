import type { Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';

export type EndReason = 'logout' | 'reused' | 'password_changed' | 'deactivated' | 'displaced';

/** A session: the refresh tokens that came one out of the other since somebody logged in. */
export interface RefreshFamily {
  id: string;
  userId: string;
  nonce: Buffer;
  /** The number of the token that can be used. */
  generation: number;
  isOver: boolean;
}

const REFRESH_DAYS = 30;
/** Open sessions of one user; a new one ends the oldest beyond. */
export const FAMILIES_PER_USER_MAX = 50;

@Injectable()
export class RefreshFamiliesRepository {
  /** Begins a session. What is over for long of the same user is removed, and the oldest open ones beyond the bound end. */
  async insert(
    tx: Tx<'identity'>,
    { id, userId, nonce }: Pick<RefreshFamily, 'id' | 'userId' | 'nonce'>,
  ): Promise<void> {
    await tx.query(
      `delete from identity.refresh_families
        where user_id = $1 and least(expires_at, coalesce(ended_at, 'infinity')) < now() - interval '1 day'`,
      [userId],
    );
    await tx.query(
      `insert into identity.refresh_families (id, user_id, nonce, expires_at)
       values ($1, $2, $3, now() + interval '${REFRESH_DAYS} days')`,
      [id, userId, nonce],
    );
    await tx.query(
      `update identity.refresh_families set ended_at = now(), end_reason = 'displaced'
        where id in (select id from identity.refresh_families
                      where user_id = $1 and ended_at is null order by created_at desc, id desc offset ${FAMILIES_PER_USER_MAX})`,
      [userId],
    );
  }

  /** Locks a session, so that of several uses of one token each is decided after the other. */
  async lock(tx: Tx<'identity'>, id: string): Promise<RefreshFamily | undefined> {
    const [family] = await tx.query<RefreshFamily[]>(
      `select id, user_id as "userId", nonce, generation, (ended_at is not null or expires_at <= now()) as "isOver"
         from identity.refresh_families where id = $1 for update`,
      [id],
    );
    return family;
  }

  /** Makes the next token the one that can be used. */
  async advance(tx: Tx<'identity'>, id: string): Promise<void> {
    await tx.query(
      'update identity.refresh_families set generation = generation + 1, refreshed_at = now() where id = $1',
      [id],
    );
  }

  async end(tx: Tx<'identity'>, id: string, reason: EndReason): Promise<void> {
    await tx.query(
      'update identity.refresh_families set ended_at = now(), end_reason = $2 where id = $1 and ended_at is null',
      [id, reason],
    );
  }

  /** Ends all sessions of a user, except one. */
  async endAll(tx: Tx<'identity'>, userId: string, reason: EndReason, exceptId?: string): Promise<void> {
    await tx.query(
      `update identity.refresh_families set ended_at = now(), end_reason = $2
        where user_id = $1 and ended_at is null and id is distinct from $3`,
      [userId, reason, exceptId ?? null],
    );
  }
}
