/** Whether a message tells a waiting worker to take over. Anything else a page says is passed by. */
export function isTakeOver(message: unknown): boolean {
  return typeof message === 'object' && message !== null && (message as { type?: unknown }).type === 'SKIP_WAITING';
}
