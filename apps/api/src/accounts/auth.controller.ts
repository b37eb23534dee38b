import {
  AccountTakenError,
  ChangePassword,
  LoginFailedError,
  LoginPausedError,
  LogOut,
  RefreshRefusedError,
  RefreshSession,
  UsersRepository,
} from '@app/identity';
import { IdempotencyKeyInUseError } from '@app/orders';
import { Body, Controller, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ForEverybody, ForLoggedIn, ForVerified } from '../access/access';
import { causeOf, credentialOf } from '../access/current-principal';
import { ApiProblems } from '../http/api-problems';
import { TakesIdempotencyKey } from '../http/idempotency-key';
import { KeyedWrites } from '../http/keyed-writes';
import { LimitedAs } from '../http/rate-limits';
import {
  type ChangePasswordBody,
  changePasswordSchema,
  type LoginBody,
  loginSchema,
  type RefreshBody,
  refreshSchema,
  type RegisterBody,
  registerSchema,
} from './account.dto';
import { callerSchema, sessionSchema, toCallerResponse, toSessionResponse } from './account.response';
import { LoginAndRegistration } from './login-and-registration';

@ApiTags('accounts')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly people: LoginAndRegistration,
    private readonly refreshSession: RefreshSession,
    private readonly logOut: LogOut,
    private readonly changePassword: ChangePassword,
    private readonly users: UsersRepository,
    private readonly keyedWrites: KeyedWrites,
  ) {}

  @Post('register')
  @ForEverybody()
  @LimitedAs('registration')
  @ApiOperation({ summary: 'Make an account', description: 'A customer, who is logged in at once.' })
  @ApiCreatedResponse({ standardSchema: sessionSchema })
  @ApiProblems(400, new AccountTakenError('username'), 503)
  register(
    @Body({ schema: registerSchema }) body: RegisterBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.people.register(body, request, reply);
  }

  @Post('login')
  @ForEverybody()
  @LimitedAs('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in',
    description:
      'Gives an access token for 15 minutes and a refresh token for 30 days. After five wrong passwords for an account, the address that they came from has to wait, longer each time; others do not.',
  })
  @ApiOkResponse({ standardSchema: sessionSchema })
  @ApiProblems(400, new LoginFailedError(), new LoginPausedError(8), 503)
  login(
    @Body({ schema: loginSchema }) body: LoginBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.people.login(body, request, reply);
  }

  @Post('refresh')
  @ForEverybody()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Get the next tokens',
    description:
      'A refresh token is good once. One that comes back ends the session with all its tokens: somebody else may have it.',
  })
  @ApiOkResponse({ standardSchema: sessionSchema })
  @ApiProblems(400, new RefreshRefusedError(), 503)
  async refresh(@Body({ schema: refreshSchema }) body: RefreshBody, @Req() request: FastifyRequest) {
    return toSessionResponse(await this.refreshSession.execute(body.refresh, causeOf(request)));
  }

  @Post('logout')
  @ForEverybody()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Log out',
    description: 'Ends the session of the refresh token; its access tokens are refused within 5 seconds.',
  })
  @ApiNoContentResponse({ description: 'The session is over, or there was none.' })
  @ApiProblems(400, 503)
  async logout(@Body({ schema: refreshSchema }) body: RefreshBody, @Req() request: FastifyRequest): Promise<void> {
    await this.logOut.execute(body.refresh, causeOf(request));
  }

  @Get('me')
  @ForVerified()
  @ApiOperation({ summary: 'Who am I?', description: 'Whom the credential stands for, and what it may do.' })
  @ApiOkResponse({ standardSchema: callerSchema })
  @ApiProblems(503)
  async me(@Req() request: FastifyRequest) {
    const credential = credentialOf(request);
    const hasAccount = credential.kind !== 'foreign_user';
    return toCallerResponse(credential, hasAccount ? await this.users.get(credential.userId) : undefined);
  }

  @Post('password')
  @ForLoggedIn()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change your password', description: 'Ends your other sessions.' })
  @TakesIdempotencyKey()
  @ApiNoContentResponse({ description: 'It is changed.' })
  @ApiProblems(400, new IdempotencyKeyInUseError(), 422, new LoginPausedError(8), 503)
  async password(
    @Body({ schema: changePasswordSchema }) body: ChangePasswordBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { userId, familyId: keptFamilyId } = credentialOf(request);
    const { current_password: current, new_password: wanted } = body;
    return this.keyedWrites.answer<void>(
      { request, reply, operation: 'change password', body, holdsSecret: true },
      (once) => this.changePassword.execute({ userId, current, wanted, keptFamilyId }, causeOf(request), once),
      () => ({}),
    );
  }
}
