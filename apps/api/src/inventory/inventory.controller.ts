import {
  type AdjustedQuantity,
  AdjustStock,
  CannotRemoveStockError,
  CapacityExceededError,
  type Reconciliation,
  ReconcileStock,
  type StockLevel,
  type StockLevelSort,
  StockLevelsRepository,
  StockLevelNotFoundError,
  UnexpectedQuantityError,
} from '@app/inventory';
import { IdempotencyKeyInUseError } from '@app/orders';
import { Principal, SORTED_ROWS_MAX, TooManyToSortError } from '@app/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Needs } from '../access/access';
import { CurrentPrincipal } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { bothWays, productIdParam, sortOf, text } from '../http/validation';
import { type AdjustStockBody, adjustedSchema, adjustStockSchema, toAdjusted } from './adjust-stock.dto';
import { inventoryItemSchema, toInventoryItem } from './inventory.response';
import { listMovementsSchema, type ListMovementsQuery, MovementList, movementPageSchema } from './movement-list';
import { type ReconcileStockBody, reconciledSchema, reconcileStockSchema, toReconciled } from './reconcile-stock.dto';

const flag = z.enum(['true', 'false']).optional();
const listInventorySchema = z.strictObject({
  search: text(1, 100).optional().meta({
    description:
      "Words of the product's name or SKU: all must be found, three letters and more anywhere, fewer at the beginning of a part of a word. Case, accents and Unicode form do not matter.",
    example: 'laptop',
  }),
  low_stock: flag.meta({ description: 'Only where available ≤ minimum_threshold.', example: true }),
  out_of_stock: flag.meta({ description: 'Only where nothing is available.', example: true }),
  ordering: z
    .enum(bothWays<StockLevelSort>(['product_id', 'name', 'quantity', 'updated_at']))
    .default('product_id')
    .meta({
      description: `With a minus, the greatest first. By quantity and by update, and by name with a filter, at most ${SORTED_ROWS_MAX} are sorted: use filters when there are more.`,
    }),
  ...pageQuery,
});
type ListInventoryQuery = z.infer<typeof listInventorySchema>;

const units = z.number().int();
const summarySchema = z
  .object({
    total_items: units.meta({ example: 50 }),
    low_stock_items: units.meta({ example: 4, description: 'Some available, but at or below minimum_threshold.' }),
    out_of_stock_items: units.meta({ example: 3, description: 'Nothing available.' }),
    healthy_stock_items: units.meta({ example: 43, description: 'All others.' }),
  })
  .meta({ id: 'InventorySummary' });

/** What a cursor holds beside the product. */
const SORT_VALUES: Record<StockLevelSort, (level: StockLevel) => (string | number)[]> = {
  product_id: () => [],
  name: ({ productName }) => [productName],
  quantity: ({ onHand }) => [onHand],
  updated_at: ({ updatedAt }) => [updatedAt.toISOString()],
};

