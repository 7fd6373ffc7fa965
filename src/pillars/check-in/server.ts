import { deskRoutes } from './desk/routes.server.ts';
import { dutyJobs } from './duty/duty.server.ts';
import { keepingJobs } from './keeping/keeping.server.ts';
import { observationJobs } from './observation/observation.server.ts';
import { scopesFor } from './scopes.server.ts';
import {
  callTable,
  checkInTable,
  dutyTable,
  followUpTable,
  lifeSignTable,
  observationTable,
  readingTable,
  robotTable,
} from './tables.ts';
import type { ServerSlice } from '../../server/slice.ts';

/** The server half of 报平安: its tables, who reads what, the desk's answers, what the community's clock does. */
export const server: ServerSlice = {
  tables: {
    checkIn: checkInTable,
    lifeSign: lifeSignTable,
    followUp: followUpTable,
    call: callTable,
    duty: dutyTable,
    robot: robotTable,
    observation: observationTable,
    reading: readingTable,
  },
  scopesFor,
  routes: deskRoutes,
  jobs: [...dutyJobs, ...observationJobs, ...keepingJobs],
};
