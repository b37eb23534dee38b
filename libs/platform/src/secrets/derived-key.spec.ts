import { DerivedKey } from './derived-key';

const SECRET = 'a secret of this installation';

describe('a derived key', () => {
  const key = new DerivedKey(SECRET, 'letters');

  it('decrypts what it encrypted, which is another text each time', () => {
    const [one, other] = [key.encrypt('ofk_ä€'), key.encrypt('ofk_ä€')];
    expect([key.decrypt(one), key.decrypt(other)]).toEqual(['ofk_ä€', 'ofk_ä€']);
    expect(one.equals(other)).toBe(false);
    expect(new DerivedKey(SECRET, 'letters').decrypt(one)).toBe('ofk_ä€');
  });

  it.each<[what: string, decrypt: (bytes: Buffer) => string]>([
    ['for another purpose', (bytes) => new DerivedKey(SECRET, 'parcels').decrypt(bytes, 'here')],
    ['of another secret', (bytes) => new DerivedKey('another secret', 'letters').decrypt(bytes, 'here')],
    ['in another place', (bytes) => key.decrypt(bytes, 'there')],
    [
      'with a byte changed',
      (bytes) => key.decrypt(Buffer.from(bytes.map((byte, at) => (at === 30 ? byte ^ 1 : byte))), 'here'),
    ],
    ['with its tag cut off', (bytes) => key.decrypt(bytes.subarray(0, 20), 'here')],
    ['with nothing in it', () => key.decrypt(Buffer.alloc(0), 'here')],
  ])('decrypts nothing %s', (_, decrypt) => {
    expect(() => decrypt(key.encrypt('a text of some length', 'here'))).toThrow(/authenticat|initialization/i);
  });

  it('makes the same code for the same bytes, and another one for another purpose', () => {
    expect(key.mac('a').equals(new DerivedKey(SECRET, 'letters').mac(Buffer.from('a')))).toBe(true);
    expect(key.mac('a').equals(key.mac('b'))).toBe(false);
    expect(key.mac('a').equals(new DerivedKey(SECRET, 'parcels').mac('a'))).toBe(false);
  });
});
