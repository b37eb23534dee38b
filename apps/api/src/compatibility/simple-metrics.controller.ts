import { OrderStatisticsRepository } from '@app/orders';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/access';
import { ApiProblems } from '../http/api-problems';

const count = z.number().int().meta({ example: 12 });

const simpleMetricsSchema = z
  .object({
    total_orders: count,
    pending_orders: count,
    processing_orders: count.meta({ description: 'Processing or shipped.' }),
    completed_orders: count.meta({ description: 'Delivered.' }),
    average_processing_time: z
      .number()
      .nullable()
      .meta({ example: 8.4, description: 'Seconds from placed to delivered; null before the first.' }),
    last_updated: z.iso.datetime().meta({ example: '2026-11-20T10:00:00.000Z' }),
  })
  .meta({ id: 'SimpleMetrics' });

@ApiTags('simple clients')
@Controller('api/metrics')
export class SimpleMetricsController {
  constructor(private readonly statistics: OrderStatisticsRepository) {}

  @Get()
  @Needs('orders:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Figures of all orders', description: 'Those of the tables at `last_updated`.' })
  @ApiOkResponse({ standardSchema: simpleMetricsSchema })
  @ApiProblems(503)
  async read(): Promise<z.infer<typeof simpleMetricsSchema>> {
    const { total, byStatus, averageProcessingSeconds, readAt } = await this.statistics.read();
    return {
      total_orders: total,
      pending_orders: byStatus.pending,
      processing_orders: byStatus.processing + byStatus.shipped,
      completed_orders: byStatus.delivered,
      average_processing_time:
        averageProcessingSeconds === null ? null : Math.round(averageProcessingSeconds * 1000) / 1000,
      last_updated: readAt.toISOString(),
    };
  }
}
