import fc from 'fast-check';
import { Principal, PRINCIPAL_ID_MAX } from './principal';

/** Any well-formed text, with what means something in the stored form among it. */
const anyId = fc
  .oneof(
    fc.uuid(),
    fc.string({ unit: 'binary', minLength: 1, maxLength: PRINCIPAL_ID_MAX }),
    fc
      .array(fc.constantFrom('user:', 'api', ':', '%', '%41', '\0', '\n', ' ', '\u202e', 'é', '💥', 'A', '/'), {
        minLength: 1,
      })
      .map((parts) => parts.join('')),
  )
  .filter((id) => id.length <= PRINCIPAL_ID_MAX);
const anyPrincipal = fc.oneof(
  fc.constant(Principal.anonymous()),
  fc.constantFrom('worker', 'scheduler', 'cli', 'user', 'api_key', 'service').map((name) => Principal.system(name)),
  fc
    .tuple(fc.constantFrom(Principal.user, Principal.apiKey, Principal.service), anyId)
    .map(([make, id]) => make({ id, name: `the one called ${id}` })),
);
const identity = ({ kind, id }: Principal) => [kind, id];

describe('a principal', () => {
  it('keeps the texts that rows have had from the beginning', () => {
    expect(
      [Principal.anonymous(), ...['worker', 'scheduler', 'cli'].map(Principal.system)].map(({ text }) => text),
    ).toEqual(['api', 'worker', 'scheduler', 'cli']);
  });

  it('says its kind and its id where it has one of its own', () => {
    expect(Principal.user({ id: '0199c5a2', name: 'Ada' }).text).toBe('user:0199c5a2');
    expect(Principal.apiKey({ id: 'k_7', name: 'shop' }).text).toBe('api_key:k_7');
    expect(Principal.service({ id: 'https://idp/#shop', name: 'shop' }).text).toBe(
      'service:https%3A%2F%2Fidp%2F%23shop',
    );
  });

  it('is read back from its text, whatever its id', () => {
    fc.assert(
      fc.property(anyPrincipal, (principal) => {
        const read = Principal.parse(principal.text);
        expect(identity(read)).toEqual(identity(principal));
        expect(read.text).toBe(principal.text);
      }),
      { numRuns: 1000 },
    );
  });

  it('shares its text with no other', () => {
    fc.assert(
      fc.property(anyPrincipal, anyPrincipal, (one, other) => {
        expect(one.text === other.text).toBe(one.kind === other.kind && one.id === other.id);
      }),
      { numRuns: 1000 },
    );
  });

  it('has a text of visible ASCII and bounded length', () => {
    fc.assert(
      fc.property(anyPrincipal, ({ text }) => {
        expect(text).toMatch(/^[!-~]+$/);
        expect(text.length).toBeLessThanOrEqual('api_key:'.length + 9 * PRINCIPAL_ID_MAX);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    '',
    'sql:postgres',
    'user:',
    'user:%',
    'user:%ED%A0%80',
    'user:a@b',
    'user:%61',
    `user:${'x'.repeat(256)}`,
    'API',
    'user',
  ])('is a system principal with the text %s, which no principal has', (text) => {
    expect(Principal.parse(text)).toMatchObject({ kind: 'system', text });
  });

  it('writes any text again as it was read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Principal.parse(text).text).toBe(text);
      }),
    );
  });

  it('that was read back has no permission', () => {
    const { text } = Principal.user({ id: '7', name: 'Ada', permissions: new Set(['orders.write']) });
    expect([...Principal.parse(text).permissions]).toEqual([]);
  });

  it.each(['', 'x'.repeat(PRINCIPAL_ID_MAX + 1), '\ud83d'])('cannot have the id %p', (id) => {
    expect(() => Principal.user({ id, name: 'x' })).toThrow(RangeError);
  });

  it.each(['api', 'anonymous', '', 'Worker', 'user:7', 'sql:postgres', 'a b', '-x'])(
    'of a process cannot be called %s',
    (name) => {
      expect(() => Principal.system(name)).toThrow(RangeError);
    },
  );
});
