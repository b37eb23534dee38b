import type { Queue } from 'bullmq';

/** The oldest Redis that the queues are meant for. */
const VERSION_MIN = [6, 2] as const;

/** What the Redis behind a queue says of itself (`INFO`). Waits for the connection: bound it. */
export async function redisInfo(queue: Queue): Promise<string> {
  const { backend } = queue as unknown as { backend: { client: Promise<{ info(): Promise<string> }> } };
  return (await backend.client).info();
}

/** What makes a Redis unfit to hold jobs, a sentence each. */
export function redisFaults(info: string): string[] {
  const policy = valueOf(info, 'maxmemory_policy');
  const version = valueOf(info, 'redis_version');
  return [
    ...(policy && policy !== 'noeviction'
      ? [`maxmemory-policy of Redis is ${policy}, so it removes jobs when its memory is full: set it to noeviction.`]
      : []),
    ...(version && isOlder(version) ? [`Redis ${version} is too old: use ${VERSION_MIN.join('.')} or newer.`] : []),
  ];
}

function valueOf(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < VERSION_MIN[0] || (major === VERSION_MIN[0] && minor < VERSION_MIN[1]);
}
