import { LimitChangesRepository, StockLevelsRepository } from '@app/inventory';
import { ProductNotFoundError, ProductsRepository } from '@app/products';
import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Needs } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { productIdParam } from '../http/validation';
import {
  listMovementsSchema,
  type ListMovementsQuery,
  MovementList,
  movementPageSchema,
} from '../inventory/movement-list';
import { productChangeSchema, toProductChange } from './product-change.response';
import { productSchema, toProductResponse } from './product.response';

const onlyPages = z.strictObject(pageQuery);
type OnlyPages = z.infer<typeof onlyPages>;

const LOW_STOCK = { lowStock: true };

/** What there is to know about products beyond what they are now. */
@ApiTags('products')
@Controller('api/v1/products')
export class ProductReportsController {
  constructor(
    private readonly products: ProductsRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly limitChanges: LimitChangesRepository,
    private readonly movements: MovementList,
    private readonly paging: Paging,
  ) {}

  @Get('low_stock')
  @Needs('products:read')
  @ApiOperation({
    summary: 'List products that run low',
    description: 'Where available_stock is at or below the minimum threshold, by id.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(productSchema, 'ProductPage') })
  @ApiProblems(400, 503)
  async lowStock(@Query({ schema: onlyPages }) query: OnlyPages, @Req() request: FastifyRequest) {
    const page = await this.paging.page(
      request,
      {
        list: 'low stock',
        wish: query,
        fetch: (key, backwards, slice) =>
          this.stockLevels.find({
            ...LOW_STOCK,
            descending: backwards,
            after: key && { id: Number(key[0]) },
            ...slice,
          }),
        keyOf: ({ productId }) => [productId],
        count: (max) => this.stockLevels.count(LOW_STOCK, max),
      },
      (level) => level,
    );
    const products = await this.products.findByIds(page.results.map(({ productId }) => productId));
    const byId = new Map(products.map((product) => [product.id, product]));
    return { ...page, results: page.results.map((level) => toProductResponse(byId.get(level.productId)!, level)) };
  }

  @Get(':id/stock_history')
  @Needs('inventory:read')
  @ApiOperation({
    summary: 'The stock history of a product',
    description: 'The ledger of its stock, newest first. The same as its transactions in the inventory.',
  })
  @ApiOkResponse({ standardSchema: movementPageSchema })
  @ApiProblems(400, new ProductNotFoundError(1), 503)
  async stockHistory(
    @Param('id', { schema: productIdParam }) id: number,
    @Query({ schema: listMovementsSchema }) query: ListMovementsQuery,
    @Req() request: FastifyRequest,
  ) {
    return this.movements.page(id, query, request);
  }

  @Get(':id/history')
  @Needs('products:read')
  @ApiOperation({
    summary: 'The history of a product',
    description:
      'Every version, newest first, with what changed field by field, who changed it and why. A new minimum threshold or maximum capacity is one of these changes.',
  })
  @ApiOkResponse({ standardSchema: pageSchema(productChangeSchema, 'ProductChangePage') })
  @ApiProblems(400, new ProductNotFoundError(1), 503)
  async history(
    @Param('id', { schema: productIdParam }) id: number,
    @Query({ schema: onlyPages }) query: OnlyPages,
    @Req() request: FastifyRequest,
  ) {
    const { version } = await this.products.get(id);
    const page = await this.paging.page(
      request,
      {
        list: `product history ${id}`,
        wish: query,
        fetch: (key, backwards, { limit, offset }) =>
          // Versions have no gaps: the ones to pass over need not be read.
          this.products.getHistory(id, {
            descending: !backwards,
            after: key ? Number(key[0]) : version + 1 - offset,
            limit,
          }),
        keyOf: ({ row }) => [row.version],
        count: (max) => this.products.countHistory(id, max),
      },
      (change) => change,
    );
    const limits = await this.limitChanges.find(
      id,
      page.results.map(({ row }) => row.version),
    );
    const results = page.results.map((change) =>
      toProductChange(
        change,
        limits.filter(({ productVersion }) => productVersion === change.row.version),
      ),
    );
    return { ...page, results };
  }
}
