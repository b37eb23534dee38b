import type { EventConsumer } from '@app/messaging';
import { SweepStaleRuns } from '@app/simulation';
import { Injectable } from '@nestjs/common';

/** Puts simulations back whose worker is gone, every 20 s. */
@Injectable()
export class SweepStaleSimulationsConsumer implements EventConsumer {
  constructor(private readonly work: SweepStaleRuns) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
