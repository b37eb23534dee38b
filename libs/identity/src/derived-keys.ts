import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { CONFIG, type Config } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Keys that are derived from `SECRET_KEY`, each for one purpose: what one of them made, no other can read or make. */
@Injectable()
export class DerivedKeys {
  private readonly encryption: Buffer;
  private readonly refresh: Buffer;

  constructor(@Inject(CONFIG) { secretKey }: Pick<Config, 'secretKey'>) {
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, '', `identity ${purpose}`, 32));
    this.encryption = derive('signing keys');
    this.refresh = derive('refresh tokens');
  }

  /** Encrypts with AES-256-GCM: what was changed, or encrypted under another `SECRET_KEY`, is not decrypted. */
  encrypt(text: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.encryption, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  /** Throws for what this key did not encrypt. */
  decrypt(bytes: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.encryption, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  }

  /** What only this product can make for these bytes. */
  refreshMac(bytes: Buffer): Buffer {
    return createHmac('sha256', this.refresh).update(bytes).digest();
  }
}
