import { InsufficientStockError } from '@app/inventory';
import {
  DuplicateOrderError,
  IdempotencyKeyInUseError,
  OrderNotFoundError,
  OrdersRepository,
  type Order,
  type PlacedOrder,
  PlacementBatcher,
  UnknownProductError,
} from '@app/orders';
import { type DomainError, isUuid, Principal } from '@app/platform';
import { Body, Controller, Delete, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NeedsOrOwnOrders } from '../access/access';
import { ownerOf } from '../access/access-check';
import { CurrentPrincipal, principalOf } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { fingerprintOf, idempotencyKeyOf } from '../http/idempotency-key';
import { expectedVersions } from '../http/if-match';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { EXAMPLE_ID, EXPENDABLE_IDS } from '../openapi/example-of';
import { DeleteOrder, DeletesOrder } from '../orders/delete-order';
import { placementReply } from '../orders/placement-reply';
import {
  type PlaceSimpleOrderBody,
  placeSimpleOrderSchema,
  simpleOrderId,
  toItemField,
  toSimplePlacement,
} from './place-simple-order.dto';
import {
  simpleOrderSchema,
  simpleStatusSchema,
  toSimpleOrder,
  toSimpleOrderId,
  toSimpleStatus,
} from './simple-order.response';

/** As many to a page as the older system had. */
const listSimpleOrdersSchema = z.strictObject({ ...pageQuery, page_size: pageQuery.page_size.default(10) });

const orderIdParam = simpleOrderId.meta({
  example: EXAMPLE_ID,
  description: 'The order, by the id that it was placed with.',
});

/** Orders for clients that know a user, product ids and a total only. They are orders like all others. */
@ApiTags('simple clients')
@Controller('api/orders')
export class SimpleOrdersController {
  constructor(
    private readonly batcher: PlacementBatcher,
    private readonly deleteOrder: DeleteOrder,
    private readonly orders: OrdersRepository,
    private readonly paging: Paging,
  ) {}

  @Post()
  @NeedsOrOwnOrders('orders:write')
  @ApiOperation({
    summary: 'Place an order, the short way',
    description:
      'One unit of each item. What the order costs is what the catalogue says; `declared_total` repeats your figure when it differs.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: '1 to 255 visible ASCII characters.' })
  @ApiCreatedResponse({ standardSchema: simpleOrderSchema })
  @ApiProblems(
    400,
    new UnknownProductError([
      { field: 'item_ids[1]', code: 'unknown_product', message: 'Product 999 does not exist.' },
    ]),
    new InsufficientStockError([
      {
        field: 'item_ids[0]',
        code: 'insufficient_stock',
        message: 'Insufficient stock for Laptop. Available: 3, Requested: 5',
      },
    ]),
    new DuplicateOrderError('order_id', EXAMPLE_ID, EXAMPLE_ID),
    new IdempotencyKeyInUseError(),
    422,
  )
  async place(
    @Body({ schema: placeSimpleOrderSchema }) body: PlaceSimpleOrderBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const render = ({ order, lines }: PlacedOrder) => JSON.stringify(toSimpleOrder(order, lines));
    const key = idempotencyKeyOf(idempotencyKey);
    const idempotency = key && {
      key,
      fingerprint: fingerprintOf('place simple order', body),
      render,
    };
    const wish = toSimplePlacement(body, principalOf(request), request.id, ownerOf(request), idempotency || undefined);
    const outcome = await this.batcher.place(wish);
    if (outcome.result === 'refused') throw asOfSimpleClient(outcome.error, body);
    return placementReply(reply, outcome, render);
  }

  @Get()
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({ summary: 'List orders, the short way', description: 'All of them, newest first.' })
  @ApiOkResponse({ standardSchema: pageSchema(simpleOrderSchema, 'SimpleOrderPage') })
  @ApiProblems(400, 503)
  async list(
    @Query({ schema: listSimpleOrdersSchema }) query: z.infer<typeof listSimpleOrdersSchema>,
    @Req() request: FastifyRequest,
  ) {
    const userId = ownerOf(request);
    const page = await this.paging.page(
      request,
      {
        list: 'simple orders',
        wish: query,
        fetch: (key, backwards, slice) =>
          this.orders.find({
            userId,
            descending: !backwards,
            after: key && { createdAt: new Date(key[0]!), id: String(key[1]) },
            ...slice,
          }),
        keyOf: (order) => [order.createdAt.getTime(), order.id],
        count: (max) => this.orders.count({ userId }, max),
      },
      (order) => order,
    );
    const lines = await this.orders.findLines(page.results.map(({ id }) => id));
    return { ...page, results: page.results.map((order) => toSimpleOrder(order, lines.get(order.id) ?? [])) };
  }

  @Get(':order_id/status')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'Where an order is, the short way',
    description: 'One of five words, and when the order was placed.',
  })
  @ApiOkResponse({ standardSchema: simpleStatusSchema })
  @ApiProblems(400, new OrderNotFoundError(EXAMPLE_ID), 503)
  async status(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
  ): Promise<z.infer<typeof simpleStatusSchema>> {
    const order = await this.find(orderId);
    return {
      order_id: toSimpleOrderId(order),
      status: toSimpleStatus(order.status),
      created_at: order.createdAt.toISOString(),
    };
  }

  @Get(':order_id')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'Read an order, the short way',
    description: 'As the answer of placing it, with its state now.',
  })
  @ApiOkResponse({ standardSchema: simpleOrderSchema })
  @ApiProblems(400, new OrderNotFoundError(EXAMPLE_ID), 503)
  async detail(@Param('order_id', { schema: orderIdParam }) orderId: string) {
    const order = await this.find(orderId);
    const lines = await this.orders.findLines([order.id]);
    return toSimpleOrder(order, lines.get(order.id)!);
  }

  @Delete(':order_id')
  @NeedsOrOwnOrders('orders:write')
  @DeletesOrder(
    'Cancel an order, the short way',
    'It stays readable, as CANCELLED. Possible until it is shipped; its stock is available again.',
  )
  async cancel(
    @Param('order_id', { schema: orderIdParam.meta({ example: EXPENDABLE_IDS[1] }) }) clientsId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const expected = expectedVersions(ifMatch);
    const { id } = await this.find(clientsId);
    await this.deleteOrder.execute(id, expected, principal, request, reply);
  }

  private find(clientsId: string): Promise<Order> {
    return isUuid(clientsId) ? this.orders.get(clientsId) : this.orders.getByClientId(clientsId);
  }
}

/** The same error in the words of this surface: it has item ids instead of lines, and knows no reference. */
function asOfSimpleClient(
  error: DomainError,
  { order_id: orderId, item_ids: itemIds }: PlaceSimpleOrderBody,
): DomainError {
  if (error instanceof DuplicateOrderError && error.fields.some(({ field }) => field === 'external_reference'))
    return new DuplicateOrderError('order_id', orderId!, error.members.order_id?.toString());
  return error.withFieldsNamed((field) => toItemField(field, itemIds));
}
