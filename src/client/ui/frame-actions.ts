import { defineStore } from 'pinia';
import { ref } from 'vue';

/** How many screens hold a bar of actions at the bottom: while one does, the shell's own bar there stays away. */
export const useFrameActions = defineStore('frame-actions', () => ({ count: ref(0) }));
