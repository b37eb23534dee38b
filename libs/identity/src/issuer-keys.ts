import type { Logger } from '@app/platform';
import { createRemoteJWKSet, customFetch, errors, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';
import { z } from 'zod';
import { IssuerAwayError } from './errors';

/** What an issuer may take to answer. */
const ISSUER_TIMEOUT_MS = 3000;
/** Bytes of one answer: documents of issuers have a few kilobytes. */
export const ISSUER_ANSWER_MAX = 256 * 1024;
/** Tokens of unknown keys make this process ask for new ones so often at most. */
export const UNKNOWN_KEY_COOLDOWN_MS = 30_000;
/** After so long keys are asked for again: one that the issuer has taken back is not accepted for longer. */
const KEYS_KEPT_MS = 600_000;
/** An issuer that did not answer is asked again after so long. */
export const ASK_AGAIN_MS = 5000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The public keys of an OpenID Connect issuer: found by its discovery document, fetched once for all who wait, and kept. An issuer
 * that is away, or whose answer is no use, is asked every few seconds, whatever the number of requests. Keys that are known go on being
 * used meanwhile, until they are ten minutes old; from then on its tokens cannot be judged until it answers.
 */
export class IssuerKeys {
  private keySet: ReturnType<typeof createRemoteJWKSet> | undefined;
  private discovering: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  private askAgainAt = 0;

  constructor(
    private readonly issuer: string,
    private readonly logger: Logger,
  ) {}

  /** The key that a token names. Throws an error of jose for a token without one, and IssuerAwayError. */
  readonly find = async (header?: JWSHeaderParameters, token?: FlattenedJWSInput) => {
    try {
      this.keySet ??= await this.discover();
      return await this.keySet(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (error instanceof errors.JOSENotSupported) throw error;
      // Also an answer that came and is no discovery document, or no set of keys: it will not be another one at once.
      throw this.away(error);
    }
  };

  /** Of many requests that need it at the same time, one asks. */
  private discover(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    this.discovering ??= this.readDiscovery().finally(() => (this.discovering = undefined));
    return this.discovering;
  }

  private async readDiscovery() {
    const address = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await this.fetch(address, { signal: AbortSignal.timeout(ISSUER_TIMEOUT_MS) });
    const document = discoverySchema.parse(await response.json());
    const keysAt = new URL(document.jwks_uri);
    if (document.issuer !== this.issuer) throw new Error(`${address} is of another issuer: ${document.issuer}`);
    if (keysAt.protocol !== 'https:' && new URL(this.issuer).protocol === 'https:')
      throw new Error(`${address} names keys without TLS: ${document.jwks_uri}`);
    return createRemoteJWKSet(keysAt, {
      timeoutDuration: ISSUER_TIMEOUT_MS,
      cooldownDuration: UNKNOWN_KEY_COOLDOWN_MS,
      cacheMaxAge: KEYS_KEPT_MS,
      [customFetch]: (url, options) => this.fetch(url, options),
    });
  }

  /** One answer of bounded length, unless the issuer failed a moment ago. */
  private async fetch(address: string, options: RequestInit): Promise<Response> {
    if (performance.now() < this.askAgainAt) throw new IssuerAwayError();
    try {
      const response = await fetch(address, { ...options, redirect: 'error' });
      if (response.status !== 200) throw new Error(`${address} answers ${response.status}`);
      return new Response(await readBounded(response));
    } catch (error) {
      throw this.away(error);
    }
  }

  /** Begins a pause, once for all whose requests failed by the same answer. */
  private away(error: unknown): IssuerAwayError {
    if (error instanceof IssuerAwayError) return error;
    if (performance.now() >= this.askAgainAt) {
      this.askAgainAt = performance.now() + ASK_AGAIN_MS;
      this.logger.warn({ issuer: this.issuer, err: error }, 'identity.issuer_away');
    }
    return new IssuerAwayError({ cause: error });
  }
}

async function readBounded({ body, url }: Response): Promise<string> {
  if (!body) return '';
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  // The iterator cancels the body when it is left early.
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > ISSUER_ANSWER_MAX) throw new Error(`${url} answers with more than ${ISSUER_ANSWER_MAX} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
