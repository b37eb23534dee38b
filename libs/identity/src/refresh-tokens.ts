import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DerivedKeys } from './derived-keys';

const PREFIX = 'oft_';
const ID_BYTES = 16;
const NONCE_BYTES = 16;
const GENERATION_BYTES = 4;
const MAC_BYTES = 32;
const TOKEN = /^oft_[\w-]{70}$/;

export interface RefreshToken {
  familyId: string;
  generation: number;
  /** What shows that it was issued, and not made up. */
  mac: Buffer;
}

/**
 * Refresh tokens: the family, the number of the token in it, and a code that only this product can make, of both and of the family's
 * nonce. So one row per session tells a token that was used before from one that was made up, however often a session was refreshed,
 * and neither the database nor `SECRET_KEY` alone lets anybody make one.
 */
@Injectable()
export class RefreshTokens {
  constructor(private readonly keys: DerivedKeys) {}

  newNonce(): Buffer {
    return randomBytes(NONCE_BYTES);
  }

  format(familyId: string, generation: number, nonce: Buffer): string {
    const head = headOf(familyId, generation);
    return PREFIX + Buffer.concat([head, this.macOf(head, nonce)]).toString('base64url');
  }

  /** Undefined for a text that is no refresh token. It may still be made up: see `isIssued`. */
  parse(text: string): RefreshToken | undefined {
    if (!TOKEN.test(text)) return undefined;
    const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
    if (bytes.length !== ID_BYTES + GENERATION_BYTES + MAC_BYTES) return undefined;
    const hex = bytes.subarray(0, ID_BYTES).toString('hex');
    return {
      familyId: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      generation: bytes.readUInt32BE(ID_BYTES),
      mac: bytes.subarray(ID_BYTES + GENERATION_BYTES),
    };
  }

  /** Whether a token was once given to somebody. */
  isIssued({ familyId, generation, mac }: RefreshToken, nonce: Buffer): boolean {
    return timingSafeEqual(mac, this.macOf(headOf(familyId, generation), nonce));
  }

  private macOf(head: Buffer, nonce: Buffer): Buffer {
    return this.keys.refreshTokens.mac(Buffer.concat([head, nonce]));
  }
}

function headOf(familyId: string, generation: number): Buffer {
  const head = Buffer.alloc(ID_BYTES + GENERATION_BYTES);
  head.write(familyId.replaceAll('-', ''), 'hex');
  head.writeUInt32BE(generation, ID_BYTES);
  return head;
}
