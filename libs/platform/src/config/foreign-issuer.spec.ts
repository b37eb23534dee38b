import { isIssuer, roleMappingOf } from './foreign-issuer';

describe('the settings of a foreign issuer', () => {
  it.each([
    ['https://login.example.com/realms/shop', true],
    ['http://localhost:8080', true],
    ['http://login.example.com', false],
    ['https://login.example.com/?tenant=1', false],
    ['https://user@login.example.com', false],
    ['login.example.com', false],
  ])('take %s for an issuer: %s', (text, expected) => {
    expect(isIssuer(text)).toBe(expected);
  });

  it('map values to roles in the order in which they are written', () => {
    expect(roleMappingOf('urn:shop:admins:admin, warehouse team:warehouse,*:customer')).toEqual([
      { value: 'urn:shop:admins', role: 'admin' },
      { value: 'warehouse team', role: 'warehouse' },
      { value: '*', role: 'customer' },
    ]);
  });

  it.each(['admins', 'admins:root', ':admin', 'admins:admin,', ''])('refuse %j for a mapping', (text) => {
    expect(roleMappingOf(text)).toBeUndefined();
  });
});
