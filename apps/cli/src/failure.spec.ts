import { InvalidEnvironmentError } from '@app/platform';
import { sentenceFor } from './failure';

const failure = (message: string, code?: string) => Object.assign(new Error(message), { code });

describe('sentenceFor', () => {
  it.each([
    [
      'a database that is not there',
      failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
      /cannot be used.*ECONNREFUSED.*DATABASE_URL/,
    ],
    [
      'a host with two addresses',
      Object.assign(new AggregateError([failure('::1 refused'), failure('127.0.0.1 refused')]), {
        code: 'ECONNREFUSED',
      }),
      /::1 refused; 127.0.0.1 refused/,
    ],
    ['a wrong password', failure('password authentication failed for user "x"', '28P01'), /cannot be used.*password/],
    ['a database without tables', failure('relation "orders.orders" does not exist', '42P01'), /npm run migrate/],
    [
      'a query that TypeORM wrapped',
      Object.assign(new Error('outer'), { driverError: failure('inner', '42P01') }),
      /npm run migrate/,
    ],
    ['a wrong environment', new InvalidEnvironmentError(['PORT: must be a number']), /PORT: must be a number/],
    ['anything else', failure('No luck.'), /^No luck\.$/],
  ])('says what a person can mend: %s', (_, error, sentence) => {
    expect(sentenceFor(error)).toMatch(sentence);
  });
});
