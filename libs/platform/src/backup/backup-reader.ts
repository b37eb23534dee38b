import { createReadStream } from 'node:fs';
import { createGunzip, type Gunzip } from 'node:zlib';
import { UnusableBackupError } from './backup-format';

const END_OF_ROWS = Buffer.from('\n\\.\n');
const NEWLINE = Buffer.from('\n');

/** Reads a backup from its beginning to its end, lines and the rows between them, without holding more than a chunk of it. */
export class BackupReader {
  private source?: Gunzip;
  private chunks?: AsyncIterator<Buffer>;
  private buffer: Buffer = Buffer.alloc(0);

  constructor(private readonly file: string) {}

  async line(): Promise<string> {
    for (;;) {
      const end = this.buffer.indexOf(NEWLINE);
      if (end >= 0) {
        const line = this.buffer.subarray(0, end).toString();
        this.buffer = this.buffer.subarray(end + 1);
        return line;
      }
      this.buffer = Buffer.concat([this.buffer, await this.more()]);
    }
  }

  /** The rows up to the line that ends them. No row can look like that line: COPY doubles every backslash of a value. */
  async *rows(): AsyncGenerator<Buffer> {
    // The line before the rows ended with this newline; with it, the end of no rows at all looks like any other end.
    let pending = Buffer.concat([NEWLINE, this.buffer]);
    let from = 1;
    for (;;) {
      const end = pending.indexOf(END_OF_ROWS);
      if (end >= 0) {
        if (end >= from) yield pending.subarray(from, end + 1);
        this.buffer = pending.subarray(end + END_OF_ROWS.length);
        return;
      }
      // The end may have begun in the last bytes.
      const until = Math.max(from, pending.length - END_OF_ROWS.length + 1);
      if (until > from) yield pending.subarray(from, until);
      const kept = until > from ? until : 0;
      from = until > from ? 0 : from;
      pending = Buffer.concat([pending.subarray(kept), await this.more()]);
    }
  }

  close(): void {
    this.source?.destroy();
  }

  private async more(): Promise<Buffer> {
    const next = await this.read()
      .next()
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'EISDIR') throw error;
        throw new UnusableBackupError(error.code === 'Z_BUF_ERROR' ? 'its end is missing' : error.message);
      });
    if (next.done) throw new UnusableBackupError('its end is missing');
    return next.value;
  }

  /** Opened when it is read for the first time: an error before that would find nobody who waits for it. */
  private read(): AsyncIterator<Buffer> {
    if (this.chunks) return this.chunks;
    const input = createReadStream(this.file);
    const source = input.pipe(createGunzip());
    input.on('error', (error) => source.destroy(error));
    this.source = source;
    return (this.chunks = (source as AsyncIterable<Buffer>)[Symbol.asyncIterator]());
  }
}
