import 'reflect-metadata';
import { loadConfig } from '@app/platform';
import { exitOnFailure } from './failure';
import { cliProgram } from './program';

cliProgram((needs) => loadConfig(process.env, needs))
  .parseAsync()
  .catch(exitOnFailure);
