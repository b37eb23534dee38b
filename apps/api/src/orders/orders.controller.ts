import {
  AmendOrder,
  type CancelledOrder,
  CancelOrder,
  CannotAmendOrderError,
  CannotCancelOrderError,
  DuplicateOrderError,
  IdempotencyKeyInUseError,
  type OrderDetail,
  OrderInconsistentError,
  OrderNotFoundError,
  OrdersRepository,
  OrderStatus,
  type PlacedOrder,
  PlacementBatcher,
  ReservationMismatchError,
  StaleOrdersRepository,
  UnknownProductError,
} from '@app/orders';
import { InsufficientStockError } from '@app/inventory';
import { Principal, TooManyToSortError, type Tx } from '@app/platform';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NeedsOrOwnOrders } from '../access/access';
import { ownerOf } from '../access/access-check';
import { CurrentPrincipal, principalOf } from '../access/current-principal';
import { moment } from '../http/validation';
import { ApiProblems } from '../http/api-problems';
import { expectedVersions } from '../http/if-match';
import { TakesIfMatch } from '../http/conditions';
import { fingerprintOf, idempotencyKeyOf, TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageSchema, Paging } from '../http/paging';
import { EXAMPLE_ID } from '../openapi/example-of';
import { ETAG } from '../openapi/headers';
import { type AmendOrderBody, amendOrderSchema, toAmendment } from './amend-order.dto';
import { type CancelOrderBody, cancelledSchema, cancelOrderSchema, toCancelled } from './cancel-order.dto';
import { listOrdersSchema, type ListOrdersQuery, toOrderFilter, toOrderSort } from './list-orders.dto';
import { DeleteOrder, DeletesOrder } from './delete-order';
import { orderIdParam } from './order-id';
import {
  orderDetailSchema,
  orderListItemSchema,
  toOrderDetail,
  toOrderListItem,
  toPlacedOrder,
} from './order.response';
import { type PlaceOrderBody, placeOrderSchema, toPlacementRequest } from './place-order.dto';
import { placementReply } from './placement-reply';

const detailQuery = z.strictObject({
  as_of: moment.optional().meta({
    description: 'The order as it was at this time, or at the beginning of this date.',
    example: '2030-01-01',
  }),
});
const ordersPageSchema = pageSchema(orderListItemSchema, 'OrderPage');

@ApiTags('orders')
@Controller('api/v1/orders')
export class OrdersController {
  constructor(
    private readonly batcher: PlacementBatcher,
    private readonly cancelOrder: CancelOrder,
    private readonly deleteOrder: DeleteOrder,
    private readonly amendOrder: AmendOrder,
    private readonly orders: OrdersRepository,
    private readonly stale: StaleOrdersRepository,
    private readonly keyedWrites: KeyedWrites,
    private readonly paging: Paging,
  ) {}

  @Post()
  @NeedsOrOwnOrders('orders:write')
  @ApiOperation({
    summary: 'Place an order',
    description:
      'Reserves the stock of all lines, or of none. Send an Idempotency-Key to be able to repeat the request safely: the same key and body give the stored reply.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '1 to 255 visible ASCII characters, new for every order.',
  })
  @ApiCreatedResponse({
    standardSchema: orderDetailSchema,
    description: 'The order is placed and its stock reserved.',
    headers: ETAG,
  })
  @ApiProblems(
    400,
    new UnknownProductError([
      { field: 'items[1].product_id', code: 'unknown_product', message: 'Product 999 does not exist.' },
    ]),
    new InsufficientStockError([
      {
        field: 'items[0].quantity',
        code: 'insufficient_stock',
        message: 'Insufficient stock for Laptop. Available: 3, Requested: 5',
      },
    ]),
    new DuplicateOrderError('order_id', EXAMPLE_ID, EXAMPLE_ID),
    new DuplicateOrderError('external_reference', 'WEB-4711', EXAMPLE_ID),
    new IdempotencyKeyInUseError(),
    422,
  )
  async place(
    @Body({ schema: placeOrderSchema }) body: PlaceOrderBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const render = (placed: PlacedOrder) => JSON.stringify(toPlacedOrder(placed));
    const key = idempotencyKeyOf(idempotencyKey);
    const idempotency = key && {
      key,
      fingerprint: fingerprintOf('place order', body),
      render,
    };
    const wish = toPlacementRequest(body, principalOf(request), request.id, ownerOf(request), idempotency || undefined);
    const outcome = await this.batcher.place(wish);
    if (outcome.result === 'refused') throw outcome.error;
    return placementReply(reply.header('etag', '"1"'), outcome, render);
  }

