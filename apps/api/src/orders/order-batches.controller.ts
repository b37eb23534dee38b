import {
  AcceptBatch,
  BatchConflictError,
  BatchInvalidError,
  BatchDispatcher,
  type BatchReply,
  IdempotencyKeyInUseError,
  type OrderBatch,
  OrderBatchNotFoundError,
  OrderBatchesRepository,
  ORDERS_PER_BATCH_MAX,
  ORDERS_PER_TRANSACTION_MAX,
  type PlacedBatch,
} from '@app/orders';
import { newId, Principal } from '@app/platform';
import { Body, Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NeedsOrOwnOrders } from '../access/access';
import { ownerOf } from '../access/access-check';
import { CurrentPrincipal } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { BodyLimit } from '../http/body-limit';
import { fingerprintOfList, idempotencyKeyOf } from '../http/idempotency-key';
import { idempotentReply } from '../http/idempotent-reply';
import { pageQuery, Paging } from '../http/paging';
import { prefersAsync } from '../http/prefer';
import { EXAMPLE_BATCH_ID } from '../openapi/example-of';
import {
  type BulkCreateBody,
  bulkCreateSchema,
  ORDERS_PER_CUSTOMER_BATCH_MAX,
  refuseLongCustomerBatch,
  refuseLongDryRun,
  toBatchedOrders,
} from './bulk-create.dto';
import {
  bulkCreatedSchema,
  orderBatchSchema,
  toBatchResult,
  toBulkCreated,
  toOrderBatch,
} from './order-batch.response';

/** 50,000 orders of one or two lines; more are more than one request. */
const BODY_BYTES_MAX = 16 * 1024 * 1024;
const NO_RESULTS = { count: 0, count_is_capped: false, next: null, previous: null, results: [] };

const batchIdParam = z.uuid('Must be a UUID.').meta({ example: EXAMPLE_BATCH_ID });
const resultsQuery = z.strictObject(pageQuery);

@ApiTags('orders')
@Controller('api/v1/orders')
export class OrderBatchesController {
  constructor(
    private readonly dispatcher: BatchDispatcher,
    private readonly acceptBatch: AcceptBatch,
    private readonly batches: OrderBatchesRepository,
    private readonly paging: Paging,
  ) {}

