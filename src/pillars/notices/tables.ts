import { bigint, boolean, index, integer, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../server/database/tenant-table.ts';
import type { Category, Level, Notice } from './schema.ts';

export const noticeTable = tenantTable(
  'notice',
  {
    title: text('title').notNull(),
    body: text('body').notNull(),
    level: text('level').$type<Level>().notNull(),
    category: text('category').$type<Category>().notNull(),
    scope: text('scope').notNull(),
    scopeName: text('scope_name'),
    needsReceipt: boolean('needs_receipt').notNull(),
    pinnedUntil: bigint('pinned_until', { mode: 'number' }),
    expiresAt: bigint('expires_at', { mode: 'number' }),
    translations: jsonb('translations').$type<NonNullable<Notice['translations']>>(),
    publishedAt: bigint('published_at', { mode: 'number' }).notNull(),
    month: text('month').notNull(),
    issuer: text('issuer').notNull(),
    issuerPerson: text('issuer_person'),
    issuerPhone: text('issuer_phone'),
    version: integer('version').notNull(),
    correctedFrom: text('corrected_from'),
    correctedBy: text('corrected_by'),
    withdrawnAt: bigint('withdrawn_at', { mode: 'number' }),
    withdrawnReason: text('withdrawn_reason'),
  },
  (table) => [index('notice_by_month').on(table.communityId, table.month)],
);

export const receiptTable = tenantTable(
  'receipt',
  {
    noticeId: text('notice_id').notNull(),
    householdId: text('household_id').notNull(),
    grid: text('grid').notNull(),
    at: bigint('at', { mode: 'number' }).notNull(),
  },
  (table) => [
    index('receipt_by_notice').on(table.communityId, table.noticeId),
    index('receipt_by_household').on(table.communityId, table.householdId),
  ],
);
