import * as v from 'valibot';
import { day, id, time, words } from '../../people/schema.ts';
import { HAND_OVERS, KINDS, PACKET_ITEMS } from './schema.ts';

/** Boxes of one medicine, at most. */
export const MAX_QUANTITY = 20;
/** Medicines in one request, at most. */
export const MAX_MEDICINES = 10;
/** 10,000 yuan: more than that is no neighbour's errand. */
export const MAX_AMOUNT_FEN = 1_000_000;
export const MAX_TEXT = 300;
export const MAX_REASON = 120;
export const MAX_NAME = 60;

const medicine = v.object({
  name: words(MAX_NAME),
  strength: words(MAX_NAME),
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_QUANTITY)),
});
const packet = v.pipe(v.array(v.picklist(PACKET_ITEMS)), v.maxLength(PACKET_ITEMS.length));

export const requestArgs = v.object({
  id,
  householdId: id,
  personId: v.optional(id),
  kind: v.picklist(KINDS),
  medicines: v.optional(v.pipe(v.array(medicine), v.maxLength(MAX_MEDICINES))),
  text: v.optional(words(MAX_TEXT)),
  /** A day, or a time on it (epoch ms): what people say is the day. */
  neededBy: v.optional(v.union([day, time])),
  packet: v.optional(packet, []),
  handOver: v.picklist(HAND_OVERS),
});
export const errandArgs = v.object({ errandId: id });
export const releaseArgs = v.object({ errandId: id, reason: v.optional(words(MAX_REASON)) });
export const collectArgs = v.object({
  errandId: id,
  /** What was handed over, counted by both. */
  packet: v.optional(packet, []),
  /** What was named in the request but was not there, said on purpose. */
  missing: v.optional(packet, []),
});
export const buyArgs = v.object({
  errandId: id,
  amountFen: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_AMOUNT_FEN)),
  /** Name and strength read off each box that was bought. */
  checked: v.optional(
    v.pipe(v.array(v.object({ name: words(MAX_NAME), strength: words(MAX_NAME) })), v.maxLength(MAX_MEDICINES)),
    [],
  ),
});
export const cannotBuyArgs = v.object({ errandId: id, reason: words(MAX_REASON) });
export const handOverArgs = v.object({ errandId: id, how: v.picklist(HAND_OVERS) });

export type RequestArgs = v.InferOutput<typeof requestArgs>;
