import { IdempotencyKeyInUseError } from '@app/orders';
import {
  AddRow,
  ChangeRow,
  engineSchema,
  type Entity,
  EntityRowNotFoundError,
  EntityRowReferencedError,
  EntityRowTakenError,
  ID_MAX,
  ReadRows,
  RemoveRow,
  type RowOf,
  SHARDS_MAX,
} from '@app/simulation';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Injectable,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Needs } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { type EntityResource, ORDERS, PRODUCTS, USERS } from './entity-resources';

const storeQuery = {
  engine: engineSchema
    .default('postgres')
    .meta({ description: 'Which stores: the databases, or the files of this machine.' }),
  shards: z.coerce
    .number()
    .int()
    .min(1, 'Must be at least 1.')
    .max(SHARDS_MAX, `Must be at most ${SHARDS_MAX}.`)
    .default(1)
    .meta({
      description: 'So many stores have the rows of each table: as many as the simulation had that wrote them.',
    }),
};
const choiceSchema = z.strictObject(storeQuery);
type Choice = z.infer<typeof choiceSchema>;
const listSchema = z.strictObject({
  ...storeQuery,
  ordering: z.enum(['id', '-id']).default('id').meta({ description: 'With a minus, the greatest first.' }),
  ...pageQuery,
});

const idParam = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, 'Must be a positive whole number.')
  .transform(Number)
  .refine((id) => id <= ID_MAX, `Must be at most ${ID_MAX}.`)
  .meta({ type: 'integer', minimum: 1, maximum: ID_MAX, example: 1, description: 'The row, by its number.' });
const idToRemove = idParam.meta({
  type: 'integer',
  minimum: 1,
  maximum: ID_MAX,
  example: ID_MAX,
  description: 'The row, by its number: this example is nobody’s.',
});

