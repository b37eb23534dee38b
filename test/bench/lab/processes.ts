import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100; // of /proc, on every Linux

interface Stat {
  parent: number;
  /** Of the process itself, in milliseconds. */
  ownCpuMs: number;
  /** Of its children that have ended. */
  endedChildrenCpuMs: number;
}

/** What the kernel says of a process; undefined when it is gone, or where there is no /proc. */
function statOf(pid: number): Stat | undefined {
  try {
    // The name in field 2 may itself contain spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
    const ms = (user: number, system: number) =>
      ((Number(fields[user - 3]) + Number(fields[system - 3])) * 1000) / TICKS_PER_SECOND;
    return { parent: Number(fields[1]), ownCpuMs: ms(14, 15), endedChildrenCpuMs: ms(16, 17) };
  } catch {
    return undefined;
  }
}

export const parentOf = (pid: number) => statOf(pid)?.parent;

export const cpuMsOf = (pid: number) => statOf(pid)?.ownCpuMs ?? 0;

/** CPU time of a server with all its processes, living or ended. */
export function cpuMsOfFamily(pid: number): number {
  const root = statOf(pid);
  if (!root) return 0;
  return processes()
    .map(statOf)
    .filter((stat) => stat?.parent === pid)
    .reduce((sum, stat) => sum + stat!.ownCpuMs, root.ownCpuMs + root.endedChildrenCpuMs);
}

/** Resident memory in megabytes; 0 when the process is gone. */
export function rssMbOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function processes(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
