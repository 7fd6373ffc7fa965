import { entity } from '../../domain/entity.ts';
import type { Day } from '../../domain/day.ts';
import type { Row } from '../../domain/entity.ts';
import type { Fen } from '../../domain/money.ts';

export const KINDS = ['medicine', 'bill', 'groceries', 'parcel', 'meal', 'ride', 'other'] as const;
/** What is asked for. For ever: a phone may replay an old request. */
export type ErrandKind = (typeof KINDS)[number];

export const PACKET_ITEMS = ['card', 'prescription', 'cash', 'emptyBox'] as const;
/** What goes into the packet (配药包) that the volunteer takes along: 医保卡 · 病历或处方 · 现金 · 空药盒. */
export type PacketItem = (typeof PACKET_ITEMS)[number];

export const HAND_OVERS = ['inPerson', 'callFirst', 'door'] as const;
export type HandOver = (typeof HAND_OVERS)[number];

export type ErrandState =
  'waiting' | 'claimed' | 'collected' | 'bought' | 'handedOver' | 'closed' | 'cannotBuy' | 'cancelled';

/** A medicine as the household wants it: the same name and strength or none at all. */
export interface Medicine {
  readonly name: string;
  /** As it stands on the box: `5mg*28片`. */
  readonly strength: string;
  /** Boxes. */
  readonly quantity: number;
}

/** A state that the errand entered, when (epoch ms, as it happened) and by whom. */
export interface ErrandStep {
  readonly state: ErrandState;
  readonly at: number;
  /** The person's id and name; absent where the community's machinery did it, or a device that nobody has named. */
  readonly by?: string;
  readonly byName?: string;
  /** In the person's words: why it cannot be bought, why it was given back. */
  readonly note?: string;
}

/** Something a household asked for. It carries its door and telephone, so that who claims it needs no other row. */
export interface Errand extends Row {
  readonly householdId: string;
  readonly buildingId: string;
  readonly buildingName: string;
  readonly grid: string;
  readonly unit: string;
  readonly floor: number;
  readonly door: string;
  /** For whom. */
  readonly personId?: string;
  readonly personName: string;
  readonly phone?: string;
  readonly kind: ErrandKind;
  readonly medicines?: readonly Medicine[];
  readonly text?: string;
  readonly neededBy?: Day;
  /** What the household will give along. */
  readonly packet: readonly PacketItem[];
  /** What the volunteer was given, counted by both. */
  readonly packetTaken?: readonly PacketItem[];
  readonly handOver: HandOver;
  readonly state: ErrandState;
  /** Epoch ms at which it entered its state, by the server's reckoning. */
  readonly stateAt: number;
  /** The volunteer's person id, set exactly while that volunteer needs to see the errand. */
  readonly claimedBy?: string;
  readonly claimedByName?: string;
  readonly claimedAt?: number;
  /** Epoch ms after which an idle claim may go to somebody else. Only while `claimed`. */
  readonly leaseUntil?: number;
  readonly amountFen?: Fen;
  /** Why it could not be bought. */
  readonly reason?: string;
  /** Epoch ms. */
  readonly requestedAt: number;
  readonly steps: readonly ErrandStep[];
  /** Grows by one with every change. */
  readonly version: number;
}

/** What the pool shows of an errand nobody has claimed: building, kind and time, nothing else. Its id is the errand's. */
export interface ErrandCard extends Row {
  readonly buildingId: string;
  readonly buildingName: string;
  readonly kind: ErrandKind;
  readonly neededBy?: Day;
  readonly requestedAt: number;
  /** Never sent. The claimer's own phone sets it until the server has answered, so that the card stands among 我接的. */
  readonly claimedBy?: string;
}

export const errand = entity<Errand>('errand', ['householdId', 'claimedBy']);
export const errandCard = entity<ErrandCard>('errandCard', ['claimedBy']);
