import {
  AccountTakenError,
  type CreatedUser,
  CreateUser,
  LastAdminError,
  PermissionMissingError,
  SecurityEvents,
  UpdateUser,
  type User,
  UserNotFoundError,
  UsersRepository,
} from '@app/identity';
import { IdempotencyKeyInUseError } from '@app/orders';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Needs, NeedsOrOwnAccount } from '../access/access';
import { causeOf, credentialOf } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { pageQuery, pageSchema, Paging } from '../http/paging';
import { EXAMPLE_ID } from '../openapi/example-of';
import { type CreateUserBody, createUserSchema, type UpdateUserBody, updateUserSchema } from './account.dto';
import { accountId, toUserResponse, userSchema } from './account.response';

const idParam = accountId.meta({ description: 'The account.' });
const listQuery = z.strictObject(pageQuery);

@ApiTags('accounts')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly createUser: CreateUser,
    private readonly updateUser: UpdateUser,
    private readonly users: UsersRepository,
    private readonly events: SecurityEvents,
    private readonly keyedWrites: KeyedWrites,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Needs('users:read')
  @ApiOperation({ summary: 'List accounts', description: 'The newest first.' })
  @ApiOkResponse({ standardSchema: pageSchema(userSchema, 'UserPage') })
  @ApiProblems(400, 503)
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>, @Req() request: FastifyRequest) {
    return this.paging.page(
      request,
      {
        list: 'users',
        wish: query,
        fetch: (key, backwards, slice) =>
          this.users.find({
            descending: !backwards,
            after: key && { createdAt: new Date(key[0]!), id: String(key[1]) },
            ...slice,
          }),
        keyOf: ({ createdAt, id }) => [createdAt.getTime(), id],
        count: (max) => this.users.count(max),
      },
      toUserResponse,
    );
  }

  @Post()
  @Needs('users:write')
  @ApiOperation({ summary: 'Make an account with a role', description: 'For people of the team. Customers register.' })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ standardSchema: userSchema })
  @ApiProblems(400, new AccountTakenError('username'), new IdempotencyKeyInUseError(), 422, 503)
  async create(
    @Body({ schema: createUserSchema }) body: CreateUserBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<CreatedUser | undefined>(
      { request, reply, operation: 'create user', body, holdsSecret: true },
      (once) => this.createUser.execute({ ...body, email: body.email ?? null }, causeOf(request), { once }),
      (created) => {
        if (!created) throw new Error('Nothing was said against the account.');
        return { headers: { location: `/api/v1/users/${created.user.id}/` }, body: toUserResponse(created.user) };
      },
    );
  }

  @Get(':id')
  @NeedsOrOwnAccount('users:read')
  @ApiOperation({ summary: 'Read an account', description: 'Your own, or any with `users:read`.' })
  @ApiOkResponse({ standardSchema: userSchema })
  @ApiProblems(400, new UserNotFoundError(EXAMPLE_ID), 503)
  async detail(@Param('id', { schema: idParam }) id: string) {
    return toUserResponse(await this.users.get(id));
  }

  @Patch(':id')
  @NeedsOrOwnAccount('users:write')
  @ApiOperation({
    summary: 'Change an account',
    description: 'The e-mail address of your own; the role as well, and whether it can log in, with `users:write`.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ standardSchema: userSchema })
  @ApiProblems(
    400,
    new UserNotFoundError(EXAMPLE_ID),
    new LastAdminError(),
    new AccountTakenError('email'),
    new IdempotencyKeyInUseError(),
    422,
    503,
  )
  async update(
    @Param('id', { schema: idParam }) id: string,
    @Body({ schema: updateUserSchema }) body: UpdateUserBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { email, role, is_active: isActive } = body;
    const mayAll = credentialOf(request).permissions.has('users:write');
    if (!mayAll && (role !== undefined || isActive !== undefined)) {
      this.events.recordRefusal('users:write', causeOf(request));
      throw new PermissionMissingError('users:write');
    }
    const changes = {
      ...(email !== undefined && { email }),
      ...(role !== undefined && { role }),
      ...(isActive !== undefined && { isActive }),
    };
    return this.keyedWrites.answer<User>(
      { request, reply, operation: `update user ${id}`, body },
      (once) => this.updateUser.execute(id, changes, causeOf(request), once),
      (user) => ({ body: toUserResponse(user) }),
    );
  }

  @Delete(':id')
  @NeedsOrOwnAccount('users:write')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Deactivate an account',
    description:
      'Your own, or any with `users:write`. It stays readable, and is refused within 5 seconds with all its tokens and API keys.',
  })
  @TakesIdempotencyKey()
  @ApiNoContentResponse({ description: 'It is deactivated.' })
  @ApiProblems(400, new UserNotFoundError(EXAMPLE_ID), new LastAdminError(), new IdempotencyKeyInUseError(), 422, 503)
  async deactivate(
    @Param('id', { schema: idParam }) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.keyedWrites.answer<User>(
      { request, reply, operation: `deactivate user ${id}`, body: null },
      (once) => this.updateUser.execute(id, { isActive: false }, causeOf(request), once),
      () => ({}),
    );
  }
}
