// Somebody who only takes what a hostile client sends, and answers as slowly as the product did: `sink.mjs <ms per answer>`. What
// others feel beside it is the price of sending and receiving these bytes on one machine, whoever receives them.
import { createServer } from 'node:http';

const msPerAnswer = Number(process.argv[2]);
let last = performance.now();
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    const rest = last + msPerAnswer - performance.now();
    setTimeout(() => {
      last = performance.now();
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('"too_big" "too_many_values" "too_deep" "invalid_type"');
    }, rest);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(`http://127.0.0.1:${address?.port}`);
});
process.once('disconnect', () => process.exit());