  @Get()
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({ summary: 'List orders', description: 'Newest first unless `ordering` says otherwise.' })
  @ApiOkResponse({ standardSchema: ordersPageSchema })
  @ApiProblems(400, new TooManyToSortError('total_amount'), 503)
  async list(@Query({ schema: listOrdersSchema }) query: ListOrdersQuery, @Req() request: FastifyRequest) {
    const filter = toOrderFilter(query, ownerOf(request));
    const { sort, isDescending, keyOf, toPlace } = toOrderSort(query);
    const now = new Date();
    return this.paging.page(
      request,
      {
        list: `orders ${query.ordering}`,
        wish: query,
        fetch: async (key, backwards, slice) => {
          const found = await this.orders.find({
            ...filter,
            sort,
            descending: isDescending !== backwards,
            after: key && toPlace(key),
            ...slice,
          });
          const stale = await this.stale.staleAmong(found, now);
          return found.map((order) => ({ order, isStale: stale.has(order.id) }));
        },
        keyOf: ({ order }) => keyOf(order),
        count: (max) => this.orders.count(filter, max),
      },
      ({ order, isStale }) => toOrderListItem(order, isStale, now),
    );
  }

  @Get(':order_id')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'One order with its lines and the history of its status',
    description: 'With `as_of`, the order as it was at that time.',
  })
  @ApiOkResponse({ standardSchema: orderDetailSchema, headers: ETAG })
  @ApiProblems(400, new OrderNotFoundError(EXAMPLE_ID), 503)
  async detail(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
    @Query({ schema: detailQuery }) { as_of }: z.infer<typeof detailQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const asOf = as_of === undefined ? undefined : new Date(as_of);
    const detail = asOf ? await this.orders.getDetailAsOf(orderId, asOf) : await this.orders.getDetail(orderId);
    void reply.header('etag', `"${detail.order.version}"`);
    return this.toResponse(detail, asOf ?? new Date());
  }

  @Patch(':order_id')
  @NeedsOrOwnOrders('orders:write')
  @ApiOperation({
    summary: 'Change an order that is not final',
    description: 'With If-Match, only the version that you have read.',
  })
  @TakesIfMatch()
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: orderDetailSchema })
  @ApiProblems(
    400,
    new OrderNotFoundError(EXAMPLE_ID),
    new CannotAmendOrderError(OrderStatus.delivered),
    new IdempotencyKeyInUseError(),
    412,
    422,
  )
  async amend(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
    @Body({ schema: amendOrderSchema }) body: AmendOrderBody,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const expected = expectedVersions(ifMatch);
    return this.keyedWrites.answer<void, 'orders'>(
      { request, reply, operation: `change order ${orderId}`, body },
      (once) =>
        this.amendOrder.execute(orderId, toAmendment(body), { principal, requestId: request.id }, expected, once),
      async (_, tx) => {
        const detail = await (tx ? this.orders.getDetailIn(tx, orderId) : this.orders.getDetail(orderId));
        return {
          headers: { etag: `"${detail.order.version}"` },
          body: await this.toResponse(detail, new Date(), tx),
        };
      },
    );
  }

  @Post(':order_id/cancel')
  @NeedsOrOwnOrders('orders:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel an order',
    description:
      'Possible until it is shipped. Its stock is available again at once, and once only. With If-Match, only the version that you have read.',
  })
  @TakesIfMatch()
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: cancelledSchema, headers: ETAG })
  @ApiProblems(
    400,
    new OrderNotFoundError(EXAMPLE_ID),
    new CannotCancelOrderError(OrderStatus.delivered),
    new ReservationMismatchError(
      '019a0000-0000-7000-8000-000000000000',
      [1],
      'it reserves 2, and the stock level says 0 reserved of 10 on hand',
    ),
    new OrderInconsistentError('019a0000-0000-7000-8000-000000000000', [1], {
      code: '23514',
      constraint: 'orders_started_has_time',
    }),
    new IdempotencyKeyInUseError(),
    412,
    422,
  )
  async cancel(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
    @Body({ schema: cancelOrderSchema }) body: CancelOrderBody,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const reason = body?.reason || null;
    const expected = expectedVersions(ifMatch);
    return this.keyedWrites.answer<CancelledOrder>(
      { request, reply, operation: `cancel order ${orderId}`, body },
      (once) => this.cancelOrder.execute({ orderId, reason, principal, requestId: request.id, expected }, once),
      ({ status, version }) => ({ headers: { etag: `"${version}"` }, body: toCancelled(status) }),
    );
  }

  @Delete(':order_id')
  @NeedsOrOwnOrders('orders:write')
  @DeletesOrder(
    'Cancel an order, as a deletion',
    'The same as cancelling it, without a reason. Nothing is deleted: it stays readable with its history.',
  )
  async remove(
    @Param('order_id', { schema: orderIdParam }) orderId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.deleteOrder.execute(orderId, expectedVersions(ifMatch), principal, request, reply);
  }

  private async toResponse(detail: OrderDetail, now: Date, tx?: Tx<'orders'>) {
    // Nothing is stale in the future.
    const stale = await this.stale.staleAmong([detail.order], new Date(Math.min(now.getTime(), Date.now())), tx);
    return toOrderDetail(detail, stale.has(detail.order.id), now);
  }
}
