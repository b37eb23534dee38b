import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import { isRecord } from '@app/platform';
import type { FastifyInstance } from 'fastify';

/** What is shorter fits into a packet or two as it is. */
const BYTES_MIN = 1400;
/** An answer that is longer than any page of a list is not worth the memory of a second one. */
const BYTES_MAX = 8 * 1024 * 1024;
/** Faster than the usual level, for a few more bytes. */
const LEVEL = 4;
const COMPRESSIBLE = /^(application\/([\w.+-]*json|yaml|javascript)|text\/|image\/svg)/;
/** Documents stay the same while the process runs: each is compressed once. */
const DOCUMENTS = /^\/(swagger|redoc)/;

const compress = promisify(gzip);

interface Compressed {
  plain: string | Buffer;
  packed: Buffer;
}

/**
 * Compresses what is read, when the client takes it and it is long enough: pages of lists and the documents. Writes and streams of
 * events are not touched. It is done in Node's thread pool, so that others are answered meanwhile. What has a strong ETag goes out as
 * it is, since the ETag is that of these bytes.
 */
export function addGzip(fastify: FastifyInstance): void {
  const documents = new Map<string, Compressed>();
  fastify.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('GET')) return;
    route.onSend = [
      ...[route.onSend ?? []].flat(),
      async (request, reply, payload: unknown) => {
        if (!COMPRESSIBLE.test(String(reply.getHeader('content-type'))) || reply.hasHeader('content-encoding'))
          return payload;
        void reply.header('vary', [reply.getHeader('vary') ?? [], 'accept-encoding'].flat().join(', '));
        const isWanted = request.method === 'GET' && takesGzip(request.headers['accept-encoding']);
        if (!isWanted || String(reply.getHeader('etag')).startsWith('"')) return payload;
        if (isReadable(payload)) {
          void reply.header('content-encoding', 'gzip').removeHeader('content-length');
          return payload.pipe(createGzip({ level: LEVEL })).on('error', () => payload.destroy());
        }
        if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
        if (payload.length < BYTES_MIN || payload.length > BYTES_MAX) return payload;
        const path = request.routeOptions.url ?? '';
        const known = documents.get(path);
        const packed = known?.plain === payload ? known.packed : await compress(payload, { level: LEVEL });
        if (DOCUMENTS.test(path)) documents.set(path, { plain: payload, packed });
        void reply.header('content-encoding', 'gzip').header('content-length', packed.length);
        return packed;
      },
    ];
  });
}

/** Whether an Accept-Encoding allows gzip (RFC 9110, 12.5.3). Who sends none is given plain bytes. */
export function takesGzip(accepted: string | string[] | undefined): boolean {
  const weights = new Map(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .map(([name, ...parameters]) => {
        const weight = parameters.find((parameter) => parameter.startsWith('q='));
        return [name!, weight === undefined ? 1 : Number(weight.slice(2)) || 0] as const;
      }),
  );
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

function isReadable(payload: unknown): payload is Readable {
  return isRecord(payload) && typeof payload.pipe === 'function';
}
