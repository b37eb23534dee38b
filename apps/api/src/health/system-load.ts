import { statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, loadavg, totalmem, uptime } from 'node:os';

const SAMPLE_EVERY_MS = 1000;
const GIB = 2 ** 30;

export interface SystemLoad {
  cpu_percent: number;
  memory_percent: number;
  disk_percent: number;
  load_average: number[];
}

interface CpuTimes {
  busy: number;
  total: number;
}

/** Use of this machine. The CPU figure is of the time between two calls that are at least a second apart. */
export class SystemProbe {
  private last = { at: Date.now(), times: cpuTimes(), percent: 0 };

  async load(): Promise<SystemLoad> {
    const disk = await statfsHere();
    return {
      cpu_percent: this.cpuPercent(),
      memory_percent: percent(totalmem() - freemem(), totalmem()),
      disk_percent: percent(disk.blocks - disk.bfree, disk.blocks),
      load_average: loadavg().map((value) => Math.round(value * 100) / 100),
    };
  }

  /** The longer form, for `GET /health/metrics/`. */
  async details() {
    const disk = await statfsHere();
    const memory = process.memoryUsage();
    return {
      timestamp: new Date().toISOString(),
      cpu: { percent: this.cpuPercent(), count: availableParallelism(), load_average: loadavg() },
      memory: {
        total_gib: gib(totalmem()),
        available_gib: gib(freemem()),
        percent: percent(totalmem() - freemem(), totalmem()),
        process_rss_mib: Math.round(memory.rss / 2 ** 20),
      },
      disk: {
        total_gib: gib(disk.blocks * disk.bsize),
        free_gib: gib(disk.bavail * disk.bsize),
        percent: percent(disk.blocks - disk.bfree, disk.blocks),
      },
      processes: { pid: process.pid, uptime_seconds: Math.round(process.uptime()) },
      boot_time: new Date(Date.now() - uptime() * 1000).toISOString(),
    };
  }

  private cpuPercent(): number {
    if (Date.now() - this.last.at >= SAMPLE_EVERY_MS) {
      const times = cpuTimes();
      const { busy, total } = this.last.times;
      this.last = { at: Date.now(), times, percent: percent(times.busy - busy, times.total - total) };
    }
    return this.last.percent;
  }
}

/** The working folder may have been removed. */
function statfsHere() {
  return statfs('.').catch(() => statfs('/'));
}

function cpuTimes(): CpuTimes {
  const sum = { busy: 0, total: 0 };
  for (const { times } of cpus()) {
    const total = times.user + times.nice + times.sys + times.idle + times.irq;
    sum.total += total;
    sum.busy += total - times.idle;
  }
  return sum;
}

function percent(part: number, whole: number): number {
  return whole > 0 ? Math.round((part / whole) * 1000) / 10 : 0;
}

function gib(bytes: number): number {
  return Math.round((bytes / GIB) * 100) / 100;
}
