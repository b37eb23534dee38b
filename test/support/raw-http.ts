import { connect } from 'node:net';

/** Writes bytes to the server as they are, ends its side, and resolves with all that comes back. */
export function sendBytes(url: string, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setTimeout(10_000, () => socket.destroy(new Error('No answer within 10 s')));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    // A server that refuses may close while bytes are still on their way.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
  });
}
