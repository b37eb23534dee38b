import { newId, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens';
import { RefreshFamiliesRepository, type RefreshFamily } from './refresh-families.repository';
import { RefreshTokens } from './refresh-tokens';
import { type User, UsersRepository } from './users.repository';

/** What somebody who logged in gets. */
export interface Session {
  access: string;
  refresh: string;
  /** Seconds until the access token expires. */
  expiresIn: number;
  user: User;
}

/** Gives out the tokens of sessions. */
@Injectable()
export class Sessions {
  constructor(
    private readonly families: RefreshFamiliesRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
    private readonly users: UsersRepository,
  ) {}

  /** Begins a session. */
  async open(tx: Tx<'identity'>, user: User): Promise<Session> {
    const family = { id: newId(), userId: user.id, nonce: this.refreshTokens.newNonce() };
    await this.families.insert(tx, family);
    return this.tokens(user, family.id, 1, family.nonce);
  }

  /** The tokens that come after those of a session that was advanced; undefined for a deactivated account. */
  async next(tx: Tx<'identity'>, { id, userId, generation, nonce }: RefreshFamily): Promise<Session | undefined> {
    const user = await this.users.get(userId, tx);
    return user.isActive ? this.tokens(user, id, generation + 1, nonce) : undefined;
  }

  private async tokens(user: User, familyId: string, generation: number, nonce: Buffer): Promise<Session> {
    return {
      access: await this.accessTokens.issue(user.id, familyId),
      refresh: this.refreshTokens.format(familyId, generation, nonce),
      expiresIn: ACCESS_TOKEN_SECONDS,
      user,
    };
  }
}