@ApiTags('inventory')
@Controller('api/v1/inventory')
export class InventoryController {
  constructor(
    private readonly adjustStock: AdjustStock,
    private readonly reconcileStock: ReconcileStock,
    private readonly stockLevels: StockLevelsRepository,
    private readonly movements: MovementList,
    private readonly keyedWrites: KeyedWrites,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Needs('inventory:read')
  @ApiOperation({
    summary: 'List stock levels',
    description: 'By product id unless `ordering` says otherwise. Filters combine.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(inventoryItemSchema, 'InventoryPage') })
  @ApiProblems(400, new TooManyToSortError('quantity'), 503)
  async list(@Query({ schema: listInventorySchema }) query: ListInventoryQuery, @Req() request: FastifyRequest) {
    const filter = {
      search: query.search,
      lowStock: query.low_stock === 'true',
      outOfStock: query.out_of_stock === 'true',
    };
    const { sort, isDescending: descending } = sortOf<StockLevelSort>(query.ordering);
    return this.paging.page(
      request,
      {
        list: `inventory ${query.ordering}`,
        wish: query,
        fetch: (key, backwards, slice) =>
          this.stockLevels.find({
            ...filter,
            sort,
            descending: descending !== backwards,
            after: key && { value: key[0], id: Number(key.at(-1)) },
            ...slice,
          }),
        keyOf: (level) => [...SORT_VALUES[sort](level), level.productId],
        count: (max) => this.stockLevels.count(filter, max),
      },
      toInventoryItem,
    );
  }

  @Get('summary')
  @Needs('inventory:read')
  @ApiOperation({
    summary: 'Figures of all stock',
    description: 'How many products are healthy, low or out of stock: three classes that add up to the total.',
  })
  @ApiOkResponse({ standardSchema: summarySchema })
  @ApiProblems(503)
  async summary(): Promise<z.infer<typeof summarySchema>> {
    const { total, low, out } = await this.stockLevels.summary();
    return {
      total_items: total,
      low_stock_items: low,
      out_of_stock_items: out,
      healthy_stock_items: total - low - out,
    };
  }

  @Post('reconcile')
  @Needs('inventory:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Compare stock with its ledger',
    description: 'Changes nothing unless `dry_run` is false: then levels that differ become what the ledger says.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: reconciledSchema })
  @ApiProblems(400, new IdempotencyKeyInUseError(), 413, 415, 422, 503)
  async reconcile(
    @Body({ schema: reconcileStockSchema }) body: ReconcileStockBody,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const dryRun = body?.dry_run ?? true;
    return this.keyedWrites.answer<Reconciliation>(
      { request, reply, operation: 'reconcile stock', body },
      (once) =>
        this.reconcileStock.execute({ repairAs: dryRun ? undefined : { principal, requestId: request.id } }, once),
      (reconciliation) => ({ body: toReconciled(dryRun, reconciliation) }),
    );
  }

  @Get(':id')
  @Needs('inventory:read')
  @ApiOperation({ summary: 'Read a stock level', description: 'What is on hand, held and available of one product.' })
  @ApiOkResponse({ standardSchema: inventoryItemSchema })
  @ApiProblems(400, new StockLevelNotFoundError(1), 503)
  async detail(@Param('id', { schema: productIdParam }) id: number) {
    return toInventoryItem(await this.stockLevels.get(id));
  }

  @Post(':id/adjust')
  @Needs('inventory:write')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Adjust stock',
    description:
      '`add` receives goods, `remove` takes them out, `set` is a count, `damage` writes off. Never below what open orders reserve, never above the maximum capacity. Send an Idempotency-Key to be able to repeat it: two deliveries of 5 are told from one that was sent twice.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: adjustedSchema })
  @ApiProblems(
    400,
    new StockLevelNotFoundError(1),
    new CannotRemoveStockError(7, 5),
    new CapacityExceededError(1200, 1000),
    new UnexpectedQuantityError(40, 45),
    new IdempotencyKeyInUseError(),
    422,
  )
  async adjust(
    @Param('id', { schema: productIdParam }) id: number,
    @Body({ schema: adjustStockSchema }) body: AdjustStockBody,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<AdjustedQuantity>(
      { request, reply, operation: `adjust stock of ${id}`, body },
      (once, idempotencyKey) =>
        this.adjustStock.execute(
          {
            principal,
            productId: id,
            type: body.adjustment_type,
            quantity: body.quantity,
            expectedQuantity: body.expected_quantity ?? undefined,
            notes: body.notes || undefined,
            referenceNumber: body.reference_number || undefined,
            idempotencyKey,
            requestId: request.id,
          },
          once,
        ),
      (adjusted) => ({ body: toAdjusted(adjusted) }),
    );
  }

  @Get(':id/transactions')
  @Needs('inventory:read')
  @ApiOperation({ summary: 'List the movements of a product', description: 'The ledger of its stock, newest first.' })
  @ApiOkResponse({ standardSchema: movementPageSchema })
  @ApiProblems(400, new StockLevelNotFoundError(1), 503)
  async transactions(
    @Param('id', { schema: productIdParam }) id: number,
    @Query({ schema: listMovementsSchema }) query: ListMovementsQuery,
    @Req() request: FastifyRequest,
  ) {
    return this.movements.page(id, query, request);
  }
}
