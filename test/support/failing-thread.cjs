// A thread of the simulation that fails at certain rows of the run: by an exception, by its own end, by never answering.
const { join } = require('node:path');
const thread = require(join(__dirname, '../../dist/libs/simulation/src/run/insert-thread.js'));

const THROWS_AT = 4;
const DIES_AT = 9;

module.exports = (task) => {
  if (task.index === THROWS_AT) throw new Error('out of order');
  if (task.index === DIES_AT) process.exit(3);
  return thread.default(task);
};
module.exports.close = thread.close;
module.exports.default = module.exports;
