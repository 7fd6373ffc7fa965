/** Whether an error of IndexedDB means that the phone is full. It may be wrapped: in an AbortError, or among many. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { inner, failures } = error as { inner?: unknown; failures?: unknown };
  if (error.name === 'QuotaExceededError' || (inner !== undefined && inner !== error && isFull(inner))) return true;
  return Array.isArray(failures) && failures.some((one) => one !== error && isFull(one));
}

/**
 * Waits for a write that may be left undone where the phone is full. Every other error is thrown on.
 * @returns whether it was done
 */
export async function ifRoom(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
}
