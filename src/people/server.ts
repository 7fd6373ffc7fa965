import type { ServerSlice } from '../server/slice.ts';
import {
  buildingTable,
  communityTable,
  deviceTable,
  grantTable,
  householdTable,
  personTable,
  roleTable,
  slipTable,
} from './tables.ts';

export { createDirectory } from './directory.server.ts';

/** Where people are stored. What they may see is the directory's to say. */
export const server: ServerSlice = {
  tables: {
    community: communityTable,
    building: buildingTable,
    household: householdTable,
    person: personTable,
    role: roleTable,
    grant: grantTable,
    device: deviceTable,
    slip: slipTable,
  },
};
