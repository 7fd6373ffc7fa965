/** The shapes we draw: strokes on a 24 × 24 field, so that they take the colour of the words beside them. */
export const iconPaths = {
  check: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M8 12.5l3 3 5.5-6.5',
  heart: 'M12 20s-8-5-8-11a4.5 4.5 0 0 1 8-2.8A4.5 4.5 0 0 1 20 9c0 6-8 11-8 11z',
  unwell: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M8.5 16c1-1.6 2.2-2.2 3.5-2.2s2.5.6 3.5 2.2M8.5 10h.01M15.5 10h.01',
  basket: 'M5 9h14l-1.5 10a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM8 9c0-3 2-5 4-5s4 2 4 5',
  medicine: 'M6 7h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2M9 7V4h6v3M12 10.5v6M9 13.5h6',
  speaker: 'M4 10v4h4l5 4V6L8 10zM16.5 9a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
  phone: 'M6 3h4l1.5 5-2.5 2a12 12 0 0 0 5 5l2-2.5 5 1.5v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z',
  home: 'M3 11 12 4l9 7v8a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1z',
  notice: 'M5 4h11l3 3v13H5zM8.5 9h7M8.5 13h7M8.5 17h4',
  person: 'M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M4 20c1-4 4-6 8-6s7 2 8 6',
  clock: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 7v5l3 2',
  map: 'M9 4 4 6v14l5-2 6 2 5-2V4l-5 2zM9 4v14M15 6v14',
  share: 'M12 15V4M8 8l4-4 4 4M5 13v6a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-6',
  print: 'M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z',
  close: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
} as const;

export type IconName = keyof typeof iconPaths;
