import { LOGGER, type Logger, newId, Transactions, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { DerivedKeys } from './derived-keys';
import { SigningKeysRepository, type StoredSigningKey } from './signing-keys.repository';

export const SIGNING_ALGORITHM = 'EdDSA';
/** A key that another process made is taken over after so long at most; the one before is accepted for an hour. */
const KEPT_MS = 30_000;
/** Tokens that name keys that nobody knows make this process look for new keys so often at most. */
const LOOK_AGAIN_MS = 1000;

interface UsableKeys {
  readAt: number;
  signing: { kid: string; key: CryptoKey } | undefined;
  verifying: ReadonlyMap<string, CryptoKey>;
  publicJwks: readonly JWK[];
}

/** The keys of access tokens, read from the database, decrypted and imported once. */
@Injectable()
export class SigningKeys {
  private known: UsableKeys | undefined;
  private reading: Promise<UsableKeys> | undefined;

  constructor(
    private readonly keys: SigningKeysRepository,
    private readonly derived: DerivedKeys,
    private readonly transactions: Transactions<'identity'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Makes the first key, or a new one when the one there is cannot be decrypted: `SECRET_KEY` is another one then. */
  async prepare(): Promise<void> {
    await this.transactions.run(async (tx) => {
      if ((await this.signingKeyOf(await this.keys.findUsable(tx))) !== undefined) return;
      await this.keys.lockMaking(tx);
      // Another process may have made it while this one waited.
      if ((await this.signingKeyOf(await this.keys.findUsable(tx))) === undefined) await this.make(tx);
    });
    this.known = undefined;
  }

  /** Makes a new key that signs from now on; the one before still verifies. Returns its id. */
  async rotate(tx: Tx<'identity'>): Promise<string> {
    await this.keys.lockMaking(tx);
    const kid = await this.make(tx);
    this.known = undefined;
    return kid;
  }

  /** The key that signs. */
  async signing(): Promise<{ kid: string; key: CryptoKey }> {
    const { signing } = await this.usable(KEPT_MS);
    if (signing) return signing;
    await this.prepare();
    const made = (await this.usable(KEPT_MS)).signing;
    if (!made) throw new Error('There is no key to sign access tokens with.');
    return made;
  }

  /** The key of this id, if its tokens are accepted. */
  async verifying(kid: string): Promise<CryptoKey | undefined> {
    const known = (await this.usable(KEPT_MS)).verifying.get(kid);
    return known ?? (await this.usable(LOOK_AGAIN_MS)).verifying.get(kid);
  }

  /** What anybody may know: enough to verify tokens, and not to make them. */
  async publicJwks(): Promise<readonly JWK[]> {
    return (await this.usable(KEPT_MS)).publicJwks;
  }

  private async make(tx: Tx<'identity'>): Promise<string> {
    const kid = newId();
    const { publicKey, privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
    const encryptedPrivateKey = this.derived.signingKeys.encrypt(JSON.stringify(await exportJWK(privateKey)), kid);
    await this.keys.replace(tx, { kid, publicJwk: await exportJWK(publicKey), encryptedPrivateKey });
    this.logger.info({ kid }, 'identity.signing_key_made');
    return kid;
  }

  private async usable(maxAgeMs: number): Promise<UsableKeys> {
    if (this.known && performance.now() - this.known.readAt < maxAgeMs) return this.known;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async read(): Promise<UsableKeys> {
    const readAt = performance.now();
    const stored = await this.keys.findUsable();
    const verifying = new Map<string, CryptoKey>();
    for (const { kid, publicJwk } of stored) verifying.set(kid, await importKey(publicJwk));
    this.known = {
      readAt,
      signing: await this.signingKeyOf(stored),
      verifying,
      publicJwks: stored.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, alg: SIGNING_ALGORITHM, use: 'sig' })),
    };
    return this.known;
  }

  private async signingKeyOf(stored: readonly StoredSigningKey[]) {
    const key = stored.find(({ signs }) => signs);
    if (!key) return undefined;
    try {
      const jwk: JWK = JSON.parse(this.derived.signingKeys.decrypt(key.encryptedPrivateKey, key.kid));
      return { kid: key.kid, key: await importKey(jwk) };
    } catch (error) {
      this.logger.warn({ kid: key.kid, err: error }, 'identity.signing_key_unreadable');
      return undefined;
    }
  }
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, SIGNING_ALGORITHM);
  if (key instanceof Uint8Array) throw new TypeError('A key of EdDSA is no secret of bytes.');
  return key;
}
