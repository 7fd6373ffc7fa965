import { groupBuyTable, itemTable, orderTable } from './tables.ts';
import { waitingPlaceTable } from './waiting/tables.ts';
import { handOutRoutes } from './hand-out/report.server.ts';
import { handOutRunTable } from './hand-out/tables.ts';
import { handOutScopes } from './hand-out/scopes.server.ts';
import {
  codeProposalTable,
  collectionCodeTable,
  ledgerEntryTable,
  moneyRulesTable,
  refundTable,
  supplierReceiptTable,
} from './money/tables.ts';
import { chainRoutes } from './chain/chain.server.ts';
import { claimTable } from './claims/tables.ts';
import { forgetClaimsJob } from './claims/claims.server.ts';
import { claimRoutes } from './claims/worth.server.ts';
import { moneyRoutes } from './money/money.server.ts';
import { weighingRoutes } from './money/weighing.server.ts';
import { roundJobs, roundRoutes } from './round/round.server.ts';
import { paperRoutes } from './paper/paper.server.ts';
import { photoScopes } from './photos.server.ts';
import type { ServerSlice } from '../../server/slice.ts';

export const server: ServerSlice = {
  photoScopes,
  tables: {
    groupBuy: groupBuyTable,
    item: itemTable,
    order: orderTable,
    waitingPlace: waitingPlaceTable,
    handOutRun: handOutRunTable,
    ledgerEntry: ledgerEntryTable,
    refund: refundTable,
    supplierReceipt: supplierReceiptTable,
    collectionCode: collectionCodeTable,
    codeProposal: codeProposalTable,
    moneyRules: moneyRulesTable,
    claim: claimTable,
  },
  scopesFor: handOutScopes,
  jobs: [forgetClaimsJob, ...roundJobs],
  routes(app, context) {
    handOutRoutes(app, context);
    chainRoutes(app, context);
    paperRoutes(app, context);
    moneyRoutes(app, context);
    weighingRoutes(app, context);
    claimRoutes(app, context);
    roundRoutes(app, context);
  },
};
