import { ROLE_NAMES, type RoleName } from '@app/platform';

/** What a route, or a command, may ask of whoever calls it. */
export const PERMISSIONS = [
  'orders:read',
  'orders:write',
  'orders:own',
  'products:read',
  'products:write',
  'inventory:read',
  'inventory:write',
  'reports:read',
  'operations:read',
  'operations:write',
  'webhooks:write',
  'simulations:run',
  'users:read',
  'users:write',
  'audit:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READS = ['orders:read', 'products:read', 'inventory:read', 'reports:read', 'operations:read'] as const;

/**
 * What each role may do: the only place that says so. `orders:own` is about the orders that a user placed, and no others; whoever has
 * `orders:read` or `orders:write` does not need it.
 */
export const ROLE_PERMISSIONS = {
  customer: ['orders:own', 'products:read'],
  viewer: READS,
  operator: [...READS, 'orders:write', 'operations:write', 'simulations:run'],
  warehouse: ['orders:read', 'products:read', 'inventory:read', 'inventory:write'],
  manager: [
    ...READS,
    'orders:write',
    'products:write',
    'inventory:write',
    'operations:write',
    'webhooks:write',
    'simulations:run',
    'users:read',
    'audit:read',
  ],
  admin: PERMISSIONS.filter((permission) => permission !== 'orders:own'),
} as const satisfies Record<RoleName, readonly Permission[]>;
export type Role = RoleName;

/** The roles, the least one first. */
export const ROLES = ROLE_NAMES;

/** What a request without a credential may do where everything is open: all but what is about people. */
export const OPEN_PERMISSIONS: ReadonlySet<Permission> = new Set(
  PERMISSIONS.filter((permission) => !/^(users|audit):|:own$/.test(permission)),
);

const SETS = new Map<Role, ReadonlySet<Permission>>(ROLES.map((role) => [role, new Set(ROLE_PERMISSIONS[role])]));

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return SETS.get(role)!;
}
