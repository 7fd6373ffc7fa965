import { complete } from '../domain/registry.ts';
import { registry as shared } from './registry.ts';

/** Everything that phone and server share, with every mutation loaded: what the server works with. */
export const registry = await complete(shared);
