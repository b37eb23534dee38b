import {
  AccountTakenError,
  LoginFailedError,
  LoginPausedError,
  UserNotFoundError,
  UsersRepository,
} from '@app/identity';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForEverybody, NeedsOrOwnAccount } from '../access/access';
import { ApiProblems } from '../http/api-problems';
import { LimitedAs } from '../http/rate-limits';
import { EXAMPLE_ID } from '../openapi/example-of';
import { type LoginBody, loginSimplySchema, type RegisterBody, registerSimplySchema } from './account.dto';
import { accountId, sessionSchema, toUserResponse, userSchema } from './account.response';
import { LoginAndRegistration } from './login-and-registration';

/** The addresses of accounts that clients of older systems know. */
@ApiTags('accounts')
@Controller('users')
export class SimpleUsersController {
  constructor(
    private readonly people: LoginAndRegistration,
    private readonly users: UsersRepository,
  ) {}

  @Post('register')
  @ForEverybody()
  @LimitedAs('registration')
  @ApiOperation({ summary: 'Make an account, the short way', description: 'The same as `/api/v1/auth/register/`.' })
  @ApiCreatedResponse({ standardSchema: sessionSchema })
  @ApiProblems(400, new AccountTakenError('username'))
  register(
    @Body({ schema: registerSimplySchema }) body: RegisterBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.people.register(body, request, reply);
  }

  @Post('login')
  @ForEverybody()
  @LimitedAs('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Log in, the short way', description: 'The same as `/api/v1/auth/login/`.' })
  @ApiOkResponse({ standardSchema: sessionSchema })
  @ApiProblems(400, new LoginFailedError(), new LoginPausedError(8))
  login(
    @Body({ schema: loginSimplySchema }) body: LoginBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.people.login(body, request, reply);
  }

  @Get(':id')
  @NeedsOrOwnAccount('users:read')
  @ApiOperation({ summary: 'Read an account, the short way', description: 'Your own, or any with `users:read`.' })
  @ApiOkResponse({ standardSchema: userSchema })
  @ApiProblems(400, new UserNotFoundError(EXAMPLE_ID))
  async detail(@Param('id', { schema: accountId.meta({ description: 'The account.' }) }) id: string) {
    return toUserResponse(await this.users.get(id));
  }
}
