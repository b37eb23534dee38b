import type { Permission } from '@app/identity';
import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { AddRouteConfig } from './route-config';

/** Who may call a route. */
export type Access =
  /** Whoever reaches it, with any credential or none. */
  | { for: 'everybody' }
  /** Whoever shows a credential. */
  | { for: 'verified' }
  /** People who have logged in; no API keys. */
  | { for: 'logged_in' }
  /** Whoever has the permission; of some routes also those that it is about: users of their own orders, or of their own account. */
  | { for: 'permitted'; permission: Permission; own?: 'orders' | 'account' };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

/** Name of what the document says of an operation's access. */
export const ACCESS_EXTENSION = 'x-access';

function Declares(access: Access): MethodDecorator {
  return applyDecorators(AddRouteConfig({ access }), ApiExtension(ACCESS_EXTENSION, access));
}

/** Everybody may call this route. What a credential says is not looked at. */
export function ForEverybody(): MethodDecorator {
  return Declares({ for: 'everybody' });
}

/** This route needs a credential, of whomever. */
export function ForVerified(): MethodDecorator {
  return Declares({ for: 'verified' });
}

/** This route needs a person who has logged in. */
export function ForLoggedIn(): MethodDecorator {
  return Declares({ for: 'logged_in' });
}

/** This route needs a permission. */
export function Needs(permission: Permission): MethodDecorator {
  return Declares({ for: 'permitted', permission });
}

/** Whoever has not the permission, but `orders:own`, may call this route about own orders: see `ownerOf`. */
export function NeedsOrOwnOrders(permission: 'orders:read' | 'orders:write'): MethodDecorator {
  return Declares({ for: 'permitted', permission, own: 'orders' });
}

/** Users may call this route about their own account, which the parameter `id` of the path names. */
export function NeedsOrOwnAccount(permission: 'users:read' | 'users:write'): MethodDecorator {
  return Declares({ for: 'permitted', permission, own: 'account' });
}
