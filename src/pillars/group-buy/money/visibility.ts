import { communityScope, householdScope, organisersScope } from '../../../domain/scope.ts';
import { inScopes, visible } from '../../../domain/entity.ts';
import type { Visibility } from '../../../domain/entity.ts';
import { codeProposal, collectionCode, ledgerEntry, moneyRules, refund, supplierReceipt } from './schema.ts';
import type { EntryKind } from './schema.ts';

/** Money that changed hands, which the household reads beside its order. What an order is worth the order itself says. */
const handed: readonly EntryKind[] = ['payment', 'paymentBack', 'refund'];

/** The book is the organiser's, asked by SQL; a household sees its own money, everybody the receipts and whom one pays. */
export const moneyVisibility: readonly Visibility[] = [
  visible(ledgerEntry, (row) =>
    row.householdId !== undefined && handed.includes(row.kind)
      ? inScopes(ledgerEntry, row, householdScope(row.householdId, 'orders'))
      : [],
  ),
  visible(refund, (row) => inScopes(refund, row, householdScope(row.householdId, 'orders'), organisersScope)),
  visible(supplierReceipt, (row) => inScopes(supplierReceipt, row, communityScope)),
  visible(collectionCode, (row) => inScopes(collectionCode, row, communityScope)),
  visible(codeProposal, (row) => inScopes(codeProposal, row, organisersScope)),
  visible(moneyRules, (row) => inScopes(moneyRules, row, communityScope)),
];
