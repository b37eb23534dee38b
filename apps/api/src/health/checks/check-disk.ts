import { statfs } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { CONFIG, type Config, errorCode } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Check, HealthCheck } from '../health-check';

const FREE_GIB_MIN = 0.5;
const FREE_SHARE_MIN = 0.05;
const GIB = 2 ** 30;

/**
 * Room on the disk of the embedded Postgres, whose folder `npm start` names; elsewhere on that of this process. A write fails when
 * there is none: this says so before.
 */
@Injectable()
export class CheckDisk implements HealthCheck {
  readonly needsDatabase = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async execute(): Promise<Check> {
    const folder = isAbsolute(this.config.DATA_DIR) ? this.config.DATA_DIR : '.';
    try {
      const { bsize, blocks, bavail } = await statfs(folder);
      return judgeRoom(bavail * bsize, blocks * bsize);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      return {
        status: 'degraded',
        message: `The folder ${folder} is gone. If the database was in it, stop everything and restore a backup: docs/runbook.md#back-up-and-restore.`,
      };
    }
  }
}

/** Takes bytes. */
export function judgeRoom(free: number, total: number): Check {
  const figures = {
    free_gib: Math.round((free / GIB) * 100) / 100,
    free_percent: Math.round((free / total) * 1000) / 10,
  };
  if (free >= FREE_GIB_MIN * GIB && free >= FREE_SHARE_MIN * total) return { status: 'healthy', ...figures };
  return {
    status: 'degraded',
    ...figures,
    message: `The disk is nearly full, ${figures.free_gib} GiB are left: make room, docs/runbook.md#postgres says how.`,
  };
}
