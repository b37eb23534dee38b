export * from './contracts/attempt';
export * from './contracts/run-report';
export * from './contracts/simulation-options';
export * from './contracts/simulation-rows';
