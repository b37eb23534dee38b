import { createServer, type Server } from 'node:http';
import { registry } from '../metrics/registry';

/**
 * Health and metrics of a process that serves no other HTTP: `/health/live` touches nothing outside the process,
 * `/health/ready` asks `isReady`, `/metrics` is in Prometheus format. Rejects when the port is taken.
 */
export function startProbeServer(port: number, isReady: () => Promise<boolean>): Promise<Server> {
  const answers: Record<string, () => Promise<[status: number, type: string, body: string]>> = {
    '/health/live': async () => [200, 'application/json', '{"status":"alive"}'],
    '/health/ready': async () => {
      const ready = await isReady().catch(() => false);
      return ready
        ? [200, 'application/json', '{"status":"ready"}']
        : [503, 'application/json', '{"status":"not_ready"}'];
    },
    '/metrics': async () => [200, registry.contentType, await registry.metrics()],
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]!.replace(/\/$/, '');
    const answer =
      answers[path] ?? (async (): Promise<[number, string, string]> => [404, 'text/plain', 'health and metrics only']);
    answer()
      .catch((error: Error): [number, string, string] => [500, 'text/plain', error.message])
      .then(([status, type, body]) => response.writeHead(status, { 'content-type': type }).end(body))
      .catch(() => response.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}
