const KEY = 'shouwang.reloadedAt';
/** A second missing file within this time is not cured by loading anew. */
const ONCE_IN_MS = 60_000;

/**
 * A screen's file that is no longer there (this page is of an older build): loads the page anew, once. Half-filled forms
 * are in the database by then. Should that not help, or should there be no network, the failure goes to `router.onError`.
 */
export function reloadOnMissingAssets(now: () => number): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (!navigator.onLine || now() - lastReload() < ONCE_IN_MS) return;
    event.preventDefault();
    if (noteReload(now())) location.reload();
  });
}

function lastReload(): number {
  try {
    return Number(sessionStorage.getItem(KEY) ?? 0);
  } catch {
    return 0;
  }
}

/** @returns false where it cannot be noted: then it is not done, or it might never stop */
function noteReload(at: number): boolean {
  try {
    sessionStorage.setItem(KEY, String(at));
    return true;
  } catch {
    return false;
  }
}
