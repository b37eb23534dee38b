import type { Readable } from 'node:stream';
import { type Config, noteShortWork, registry, UnavailableError } from '@app/platform';
import { RequestTimeoutException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { clientOf } from '../access/client-address';
import { buildProblem, sendProblem } from './problem';
import { ReceivingPace } from './receiving-pace';

/** Single orders are smaller and are bounded by the batcher: for them this costs the look at one header. */
const SMALL_BODY_BYTES = 16 * 1024;
const RETRY_AFTER_SECONDS = 1;
/** Of the budget, for all requests of one client together: whoever fills it leaves the other half to others. */
const SHARE_OF_CLIENT = 0.5;
/** A large body that arrives more slowly is not waited for; the first seconds do not count. */
const BYTES_PER_SECOND_MIN = 8 * 1024;
const PATIENCE_MS = 3000;
const LOOK_EVERY_MS = 500;

const bytesHeld = new Gauge({
  name: 'http_large_bodies_bytes',
  help: 'Bytes of large request bodies that have arrived and are worked on',
  registers: [registry],
});

interface LargeBody {
  client: string;
  /** What it takes of the budget: the bytes that are here. */
  bytes: number;
  begunAt: number;
  /** Set while it arrives. */
  payload?: Readable;
}

/**
 * Bounds the memory that large bodies take: a crowd of bulk requests is answered with 503 and comes back. What counts is what has
 * arrived, not what was announced, so that nobody reserves what he does not send; one client has at most half of it, and a body
 * that hardly moves is answered with 408. One body alone always passes.
 */
export function addBodyBudget(fastify: FastifyInstance, { LARGE_BODIES_BYTES_MAX: bytesMax }: Config): void {
  const bodies = new WeakMap<FastifyRequest, LargeBody>();
  const arriving = new Set<LargeBody>();
  const perClient = new Map<string, number>();
  const pace = new ReceivingPace();
  let total = 0;

  const held = (client: string) => perClient.get(client) ?? 0;
  const take = (body: LargeBody, bytes: number) => {
    body.bytes += bytes;
    bytesHeld.set((total += bytes));
    const ofClient = held(body.client) + bytes;
    if (ofClient > 0) perClient.set(body.client, ofClient);
    else perClient.delete(body.client);
  };
  const isTooMuch = ({ client, bytes }: LargeBody, more: number) =>
    (total > bytes && total + more > bytesMax) ||
    (held(client) > bytes && held(client) + more > bytesMax * SHARE_OF_CLIENT);

  fastify.addHook('onRequest', (request, reply, done) => {
    if (announcedBytes(request) < SMALL_BODY_BYTES) {
      noteShortWork();
      done();
      return;
    }
    const body: LargeBody = { client: clientOf(request.ip), bytes: 0, begunAt: performance.now() };
    if (isTooMuch(body, 1)) {
      refuse(request, reply);
      return;
    }
    bodies.set(request, body);
    // Once the answer is out or its connection is gone, whichever way.
    reply.raw.once('close', () => {
      arriving.delete(body);
      take(body, -body.bytes);
    });
    done();
  });

  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const body = bodies.get(request);
    if (body) {
      body.payload = payload;
      arriving.add(body);
      const count = (chunk: Buffer) => {
        if (isTooMuch(body, chunk.length))
          giveUp(body, new UnavailableError('Too many large requests at once. Try again.'));
        else {
          take(body, chunk.length);
          pace.follow(payload, chunk.length);
        }
      };
      payload.on('data', count);
      payload.once('end', () => arriving.delete(body));
    }
    done(null, payload);
  });

  const look = setInterval(() => {
    const now = performance.now();
    for (const body of arriving) {
      const seconds = (now - body.begunAt - PATIENCE_MS) / 1000;
      if (body.bytes < seconds * BYTES_PER_SECOND_MIN) giveUp(body, new RequestTimeoutException());
    }
  }, LOOK_EVERY_MS).unref();
  fastify.addHook('onClose', (_, done) => {
    clearInterval(look);
    done();
  });

  /** Whoever reads the body gets the error, answers with it and ends the connection. */
  function giveUp(body: LargeBody, error: Error): void {
    arriving.delete(body);
    if (body.payload && body.payload.listenerCount('error') > 0) body.payload.emit('error', error);
  }
}

function announcedBytes({ headers, routeOptions }: FastifyRequest): number {
  if (headers['content-length'] !== undefined)
    return Math.min(Number(headers['content-length']), routeOptions.bodyLimit);
  return headers['transfer-encoding'] === undefined ? 0 : routeOptions.bodyLimit;
}

/** Nobody is going to read the body: the connection ends with the answer. */
function refuse(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('retry-after', RETRY_AFTER_SECONDS).header('connection', 'close');
  sendProblem(
    reply,
    buildProblem(503, 'SERVICE_UNAVAILABLE', 'Too many large requests at once. Try again in a moment.', request),
  );
}
