import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countStreamBegun } from './request-hooks';

/** With more bytes than this in its socket, a reader gets nothing more until they are gone. */
const WAITING_BYTES_MAX = 64 * 1024;
/** A browser whose connection ended comes back after this. */
const RETRY_MS = 3000;

/**
 * One answer as Server-Sent Events. `send` resolves when the reader can take more; at no time wait more bytes than
 * WAITING_BYTES_MAX and what was sent last. The raw response is used because it tells how much waits; an Observable would not.
 */
export class EventStream {
  private readonly response: ServerResponse;
  private isOpen = true;
  private resume: () => void = () => undefined;
  private takenBytes = 0;

  /** Answers the request: from here on there is no problem document any more. */
  constructor(request: FastifyRequest, reply: FastifyReply, onClose: () => void) {
    reply.hijack();
    this.response = reply.raw;
    this.response.on('close', () => {
      this.isOpen = false;
      this.resume();
      onClose();
    });
    // The connection ends with the stream. Kept alive, it would hold the closing server up.
    this.response.shouldKeepAlive = false;
    // Who may read it, and what a browser may do with it.
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) this.response.setHeader(name, value);
    this.response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': request.id,
    });
    countStreamBegun(request, reply);
    // HEAD has no body to wait for, and a client that has left already will not leave again.
    if (request.method === 'HEAD') this.end();
    if (request.method === 'HEAD' || request.raw.socket.destroyed) onClose();
  }

  /** The first bytes: how soon to come back, and the id from which to go on then. */
  begin(id: string): void {
    if (this.isOpen) this.response.write(`retry: ${RETRY_MS}\nid: ${id}\n\n`);
  }

  /** Sends a piece; resolves when there is room for another one, or the connection is gone. */
  async send(frames: Uint8Array): Promise<void> {
    if (!this.isOpen) return;
    this.response.write(frames);
    if (this.response.writableLength <= WAITING_BYTES_MAX) return;
    await new Promise<void>((resolve) => {
      this.resume = resolve;
      this.response.once('drain', resolve);
    });
  }

  /** Shows that the stream is alive and that all up to `id` was sent, which browsers remember. Left out while bytes wait. */
  heartbeat(id: string): void {
    if (this.isOpen && this.response.writableLength === 0) this.response.write(`: heartbeat\nid: ${id}\n\n`);
  }

  /** Whether bytes wait, and not one of them was taken since the last time this was asked. */
  isStalled(): boolean {
    const { writableLength, socket } = this.response;
    const takenBytes = (socket?.bytesWritten ?? 0) - writableLength;
    const isStalled = writableLength > 0 && takenBytes === this.takenBytes;
    this.takenBytes = takenBytes;
    return isStalled;
  }

  /** Ends the answer behind everything that was sent. */
  finish(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.response.end();
  }

  /** Ends the connection; what a reader has not taken by now is dropped. */
  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (this.response.writableLength > 0) this.response.destroy();
    else this.response.end();
  }
}

/** One event: `id:`, `event:` and one line of JSON. */
export function eventFrame(id: string, event: string, data: unknown): Buffer {
  return Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
