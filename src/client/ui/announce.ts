let regions: [HTMLElement, HTMLElement] | undefined;
let turn = 0;

/**
 * Says a confirmation to a screen reader, without moving the focus. Two regions take turns, because one that is given the
 * same words again stays silent.
 * @param text a whole short sentence, as the screen shows it
 */
export function announce(text: string): void {
  regions ??= [makeRegion(), makeRegion()];
  const [first, second] = regions;
  turn = 1 - turn;
  (turn === 0 ? first : second).textContent = text;
  (turn === 0 ? second : first).textContent = '';
}

/** Puts the live regions into the page early: one that appears together with its first words is not read. */
export function prepareToAnnounce(): void {
  regions ??= [makeRegion(), makeRegion()];
}

function makeRegion(): HTMLElement {
  const region = document.createElement('div');
  region.setAttribute('role', 'status');
  region.setAttribute('aria-live', 'polite');
  region.className = 'unseen';
  document.body.append(region);
  return region;
}
