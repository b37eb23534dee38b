import { collectTogether, registry } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { OrderStatisticsRepository } from './order-statistics.repository';

const byStatus = new Gauge({
  name: 'orders_by_status',
  help: 'Orders in each state, from the statistics that agree with the table',
  labelNames: ['status'],
  registers: [registry],
});
const stale = new Gauge({
  name: 'orders_stale',
  help: 'Orders that are past the deadline of their state although no event of theirs waits for its turn',
  registers: [registry],
});

/** Reads the gauges of orders whenever somebody scrapes; they keep their last figures while the database does not answer. */
@Injectable()
export class OrderMetrics {
  constructor(statistics: OrderStatisticsRepository) {
    collectTogether(
      [byStatus, stale],
      () => statistics.read(),
      (figures) => {
        if (!figures) return;
        for (const [status, count] of Object.entries(figures.byStatus)) byStatus.set({ status }, count);
        stale.set(figures.stale);
      },
    );
  }
}
