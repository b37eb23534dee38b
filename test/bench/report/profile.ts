/** The part of a `.cpuprofile` that is read here. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  /** Microseconds of the monotonic clock, as process.hrtime has it. */
  startTime: number;
  samples: number[];
  /** Microseconds from one sample to the next. */
  timeDeltas: number[];
}

export interface SelfTime {
  name: string;
  ms: number;
}

const NOT_WORK = new Set(['(idle)', '(root)']);

/**
 * In which functions a process spent its time itself from a moment on, the longest first; without the time in which it had nothing
 * to do. Booting is a second of loading modules, which says nothing about work.
 */
export function selfTimes(profile: CpuProfile, from = 0): { functions: SelfTime[]; packages: SelfTime[] } {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const functions = new Map<string, number>();
  const packages = new Map<string, number>();
  let now = profile.startTime;
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id)!;
    now += profile.timeDeltas[index] ?? 0;
    if (now < from || NOT_WORK.has(frame.functionName)) return;
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    const place = packageOf(frame);
    add(packages, place, ms);
    add(
      functions,
      `${frame.functionName || '(anonymous)'} ${place}:${frame.url.split('/').at(-1)}:${frame.lineNumber + 1}`,
      ms,
    );
  });
  return { functions: sorted(functions), packages: sorted(packages) };
}

/** `pg`, `@nestjs/core`, `node:net`, `libs/orders`; `(v8)` for what has no source. */
function packageOf({ functionName, url }: { functionName: string; url: string }): string {
  if (url === '') return functionName === '(garbage collector)' ? functionName : '(v8)';
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const installed = url.split('/node_modules/').at(-1)!.split('/');
  if (url.includes('/node_modules/')) return installed.slice(0, installed[0]!.startsWith('@') ? 2 : 1).join('/');
  return /\/dist\/((?:apps|libs)\/\w+)\//.exec(url)?.[1] ?? url;
}

function add(times: Map<string, number>, name: string, ms: number): void {
  times.set(name, (times.get(name) ?? 0) + ms);
}

const sorted = (times: Map<string, number>): SelfTime[] =>
  [...times].map(([name, ms]) => ({ name, ms })).sort((one, other) => other.ms - one.ms);
