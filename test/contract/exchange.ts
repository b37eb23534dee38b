import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/** What is sent, to the byte: fetch would tidy paths, headers and texts before they leave. */
export interface Sending {
  method: string;
  /** Path and query as they go over the wire. */
  url: string;
  headers: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface Received {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Sends requests over a few kept connections. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(private readonly baseUrl: string) {}

  send({ method, url, headers, body }: Sending): Promise<Received> {
    const { hostname, port } = new URL(this.baseUrl);
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, method, path: url, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const),
            ),
            text: Buffer.concat(chunks).toString(),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Sends what need not be HTTP and gives what comes back until the connection ends. */
  sendBytes(bytes: string): Promise<string> {
    const { hostname, port } = new URL(this.baseUrl);
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
      socket.on('error', reject);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Shown when something is wrong: enough to send it again by hand. */
export function describeSending({ method, url, headers, body }: Sending): string {
  const text = body === undefined ? '' : String(body);
  return `${method} ${url.slice(0, 300)} ${JSON.stringify(headers)} ${text.length > 600 ? `${text.slice(0, 600)}… (${text.length})` : text}`;
}
