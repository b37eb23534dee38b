import {
  CapacityBelowStockError,
  CreateStockedProducts,
  StockLevelsRepository,
  UpdateStockedProduct,
} from '@app/inventory';
import { IdempotencyKeyInUseError } from '@app/orders';
import { type Product, ProductNotFoundError, type ProductSort, ProductsRepository, SkuTakenError } from '@app/products';
import { Principal, type Tx } from '@app/platform';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Needs } from '../access/access';
import { CurrentPrincipal } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIfMatch } from '../http/conditions';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { expectedVersions } from '../http/if-match';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { bothWays, productIdParam, sortOf, text } from '../http/validation';
import { ETAG } from '../openapi/headers';
import { type AddProductBody, addProductSchema, toNewProduct } from './add-product.dto';
import { productSchema, toProductResponse } from './product.response';
import { type ReviseProductBody, reviseProductSchema, toProductRevision } from './revise-product.dto';

const listProductsSchema = z.strictObject({
  search: text(1, 100).optional().meta({
    description:
      'Words of the name, SKU or description: all must be found, three letters and more anywhere, fewer at the beginning of a part of a word. Case, accents and Unicode form do not matter.',
    example: 'laptop',
  }),
  is_active: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Only products that are for sale, or only those that are not.', example: true }),
  ordering: z
    .enum(bothWays<ProductSort>(['name', 'price', 'created_at', 'updated_at']))
    .default('-created_at')
    .meta({ description: 'With a minus, the greatest first.' }),
  ...pageQuery,
});
type ListProductsQuery = z.infer<typeof listProductsSchema>;

const productPageSchema = pageSchema(productSchema, 'ProductPage');

const SORT_VALUES: Record<ProductSort, (product: Product) => string | number> = {
  name: ({ name }) => name,
  price: ({ priceMinor }) => priceMinor,
  created_at: ({ createdAt }) => createdAt.toISOString(),
  updated_at: ({ updatedAt }) => updatedAt.toISOString(),
};

@ApiTags('products')
@Controller('api/v1/products')
export class ProductsController {
  constructor(
    private readonly createStockedProducts: CreateStockedProducts,
    private readonly updateStockedProduct: UpdateStockedProduct,
    private readonly products: ProductsRepository,
    private readonly stockLevels: StockLevelsRepository,
    private readonly keyedWrites: KeyedWrites,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Needs('products:read')
  @ApiOperation({
    summary: 'List products',
    description: 'With their stock. Newest first unless `ordering` says otherwise.',
  })
  @ApiOkResponse({ standardSchema: productPageSchema })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listProductsSchema }) query: ListProductsQuery, @Req() request: FastifyRequest) {
    const { sort, isDescending: descending } = sortOf<ProductSort>(query.ordering);
    const filter = { search: query.search, isActive: query.is_active && query.is_active === 'true' };
    const page = await this.paging.page(
      request,
      {
        list: `products ${query.ordering}`,
        wish: query,
        fetch: (key, backwards, slice) =>
          this.products.find({
            ...filter,
            sort,
            descending: descending !== backwards,
            after: key && { value: String(key[0]), id: Number(key[1]) },
            ...slice,
          }),
        keyOf: (product) => [SORT_VALUES[sort](product), product.id],
        count: (max) => this.products.count(filter, max),
      },
      (product) => product,
    );
    const levels = await this.stockLevels.findByProductIds(page.results.map(({ id }) => id));
    return { ...page, results: page.results.map((product) => toProductResponse(product, levels.get(product.id))) };
  }

  @Post()
  @Needs('products:write')
  @ApiOperation({
    summary: 'Add a product',
    description: 'Its stock level is created with it. A SKU is taken once: choose another one to add another product.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ standardSchema: productSchema, headers: ETAG })
  @ApiProblems(400, new SkuTakenError('SHOE-TRAIL-42'), new IdempotencyKeyInUseError(), 422)
  async add(
    @Body({ schema: addProductSchema }) body: AddProductBody,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<Product[], 'inventory'>(
      { request, reply, operation: 'add product', body },
      (once) => this.createStockedProducts.execute([toNewProduct(body)], { principal, requestId: request.id }, once),
      async ([product], tx) => {
        const { headers, body: added } = await this.answerOf(product!, tx);
        return { headers: { location: `/api/v1/products/${product!.id}/`, ...headers }, body: added };
      },
    );
  }

  @Get(':id')
  @Needs('products:read')
  @ApiOperation({ summary: 'Read a product', description: 'With its stock. The ETag is its version.' })
  @ApiOkResponse({ standardSchema: productSchema, headers: ETAG })
  @ApiProblems(400, new ProductNotFoundError(1), 503)
  async detail(@Param('id', { schema: productIdParam }) id: number, @Res({ passthrough: true }) reply: FastifyReply) {
    const product = await this.products.get(id);
    const levels = await this.stockLevels.findByProductIds([id]);
    void reply.header('etag', `"${product.version}"`);
    return toProductResponse(product, levels.get(id));
  }

  @Patch(':id')
  @Needs('products:write')
  @ApiOperation({
    summary: 'Change a product',
    description: 'With If-Match, only the version that you have read. Orders keep the name and price that they froze.',
  })
  @TakesIfMatch()
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: productSchema })
  @ApiProblems(
    400,
    new ProductNotFoundError(1),
    new SkuTakenError('SHOE-TRAIL-42'),
    new CapacityBelowStockError(),
    new IdempotencyKeyInUseError(),
    412,
    422,
  )
  async revise(
    @Param('id', { schema: productIdParam }) id: number,
    @Body({ schema: reviseProductSchema }) body: ReviseProductBody,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const expected = expectedVersions(ifMatch);
    return this.keyedWrites.answer<Product, 'inventory'>(
      { request, reply, operation: `change product ${id}`, body },
      (once) =>
        this.updateStockedProduct.execute(
          id,
          toProductRevision(body),
          { principal, requestId: request.id },
          expected,
          once,
        ),
      (product, tx) => this.answerOf(product, tx),
    );
  }

  @Delete(':id')
  @Needs('products:write')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take a product off sale',
    description: 'It stays readable, and orders that have it stay as they are. Doing it again changes nothing.',
  })
  @TakesIfMatch()
  @TakesIdempotencyKey()
  @ApiNoContentResponse({ description: 'It is not active.' })
  @ApiProblems(400, new ProductNotFoundError(50), new IdempotencyKeyInUseError(), 412, 422, 503)
  async deactivate(
    @Param('id', { schema: productIdParam }) id: number,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const expected = expectedVersions(ifMatch);
    await this.keyedWrites.answer<Product>(
      { request, reply, operation: `take product ${id} off sale`, body: null },
      (once) =>
        this.updateStockedProduct.execute(
          id,
          { isActive: false },
          { principal, requestId: request.id },
          expected,
          once,
        ),
      () => ({}),
    );
  }

  private async answerOf(product: Product, tx: Tx<'inventory'> | undefined) {
    return {
      headers: { etag: `"${product.version}"` },
      body: toProductResponse(product, await this.stockLevels.get(product.id, tx)),
    };
  }
}