  @Post('bulk_create')
  @NeedsOrOwnOrders('orders:write')
  @BodyLimit(BODY_BYTES_MAX, { name: 'orders', itemsMax: ORDERS_PER_BATCH_MAX })
  @ApiOperation({
    summary: 'Place many orders at once',
    description: [
      `Up to ${ORDERS_PER_TRANSACTION_MAX} orders are placed in one transaction and answered with 201. Each order gets all its lines or none, on what the orders before it left.`,
      'With `reject_all`, one order that cannot be placed rejects all; with `reject_failed` only it is missing, and only when none is left is the request rejected. A rejected request is a 400 when an order can never be placed as it is, a 409 when stock is short or an order exists; `errors` names up to 100 fields such as `orders[17].items[0].quantity`, and the batch `batch_id` keeps the result of every order.',
      'An order that does not match the schema (a product twice, a wrong e-mail address, too many items) is one that can never be placed: with `reject_failed` its result names the fields (20 of one order, 10,000 of all, one of each at least) and the others go on. With `reject_all`, and when what is around the orders is wrong, or the body can not be read as JSON within its bounds, the request is a 400 as a whole, with its first 100 problems; there is no batch then.',
      'The result of a duplicate names the order that exists already, `order_id`.',
      `With \`Prefer: respond-async\`, or more than ${ORDERS_PER_TRANSACTION_MAX} orders, the answer is 202 and a worker places them: follow Location for the progress. A batch of \`reject_failed\` is placed in chunks, one of \`reject_all\` in one transaction.`,
      `Whoever may touch only own orders (\`orders:own\`) sends at most ${ORDERS_PER_CUSTOMER_BATCH_MAX} of them with one request.`,
      'A dry run decides everything on the stock of this moment and writes nothing; the ids in its answer are of no orders.',
    ].join('\n\n'),
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '1 to 255 visible ASCII characters; for the whole request.',
  })
  @ApiHeader({ name: 'Prefer', required: false, description: '`respond-async`: answer 202, let a worker place them.' })
  @ApiCreatedResponse({ standardSchema: bulkCreatedSchema, description: 'All orders are placed, or some.' })
  @ApiOkResponse({ standardSchema: bulkCreatedSchema, description: 'A dry run: this would have been the answer.' })
  @ApiAcceptedResponse({
    standardSchema: orderBatchSchema,
    description: 'The orders are stored and wait for a worker.',
  })
  @ApiProblems(
    400,
    new BatchInvalidError(
      '1 of 2 orders cannot be placed. Nothing was placed.',
      [{ field: 'orders[1].items[0].product_id', code: 'unknown_product', message: 'Product 999 does not exist.' }],
      EXAMPLE_BATCH_ID,
    ),
    new BatchConflictError(
      '1 of 20 orders cannot be placed. Nothing was placed.',
      [
        {
          field: 'orders[17].items[0].quantity',
          code: 'insufficient_stock',
          message: 'Insufficient stock for Laptop. Available: 3, Requested: 5',
        },
      ],
      EXAMPLE_BATCH_ID,
    ),
    new IdempotencyKeyInUseError(),
    422,
  )
  async create(
    @Body({ schema: bulkCreateSchema }) body: BulkCreateBody,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ownerId = ownerOf(request);
    refuseLongCustomerBatch(body, ownerId);
    refuseLongDryRun(body);
    const key = idempotencyKeyOf(idempotencyKey);
    const isLong = body.orders.length > ORDERS_PER_TRANSACTION_MAX;
    const isAsync = isLong || (prefersAsync(prefer) && !body.dry_run);
    const operation = isAsync ? 'place orders in bulk, asynchronously' : 'place orders in bulk';
    const fingerprint = key && (await fingerprintOfList(operation, body, 'orders'));
    const idempotent = <Answer>(render: (answer: Answer) => string) =>
      key && fingerprint ? { key, fingerprint, render } : undefined;
    const batch = {
      batchId: newId(),
      requests: await toBatchedOrders(body, principal, request.id, ownerId),
      errorPolicy: body.error_policy,
      requestId: request.id,
      principal,
    };
    if (isAsync) {
      if (prefersAsync(prefer)) void reply.header('preference-applied', 'respond-async');
      const outcome = await this.acceptBatch.execute({ ...batch, idempotency: idempotent(renderAccepted) });
      send(reply.status(202), outcome, outcome.result === 'new' ? outcome.answer.id : null, renderAccepted);
    } else {
      const { dry_run: dryRun } = body;
      const outcome = await this.dispatcher.place({ ...batch, dryRun, idempotency: idempotent(renderPlaced) });
      send(
        reply.status(dryRun ? 200 : 201),
        outcome,
        outcome.result === 'new' ? outcome.answer.batchId : null,
        renderPlaced,
      );
    }
  }

  @Get('batches/:batch_id')
  @NeedsOrOwnOrders('orders:read')
  @ApiOperation({
    summary: 'The progress of a bulk request',
    description: 'How far it is, and what became of each of its orders: in request order, a page at a time.',
  })
  @ApiOkResponse({ standardSchema: orderBatchSchema })
  @ApiProblems(400, new OrderBatchNotFoundError(EXAMPLE_BATCH_ID))
  async detail(
    @Param('batch_id', { schema: batchIdParam }) batchId: string,
    @Query({ schema: resultsQuery }) query: z.infer<typeof resultsQuery>,
    @Req() request: FastifyRequest,
  ) {
    const batch = await this.batches.get(batchId);
    const results = await this.paging.page(
      request,
      {
        list: `results of batch ${batchId}`,
        wish: query,
        fetch: (key, backwards, slice) =>
          this.batches.findResults(batchId, { after: key && Number(key[0]), descending: backwards, ...slice }),
        keyOf: ({ index }) => [index],
        count: async (max) => Math.min(max, batch.successfulOrders + batch.failedOrders),
      },
      toBatchResult,
    );
    return toOrderBatch(batch, results);
  }
}

function renderPlaced(placed: PlacedBatch): string {
  return JSON.stringify(toBulkCreated(placed));
}

function renderAccepted(batch: OrderBatch): string {
  return JSON.stringify(toOrderBatch(batch, NO_RESULTS));
}

function send<Answer>(
  reply: FastifyReply,
  outcome: BatchReply<Answer>,
  newBatchId: string | null,
  render: (answer: Answer) => string,
): void {
  const isReplayed = outcome.result === 'replayed';
  const batchId = outcome.result === 'replayed' ? outcome.batchId : newBatchId;
  const location = batchId === null ? undefined : `/api/v1/orders/batches/${batchId}/`;
  const text = outcome.result === 'replayed' ? outcome.reply : (outcome.reply ?? render(outcome.answer));
  void reply.send(idempotentReply(reply, { location, isReplayed, text }));
}
