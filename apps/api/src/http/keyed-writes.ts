import { IdempotencyKeysRepository, type WholeReply } from '@app/orders';
import type { ContextName, Once, Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalOf } from '../access/current-principal';
import { fingerprintOf, idempotencyKeyOf } from './idempotency-key';
import { SealedReplies } from './sealed-replies';

/** A write as its client asks for it. */
export interface Write {
  request: FastifyRequest;
  reply: FastifyReply;
  /** What is done to what: one text per route and per id in its path. */
  operation: string;
  /** The validated body; null when there is none. */
  body: unknown;
  /** The body or the answer holds a secret: neither may be read from what is stored. */
  holdsSecret?: boolean;
}

export interface Answer {
  /** Those that belong to this reply, such as `etag` and `location`. */
  headers?: Readonly<Record<string, string>>;
  /** Undefined for a reply without a body. */
  body?: unknown;
}

/** The write was done before; carried out of its transaction, which changes nothing. */
class RepeatedWrite extends Error {
  constructor(readonly reply: WholeReply) {
    super('The request was made before.');
  }
}

/**
 * Does a write once for its Idempotency-Key, and answers its repetition with the stored reply. The use case hands `once` to its
 * transaction, which claims the key before anything else and stores the reply last: both exist, the change and its reply, or neither.
 * Placing has its own way to the same keys, which costs it no statement.
 */
@Injectable()
export class KeyedWrites {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly sealedReplies: SealedReplies,
  ) {}

  /** `render` makes the answer; what it reads it reads in the transaction that it is given, or after the commit without one. */
  async answer<Result, Contexts extends ContextName = never>(
    { request, reply, operation, body, holdsSecret = false }: Write,
    write: (once: Once<Result, Contexts> | undefined, key: string | undefined) => Promise<Result>,
    render: (result: Result, tx: Tx<Contexts> | undefined) => Answer | Promise<Answer>,
  ): Promise<string | undefined> {
    const key = idempotencyKeyOf(request.headers['idempotency-key']);
    if (key === undefined)
      return send(reply, toReply(reply, await render(await write(undefined, undefined), undefined)));
    const plain = fingerprintOf(operation, body ?? null);
    const fingerprint = holdsSecret ? this.sealedReplies.fingerprintOf(plain) : plain;
    const keyed = { principal: principalOf(request), key, fingerprint };
    const repeat = (earlier: WholeReply | undefined) => {
      if (earlier) throw new RepeatedWrite(holdsSecret ? this.sealedReplies.open(earlier, keyed) : earlier);
    };
    let rendered: WholeReply | undefined;
    const once: Once<Result, Contexts> = {
      begin: async (tx) => repeat(await this.keys.claim(tx, keyed)),
      end: async (tx, result) => {
        rendered = toReply(reply, await render(result, tx));
        await this.keys.store(tx, keyed, holdsSecret ? this.sealedReplies.seal(rendered, keyed) : rendered);
      },
    };
    try {
      // Before a password is hashed, or compared with one that this very write has replaced.
      if (holdsSecret) repeat(await this.keys.find(keyed));
      await write(once, key);
      return send(reply, rendered!);
    } catch (error) {
      if (!(error instanceof RepeatedWrite)) throw error;
      return send(reply.header('idempotency-replayed', 'true'), error.reply);
    }
  }
}

/** The route has set its status before its method runs. */
function toReply({ statusCode }: FastifyReply, { headers = {}, body }: Answer): WholeReply {
  return { status: statusCode, headers, body: body === undefined ? '' : JSON.stringify(body) };
}

function send(reply: FastifyReply, { status, headers, body }: WholeReply): string | undefined {
  void reply.status(status).headers(headers);
  if (body === '') return undefined;
  void reply.header('content-type', 'application/json; charset=utf-8');
  return body;
}
