import {
  ApiKeyNotFoundError,
  API_KEYS_PER_USER_MAX,
  ApiKeysRepository,
  CreateApiKey,
  type CreatedApiKey,
  LoginRequiredError,
  PermissionNotHeldError,
  RevokeApiKey,
  TooManyApiKeysError,
} from '@app/identity';
import { IdempotencyKeyInUseError } from '@app/orders';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForLoggedIn } from '../access/access';
import { causeOf, credentialOf } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageSchema } from '../http/paging';
import { EXAMPLE_ID } from '../openapi/example-of';
import { type CreateApiKeyBody, createApiKeySchema } from './account.dto';
import { accountId, apiKeySchema, createdApiKeySchema, toApiKeyResponse } from './account.response';

@ApiTags('accounts')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
    private readonly keys: ApiKeysRepository,
    private readonly keyedWrites: KeyedWrites,
  ) {}

  @Get()
  @ForLoggedIn()
  @ApiOperation({
    summary: 'List your API keys',
    description: `The newest first, all on one page: there are ${API_KEYS_PER_USER_MAX} at most. None shows the key itself.`,
  })
  @ApiOkResponse({ standardSchema: pageSchema(apiKeySchema, 'ApiKeyPage') })
  @ApiProblems(503)
  async list(@Req() request: FastifyRequest) {
    const found = await this.keys.findByUser(credentialOf(request).userId);
    return {
      count: found.length,
      count_is_capped: false,
      next: null,
      previous: null,
      results: found.map(toApiKeyResponse),
    };
  }

  @Post()
  @ForLoggedIn()
  @ApiOperation({
    summary: 'Make an API key',
    description:
      'For a program, with some of your permissions. The key is in this answer and nowhere else; with an `Idempotency-Key`, whose reply is kept encrypted, also in the answer to the same request again.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ standardSchema: createdApiKeySchema })
  @ApiProblems(
    400,
    new LoginRequiredError(),
    new PermissionNotHeldError([{ index: 0, permission: 'orders:write' }]),
    new TooManyApiKeysError(API_KEYS_PER_USER_MAX),
    new IdempotencyKeyInUseError(),
    422,
    503,
  )
  async create(
    @Body({ schema: createApiKeySchema }) body: CreateApiKeyBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { userId, permissions: held } = credentialOf(request);
    const { name, permissions, expires_at: expiresAt } = body;
    const wanted = { userId, held, name, permissions, expiresAt: expiresAt ? new Date(expiresAt) : null };
    return this.keyedWrites.answer<CreatedApiKey>(
      { request, reply, operation: 'create api key', body, holdsSecret: true },
      (once) => this.createApiKey.execute(wanted, causeOf(request), once),
      ({ apiKey, key }) => ({
        headers: { location: '/api/v1/api-keys/', 'cache-control': 'no-store' },
        body: { ...toApiKeyResponse(apiKey), key },
      }),
    );
  }

  @Delete(':id')
  @ForLoggedIn()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke an API key',
    description: 'It is refused within 5 seconds, and does not come back.',
  })
  @TakesIdempotencyKey()
  @ApiNoContentResponse({ description: 'It is revoked.' })
  @ApiProblems(400, new ApiKeyNotFoundError(EXAMPLE_ID), new IdempotencyKeyInUseError(), 422, 503)
  async revoke(
    @Param('id', { schema: accountId.meta({ description: 'The key.' }) }) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<void>(
      { request, reply, operation: `revoke api key ${id}`, body: null },
      (once) => this.revokeApiKey.execute(id, credentialOf(request).userId, causeOf(request), once),
      () => ({}),
    );
  }
}
