import {
  ApiKeyNotFoundError,
  API_KEYS_PER_USER_MAX,
  ApiKeysRepository,
  CreateApiKey,
  LoginRequiredError,
  PermissionNotHeldError,
  RevokeApiKey,
  TooManyApiKeysError,
} from '@app/identity';
import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ForLoggedIn } from '../access/access';
import { causeOf, credentialOf } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
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
  @Header('cache-control', 'no-store')
  @Header('location', '/api/v1/api-keys/')
  @ApiOperation({
    summary: 'Make an API key',
    description: 'For a program, with some of your permissions. The key is in this answer and nowhere else.',
  })
  @ApiCreatedResponse({ standardSchema: createdApiKeySchema })
  @ApiProblems(
    400,
    new LoginRequiredError(),
    new PermissionNotHeldError([{ index: 0, permission: 'orders:write' }]),
    new TooManyApiKeysError(API_KEYS_PER_USER_MAX),
    503,
  )
  async create(@Body({ schema: createApiKeySchema }) body: CreateApiKeyBody, @Req() request: FastifyRequest) {
    const { userId, permissions: held } = credentialOf(request);
    const { name, permissions, expires_at: expiresAt } = body;
    const { apiKey, key } = await this.createApiKey.execute(
      { userId, held, name, permissions, expiresAt: expiresAt ? new Date(expiresAt) : null },
      causeOf(request),
    );
    return { ...toApiKeyResponse(apiKey), key };
  }

  @Delete(':id')
  @ForLoggedIn()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke an API key',
    description: 'It is refused within 5 seconds, and does not come back.',
  })
  @ApiNoContentResponse({ description: 'It is revoked.' })
  @ApiProblems(400, new ApiKeyNotFoundError(EXAMPLE_ID), 503)
  async revoke(
    @Param('id', { schema: accountId.meta({ description: 'The key.' }) }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.revokeApiKey.execute(id, credentialOf(request).userId, causeOf(request));
  }
}
