import { OPEN_PERMISSIONS, PERMISSIONS, permissionsOf, ROLE_PERMISSIONS, ROLES } from './permissions';

describe('the table of roles', () => {
  it('has every role once', () => {
    expect([...ROLES].sort()).toEqual(Object.keys(ROLE_PERMISSIONS).sort());
  });

  it('gives every permission to somebody', () => {
    expect(new Set(ROLES.flatMap((role) => [...permissionsOf(role)]))).toEqual(new Set(PERMISSIONS));
  });

  it('lets a customer touch nothing but own orders, and read the catalogue', () => {
    expect([...permissionsOf('customer')]).toEqual(['orders:own', 'products:read']);
  });

  it('leaves accounts to administrators, and lets managers read them', () => {
    const having = (permission: 'users:read' | 'users:write') =>
      ROLES.filter((role) => permissionsOf(role).has(permission));
    expect([having('users:read'), having('users:write')]).toEqual([['manager', 'admin'], ['admin']]);
  });

  it('opens nothing about people to requests without a credential', () => {
    expect(PERMISSIONS.filter((permission) => !OPEN_PERMISSIONS.has(permission))).toEqual([
      'orders:own',
      'users:read',
      'users:write',
      'audit:read',
    ]);
  });
});
