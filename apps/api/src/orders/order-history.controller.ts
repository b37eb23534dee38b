import { ORDER_STATUSES, OrderNotFoundError, OrderStatus, OrdersRepository } from '@app/orders';
import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NeedsOrOwnOrders } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { EXAMPLE_ID } from '../openapi/example-of';
import { orderChangeSchema, toOrderChange } from './order-change.response';
import { orderIdParam } from './order-id';

const status = z.enum(ORDER_STATUSES).meta({ example: OrderStatus.processing });

const orderStatusSchema = z
  .object({
    order_id: z.uuid(),
    status,
    created_at: z.iso.datetime(),
    current_state_since: z.iso.datetime(),
  })
  .meta({ id: 'OrderStatus' });

const historyQuery = z.strictObject(pageQuery);

@ApiTags('orders')
@Controller('api/v1/orders')
export class OrderHistoryController {
  constructor(
    private readonly orders: OrdersRepository,
    private readonly paging: Paging,
  ) {}

  @Get(':order_id/status')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'Where an order is',
    description: 'Costs less than reading the whole order: made for asking often.',
  })
  @ApiOkResponse({ standardSchema: orderStatusSchema })
  @ApiProblems(400, new OrderNotFoundError(EXAMPLE_ID), 503)
  async status(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
  ): Promise<z.infer<typeof orderStatusSchema>> {
    const order = await this.orders.get(orderId);
    return {
      order_id: order.id,
      status: order.status,
      created_at: order.createdAt.toISOString(),
      current_state_since: order.statusSince.toISOString(),
    };
  }

  @Get(':order_id/history')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'The history of an order',
    description: 'Every version, newest first, with what changed field by field, who changed it and why.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(orderChangeSchema, 'OrderChangePage') })
  @ApiProblems(400, new OrderNotFoundError(EXAMPLE_ID), 503)
  async history(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
    @Query({ schema: historyQuery }) query: z.infer<typeof historyQuery>,
    @Req() request: FastifyRequest,
  ) {
    const { version } = await this.orders.get(orderId);
    return this.paging.page(
      request,
      {
        list: `order history ${orderId}`,
        wish: query,
        fetch: (key, backwards, { limit, offset }) =>
          // Versions have no gaps: the ones to pass over need not be read.
          this.orders.getHistory(orderId, {
            descending: !backwards,
            after: key ? Number(key[0]) : version + 1 - offset,
            limit,
          }),
        keyOf: ({ order }) => [order.version],
        count: (max) => this.orders.countHistory(orderId, max),
      },
      toOrderChange,
    );
  }
}
