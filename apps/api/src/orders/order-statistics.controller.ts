import { type OrderStatistics, OrderStatisticsRepository } from '@app/orders';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { toDecimal } from '../http/money';

const count = z.number().int().meta({ example: 12 });

const statisticsSchema = z
  .object({
    total_orders: count,
    status_breakdown: z.object({
      pending: count,
      processing: count,
      shipped: count,
      delivered: count,
      cancelled: count,
      failed: count,
    }),
    stale_orders: count.meta({ description: 'Past the deadline of their status, and not waiting for their turn.' }),
    recent_orders_24h: count,
    completion_rate: z.number().meta({ example: 91.7, description: 'Delivered orders in percent of all.' }),
    average_processing_seconds: z.number().nullable().meta({ example: 8.4, description: 'From placed to delivered.' }),
    revenue_24h: z
      .string()
      .meta({ example: '1234.50', description: 'Orders of the last 24 hours, not cancelled or failed.' }),
  })
  .meta({ id: 'OrderStatistics' });

@ApiTags('orders')
@Controller('api/v1/orders')
export class OrderStatisticsController {
  constructor(private readonly statistics: OrderStatisticsRepository) {}

  @Get('statistics')
  @Needs('orders:read')
  @ApiOperation({
    summary: 'Figures of all orders',
    description: 'Always those of the tables, at the same cost at any size.',
  })
  @ApiOkResponse({ standardSchema: statisticsSchema })
  @ApiProblems(503)
  async read(): Promise<z.infer<typeof statisticsSchema>> {
    const statistics = await this.statistics.read();
    return {
      total_orders: statistics.total,
      status_breakdown: statistics.byStatus,
      stale_orders: statistics.stale,
      recent_orders_24h: statistics.recent,
      completion_rate: completionRate(statistics),
      average_processing_seconds: rounded(statistics.averageProcessingSeconds),
      revenue_24h: toDecimal(statistics.recentRevenueMinor),
    };
  }
}

function completionRate({ byStatus, total }: OrderStatistics): number {
  return total === 0 ? 0 : Math.round((byStatus.delivered / total) * 10_000) / 100;
}

function rounded(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1000) / 1000;
}
