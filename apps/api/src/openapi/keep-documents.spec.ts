import fastify from 'fastify';
import { keepDocuments } from './keep-documents';

describe('a document that takes long to write', () => {
  it('is written once, and others each time', async () => {
    const app = fastify();
    let written = 0;
    keepDocuments(app, ['/long.yaml']);
    for (const url of ['/long.yaml', '/short.yaml'])
      app.get(url, (_, reply) => reply.type('text/yaml').send(`number: ${++written}`));
    const bodies = async (url: string) => [(await app.inject(url)).body, (await app.inject(url)).body];
    expect(await bodies('/long.yaml')).toEqual(['number: 1', 'number: 1']);
    expect(await bodies('/short.yaml')).toEqual(['number: 2', 'number: 3']);
    expect((await app.inject('/long.yaml')).headers['content-type']).toContain('text/yaml');
    await app.close();
  });

  it('is not kept when it could not be written', async () => {
    const app = fastify();
    let asked = 0;
    keepDocuments(app, ['/long.yaml']);
    app.get('/long.yaml', (_, reply) => reply.code(++asked === 1 ? 503 : 200).send(`answer ${asked}`));
    const answers = [await app.inject('/long.yaml'), await app.inject('/long.yaml')];
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [503, 'answer 1'],
      [200, 'answer 2'],
    ]);
    await app.close();
  });
});
