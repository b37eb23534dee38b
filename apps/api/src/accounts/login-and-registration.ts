import { CreateUser, LogIn } from '@app/identity';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { causeOf } from '../access/current-principal';
import type { LoginBody, RegisterBody } from './account.dto';
import { toSessionResponse } from './account.response';

/** What both surfaces offer to people who have no credential yet. */
@Injectable()
export class LoginAndRegistration {
  constructor(
    private readonly createUser: CreateUser,
    private readonly logIn: LogIn,
  ) {}

  async register({ username, password, email }: RegisterBody, request: FastifyRequest, reply: FastifyReply) {
    const wanted = { username, password, email: email ?? null, role: 'customer' } as const;
    const created = await this.createUser.execute(wanted, causeOf(request), { logsIn: true });
    if (!created?.session) throw new Error('Who registers is logged in.');
    void reply.header('location', `/api/v1/users/${created.user.id}/`).header('cache-control', 'no-store');
    return toSessionResponse(created.session);
  }

  async login({ username, password }: LoginBody, request: FastifyRequest, reply: FastifyReply) {
    const session = await this.logIn.execute({ username, password }, causeOf(request));
    void reply.header('cache-control', 'no-store');
    return toSessionResponse(session);
  }
}
