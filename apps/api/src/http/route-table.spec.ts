import { RouteTable } from './route-table';

describe('the methods of a path', () => {
  let register: (route: { url: string; method: string | string[] }) => void;
  const table = new RouteTable({
    addHook: (_: string, hook: unknown) => {
      register = hook as typeof register;
    },
  } as never);
  register!({ url: '/api/orders', method: 'GET' });
  register!({ url: '/api/orders/', method: ['POST'] });
  register!({ url: '/api/orders/statistics', method: 'GET' });
  register!({ url: '/api/orders/:order_id', method: ['GET', 'PATCH'] });
  register!({ url: '/swagger/*', method: 'GET' });
  register!({ url: '/swagger.json', method: 'GET' });

  it.each<[string, string[]]>([
    ['/api/orders', ['GET', 'POST']],
    ['/api/orders/', ['GET', 'POST']],
    ['/api/orders/42', ['GET', 'PATCH']],
    ['/api/orders/statistics/', ['GET', 'PATCH']],
    ['/api/orders/42/status', []],
    ['/api/orders//', []],
    ['/swagger/a/b.js', ['GET']],
    ['/swaggerXjson', []],
    ['/', []],
    ['*', []],
  ])('of %s are %j', (path, methods) => {
    expect(table.methodsOf(path)).toEqual(methods);
  });
});
