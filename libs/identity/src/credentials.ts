import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { hashOfApiKey, isApiKey } from './api-key-text';
import { AccessTokens } from './access-tokens';
import { ApiKeysRepository } from './api-keys.repository';
import { CredentialCache } from './credential-cache';
import { CredentialRefusedError } from './errors';
import { ForeignTokens } from './foreign-tokens';
import { type Permission, permissionsOf, type Role } from './permissions';
import { SessionsRepository } from './sessions.repository';

/** Whom a credential stands for, and what it allows. */
export interface VerifiedCredential {
  kind: 'user' | 'api_key' | 'foreign_user';
  /** Of the user, or of the key; of a foreign user, made of issuer and subject. */
  id: string;
  /** The user, or the one that the key belongs to. */
  userId: string;
  name: string;
  role: Role;
  permissions: ReadonlySet<Permission>;
  /** The session of a user's token. */
  familyId?: string;
  /** Who vouches for a foreign user, and how it calls that one. */
  foreign?: { issuer: string; subject: string };
}

/** One space: a token has one spelling here but for the case of the scheme, so it cannot fill what is remembered. */
const BEARER = /^Bearer ([\w.-]+)$/i;

/**
 * Stands before the text that API keys are remembered by. No header can contain it, so what was good as `X-API-Key` is never let in
 * as `Authorization`, nor the other way round.
 */
const API_KEY_PREFIX = '\n';

/** Verifies what a request shows. A credential that is used often is verified once, and looked at again every few seconds. */
@Injectable()
export class Credentials {
  private readonly cache = new CredentialCache<VerifiedCredential>();
  private readonly asking = new Map<string, Promise<VerifiedCredential>>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: SessionsRepository,
    private readonly keys: ApiKeysRepository,
    private readonly foreignTokens: ForeignTokens,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What an `Authorization` header stands for when it was verified a moment ago: costs a look-up. */
  rememberedAuthorization(header: string): VerifiedCredential | undefined {
    return this.cache.get(header);
  }

  /** The same for an `X-API-Key` header. */
  rememberedApiKey(header: string): VerifiedCredential | undefined {
    return this.cache.get(API_KEY_PREFIX + header);
  }

  /** The user of an `Authorization` header. Throws CredentialRefusedError, IssuerAwayError. */
  async verifyAuthorization(header: string): Promise<VerifiedCredential> {
    return this.verify(header, async () => {
      const token = BEARER.exec(header)?.[1];
      if (token !== undefined && this.foreignTokens.claims(token)) return this.lookAtForeign(token);
      const claims = token === undefined ? undefined : await this.tokens.verify(token);
      const user = claims && (await this.sessions.findOpen(claims.familyId, claims.userId));
      if (!claims || !user) return undefined;
      const { userId, familyId } = claims;
      const credential: VerifiedCredential = {
        kind: 'user',
        id: userId,
        userId,
        name: user.username,
        role: user.role,
        permissions: permissionsOf(user.role),
        familyId,
      };
      return { credential, expiresAt: claims.expiresAt.getTime() };
    });
  }

  /** The key of an `X-API-Key` header. Throws CredentialRefusedError. */
  async verifyApiKey(header: string): Promise<VerifiedCredential> {
    return this.verify(API_KEY_PREFIX + header, async () => {
      const key = isApiKey(header) ? await this.keys.findUsable(hashOfApiKey(header)) : undefined;
      if (!key) return undefined;
      if (key.isUseUnwritten) await this.keys.writeUse(key.id).catch((error: unknown) => this.noteUnwritten(error));
      const held = permissionsOf(key.role);
      const credential: VerifiedCredential = {
        kind: 'api_key',
        id: key.id,
        userId: key.userId,
        name: key.name,
        role: key.role,
        // What its owner has lost since, the key has lost as well.
        permissions: new Set(key.permissions.filter((permission) => held.has(permission))),
      };
      return { credential, expiresAt: key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY };
    });
  }

  private async lookAtForeign(token: string) {
    const user = await this.foreignTokens.verify(token);
    if (!user) return undefined;
    const { id, issuer, subject, role, expiresAt } = user;
    const credential: VerifiedCredential = {
      kind: 'foreign_user',
      id,
      userId: id,
      name: subject,
      role,
      permissions: permissionsOf(role),
      foreign: { issuer, subject },
    };
    return { credential, expiresAt: expiresAt.getTime() };
  }

  /** Of many requests that show one credential at the same time, one asks the database for all. */
  private verify(
    name: string,
    look: () => Promise<{ credential: VerifiedCredential; expiresAt: number } | undefined>,
  ): Promise<VerifiedCredential> {
    let asking = this.asking.get(name);
    if (!asking) {
      asking = this.ask(name, look).finally(() => this.asking.delete(name));
      this.asking.set(name, asking);
    }
    return asking;
  }

  private async ask(
    name: string,
    look: () => Promise<{ credential: VerifiedCredential; expiresAt: number } | undefined>,
  ): Promise<VerifiedCredential> {
    const checkedAt = performance.now();
    const found = await look();
    if (!found) {
      this.cache.delete(name);
      throw new CredentialRefusedError();
    }
    this.cache.set(name, found.credential, checkedAt, found.expiresAt);
    return found.credential;
  }

  private noteUnwritten(error: unknown): void {
    this.logger.warn({ err: error }, 'identity.key_use_not_written');
  }
}
