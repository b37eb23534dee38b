import { createHash } from 'node:crypto';
import { ANY_VALUE, CONFIG, type Config, type ForeignIssuer, isRecord, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { IssuerKeys } from './issuer-keys';
import type { Role } from './permissions';

/** Signatures that tell who made a token: none with a shared secret, and none without. */
const ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];
/** Issuers put groups and more into them; a header has at most 16 KiB. */
const TOKEN_LENGTH_MAX = 8000;
const SUBJECT_LENGTH_MAX = 255;
/** Clocks of two machines differ. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Whom a token of a foreign issuer stands for. */
export interface ForeignUser {
  /** Made of issuer and subject: the same always, and of nobody else. */
  id: string;
  issuer: string;
  subject: string;
  role: Role;
  expiresAt: Date;
}

/** Verifies tokens of the foreign OpenID Connect issuer, where one is configured. */
@Injectable()
export class ForeignTokens {
  private readonly foreign: ForeignIssuer | undefined;
  private readonly keys: IssuerKeys | undefined;

  constructor(@Inject(CONFIG) { foreignIssuer }: Config, @Inject(LOGGER) logger: Logger) {
    this.foreign = foreignIssuer;
    this.keys = foreignIssuer && new IssuerKeys(foreignIssuer.issuer, logger);
  }

  /** Whether a token says that it is of the foreign issuer. Nothing is believed yet: it says which keys are to be asked. */
  claims(token: string): boolean {
    if (!this.foreign || token.length > TOKEN_LENGTH_MAX) return false;
    try {
      return decodeJwt(token).iss === this.foreign.issuer;
    } catch {
      return false;
    }
  }

  /**
   * Whom a token stands for; undefined for one that was changed, is for another audience, has expired or has no role here. Throws
   * IssuerAwayError when the keys to tell it by cannot be had.
   */
  async verify(token: string): Promise<ForeignUser | undefined> {
    if (!this.foreign || !this.keys || token.length > TOKEN_LENGTH_MAX) return undefined;
    const { issuer, audience } = this.foreign;
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        algorithms: ALGORITHMS,
        issuer,
        audience,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      const { sub: subject, exp } = payload;
      const role = roleOf(payload, this.foreign);
      if (typeof subject !== 'string' || subject === '' || subject.length > SUBJECT_LENGTH_MAX || exp === undefined)
        return undefined;
      return role && { id: idOf(issuer, subject), issuer, subject, role, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      // What says nothing about the token, such as an issuer that is away, is no such error.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

/** The role of the first pair of the mapping whose value the token has. */
function roleOf(claims: Record<string, unknown>, { roleClaim, roles }: ForeignIssuer): Role | undefined {
  const values = new Set(valuesOf(claimOf(claims, roleClaim)));
  return roles.find(({ value }) => value === ANY_VALUE || values.has(value))?.role;
}

/** A claim by its name, which may have dots, or by its path. */
function claimOf(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined),
      claims,
    );
}

function valuesOf(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim, ...claim.split(/[\s,]+/)];
  return Array.isArray(claim) ? claim.filter((value) => typeof value === 'string') : [];
}

/** An id like those of accounts (a UUID of version 8): an id that the issuer chose could be that of somebody else. */
function idOf(issuer: string, subject: string): string {
  const bytes = createHash('sha256').update(`${issuer}\n${subject}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
