import { AdjustStock, StockLevelsRepository, StockMovementsRepository } from '@app/inventory';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiProblems } from '../http/api-problems';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { productIdParam, text } from '../http/validation';
import { type AdjustStockBody, adjustedSchema, adjustStockSchema } from './adjust-stock.dto';
import { inventoryItemSchema, movementSchema, toInventoryItem, toMovement } from './inventory.response';

const flag = z.enum(['true', 'false']).optional();
const listInventorySchema = z.strictObject({
  search: text(3, 100).optional().meta({ description: "Part of the product's name or SKU." }),
  low_stock: flag.meta({ description: 'Only where available ≤ minimum_threshold.' }),
  out_of_stock: flag.meta({ description: 'Only where nothing is available.' }),
  ...pageQuery,
});
type ListInventoryQuery = z.infer<typeof listInventorySchema>;

const listMovementsSchema = z.strictObject(pageQuery);
type ListMovementsQuery = z.infer<typeof listMovementsSchema>;

@ApiTags('inventory')
@Controller('api/v1/inventory')
export class InventoryController {
  constructor(
    private readonly adjustStock: AdjustStock,
    private readonly stockLevels: StockLevelsRepository,
    private readonly movements: StockMovementsRepository,
    private readonly paging: Paging,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List stock levels' })
  @ApiOkResponse({ standardSchema: pageSchema(inventoryItemSchema, 'InventoryPage') })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listInventorySchema }) query: ListInventoryQuery, @Req() request: FastifyRequest) {
    const filter = {
      search: query.search,
      lowStock: query.low_stock === 'true',
      outOfStock: query.out_of_stock === 'true',
    };
    return this.paging.page(
      request,
      {
        list: 'inventory',
        pageSize: query.page_size,
        cursor: query.cursor,
        fetch: (key, backwards, limit) =>
          this.stockLevels.find({ ...filter, descending: backwards, after: key && { id: Number(key[0]) }, limit }),
        keyOf: ({ productId }) => [productId],
        count: (max) => this.stockLevels.count(filter, max),
      },
      toInventoryItem,
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'The stock level of one product' })
  @ApiOkResponse({ standardSchema: inventoryItemSchema })
  @ApiProblems(400, 404, 503)
  async detail(@Param('id', { schema: productIdParam }) id: number) {
    return toInventoryItem(await this.stockLevels.get(id));
  }

  @Post(':id/adjust')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Receive, remove, count or write off stock',
    description: 'Never below what open orders hold, never above the maximum capacity.',
  })
  @ApiOkResponse({ standardSchema: adjustedSchema })
  @ApiProblems(400, 404, 409, 413, 415, 503)
  async adjust(
    @Param('id', { schema: productIdParam }) id: number,
    @Body({ schema: adjustStockSchema }) body: AdjustStockBody,
  ): Promise<z.infer<typeof adjustedSchema>> {
    const { previousQuantity, newQuantity } = await this.adjustStock.execute({
      productId: id,
      type: body.adjustment_type,
      quantity: body.quantity,
      notes: body.notes || undefined,
      referenceNumber: body.reference_number || undefined,
    });
    return {
      success: true,
      previous_quantity: previousQuantity,
      new_quantity: newQuantity,
      adjustment: newQuantity - previousQuantity,
    };
  }

  @Get(':id/transactions')
  @ApiOperation({ summary: 'The stock movements of one product, newest first' })
  @ApiOkResponse({ standardSchema: pageSchema(movementSchema, 'StockMovementPage') })
  @ApiProblems(400, 404, 503)
  async transactions(
    @Param('id', { schema: productIdParam }) id: number,
    @Query({ schema: listMovementsSchema }) query: ListMovementsQuery,
    @Req() request: FastifyRequest,
  ) {
    const level = await this.stockLevels.get(id);
    return this.paging.page(
      request,
      {
        list: `movements ${id}`,
        pageSize: query.page_size,
        cursor: query.cursor,
        fetch: (key, backwards, limit) =>
          this.movements.findByProduct(id, { descending: !backwards, after: key && Number(key[0]), limit }),
        keyOf: (movement) => [movement.id],
        count: (max) => this.movements.countByProduct(id, max),
      },
      (movement) => toMovement(movement, level),
    );
  }
}
