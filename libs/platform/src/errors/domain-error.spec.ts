import { DomainError, InvalidInputError } from './domain-error';

describe('an error whose fields have other names', () => {
  it('is the same error otherwise, and the first one stays as it is', () => {
    const error = new InvalidInputError('Wrong.', [{ field: 'a', code: 'c', message: 'm' }], { cause: 'why' });
    const renamed = error.withFieldsNamed((field) => `items[0].${field}`);
    expect(renamed.fields).toEqual([{ field: 'items[0].a', code: 'c', message: 'm' }]);
    expect(renamed).toBeInstanceOf(DomainError);
    expect([renamed.constructor, renamed.name, renamed.code, renamed.kind, renamed.message, renamed.cause]).toEqual([
      InvalidInputError,
      'InvalidInputError',
      'VALIDATION_FAILED',
      'invalid',
      'Wrong.',
      'why',
    ]);
    expect(renamed.stack).toBe(error.stack);
    expect(error.fields[0]!.field).toBe('a');
  });
});
