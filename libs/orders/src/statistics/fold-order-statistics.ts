import { Injectable } from '@nestjs/common';
import { OrderStatisticsRepository } from './order-statistics.repository';

const ROUNDS_MAX = 100;

/** Folds the deltas of the statistics into their totals, so that reading them stays cheap. */
@Injectable()
export class FoldOrderStatistics {
  constructor(private readonly statistics: OrderStatisticsRepository) {}

  async execute(): Promise<void> {
    for (let round = 0; round < ROUNDS_MAX; round++) if ((await this.statistics.fold()) === 0) return;
  }
}
