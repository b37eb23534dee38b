// The load generator, a process of its own: gets a Load from its parent, tells it when the warm-up is over, then the result.
import { Connection } from './connection';
import { Latencies } from './latencies';
import type { Load, LoadMessage } from './load';
import { REQUESTS } from './requests';

process.once('message', (load: Load) => void run(load));
process.once('disconnect', () => process.exit(1));

async function run(load: Load): Promise<void> {
  const nextRequest = REQUESTS[load.kind](load);
  const latencies = new Latencies();
  let statuses: Record<string, number> = {};
  const sentAt = new Map<Connection, number>();
  const idle: Connection[] = [];
  const overdue: number[] = [];
  let isOver = false;

  const send = (connection: Connection, since: number) => {
    sentAt.set(connection, since);
    connection.send(nextRequest());
  };
  const onAnswer = (connection: Connection, status: number) => {
    const now = performance.now();
    latencies.add(now - sentAt.get(connection)!);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (isOver) return;
    if (load.rate === undefined) send(connection, now);
    else if (overdue.length > 0) send(connection, overdue.shift()!);
    else idle.push(connection);
  };
  const opening = Array.from({ length: load.connections }, () => new Connection(load.port, onAnswer).open());
  const connections = await Promise.all(opening);
  if (load.rate === undefined) for (const connection of connections) send(connection, performance.now());
  else {
    idle.push(...connections);
    sendAtRate(load.rate, (due) => (idle.length > 0 ? send(idle.pop()!, due) : overdue.push(due)));
  }

  setTimeout(() => {
    latencies.clear();
    statuses = {};
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    tell({ measuring: true });
    setTimeout(() => {
      const ms = performance.now() - startedAt;
      const { user, system } = process.cpuUsage(cpu);
      isOver = true;
      const [p50Ms, p99Ms, maxMs] = latencies.quantiles([0.5, 0.99, 1]) as [number, number, number];
      const cpuMs = (user + system) / 1000;
      tell({ result: { requests: latencies.count, ms, statuses, p50Ms, p99Ms, maxMs, cpuMs } });
    }, load.measureMs);
  }, load.warmUpMs);
}

/**
 * Each request has its moment, and its latency counts from then on: when the server holds everything up, the requests that
 * should have been sent meanwhile have waited as well.
 */
function sendAtRate(rate: number, dispatch: (due: number) => void): void {
  const startedAt = performance.now();
  let sent = 0;
  setInterval(() => {
    const dueByNow = ((performance.now() - startedAt) * rate) / 1000;
    for (; sent < dueByNow; sent++) dispatch(startedAt + (sent * 1000) / rate);
  }, 1);
}

function tell(message: LoadMessage): void {
  process.send!(message);
}
