import type { Config, ConfigNeeds } from '@app/platform';

/** Reads the configuration, for a command that may do without the shop's database as well. */
export type ConfigFor = (needs?: ConfigNeeds) => Config;
