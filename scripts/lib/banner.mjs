const ORDER = {
  customer_name: 'John Doe',
  customer_email: 'john@example.com',
  priority: 'normal',
  items: [
    { product_id: 1, quantity: 2 },
    { product_id: 3, quantity: 1 },
  ],
};

/** What a newcomer sees when everything is up: where things are, and an order to try. */
export function banner(ports, seconds) {
  const url = (name, path) => `http://localhost:${ports[name]}${path}`;
  return `
  Ready after ${seconds.toFixed(1)} s. Ctrl-C stops everything in order, a second one at once.

  Start     ${url('api', '/')}
  Swagger   ${url('api', '/swagger/')}  (to read: ${url('api', '/redoc/')})
  Health    ${url('api', '/health/')}
  Metrics   ${url('api', '/metrics')}  (worker: ${url('worker', '/metrics')}, scheduler: ${url('scheduler', '/metrics')})
  Lab       npm run cli -- simulate_insertions  (docs/simulation.md)

  Place an order:

curl -X POST ${url('api', '/api/v1/orders/')} -H "Content-Type: application/json" -d '${JSON.stringify(ORDER)}'

  Watch it on its way:

curl "${url('api', '/api/v1/orders/?ordering=-created_at')}"
`;
}
