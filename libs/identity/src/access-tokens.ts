import { isUuid } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys';

/** How long an access token is accepted. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ISSUER = 'order-fulfillment';
const AUDIENCE = 'order-fulfillment-api';
const TYPE = 'at+jwt';
/** Ours have about 400 characters. */
const TOKEN_LENGTH_MAX = 2000;

/** What an access token says. What its user may do is not in it: that may change while it lives. */
export interface AccessTokenClaims {
  userId: string;
  /** The session, a family of refresh tokens, that it belongs to. */
  familyId: string;
  expiresAt: Date;
}

/** Access tokens: JWTs (RFC 9068) signed with EdDSA, whose key is named by `kid`. */
@Injectable()
export class AccessTokens {
  constructor(private readonly keys: SigningKeys) {}

  async issue(userId: string, familyId: string): Promise<string> {
    const { kid, key } = await this.keys.signing();
    return new SignJWT({ sid: familyId })
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(`${ACCESS_TOKEN_SECONDS} s`)
      .sign(key);
  }

  /** What a token says; undefined for one that is not ours, was changed, is of another algorithm, key, issuer or audience, or expired. */
  async verify(token: string): Promise<AccessTokenClaims | undefined> {
    if (token.length > TOKEN_LENGTH_MAX) return undefined;
    try {
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = kid === undefined ? undefined : await this.keys.verifying(kid);
          if (!key) throw new errors.JWKSNoMatchingKey();
          return key;
        },
        {
          algorithms: [SIGNING_ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
          requiredClaims: ['exp', 'iat', 'sub', 'sid'],
        },
      );
      const { sub, sid, exp } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined || !isUuid(sub) || !isUuid(sid))
        return undefined;
      return { userId: sub, familyId: sid, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      // Everything else, such as a database that is away, says nothing about the token.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