/** Reading and writing single rows of one entity: the same for all three, by the strict rules. */
function rowsController<Of extends Entity, Added extends { id?: number }, Changed>(
  resource: EntityResource<Of, Added, Changed>,
) {
  const { entity, path, article, schema, addSchema, changeSchema, toResponse, toRow, change } = resource;
  const base = `/api/v1/simulation/${path}`;
  const taken = new EntityRowTakenError([{ field: 'id', message: 'ID already exists: 1' }]);
  const referenced = entity === 'order' ? [] : [new EntityRowReferencedError(entity, ID_MAX)];

  // Without a decorator of its own the types of what it is given would not be known.
  @Injectable()
  abstract class RowsController {
    constructor(
      private readonly readRows: ReadRows,
      private readonly addRow: AddRow,
      private readonly changeRow: ChangeRow,
      private readonly removeRow: RemoveRow,
      private readonly keyedWrites: KeyedWrites,
      private readonly paging: Paging,
    ) {}

    @Get()
    @Needs('simulations:run')
    @ApiOperation({
      summary: `List the ${path} of the simulation`,
      description: 'By their ids, over all shards. Stores that are not there yet have no rows.',
    })
    @ApiOkResponse({ standardSchema: pageSchema(schema, `${resource.name}Page`) })
    @ApiProblems(400, 503)
    async list(@Query({ schema: listSchema }) query: z.infer<typeof listSchema>, @Req() request: FastifyRequest) {
      const { engine, shards, ordering } = query;
      const choice = { engine, shards };
      return this.paging.page(
        request,
        {
          list: `simulation ${path} ${engine} ${shards} ${ordering}`,
          wish: query,
          fetch: (key, backwards, slice) =>
            this.readRows.list(choice, entity, {
              after: key && Number(key[0]),
              descending: (ordering === '-id') !== backwards,
              ...slice,
            }),
          keyOf: ({ id }) => [id],
          count: (max) => this.readRows.count(choice, entity, max),
        },
        toResponse,
      );
    }

    @Post()
    @Needs('simulations:run')
    @ApiOperation({
      summary: `Add ${article} to the simulation`,
      description: `By the strict rules. It goes into the store that the router has for it.`,
    })
    @TakesIdempotencyKey()
    @ApiCreatedResponse({ standardSchema: schema })
    @ApiProblems(400, taken, new IdempotencyKeyInUseError(), 422, 503)
    async add(
      @Query({ schema: choiceSchema }) choice: Choice,
      @Body({ schema: addSchema }) body: Added,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ) {
      return this.keyedWrites.answer<RowOf[Of]>(
        { request, reply, operation: `add to ${base}`, body: { ...choice, row: body } },
        (once) => this.addRow.execute(choice, entity, { id: body.id, rowWith: (id) => toRow(id, body) }, once),
        (row) => ({ headers: { location: `${base}/${row.id}/${queryOf(choice)}` }, body: toResponse(row) }),
      );
    }

    @Get(':id')
    @Needs('simulations:run')
    @ApiOperation({
      summary: `Read ${article} of the simulation`,
      description: 'From the store that the router has for it.',
    })
    @ApiOkResponse({ standardSchema: schema })
    @ApiProblems(400, new EntityRowNotFoundError(entity, 1), 503)
    async detail(@Param('id', { schema: idParam }) id: number, @Query({ schema: choiceSchema }) choice: Choice) {
      return toResponse(await this.readRows.get(choice, entity, id));
    }

    @Patch(':id')
    @Needs('simulations:run')
    @ApiOperation({
      summary: `Change ${article} of the simulation`,
      description: 'By the strict rules. What is not given stays as it is.',
    })
    @TakesIdempotencyKey()
    @ApiOkResponse({ standardSchema: schema })
    @ApiProblems(400, new EntityRowNotFoundError(entity, 1), taken, new IdempotencyKeyInUseError(), 422, 503)
    async change(
      @Param('id', { schema: idParam }) id: number,
      @Query({ schema: choiceSchema }) choice: Choice,
      @Body({ schema: changeSchema }) body: Changed,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ) {
      return this.keyedWrites.answer<RowOf[Of]>(
        { request, reply, operation: `change ${base}/${id}`, body: { ...choice, row: body } },
        (once) => this.changeRow.execute(choice, entity, id, (row) => change(row, body), once),
        (row) => ({ body: toResponse(row) }),
      );
    }

    @Delete(':id')
    @Needs('simulations:run')
    @HttpCode(204)
    @ApiOperation({
      summary: `Remove ${article} from the simulation`,
      description: entity === 'order' ? 'For good.' : 'For good, unless an order names it.',
    })
    @TakesIdempotencyKey()
    @ApiNoContentResponse({ description: 'It is gone.' })
    @ApiProblems(
      400,
      new EntityRowNotFoundError(entity, ID_MAX),
      ...referenced,
      new IdempotencyKeyInUseError(),
      422,
      503,
    )
    async remove(
      @Param('id', { schema: idToRemove }) id: number,
      @Query({ schema: choiceSchema }) choice: Choice,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<void> {
      await this.keyedWrites.answer<void>(
        { request, reply, operation: `remove ${base}/${id}`, body: choice },
        (once) => this.removeRow.execute(choice, entity, id, once),
        () => ({}),
      );
    }
  }
  return RowsController;
}

/** Where the row is read again. */
function queryOf({ engine, shards }: Choice): string {
  return engine === 'postgres' && shards === 1 ? '' : `?engine=${engine}&shards=${shards}`;
}

@ApiTags('simulation rows')
@Controller('api/v1/simulation/users')
export class SimulationUsersController extends rowsController(USERS) {}

@ApiTags('simulation rows')
@Controller('api/v1/simulation/products')
export class SimulationProductsController extends rowsController(PRODUCTS) {}

@ApiTags('simulation orders')
@Controller('api/v1/simulation/orders')
export class SimulationOrdersController extends rowsController(ORDERS) {}
