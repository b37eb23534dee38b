import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { poolOf } from './steady-pool';

const LOOK_EVERY_MS = 10_000;

/**
 * Keeps the smallest number of connections open (`min` of the pool, which closes none of them but opens none either), so that
 * requests go on when others have taken all that the server has.
 */
@Injectable()
export class KeptConnections implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    void this.open();
    this.timer = setInterval(() => void this.open(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Opens what is missing. A server that gives none now is asked again later. */
  async open(): Promise<void> {
    const pool = poolOf(this.dataSource);
    const missing = Math.max(0, (pool.options.min ?? 0) - pool.totalCount);
    // All are asked for before one is given back, since the next would take that one. A connection that was open is back at once.
    const wanted = Array.from({ length: missing && missing + pool.idleCount }, () => pool.connect());
    await Promise.allSettled(wanted.map((connecting) => connecting.then((connection) => connection.release())));
  }
}
