import { type Config, registry } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { buildProblem, sendProblem } from './problem';

/** Of the connections to the database: whoever reads leaves the other half to those who write. */
const SHARE_OF_CONNECTIONS = 0.5;
/** The same while somebody writes: reads take processor time from a write as well, in this process and in Postgres. */
const SHARE_BESIDE_WRITES = 0.2;
/** A write that began so recently is going on, or the next comes soon. */
const WRITES_MS = 100;
/** A page of twenty orders is half of this, one of a hundred three times as much. */
const LARGE_ANSWER_BYTES = 16 * 1024;
/** While somebody writes, an address rests after each large answer so many times as long as it took: it has a quarter of the time. */
const REST_PER_LARGE_ANSWER = 3;
const REST_MS_MAX = 1000;
/** Of the places to wait, for all reads of one address together. */
const SHARE_OF_ADDRESS = 0.5;
const RETRY_AFTER_SECONDS = 1;
const READS = /^\/(api|metrics)(\/|$)/;
/** Lasts as long as its reader likes, and has bounds of its own. */
const STREAM = /\/stream\/?$/;

const readsWaiting = new Gauge({
  name: 'http_reads_waiting',
  help: 'Requests that read and wait until others have been answered',
  registers: [registry],
});

interface WaitingRead {
  address: string;
  begin: () => void;
}

/**
 * Bounds how many requests read at once, so that any number of them never takes the connections and the time that orders need; while
 * somebody writes they are fewer, and an address rests after large answers, whether or not it reads them. The others wait, as long as for a connection (`DB_CONNECT_TIMEOUT_MS`), and each address in turn has the next that is answered; beyond
 * that, and beyond `READS_WAITING_MAX`, they get 503. Who left is not answered: the work for a client that asks and leaves, again and
 * again, is never begun.
 */
export function addReadQueue(fastify: FastifyInstance, config: Config): void {
  const runningMaxOf = (share: number) => Math.max(1, Math.floor(config.DB_POOL_SIZE * share));
  const runningMax = runningMaxOf(SHARE_OF_CONNECTIONS);
  const runningMaxBesideWrites = runningMaxOf(SHARE_BESIDE_WRITES);
  const waiting = new ReadsByAddress();
  const running = new WeakMap<FastifyRequest, number>();
  let runningCount = 0;
  let writeAt = Number.NEGATIVE_INFINITY;

  const isBesideWrites = () => performance.now() - writeAt < WRITES_MS;
  const isFree = () => runningCount < (isBesideWrites() ? runningMaxBesideWrites : runningMax);
  const beginNext = () => {
    while (isFree()) {
      const next = waiting.next();
      if (!next) break;
      next.begin();
    }
  };
  const begin = (request: FastifyRequest, done: () => void) => {
    runningCount++;
    running.set(request, performance.now());
    done();
  };
  const isFull = (address: string) =>
    waiting.size >= config.READS_WAITING_MAX ||
    waiting.ofAddress(address) >= Math.ceil(config.READS_WAITING_MAX * SHARE_OF_ADDRESS);

  fastify.addHook('preHandler', (request, reply, done) => {
    if (!isRead(request)) {
      if (isWrite(request)) writeAt = performance.now();
      done();
      return;
    }
    if (isFree() && !waiting.isResting(request.ip)) {
      begin(request, done);
      return;
    }
    if (isFull(request.ip)) {
      refuse(request, reply);
      return;
    }
    const stopWaiting = () => {
      clearTimeout(timer);
      reply.raw.off('close', leave);
      waiting.remove(read);
    };
    const read: WaitingRead = {
      address: request.ip,
      begin: () => {
        stopWaiting();
        begin(request, done);
      },
    };
    const leave = () => {
      stopWaiting();
      reply.hijack();
    };
    const timer = setTimeout(() => {
      stopWaiting();
      refuse(request, reply);
    }, config.DB_CONNECT_TIMEOUT_MS);
    reply.raw.once('close', leave);
    waiting.add(read);
  });

  // The answer is made: what it took of the database is free, whether or not somebody is still there to read it.
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    const begunAt = running.get(request);
    if (begunAt !== undefined) {
      running.delete(request);
      runningCount--;
      const bytes = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.length : 0;
      if (bytes >= LARGE_ANSWER_BYTES && isBesideWrites()) {
        const restMs = (performance.now() - begunAt) * REST_PER_LARGE_ANSWER;
        waiting.rest(request.ip, Math.min(REST_MS_MAX, restMs), beginNext);
      }
      beginNext();
    }
    done(null, payload);
  });
}

/** First come, first served within an address; the addresses take turns, but for those that rest. */
class ReadsByAddress {
  /** In the order of their turns. */
  private readonly byAddress = new Map<string, Set<WaitingRead>>();
  private readonly restingUntil = new Map<string, number>();
  size = 0;

  isResting(address: string): boolean {
    return this.restingUntil.has(address);
  }

  /** Lets an address wait, after the rests that it has already; `over` is called then. */
  rest(address: string, ms: number, over: () => void): void {
    const now = performance.now();
    const until = (this.restingUntil.get(address) ?? now) + ms;
    this.restingUntil.set(address, until);
    setTimeout(() => {
      if (this.restingUntil.get(address) !== until) return;
      this.restingUntil.delete(address);
      over();
    }, until - now).unref();
  }

  ofAddress(address: string): number {
    return this.byAddress.get(address)?.size ?? 0;
  }

  add(read: WaitingRead): void {
    const reads = this.byAddress.get(read.address);
    if (reads) reads.add(read);
    else this.byAddress.set(read.address, new Set([read]));
    readsWaiting.set(++this.size);
  }

  remove(read: WaitingRead): void {
    const reads = this.byAddress.get(read.address);
    if (!reads?.delete(read)) return;
    if (reads.size === 0) this.byAddress.delete(read.address);
    readsWaiting.set(--this.size);
  }

  /** The one whose turn it is; the next turn is that of another address. */
  next(): WaitingRead | undefined {
    for (const [address, reads] of this.byAddress) {
      if (this.isResting(address)) continue;
      this.byAddress.delete(address);
      this.byAddress.set(address, reads);
      const [read] = reads;
      return read;
    }
    return undefined;
  }
}

function isRead({ method, routeOptions: { url = '' } }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && READS.test(url) && !STREAM.test(url);
}

function isWrite({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function refuse(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('retry-after', RETRY_AFTER_SECONDS);
  sendProblem(
    reply,
    buildProblem(503, 'SERVICE_UNAVAILABLE', 'Too many requests that read at once. Try again in a moment.', request),
  );
}
